"""Reads of the settings: each within the branches where the viewer holds the right to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from visavis.people.access.models import Grant, GrantQuerySet, JournalEntry
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.people.accounts.models import Account
from visavis.people.persons.models import Assignment
from visavis.people.persons.queries import assignments
from visavis.people.units.models import Unit
from visavis.people.units.queries import company_path, units


def may_begin(viewer: Viewer) -> bool:
    """Whether one of the first steps is this viewer's to take."""
    return any(map(viewer.may, (Right.SETTINGS, Right.IMPORT, Right.REFERENCES)))


def may_read_references(viewer: Viewer) -> bool:
    """Whether the references have something to tell this viewer's work."""
    return any(map(viewer.may, (Right.REFERENCES, Right.SETTINGS)))


def grants(viewer: Viewer, *, today: dt.date) -> GrantQuerySet:
    """Grants that hold today on the viewer's branches."""
    held = Grant.objects.on(today).filter(viewer.within(Right.SETTINGS, "unit__path"))
    return held.select_related("unit").order_by("unit__path", "role", "pk")


def accounts(viewer: Viewer, *, today: dt.date) -> QuerySet[Account]:
    """Accounts with a role on the viewer's branches, and those without any role, by address."""
    if not viewer.may(Right.SETTINGS):
        return Account.objects.filter(NOTHING)
    held = Grant.objects.on(today).filter(account=OuterRef("pk"))
    within = held.filter(viewer.within(Right.SETTINGS, "unit__path"))
    rows = Account.objects.filter(Exists(within) | ~Exists(held))
    return rows.select_related("person").order_by("-is_active", "email")


@dataclass(frozen=True, slots=True)
class Node:
    """One unit of the tree as a page shows it.

    Attributes:
        depth: how far below the viewer's top, from 0.
        people: how many work there that day, units below left out.
    """

    unit: Unit
    depth: int
    people: int

    @property
    def steps(self) -> range:
        """One step a level, for the indent."""
        return range(self.depth)


def tree(viewer: Viewer, *, day: dt.date) -> list[Node]:
    """The units of the viewer's branches that exist on ``day``, each branch after its top."""
    rows = list(units(viewer, Right.SETTINGS).open_on(day))
    counts = dict(
        Assignment.objects.on(day)
        .filter(viewer.within(Right.SETTINGS))
        .order_by("unit")
        .values_list("unit")
        .annotate(n=Count("person", distinct=True))
    )
    top = min((row.path.count("/") for row in rows), default=0)
    return [Node(row, row.path.count("/") - top, counts.get(row.pk, 0)) for row in rows]


def people_of(viewer: Viewer, unit: Unit, *, day: dt.date) -> QuerySet[Assignment]:
    """Who works in a unit on ``day``, by name."""
    return (
        assignments(viewer, today=day, right=Right.SETTINGS).filter(unit=unit).order_by("person__name", "pk")
    )


def journal(viewer: Viewer, *, verb: str = "", account: int | None = None) -> QuerySet[JournalEntry]:
    """Lines of the journal, the latest first: those of the viewer's branches; all of them from the top.

    Args:
        viewer: who reads.
        verb: only this gesture.
        account: only what this account did.
    """
    whole = viewer.may(Right.SETTINGS, company_path())
    reach = Q() if whole else viewer.within(Right.SETTINGS)
    rows = JournalEntry.objects.filter(reach).select_related("account__person")
    if verb:
        rows = rows.filter(verb=verb)
    if account is not None:
        rows = rows.filter(account=account)
    return rows.order_by("-at", "-pk")
