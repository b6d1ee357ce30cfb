"""Gestures on readings: the engine reads what is unread, a person corrects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from visavis.core.words import Polarity, Signal, Voice
from visavis.listen.returns.models import Verbatim
from visavis.moments.references.models import Edition
from visavis.moments.references.queries import latest_edition
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.text import VERSION, Reading, read
from visavis.understand.themes.models import Theme
from visavis.understand.themes.queries import taxonomy_in_force
from visavis.understand.verbatims.models import Annotation

#: The columns of a verbatim that a reading fills, in the order of ``_columns``.
_READ = (
    "language", "polarity", "sentiment", "certainty", "intensity",
    "churn", "callback", "repeat", "relational", "digital", "read_by", "read_at",
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
    readings = _read_by_voice(waiting)
    with transaction.atomic():
        locked = Verbatim.objects.unread().select_for_update().filter(pk__in=readings).order_by("pk")
        now = dict(locked.values_list("pk", "text"))
        same = {row.pk: row.text for row in waiting if now.get(row.pk) == row.text}
        _retire_old_words(same)
        _keep({pk: readings[pk] for pk in same}, at)
    return len(waiting)


def _read_by_voice(waiting: Sequence[Verbatim]) -> dict[int, Reading]:
    readings: dict[int, Reading] = {}
    for voice in Voice:
        rows = [row for row in waiting if row.voice == voice]
        found = (
            read([row.text for row in rows], voice=voice, taxonomy=taxonomy_in_force(voice)) if rows else []
        )
        readings |= {row.pk: reading for row, reading in zip(rows, found, strict=True)}
    return readings


def _fingerprint(text: str) -> str:
    """What a person's reading is about: the very words she read."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _retire_old_words(texts: Mapping[int, str]) -> None:
    """What a person said of words that changed since does not rule the new ones."""
    told = Annotation.objects.current().filter(verbatim__in=texts, by=Annotation.By.HUMAN).order_by("pk")
    gone = [
        pk
        for pk, verbatim, words in told.values_list("pk", "verbatim_id", "version")
        if words != _fingerprint(texts[verbatim])
    ]
    Annotation.objects.filter(pk__in=gone).update(current=False)


def _keep(readings: dict[int, Reading], at: dt.datetime) -> None:
    Annotation.objects.filter(verbatim__in=readings, by=Annotation.By.ENGINE).delete()
    settled = set(
        Annotation.objects.current().filter(verbatim__in=readings).values_list("verbatim_id", "theme_id")
    )
    themes = dict(Theme.objects.order_by("pk").values_list("code", "pk"))
    edition = latest_edition(Edition.Kind.THEMES)
    rows = (
        Annotation(
            verbatim_id=pk,
            theme_id=themes[opinion.theme],
            polarity=opinion.polarity or "",
            certainty=opinion.certainty,
            evidence=[[span.start, span.end] for span in opinion.evidence],
            by=Annotation.By.ENGINE,
            version=reading.version,
            edition=edition,
            made_at=at,
            current=(pk, themes[opinion.theme]) not in settled,
        )
        for pk, reading in readings.items()
        for opinion in reading.themes
    )
    Annotation.objects.bulk_create(rows, batch_size=500)
    _update((*_columns(reading, at), pk) for pk, reading in readings.items())
    Verbatim.objects.filter(pk__in={pk for pk, _theme in settled}).update(corrected=True)
    _restore_tones([pk for pk, theme in settled if not theme])


def _columns(reading: Reading, at: dt.datetime) -> tuple[object, ...]:
    return (
        reading.language,
        reading.polarity or "",
        reading.sentiment,
        reading.certainty,
        reading.intensity,
        *(signal in reading.signals for signal in _SIGNALS),
        reading.version or VERSION,
        at,
    )


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


@transaction.atomic
def correct_tone(*, by: Viewer, verbatim: Verbatim, polarity: Polarity, at: dt.datetime) -> Annotation:
    """Say how a whole text should be read. The engine never overwrites it.

    Args:
        by: who corrects; needs the right on the verbatim's branch.
        verbatim: the text.
        polarity: its tone, as a person reads it.
        at: instant of the correction.

    Returns:
        The person's reading.

    Raises:
        PermissionDenied: if ``by`` may not correct there.
        ValidationError: if the tone of this voice is not read at all, or the text is not read yet.
    """
    by.must(Right.CORRECT, verbatim.unit_path)
    if not Voice(verbatim.voice).tone_may_be_read:
        raise ValidationError(_("The tone of an employee's text is not read."))
    found = _locked(verbatim)
    _retire(found, None)
    told = _human(by, found, at, polarity=polarity)
    Verbatim.objects.filter(pk=verbatim.pk).update(polarity=polarity, certainty=1.0, corrected=True)
    journal.write(by=by, verb="verbatims.tone_corrected", about=verbatim, unit_path=verbatim.unit_path)
    return told


