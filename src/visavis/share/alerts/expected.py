"""How many false alarms to expect of what is watched: said where there is none, and where there are some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from visavis.measure.figures import number
from visavis.share.alerts.deciding import FALSE_NIGHTS
from visavis.share.alerts.models import Watch

#: Weeks of a year.
_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Expected:
    """What is watched, how much of it has a baseline, and the false alarms of a year, at most.

    ``alone``: whether some of it is watched by single people: it is judged apart, and may ring as often.
    """

    watched: int
    waiting: int
    a_year: str
    alone: bool = False


def expected(watches: Sequence[Watch], language: str) -> Expected:
    """Say how many false alarms a year to expect at most when nothing changes anywhere.

    A week, judged once, has one with probability 5 % at most among the figures watched for everybody, and as
    much among those that single people asked for: two families, so that neither hides the other's alerts.

    Args:
        watches: what is watched.
        language: "fr" or "en".
    """
    ready = sum(one.baseline is not None for one in watches)
    most = ceil(FALSE_NIGHTS * _WEEKS) if ready else 0
    alone = any(not one.everyone for one in watches)
    return Expected(len(watches), len(watches) - ready, number(most, language), alone)
