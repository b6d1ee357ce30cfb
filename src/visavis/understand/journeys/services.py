"""Gestures on the moments: writing a sheet, publishing a version, proposing and answering, reviewing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.core.stamps import merged, stamp_of
from visavis.moments.references.models import Edition, Moment, valid_slug
from visavis.moments.references.services import COLUMNS, publish_edition
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.journeys.models import Idea, MomentDraft
from visavis.understand.journeys.queries import knows, sheets_drafted, sheets_in_force
from visavis.understand.journeys.sheets import Sheet, Sheets, changes, live

#: Addresses beside those of the moments.
TAKEN = frozenset({"nouveau", "versions", "propositions"})
#: Whether a proposal is taken up, as its form says it.
_TAKEN = {True: "yes", False: "no"}


class MeanwhileError(Exception):
    """Somebody saved the same moment meanwhile; ``sheet`` is what they saved."""

    def __init__(self, sheet: Sheet | None) -> None:
        super().__init__("saved meanwhile")
        self.sheet = sheet


def _held(by: Viewer) -> tuple[Sheets, Sheets]:
    """The moments in force and in draft, held until the gesture is done: whoever else writes waits.

    All moments are held, not only those of the draft: two people may begin the draft of one at once.
    """
    for rows in (Moment.objects, MomentDraft.objects):
        list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    return sheets_in_force(by), sheets_drafted(by)


@transaction.atomic
def save_sheet(*, by: Viewer, sheet: Sheet, seen: str, at: dt.datetime) -> None:
    """Write one moment in the draft: a new one, or another wording of one that is there.

    Args:
        by: who writes; needs the right to change references.
        sheet: the whole moment as it should be.
        seen: the stamp of the sheet that was on screen; empty for a new moment.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        MeanwhileError: if somebody saved it meanwhile, or took its code.
        ValidationError: if the code cannot stand, or the moment has no name.
    """
    by.must(Right.REFERENCES)
    valid_slug(sheet.code)
    if sheet.code in TAKEN:
        raise ValidationError({"code": _("This code is an address of the product: choose another one.")})
    if not any(sheet.name.values()):
        raise ValidationError({"name_fr": _("Give the moment a name.")})
    in_force, sheets = _held(by)
    there = sheets.get(sheet.code)
    if (there.stamp if there else "") != seen:
        raise MeanwhileError(there)
    if sheet == in_force.get(sheet.code):
        MomentDraft.objects.filter(code=sheet.code).delete()
    else:
        facts = {"sheet": sheet.as_row(), "account_id": by.account_id, "saved_at": at}
        MomentDraft.objects.update_or_create(code=sheet.code, defaults=facts)
    journal.write(by=by, verb="moments.drafted", code=sheet.code, name=_name(sheet))


@transaction.atomic
def discard(*, by: Viewer, code: str) -> None:
    """Give up what the draft says of one moment.

    Args:
        by: who gives it up; needs the right to change references.
        code: the moment.

    Raises:
        PermissionDenied: if ``by`` may not change references.
    """
    by.must(Right.REFERENCES)
    name = _name(sheets_drafted(by).get(code) or Sheet(code))
    if MomentDraft.objects.filter(code=code).delete()[0]:
        journal.write(by=by, verb="moments.discarded", code=code, name=name)


def _name(sheet: Sheet) -> str:
    return sheet.label(get_language() or "fr")


def draft_stamp(sheets: Sheets) -> str:
    """A short name of what a whole reference says: publishing names the one that was on screen."""
    return stamp_of([sheet.as_row() for sheet in sheets.values()])


@transaction.atomic
def publish(*, by: Viewer, reason: str, seen: str, at: dt.datetime) -> Edition:
    """Publish the draft: a version is kept whole, and returns are placed by it from now on.

    What was published stands: pages can be read again under any version.

    Args:
        by: who publishes; needs the right to change references.
        reason: why, in the company's words.
        seen: ``draft_stamp`` of what was on screen.
        at: instant of publication.

    Returns:
        The version.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        MeanwhileError: if the draft changed meanwhile.
        ValidationError: if there is nothing to publish, or no reason.
    """
    by.must(Right.REFERENCES)
    before, after = _held(by)
    if draft_stamp(after) != seen:
        raise MeanwhileError(None)
    if not changes(before, after):
        raise ValidationError(_("There is nothing to publish: the draft says what is in force."))
    if not reason.strip():
        raise ValidationError(_("Say why, in a sentence: the version keeps it."))
    content = [{name: sheet.as_row()[name] for name in COLUMNS} for sheet in live(after)]
    edition = publish_edition(by=by, kind=Edition.Kind.MOMENTS, content=content, reason=reason.strip(), at=at)
    for change in changes(before, after):
        _apply(change.sheet, edition)
    MomentDraft.objects.all().delete()
    return edition


def _apply(sheet: Sheet, edition: Edition) -> None:
    row = sheet.as_row()
    moment = Moment.objects.filter(code=sheet.code).order_by("pk").first() or Moment(code=sheet.code)
    for name in (*COLUMNS, "position"):
        setattr(moment, name, row[name])
    moment.retired_in = (moment.retired_in or edition) if sheet.retired else None
    moment.full_clean()
    moment.save()


@transaction.atomic
def propose(*, by: Viewer, moment: Moment | None, text: str, at: dt.datetime, unit_path: str = "") -> Idea:
    """Propose something about the moments, from the field.

    Args:
        by: whoever works in the company; signed in, so that the answer finds her.
        moment: the one it is about; none for a moment that is missing.
        text: what is proposed.
        at: instant of the gesture.
        unit_path: where it is lived.

    Returns:
        The proposal, waiting for an answer.

    Raises:
        PermissionDenied: if ``by`` has no right in the company or no account.
        ValidationError: if nothing is said.
    """
    if not knows(by) or by.account_id is None:
        raise PermissionDenied
    if not text.strip():
        raise ValidationError({"text": _("Say what you propose.")})
    made = Idea(moment=moment, text=text.strip(), account_id=by.account_id, unit_path=unit_path, made_at=at)
    made.full_clean()
    made.save()
    journal.write(by=by, verb="moments.proposed", about=made, unit_path=unit_path)
    return made


@transaction.atomic
def answer(
    *, by: Viewer, idea: Idea, taken: bool, words: str, at: dt.datetime, seen: str | None = None
) -> None:
    """Answer a proposal, in a sentence that its author reads.

    Args:
        by: who answers; needs the right to change references.
        idea: the proposal.
        taken: whether it is taken up.
        words: the sentence.
        at: instant of the gesture.
        seen: ``stamps_of(answer_of(idea))`` as it was on screen; none if no screen showed it.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if there is no sentence.
        MeanwhileError: if somebody answered otherwise meanwhile.
    """
    by.must(Right.REFERENCES)
    if not words.strip():
        raise ValidationError({"words": _("An answer is a sentence: its author reads it.")})
    now = answer_of(Idea.objects.select_for_update().get(pk=idea.pk))
    kept = merged({"taken": _TAKEN[taken], "words": words.strip()}, now=now, seen=seen)
    idea.state = Idea.State.TAKEN if kept["taken"] == _TAKEN[True] else Idea.State.DECLINED
    idea.answer, idea.answered_by_id, idea.answered_at = str(kept["words"]), by.account_id, at
    idea.full_clean()
    idea.save()
    journal.write(by=by, verb="moments.answered", about=idea)


def answer_of(idea: Idea) -> dict[str, object]:
    """An answer as its form names it; empty while there is none."""
    decided = "" if idea.state == Idea.State.OPEN else _TAKEN[idea.state == Idea.State.TAKEN]
    return {"taken": decided, "words": idea.answer}


@transaction.atomic
def plan_review(*, by: Viewer, moment: Moment, on: dt.date | None, seen: str | None = None) -> None:
    """Say when a moment is looked at again.

    Args:
        by: who says so; needs the right to change references.
        moment: the moment.
        on: the day; none for no day.
        seen: ``stamps_of`` the day that was on screen; none if no screen showed it.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        MeanwhileError: if somebody chose another day meanwhile.
    """
    by.must(Right.REFERENCES)
    held = Moment.objects.select_for_update().get(pk=moment.pk)
    kept = merged({"on": on}, now={"on": held.review_on}, seen=seen)["on"]
    moment.review_on = kept if isinstance(kept, dt.date) else None
    moment.save(update_fields=["review_on"])
    words: Mapping[str, str] = {"moment": moment.label, "day": str(moment.review_on or "–")}
    journal.write(by=by, verb="moments.review", about=moment, **words)
