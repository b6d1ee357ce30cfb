"""The engine reads what is unread, and never overwrites what a person said."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import numpy as np
from django.db import connection, transaction

from visavis.core.words import Signal, Voice
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.moments.references.models import Edition
from visavis.moments.references.queries import latest_edition
from visavis.people.access.policy import SHOWN_VOICES
from visavis.text import VERSION, Reading, read
from visavis.understand.learning.queries import models_in_force
from visavis.understand.learning.switches import bared, turned_off
from visavis.understand.search.queries import vectors_of
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.heard import note_heard
from visavis.understand.verbatims.models import Annotation, Placement
from visavis.understand.verbatims.placing import moments_ready, placed, restore_moments

#: The columns of a verbatim that a reading fills, in the order of ``_columns``.
_READ = (
    "language", "polarity", "sentiment", "certainty", "intensity", "emotion",
    "moment_id", "churn", "callback", "repeat", "relational", "digital", "read_by", "read_at",
)  # fmt: skip
#: The columns of an annotation by the engine, in the order of ``_insert``.
_TOLD = (
    "verbatim_id", "theme_id", "polarity", "certainty", "evidence", "emotion",
    "version", "edition_id", "made_at", "current", "by", "refused",
)  # fmt: skip
_SIGNALS = (Signal.CHURN, Signal.CALLBACK, Signal.REPEAT, Signal.RELATIONAL, Signal.DIGITAL)


def read_unread(*, at: dt.datetime, size: int = 1000) -> int:
    """Read the next texts that no engine has read, and keep what was understood.

    Safe to run twice, or from two workers at once: what another one has read meanwhile is left alone,
    and words that changed meanwhile wait for the next reading.

    Args:
        at: instant of the reading.
        size: how many texts at most.

    Returns:
        How many texts were taken; 0 means that all are read.
    """
    waiting = list(Verbatim.objects.unread().order_by("pk")[:size])
    if not waiting:
        return 0
    _read_and_keep(waiting, at)
    return len(waiting)


@transaction.atomic
def read_again(texts: Collection[int], *, at: dt.datetime) -> None:
    """Read some texts again at once: what people say of them still holds.

    Args:
        texts: keys of texts; those that wait to be read are left to their turn.
        at: instant of the reading.
    """
    kept = Verbatim.objects.filter(pk__in=texts, read_at__isnull=False).exclude(text="")
    rows = list(kept.order_by("pk"))
    Verbatim.objects.filter(pk__in=[row.pk for row in rows]).update(read_at=None)
    _read_and_keep(rows, at)


def _read_and_keep(waiting: Sequence[Verbatim], at: dt.datetime) -> None:
    readings = _read_by_voice(waiting)
    with transaction.atomic():
        locked = Verbatim.objects.unread().select_for_update().filter(pk__in=readings).order_by("pk")
        now = dict(locked.values_list("pk", "text"))
        same = {row.pk: row.text for row in waiting if now.get(row.pk) == row.text}
        _retire_old_words(same)
        _keep({pk: readings[pk] for pk in same}, at)


def _read_by_voice(waiting: Sequence[Verbatim]) -> dict[int, Reading]:
    readings: dict[int, Reading] = {}
    for voice in Voice:
        if rows := [row for row in waiting if row.voice == voice]:
            readings |= _read(rows, voice)
    return readings


def _read(rows: Sequence[Verbatim], voice: Voice) -> dict[int, Reading]:
    """Read texts of one voice with what is in force; those whose meaning is known, with their meaning too."""
    models, moments, off = models_in_force(voice), moments_ready(voice).moments, turned_off()
    deep = models.taxonomy.model is not None and models.taxonomy.model.deep is not None
    known = vectors_of([row.pk for row in rows if row.vectored]) if deep else {}
    readings: dict[int, Reading] = {}
    for those in ([row for row in rows if row.pk in known], [row for row in rows if row.pk not in known]):
        vectors = np.stack([known[row.pk] for row in those]) if those and those[0].pk in known else None
        texts = [row.heard for row in those]
        found = read(
            texts, voice=voice, taxonomy=models.taxonomy, tone=models.tone, vectors=vectors, moments=moments
        )
        for row, reading in zip(those, found, strict=True):
            readings[row.pk] = replace(bared(reading, off), version=models.version)
    return readings


def fingerprint(text: str) -> str:
    """What a person's reading is about: the very words she read."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _retire_old_words(texts: Mapping[int, str]) -> None:
    """What a person said of words that changed since does not rule the new ones."""
    told = Annotation.objects.current().filter(verbatim__in=texts, by=Annotation.By.HUMAN).order_by("pk")
    gone = [
        pk
        for pk, verbatim, words in told.values_list("pk", "verbatim_id", "version")
        if words != fingerprint(texts[verbatim])
    ]
    Annotation.objects.filter(pk__in=gone).update(current=False)
    placements = Placement.objects.filter(verbatim__in=texts).order_by("pk")
    moved = [told.pk for told in placements if told.words != fingerprint(texts[told.verbatim_id])]
    Placement.objects.filter(pk__in=moved).delete()


