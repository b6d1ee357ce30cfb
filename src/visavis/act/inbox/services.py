"""Gestures on a return to treat. Each says what was done; closing says what became of it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from visavis.act.inbox.models import Case, CaseStep
from visavis.act.inbox.queries import colleagues
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Person


class EditedMeanwhileError(ValidationError):
    """Somebody else changed the case since it was opened; both versions must be shown."""


def _must_treat(by: Viewer, case: Case) -> None:
    own = case.person_id is not None and case.person_id == by.person_id and by.may(Right.OWN_RETURNS)
    if not own:
        by.must(Right.TREAT, case.unit_path)


def _must_be_open(case: Case) -> None:
    if case.status == Case.Status.CLOSED:
        raise ValidationError(_("This return is closed."))


def _move(case: Case, version: int, **changes: object) -> None:
    """Change the case unless it moved since ``version``: nobody's gesture is lost in silence."""
    moved = Case.objects.filter(pk=case.pk, version=version).update(version=F("version") + 1, **changes)
    if not moved:
        raise EditedMeanwhileError(_("Somebody changed this return meanwhile. Your text is kept below."))
    case.refresh_from_db()


def _tell(by: Viewer, case: Case, kind: CaseStep.Kind, text: str) -> CaseStep:
    step = CaseStep.objects.create(case=case, kind=kind, text=text, account_id=by.account_id)
    journal.write(by=by, verb=f"inbox.{kind}", about=case, unit_path=case.unit_path)
    return step


@transaction.atomic
def take_step(*, by: Viewer, case: Case, kind: CaseStep.Kind, text: str, version: int) -> CaseStep:
    """Note a call, a reply or a note on a case, which is then under way.

    Args:
        by: who acts: the person in charge, or whoever treats the branch.
        case: the case; must not be closed.
        kind: ``CALL``, ``REPLY`` or ``NOTE``.
        text: what was said or written; required.
        version: the version of the case that ``by`` had under the eyes.

    Returns:
        The step.

    Raises:
        PermissionDenied: if ``by`` may not treat this case.
        ValidationError: if the text is empty or the case is closed.
        EditedMeanwhileError: if the case changed since ``version``.
    """
    _must_treat(by, case)
    if not text.strip():
        raise ValidationError({"text": _("Say in a few words what was done.")})
    _must_be_open(case)
    _move(case, version, status=Case.Status.DOING)
    return _tell(by, case, kind, text.strip())


@transaction.atomic
def hand_over(
    *, by: Viewer, case: Case, to: Person | None, text: str, version: int, today: dt.date
) -> CaseStep:
    """Give a case to a colleague, or back to the team.

    Args:
        by: who hands over.
        case: the case; must not be closed.
        to: who takes it, working today in the unit of the case; None gives it to the team.
        text: a word for whoever takes it; may be empty.
        version: the version of the case that ``by`` had under the eyes.
        today: the day of the gesture.

    Returns:
        The step.

    Raises:
        PermissionDenied: if ``by`` may not treat this case.
        ValidationError: if the case is closed, or ``to`` works elsewhere.
        EditedMeanwhileError: if the case changed since ``version``.
    """
    _must_treat(by, case)
    _must_be_open(case)
    if to and not colleagues(by, case, today=today).filter(pk=to.pk).exists():
        raise ValidationError({"to": _("A return is handed to a colleague who works in its unit today.")})
    _move(case, version, person=to, status=Case.Status.TO_DO)
    return _tell(by, case, CaseStep.Kind.HANDOVER, text.strip())


@transaction.atomic
def close_case(*, by: Viewer, case: Case, outcome: str, version: int, at: dt.datetime) -> Case:
    """Close a case and say what became of it.

    Args:
        by: who closes.
        case: the case.
        outcome: what became of it, in words; required.
        version: the version of the case that ``by`` had under the eyes.
        at: instant of closing.

    Returns:
        The closed case.

    Raises:
        PermissionDenied: if ``by`` may not treat this case.
        ValidationError: if the outcome is empty or the case is closed already.
        EditedMeanwhileError: if the case changed since ``version``.
    """
    _must_treat(by, case)
    if not outcome.strip():
        raise ValidationError({"outcome": _("Say what became of it before closing.")})
    _must_be_open(case)
    _move(case, version, status=Case.Status.CLOSED, outcome=outcome.strip(), closed_at=at)
    _tell(by, case, CaseStep.Kind.CLOSE, outcome.strip())
    return case


@transaction.atomic
def contest(*, by: Viewer, case: Case, text: str, version: int) -> CaseStep:
    """Say that a return was attributed to the wrong person: it goes to the team for an answer.

    Args:
        by: the person to whom the return is attributed.
        case: the case.
        text: why; required.
        version: the version of the case that ``by`` had under the eyes.

    Returns:
        The step.

    Raises:
        PermissionDenied: if the return is not attributed to ``by``.
        ValidationError: if no reason is given, or the case is closed: what became of it stands.
        EditedMeanwhileError: if the case changed since ``version``.
    """
    if by.person_id is None or case.response.person_id != by.person_id:
        raise PermissionDenied
    if not text.strip():
        raise ValidationError({"text": _("Say why this return is not yours.")})
    _must_be_open(case)
    _move(case, version, person=None)
    return _tell(by, case, CaseStep.Kind.CONTEST, text.strip())
