"""Reads of people for whoever rules where they work."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.people.accounts.models import Account
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.queries import company


def people(viewer: Viewer, *, today: dt.date, words: str = "") -> QuerySet[Person]:
    """People whose settings the viewer may change, by name: as ``may_settle_person`` says of each.

    Args:
        viewer: who reads.
        today: the day on which assignments must hold.
        words: each must be in the name, the staff code or the address; none: everybody.
    """
    if not viewer.may(Right.SETTINGS):
        return Person.objects.filter(NOTHING)
    works = Assignment.objects.on(today).filter(person=OuterRef("pk"))
    inside = viewer.within(Right.SETTINGS)
    reach = Q(Exists(works.filter(inside))) & ~Q(Exists(works.exclude(inside)))
    root = company()
    if root is None or viewer.may(Right.SETTINGS, root.path):
        reach |= ~Q(Exists(works))
    for word in words.replace("\0", "").split():
        reach &= Q(name__icontains=word) | Q(code__icontains=word) | Q(email__icontains=word)
    return Person.objects.filter(reach).order_by("name", "pk")


def places(shown: list[Person], *, today: dt.date) -> dict[int, Assignment]:
    """Where each of ``shown`` works today; whoever works nowhere is left out."""
    held = Assignment.objects.on(today).filter(person__in=shown).select_related("unit").order_by("pk")
    return {each.person_id: each for each in held}


def spells(person: Person) -> QuerySet[Assignment]:
    """Where a person works and worked, the latest first."""
    return Assignment.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-pk")


def account_of(viewer: Viewer, person: Person) -> Account | None:
    """The account of a person, for whoever rules accounts."""
    return Account.objects.filter(person=person).first() if viewer.may(Right.SETTINGS) else None