def _keep(readings: dict[int, Reading], at: dt.datetime) -> None:
    settled = tell_themes({pk: (reading, reading.version) for pk, reading in readings.items()}, at)
    moments = placed(readings)
    _update((*_columns(reading, moments.get(pk), at), pk) for pk, reading in readings.items())
    Verbatim.objects.filter(pk__in={pk for pk, _theme in settled}).update(corrected=True)
    _restore_tones([pk for pk, theme in settled if not theme])
    restore_moments(readings)
    # Only what enters published figures: when an employee's words came is nobody's to know.
    counted = Verbatim.objects.filter(pk__in=readings, voice__in=SHOWN_VOICES).order_by()
    mark_changed(counted.values_list("heard_on", flat=True))


def tell_themes(readings: Mapping[int, tuple[Reading, str]], at: dt.datetime) -> set[tuple[int, int | None]]:
    """Put the themes that the engine hears in place of those that it heard before.

    Args:
        readings: key of a text -> its reading, and the version that says so; held by a transaction.
        at: instant of the reading.

    Returns:
        The texts and themes (none: the whole text) that people settled: what they said still holds.
    """
    Annotation.objects.filter(verbatim__in=readings, by=Annotation.By.ENGINE).delete()
    settled: set[tuple[int, int | None]] = set(
        Annotation.objects.current().filter(verbatim__in=readings).values_list("verbatim_id", "theme_id")
    )
    themes = dict(Theme.objects.order_by("pk").values_list("code", "pk"))
    edition = latest_edition(Edition.Kind.THEMES)
    _insert(
        (
            pk,
            themes[opinion.theme],
            opinion.polarity or "",
            opinion.certainty,
            json.dumps([[span.start, span.end] for span in opinion.evidence]),
            version,
            edition.pk if edition else None,
            connection.ops.adapt_datetimefield_value(at),
            (pk, themes[opinion.theme]) not in settled,
        )
        for pk, (reading, version) in readings.items()
        for opinion in reading.themes
    )
    note_heard(readings)
    return settled


def _columns(reading: Reading, moment: int | None, at: dt.datetime) -> tuple[object, ...]:
    return (
        reading.language,
        reading.polarity or "",
        reading.sentiment,
        reading.certainty,
        reading.intensity,
        next(iter(reading.emotions), ""),
        moment,
        *(signal in reading.signals for signal in _SIGNALS),
        reading.version or VERSION,
        at,
    )


def _insert(rows: Iterable[tuple[Any, ...]]) -> None:
    """One prepared statement: of a reading, making objects and their long statements took a third."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, _TOLD))
    places = "%s, %s, %s, %s, %s, '', %s, %s, %s, %s, 'engine', FALSE"
    table = quote(Annotation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))  # noqa: S608 - names are ours


def _update(rows: Iterable[tuple[Any, ...]]) -> None:
    """One prepared statement: ``bulk_update`` would write a CASE of thousands of arms."""
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(name)} = %s" for name in _READ)
    table = quote(Verbatim._meta.db_table)
    adapted = [(*row[:-2], connection.ops.adapt_datetimefield_value(row[-2]), row[-1]) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE id = %s", adapted)  # noqa: S608 - names are ours


def _restore_tones(verbatims: Sequence[int]) -> None:
    """A person's word on the whole text outlives every reading by the engine."""
    told = Annotation.objects.current().filter(verbatim__in=verbatims, theme__isnull=True).order_by("pk")
    for annotation in told:
        Verbatim.objects.filter(pk=annotation.verbatim_id).update(polarity=annotation.polarity, certainty=1.0)
