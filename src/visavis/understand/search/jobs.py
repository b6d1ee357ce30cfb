"""Meanings are worked out little by little, each minute, so that whatever else waits takes its turn."""

from __future__ import annotations

import time
from dataclasses import dataclass

from visavis.listen.returns.models import Verbatim
from visavis.people.access.policy import LISTED_VOICES
from visavis.understand.search.queries import waiting_texts
from visavis.understand.search.services import take_meanings

#: Seconds of work after which a job gives way to the others, and seconds of a minute that are worked at all.
TURN, LONGEST = 4.0, 50.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts have their meaning known, of how many."""

    done: int
    total: int


def progress() -> Progress:
    """How far the work is."""
    waiting = waiting_texts().count()
    total = Verbatim.objects.filter(voice__in=LISTED_VOICES).count()
    return Progress(total - waiting, total)


def work(seconds: float = TURN) -> bool:
    """Work out meanings for a while.

    Returns:
        Whether texts still wait.
    """
    end = time.monotonic() + seconds
    while taken := take_meanings():
        if time.monotonic() >= end:
            break
    return bool(taken)
