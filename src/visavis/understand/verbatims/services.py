"""Gestures on readings: a person corrects, takes back, exports."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.moments.references.models import Edition, Moment
from visavis.moments.references.queries import latest_edition
from visavis.people.access import journal
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.heard import note_heard
from visavis.understand.verbatims.models import Annotation, Placement
from visavis.understand.verbatims.placing import KINDS
from visavis.understand.verbatims.reading import fingerprint, read_unread
from visavis.understand.verbatims.refining import read_elsewhere, refine_themes

__all__ = [
    "correct",
    "correct_moment",
    "correct_theme",
    "correct_tone",
    "read_elsewhere",
    "read_unread",
    "refine_themes",
    "tell_export",
]


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
    note_heard([found.pk])
    Verbatim.objects.filter(pk=verbatim.pk).update(corrected=True)
    journal.write(by=by, verb="verbatims.theme_corrected", about=verbatim, unit_path=verbatim.unit_path)
    return told


@transaction.atomic
def correct_moment(*, by: Viewer, verbatim: Verbatim, moment: Moment | None, at: dt.datetime) -> Placement:
    """Say which moment a text speaks of. The engine never overwrites it.

    Args:
        by: who corrects; needs the right on the verbatim's branch.
        verbatim: the text.
        moment: one of the moments of its voice; none: it speaks of none of them.
        at: instant of the correction.

    Returns:
        What the person said.

    Raises:
        PermissionDenied: if ``by`` may not correct there.
        ValidationError: if another voice lives this moment, or the text is not read yet.
    """
    by.must(Right.CORRECT, verbatim.unit_path)
    if moment is not None and moment.kind != KINDS[Voice(verbatim.voice)]:
        raise ValidationError(_("This correction is not one that can be made here."))
    found = _locked(verbatim)
    facts = {"moment": moment, "account_id": by.account_id, "words": fingerprint(found.text), "made_at": at}
    told, _made = Placement.objects.update_or_create(verbatim=found, defaults=facts)
    Verbatim.objects.filter(pk=found.pk).update(moment=moment)
    mark_changed([found.heard_on])
    journal.write(by=by, verb="verbatims.moment_corrected", about=verbatim, unit_path=verbatim.unit_path)
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
        version=fingerprint(verbatim.text),
        made_at=at,
        edition=latest_edition(Edition.Kind.THEMES),
        **reading,
    )
    told.full_clean()
    told.save()
    mark_changed([verbatim.heard_on])
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
def tell_export(*, by: Viewer, number: int, form: str, reason: str) -> JournalEntry:
    """Write in the journal that texts of customers left the product as a file, and what for.

    Args:
        by: who exports; needs the right to read returns.
        number: how many rows.
        form: ``csv`` or ``xlsx``.
        reason: what the file is for, in the words of ``by``.

    Returns:
        The line: its number stands on each row of the file.

    Raises:
        PermissionDenied: if ``by`` may not read returns.
    """
    by.must(Right.RETURNS)
    return journal.write(by=by, verb="verbatims.taken", number=number, form=form, reason=reason)