@transaction.atomic
def correct_theme(
    *,
    by: Viewer,
    verbatim: Verbatim,
    theme: Theme,
    polarity: Polarity | None,
    at: dt.datetime,
    there: bool = True,
) -> Annotation:
    """Say that a theme is in a text, with its tone, or that it is not there.

    Args:
        by: who corrects; needs the right on the verbatim's branch.
        verbatim: the text.
        theme: the theme.
        polarity: the tone of what is said about it; none for a voice whose tone is not read.
        at: instant of the correction.
        there: whether the theme is there at all.

    Returns:
        The person's reading, which holds from now on.

    Raises:
        PermissionDenied: if ``by`` may not correct there.
        ValidationError: if a tone is given for a voice whose tone is not read, or the text is not read yet.
    """
    by.must(Right.CORRECT, verbatim.unit_path)
    if polarity and not Voice(verbatim.voice).tone_may_be_read:
        raise ValidationError(_("The tone of an employee's text is not read."))
    found = _locked(verbatim)
    _retire(found, theme)
    reading = {"theme": theme, "polarity": polarity or "", "evidence": _spans(found, theme)}
    told = _human(by, found, at, **reading, refused=not there)
    Verbatim.objects.filter(pk=verbatim.pk).update(corrected=True)
    journal.write(by=by, verb="verbatims.theme_corrected", about=verbatim, unit_path=verbatim.unit_path)
    return told


def _locked(verbatim: Verbatim) -> Verbatim:
    """The text as it stands, held until the gesture is done: two people, or the engine, wait their turn."""
    found = Verbatim.objects.select_for_update().get(pk=verbatim.pk)
    if found.read_at is None:
        raise ValidationError(
            _("This text has not been read yet, or has just changed. It can be corrected in a moment.")
        )
    return found


def _spans(verbatim: Verbatim, theme: Theme) -> list[list[int]]:
    """The words that carry a theme, as the engine found them: a person changes what they say, not where."""
    heard = Annotation.objects.filter(verbatim=verbatim, theme=theme, by=Annotation.By.ENGINE)
    spans = heard.order_by("-pk").values_list("evidence", flat=True).first()
    return spans or []


def _retire(verbatim: Verbatim, theme: Theme | None) -> None:
    Annotation.objects.current().filter(verbatim=verbatim, theme=theme).update(current=False)


def _human(by: Viewer, verbatim: Verbatim, at: dt.datetime, **reading: object) -> Annotation:
    told = Annotation(
        verbatim=verbatim,
        by=Annotation.By.HUMAN,
        account_id=by.account_id,
        certainty=1.0,
        version=_fingerprint(verbatim.text),
        made_at=at,
        edition=latest_edition(Edition.Kind.THEMES),
        **reading,
    )
    told.full_clean()
    told.save()
    return told


def correct(
    *, by: Viewer, verbatim: Verbatim, reading: tuple[Theme | None, Polarity | None], at: dt.datetime
) -> Annotation:
    """Correct in one tap what one token of a text says.

    Args:
        by: who corrects; needs the right on the verbatim's branch.
        verbatim: the text.
        reading: the theme (none: the whole text) and its tone (none: the theme is not there).
        at: instant of the correction.

    Returns:
        The person's reading.

    Raises:
        PermissionDenied: if ``by`` may not correct there.
        ValidationError: if there is neither theme nor tone, the tone of this voice is not read,
            or the text is not read yet.
    """
    theme, polarity = reading
    if theme is not None:
        there = polarity is not None
        return correct_theme(by=by, verbatim=verbatim, theme=theme, polarity=polarity, at=at, there=there)
    if polarity is None:
        raise ValidationError(_("Say the tone of the text."))
    return correct_tone(by=by, verbatim=verbatim, polarity=polarity, at=at)


@transaction.atomic
def tell_export(*, by: Viewer, number: int, form: str) -> None:
    """Write in the journal that texts of customers left the product as a file.

    Args:
        by: who exports; needs the right to read returns.
        number: how many rows.
        form: ``csv`` or ``xlsx``.

    Raises:
        PermissionDenied: if ``by`` may not read returns.
    """
    by.must(Right.RETURNS)
    journal.write(by=by, verb="verbatims.exported", number=number, form=form)
