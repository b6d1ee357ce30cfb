"""Gestures on people that touch their accounts: what is known of them, and their departure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from visavis.core.stamps import merged
from visavis.people.access import journal
from visavis.people.access.models import Grant
from visavis.people.access.services import may_settle_person, must_settle
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.accounts.services import close_account
from visavis.people.persons.models import Assignment, Person

#: What may be changed on screen; the code is the link to the company's files and stays.
FACTS: Final = ("name", "email", "form", "hired_on")


class Departed(NamedTuple):
    """What a departure ended: assignments, roles, and whether an account was closed."""

    assignments: int
    roles: int
    account: bool


def facts_of(person: Person) -> dict[str, object]:
    """What may be changed of a person: name of the fact → value."""
    return {name: getattr(person, name) for name in FACTS}


def _must(by: Viewer, person: Person, today: dt.date) -> None:
    if not may_settle_person(by, person, today=today):
        raise PermissionDenied


@transaction.atomic
def edit_person(
    *, by: Viewer, person: Person, typed: Mapping[str, object], today: dt.date, seen: str | None = None
) -> Person:
    """Change what is known of somebody.

    Args:
        by: who changes; needs the right to the settings wherever the person works.
        person: who.
        typed: new values among ``FACTS``; others are left alone.
        today: the day of the gesture.
        seen: ``stamps_of`` what was on screen; none if no screen showed it.

    Returns:
        The person as changed.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if a value is impossible.
        MeanwhileError: if somebody changed the same fact meanwhile.
    """
    _must(by, person, today)
    found = Person.objects.select_for_update().get(pk=person.pk)
    known = facts_of(found)
    wanted = merged({name: typed[name] for name in FACTS if name in typed}, now=known, seen=seen)
    changed = {name: value for name, value in wanted.items() if value != known[name]}
    for name, value in changed.items():
        setattr(found, name, value)
    found.full_clean()
    if changed:
        found.save(update_fields=list(changed))
        journal.write(by=by, verb="persons.edited", about=found, number=len(changed))
    return found


@transaction.atomic
def note_departure(*, by: Viewer, person: Person, last_day: dt.date, today: dt.date) -> Departed:
    """Note that somebody left: assignments and roles end, the account and its sessions close at once.

    What was said about the person, and the exchanges, keep their place.

    Args:
        by: who notes it; needs the right to the settings wherever the person works or holds a role.
        person: who left.
        last_day: the last day at work, today at the latest.
        today: the day of the gesture.

    Returns:
        What ended.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the day is to come or before the hiring, or it is ``by`` herself.
    """
    _must(by, person, today)
    found = Person.objects.select_for_update().get(pk=person.pk)
    if last_day > today:
        raise ValidationError(
            _("A departure is noted once the last day has come: everything closes at once.")
        )
    if found.hired_on and last_day < found.hired_on:
        raise ValidationError(_("Nobody leaves before the day of the hiring."))
    account = Account.objects.filter(person=found).order_by("pk").first()
    roles = _close(by, account, today) if account else 0
    ended = _end_assignments(found, last_day)
    found.left_on = last_day
    found.save(update_fields=["left_on"])
    journal.write(by=by, verb="persons.left", about=found, day=last_day.isoformat())
    return Departed(ended, roles, bool(account and account.is_active))


def _close(by: Viewer, account: Account, today: dt.date) -> int:
    """Close an account, and end its roles yesterday; those that began today, or were to, are forgotten."""
    must_settle(by, account, today=today)
    if account.is_active:
        close_account(by=by, account=account, today=today)
    running = Grant.objects.from_day(today).filter(account=account)
    forgotten = running.filter(starts_on__gte=today).delete()[0]
    return forgotten + running.update(ends_on=today - dt.timedelta(days=1))


def _end_assignments(person: Person, last_day: dt.date) -> int:
    """End the assignments on the last day; those that were to begin after it are forgotten."""
    own = Assignment.objects.filter(person=person)
    forgotten = own.filter(starts_on__gt=last_day).delete()[0]
    return forgotten + own.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)
