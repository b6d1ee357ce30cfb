"""Gestures: people answer the queue; the engine learns; a person goes back to an earlier model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.words import Polarity, Voice
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.learning.models import Draw, Fit, Kind, Publication
from visavis.understand.learning.publishing import last_publication, publish_fit
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.reading import fingerprint
from visavis.understand.verbatims.services import correct_theme, correct_tone


@transaction.atomic
def answer(
    *, by: Viewer, draw: Draw, tone: Polarity | None, themes: Collection[Theme], at: dt.datetime
) -> Draw:
    """Say all there is to say of a drawn text: its tone, and every theme that is in it.

    The tone that a person says holds from then on, even where it is what the engine read; themes are
    corrected where they differ.

    Args:
        by: who answers; needs the right to correct on the text's branch.
        draw: the text drawn.
        tone: its tone; none for a voice whose tone is not read.
        themes: the themes that are there, all of them.
        at: instant of the answer.

    Returns:
        The draw, answered.

    Raises:
        PermissionDenied: if ``by`` may not correct there.
        ValidationError: if somebody answered meanwhile, the words changed since they were drawn, or a tone
            is missing, or given for a voice whose tone is not read.
    """
    by.must(Right.CORRECT, draw.verbatim.unit_path)
    held = _held(draw)
    if Voice(held.voice).tone_may_be_read != bool(tone):
        raise ValidationError(_("Say the tone of the text."))
    if tone:
        correct_tone(by=by, verbatim=held.verbatim, polarity=tone, at=at)
    _correct_themes(by, held, {theme.code: theme for theme in themes}, at)
    held.status, held.said_tone = Draw.Status.ANSWERED, tone or ""
    held.said_themes = sorted(theme.code for theme in themes)
    held.account_id, held.answered_at = by.account_id, at
    held.save()
    journal.write(by=by, verb="learning.answered", about=held.verbatim, unit_path=held.unit_path)
    return held


def _held(draw: Draw) -> Draw:
    """The draw as it stands, held until the gesture is done."""
    held = Draw.objects.select_for_update(of=("self",)).select_related("verbatim").get(pk=draw.pk)
    if held.status != Draw.Status.WAITING:
        raise ValidationError(_("Somebody answered meanwhile. Here is the next text."))
    if held.words != fingerprint(held.verbatim.text):
        raise ValidationError(_("The words of this text have just changed. Here is the next text."))
    return held


def _correct_themes(by: Viewer, draw: Draw, said: dict[str, Theme], at: dt.datetime) -> None:
    for code in sorted(said.keys() - draw.read_themes):
        correct_theme(by=by, verbatim=draw.verbatim, theme=said[code], polarity=None, at=at)
    gone = Theme.objects.filter(code__in=draw.read_themes - said.keys()).order_by("pk")
    for theme in gone:
        correct_theme(by=by, verbatim=draw.verbatim, theme=theme, polarity=None, at=at, there=False)


@transaction.atomic
def skip(*, by: Viewer, draw: Draw, at: dt.datetime) -> Draw:
    """Leave a text of the queue unanswered, for everybody: nobody is asked again.

    Args:
        by: who skips; needs the right to correct on the text's branch.
        draw: the text drawn.
        at: instant of the gesture.

    Returns:
        The draw, skipped. How many were skipped is shown beside the rates.

    Raises:
        PermissionDenied: if ``by`` may not correct there.
        ValidationError: if somebody answered meanwhile, or the words changed since they were drawn.
    """
    by.must(Right.CORRECT, draw.verbatim.unit_path)
    held = _held(draw)
    held.status, held.account_id, held.answered_at = Draw.Status.SKIPPED, by.account_id, at
    held.save()
    journal.write(by=by, verb="learning.skipped", about=held.verbatim, unit_path=held.unit_path)
    return held


@transaction.atomic
def choose(
    *, by: Viewer, kind: Kind, voice: Voice, fit: Fit | None, reason: str, at: dt.datetime
) -> Publication:
    """Put a model in force: an earlier one, one that waits for a person, or the engine as shipped.

    While an earlier model than the newest published is in force by a person's choice, nothing newer is
    published by itself.

    Args:
        by: who chooses; needs the right to change references.
        kind: what the model reads.
        voice: whose texts.
        fit: the model; none: as shipped.
        reason: why, in a sentence.
        at: instant of the choice.

    Returns:
        The publication, which holds from now on.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: without a reason, if the model did not pass the gate, or is in force already.
    """
    by.must(Right.REFERENCES)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a sentence.")})
    if fit is not None and (fit.kind, fit.voice) != (kind, voice):
        raise ValidationError(_("This model does not read that."))
    if fit is not None and not fit.passed:
        raise ValidationError(_("This model did not pass its test: it cannot be put in force."))
    last = last_publication(kind, voice)
    if (last.fit_id if last else None) == (fit.pk if fit else None):
        raise ValidationError(_("This model is in force already."))
    made = publish_fit(by=by, kind=kind, voice=voice, fit=fit, reason=reason.strip(), at=at)
    number, why = fit.number if fit else 0, reason.strip()[:200]
    journal.write(by=by, verb="learning.chosen", about=made, name=number, reason=why)
    return made


@transaction.atomic
def reread(*, by: Viewer, kind: Kind, voice: Voice, since: dt.date, reason: str) -> Publication:
    """Have the history read again, from a day on, with the model in force.

    Months told before keep their readings until somebody asks for this.

    Args:
        by: who asks; needs the right to change references.
        kind: of which model.
        voice: whose texts.
        since: texts heard from that day on.
        reason: why, in a sentence, for the journal.

    Returns:
        The publication in force, whose texts are read again in the background.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: without a reason, or while the engine is as shipped.
    """
    by.must(Right.REFERENCES)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a sentence.")})
    last = last_publication(kind, voice)
    if last is None:
        raise ValidationError(_("Nothing was published yet: there is nothing to read again."))
    last.since, last.cursor, last.done = since, -1, False
    last.save()
    day, why = since.isoformat(), reason.strip()[:200]
    journal.write(by=by, verb="learning.reread", about=last, day=day, reason=why)
    return last
