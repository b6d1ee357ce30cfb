"""Gestures on grants."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.words import Role
from visavis.people.access import chain, journal
from visavis.people.access.models import Grant
from visavis.people.access.policy import RIGHTS, Right
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.models import Unit
from visavis.people.units.queries import company_path


@transaction.atomic
def grant_role(*, by: Viewer, account: Account, role: Role, unit: Unit, today: dt.date) -> Grant:
    """Give an account a role on a branch, from today on. Giving it twice changes nothing.

    Args:
        by: who grants; needs the right to the settings.
        account: who receives.
        role: the role.
        unit: top of the branch.
        today: first day of the grant.

    Returns:
        The grant that holds.

    Raises:
        PermissionDenied: if ``by`` may not change the settings of that branch.
    """
    by.must(Right.SETTINGS, unit.path)
    held = Grant.objects.on(today).filter(account=account, role=role, unit=unit).order_by("pk").first()
    if held:
        return held
    grant = Grant(account=account, role=role, unit=unit, starts_on=today)
    grant.full_clean()
    grant.save()
    journal.write(by=by, verb="access.granted", about=grant, unit_path=unit.path, role=role, unit=unit.name)
    return grant


@transaction.atomic
def withdraw_role(*, by: Viewer, grant: Grant, today: dt.date) -> None:
    """Take a grant back, at once: what was given today is forgotten, what held before ended yesterday.

    Args:
        by: who withdraws; needs the right to the settings.
        grant: the grant.
        today: first day without it.

    Raises:
        PermissionDenied: if ``by`` may not change the settings of that branch.
        ValidationError: if it is the last grant by which ``by`` changes settings there: somebody else must.
    """
    by.must(Right.SETTINGS, grant.unit.path)
    if _is_own_last(by, grant, today):
        raise ValidationError(
            _("This is your own last right to the settings: somebody else must withdraw it.")
        )
    journal.write(
        by=by,
        verb="access.withdrawn",
        about=grant,
        unit_path=grant.unit.path,
        role=grant.role,
        unit=grant.unit.name,
    )
    if grant.starts_on >= today:
        grant.delete()
        return
    Grant.objects.from_day(today).filter(pk=grant.pk).update(ends_on=today - dt.timedelta(days=1))


def _is_own_last(by: Viewer, grant: Grant, today: dt.date) -> bool:
    """Whether no other grant of hers reaches the settings of the unit of ``grant``."""
    if by.account_id != grant.account_id or Right.SETTINGS not in RIGHTS[Role(grant.role)]:
        return False
    roles = [role.value for role in Role if Right.SETTINGS in RIGHTS[role]]
    others = Grant.objects.on(today).filter(account=by.account_id, role__in=roles).exclude(pk=grant.pk)
    tops = others.order_by("pk").values_list("unit__path", flat=True)
    return not any(grant.unit.path.startswith(top) for top in tops)


def may_settle_person(by: Viewer, person: Person, *, today: dt.date) -> bool:
    """Whether ``by`` may change the settings where ``person`` works today; of the whole if nowhere.

    An account reads what was said about the person behind it, wherever it was said: whoever rules a branch
    may hold the accounts of those who work there, and of nobody else.
    """
    works = Assignment.objects.on(today).filter(person=person).order_by("pk")
    paths = list(works.values_list("unit_path", flat=True)) or [company_path()]
    return all(by.may(Right.SETTINGS, path) for path in paths)


def must_settle(by: Viewer, account: Account, *, today: dt.date) -> None:
    """Refuse who may not change the settings where ``account`` has a role, even later, or its person works.

    Args:
        by: who acts.
        account: the account.
        today: roles that ended before this day do not count; assignments hold on it.

    Raises:
        PermissionDenied: if there is such a place.
    """
    by.must(Right.SETTINGS)
    held = Grant.objects.from_day(today).filter(account=account).order_by("pk")
    for path in held.values_list("unit__path", flat=True):
        by.must(Right.SETTINGS, path)
    if account.person and not may_settle_person(by, account.person, today=today):
        raise PermissionDenied


@transaction.atomic
def purge_journal(*, by: Viewer, before: dt.datetime) -> int:
    """Remove the lines of the journal that are older than their retention time. What stays is still a chain.

    Args:
        by: who asks: the purge of the instance, or somebody with the right to the settings of the whole.
        before: the first instant that is kept.

    Returns:
        How many lines were removed; the removal itself is told by a new line.

    Raises:
        PermissionDenied: if ``by`` may not change the settings of the whole company.
    """
    by.must(Right.SETTINGS, company_path())
    removed = chain.cut(before=before)
    if removed:
        journal.write(by=by, verb="access.journal_purged", number=removed, day=f"{before:%Y-%m-%d}")
    return removed
