"""Gestures on grants."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from visavis.core.words import Role
from visavis.people.access import journal
from visavis.people.access.models import Grant
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.units.models import Unit


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
        PermissionDenied: if ``by`` may not change settings.
    """
    by.must(Right.SETTINGS)
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
        PermissionDenied: if ``by`` may not change settings.
    """
    by.must(Right.SETTINGS)
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
    Grant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), pk=grant.pk).update(
        ends_on=today - dt.timedelta(days=1)
    )
