"""What reads texts may be turned off: then it reads nothing more, and what it had read goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.text import Reading
from visavis.text.elsewhere import MARK as ELSEWHERE
from visavis.text.precision.opinion import MARK as SECOND
from visavis.understand.learning.models import Reader, Switch
from visavis.understand.search.models import Vector


def turned_off() -> frozenset[Reader]:
    """The readers that are off."""
    return frozenset(map(Reader, Switch.objects.filter(on=False).order_by().values_list("reader", flat=True)))


def bared(reading: Reading, off: frozenset[Reader]) -> Reading:
    """A reading without what is turned off: nothing of it is stored, shown or counted.

    Args:
        reading: as the engine made it.
        off: from ``turned_off``.
    """
    if Reader.TONE in off:
        mute = tuple(replace(opinion, polarity=None) for opinion in reading.themes)
        sure = max((opinion.certainty for opinion in mute), default=0.0)
        bare = replace(reading, polarity=None, sentiment=None, certainty=sure, intensity=None)
        reading = replace(bare, emotions=(), themes=mute)
    return replace(reading, themes=()) if Reader.THEMES in off else reading


@transaction.atomic
def turn(*, reader: Reader, on: bool, at: dt.datetime) -> int:
    """Turn a reader on or off. Texts that it read, or may read again, wait to be read anew by the jobs.

    What people said of texts holds all along. Part of a decision that another room takes, signs and tells.

    Args:
        reader: which.
        on: or off.
        at: the present instant.

    Returns:
        How many texts wait to be read anew, or lost the vector of their meaning.
    """
    Switch.objects.update_or_create(pk=reader, defaults={"on": on, "at": at})
    if reader == Reader.MEANING:
        gone, _each = Vector.objects.all().delete() if not on else (0, {})
        Verbatim.objects.filter(vectored=True).update(vectored=False)
        return gone
    return _read_by(reader, on=on).update(read_at=None)


def _read_by(reader: Reader, *, on: bool) -> QuerySet[Verbatim]:
    """The texts whose reading the reader made, or would make; without words there is nothing to read."""
    voices: Sequence[Voice] = [voice for voice in Voice if reader == Reader.THEMES or voice.tone_may_be_read]
    rows = Verbatim.objects.filter(voice__in=voices, read_at__isnull=False).exclude(text="")
    if reader == Reader.SECOND:
        return Verbatim.objects.none() if on else rows.filter(read_by__endswith=f"+{SECOND}")
    if reader == Reader.LANGUAGES:
        return Verbatim.objects.none() if on else rows.filter(read_by__endswith=f"+{ELSEWHERE}")
    return rows
