"""What follows a reading, in the background: themes refined by what texts mean, tone of other languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.text import Reading, read
from visavis.text.elsewhere import MARK, read_other_languages
from visavis.text.weights import LANGUAGES
from visavis.understand.learning.models import Reader
from visavis.understand.learning.queries import Models, models_in_force
from visavis.understand.learning.switches import bared, turned_off
from visavis.understand.search.queries import vectors_of
from visavis.understand.verbatims.reading import tell_themes


def refine_themes(texts: Collection[int], *, at: dt.datetime) -> int:
    """Hear the themes of texts again, their meaning known since; the tone stays, corrections win.

    Args:
        texts: keys of texts whose meaning was just worked out. Where no model in force learnt meanings, or
            a text waits to be read by the version in force, nothing is done: that reading will know it.
        at: instant of the reading.

    Returns:
        How many texts were heard again.
    """
    return sum(_refine(voice, texts, at) for voice in Voice)


def _refine(voice: Voice, texts: Collection[int], at: dt.datetime) -> int:
    models = models_in_force(voice)
    if models.taxonomy.model is None or models.taxonomy.model.deep is None:
        return 0
    rows = list(_read_by(models).filter(pk__in=texts, voice=voice, vectored=True).order_by("pk"))
    known = vectors_of([row.pk for row in rows])
    rows = [row for row in rows if row.pk in known]
    if not rows:
        return 0
    vectors = np.stack([known[row.pk] for row in rows])
    off = turned_off()
    read_anew = read([row.heard for row in rows], voice=voice, taxonomy=models.taxonomy, vectors=vectors)
    found = [bared(reading, off) for reading in read_anew]
    with transaction.atomic():
        kept = _unchanged(models, rows)
        news = {row.pk: reading for row, reading in zip(rows, found, strict=True) if row.pk in kept}
        tell_themes({pk: (reading, models.version) for pk, reading in news.items()}, at)
        for row in rows:
            if row.pk in news and row.sentiment is None and not row.corrected:
                Verbatim.objects.filter(pk=row.pk).update(certainty=news[row.pk].certainty)
        mark_changed(row.heard_on for row in rows if row.pk in news)
    return len(news)


def _read_by(models: Models) -> QuerySet[Verbatim]:
    """Texts read by what is in force, whatever looked at them since."""
    version = models.version
    return Verbatim.objects.filter(
        Q(read_by=version) | Q(read_by__startswith=f"{version}+"), read_at__isnull=False
    )


def _unchanged(models: Models, rows: Sequence[Verbatim]) -> set[int]:
    """Those whose words and version are still the same, held until the end of the transaction."""
    held = _read_by(models).select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("pk")
    now = dict(held.values_list("pk", "text"))
    return {row.pk for row in rows if now.get(row.pk) == row.text}


def read_elsewhere(*, at: dt.datetime, size: int = 64) -> int:
    """Give a tone to the next customers' texts in languages without weights of their own.

    It is less sure than in French and English, and says so; what a person said is left alone.
    Safe to run twice, or from two workers at once.

    Args:
        at: instant of the reading.
        size: how many texts at most.

    Returns:
        How many texts were looked at; 0 when none waits.
    """
    if {Reader.TONE, Reader.LANGUAGES} & turned_off():
        return 0
    return sum(_elsewhere(voice, at, size) for voice in Voice if voice.tone_may_be_read)


def waiting_elsewhere() -> QuerySet[Verbatim]:
    """Texts read without a tone because of their language, that nothing looked at since."""
    voices = [voice for voice in Voice if voice.tone_may_be_read]
    read_once = Verbatim.objects.filter(voice__in=voices, read_at__isnull=False, sentiment__isnull=True)
    waiting = read_once.filter(corrected=False).exclude(language__in=[*LANGUAGES, ""])
    return waiting.exclude(read_by__endswith=f"+{MARK}")


def _elsewhere(voice: Voice, at: dt.datetime, size: int) -> int:
    rows = list(waiting_elsewhere().filter(voice=voice).order_by("pk")[:size])
    if not rows:
        return 0
    news = read_other_languages([row.heard for row in rows], [_as_read(row) for row in rows], voice=voice)
    with transaction.atomic():
        for row, new in zip(rows, news, strict=True):
            same = Verbatim.objects.filter(pk=row.pk, text=row.text, read_by=row.read_by, corrected=False)
            same.update(
                polarity=new.polarity or "",
                sentiment=new.sentiment,
                certainty=new.certainty,
                read_by=f"{row.read_by}+{MARK}",
                read_at=at,
            )
        mark_changed(row.heard_on for row in rows)
    return len(rows)


def _as_read(row: Verbatim) -> Reading:
    return Reading(row.language, None, None, row.certainty or 0.0, None, (), (), (), row.read_by)
