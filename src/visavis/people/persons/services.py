"""Gestures on staff: who they are, where they work from when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from visavis.core.words import Role
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.models import Unit
from visavis.people.units.services import must_organise

#: From when somebody is where they are when no date was ever given.
EVER = dt.date(1900, 1, 1)
_DAY = dt.timedelta(days=1)


class Known(NamedTuple):
    """A person, and what this gesture changed."""

    person: Person
    created: bool
    changed: bool


class Assigned(NamedTuple):
    """What an assignment changed: whether it is new, whether anything changed."""

    created: bool
    changed: bool


class OverlapError(ValidationError):
    """Somebody would work in two places on the same day."""

    def __init__(self, other: Assignment) -> None:
        self.other = other
        message = _("This person already works in “%(unit)s” from %(start)s to %(end)s.")
        super().__init__(message, code="overlap", params=self.words)

    @property
    def words(self) -> dict[str, str]:
        """The place and the days of the assignment in the way; dates as ISO, an open end as "…"."""
        end = self.other.ends_on.isoformat() if self.other.ends_on else "…"
        return {"unit": self.other.unit.name, "start": self.other.starts_on.isoformat(), "end": end}


@transaction.atomic
def know_person(*, by: Viewer, code: str, **facts: str | dt.date | None) -> Known:
    """Add a person or complete what is known; an empty fact leaves what is there.

    Part of the gesture that calls it, which writes the line of the journal.

    Args:
        by: who acts; may change the settings or bring files in.
        code: the staff code.
        facts: among ``name``, ``form``, ``email``, ``hired_on``, ``left_on``.

    Returns:
        The person, whether new, whether anything changed.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if a fact is impossible (an address that is none).
    """
    must_organise(by)
    person = Person.objects.filter(code=code).order_by("pk").first()
    created = person is None
    person = person or Person(code=code, name=code)
    told = {name: value for name, value in facts.items() if value and getattr(person, name) != value}
    for name, value in told.items():
        setattr(person, name, value)
    if created or told:
        person.full_clean(validate_unique=created)
        person.save()
    return Known(person, created, created or bool(told))


@transaction.atomic
def assign(  # noqa: PLR0913 - keyword-only: the facts of one assignment
    *,
    by: Viewer,
    person: Person,
    unit: Unit,
    today: dt.date,
    role: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    fte: Decimal | None = None,
) -> Assigned:
    """Say where somebody works, from a day to a day. A move closes the previous assignment the day before.

    An open assignment ends by itself where the next one starts, in whatever order they are told. Without
    ``starts_on``, a first assignment has held since the hiring (or ever), and another unit than today's is
    a move that happens today. Part of the gesture that calls it, which writes the line of the journal.

    Args:
        by: who acts; may change the settings or bring files in.
        person: who.
        unit: where.
        today: the day on which an undated move happens.
        role: one of ``Role``; empty keeps the role, or makes an adviser.
        starts_on: first day.
        ends_on: last day; none for open.
        fte: full-time share; none leaves it as it is, or full time.

    Returns:
        Whether the assignment is new, whether anything changed.

    Raises:
        PermissionDenied: if ``by`` may not.
        OverlapError: if the days lie within another assignment.
        ValidationError: if the assignment ends before it starts.
    """
    must_organise(by)
    others = list(Assignment.objects.filter(person=person).select_related("unit").order_by("starts_on"))
    start = starts_on or _start(person, unit, others, today)
    own = next((each for each in others if each.starts_on == start), None)
    before, after = _neighbours(others, start)
    end = ends_on or (after.starts_on - _DAY if after else None)
    if ends_on and after and ends_on >= after.starts_on:
        raise OverlapError(after)
    closed = before is not None and _close(before, start)
    model = own or before
    told = {
        "unit_id": unit.pk,
        "unit_path": unit.path,
        "role": role or (model.role if model else Role.ADVISER.value),
        "ends_on": end,
        "fte": fte if fte is not None else (own.fte if own else Decimal(1)),
    }
    changed = _keep(own or Assignment(person=person, starts_on=start), told)
    return Assigned(own is None, changed or closed)


@transaction.atomic
def unassign(*, by: Viewer, person: Person, last_day: dt.date) -> bool:
    """Somebody works nowhere after a day: what runs ends then, what was to begin later is forgotten.

    Part of the gesture that calls it, which writes the line of the journal. Rights and accounts stay: they
    are closed on the page of the person.

    Args:
        by: who acts; may change the settings or bring files in.
        person: who.
        last_day: the last day at work.

    Returns:
        Whether anything ended.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    must_organise(by)
    own = Assignment.objects.filter(person=person)
    forgotten, _rows = own.filter(starts_on__gt=last_day).delete()
    ended = own.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)
    return bool(forgotten + ended)


def _start(person: Person, unit: Unit, others: Sequence[Assignment], today: dt.date) -> dt.date:
    """The first day of an assignment told without date."""
    if not others:
        return person.hired_on or EVER
    current = next((each for each in reversed(others) if each.starts_on <= today), others[0])
    stays = current.unit_id == unit.pk and (current.ends_on is None or current.ends_on >= today)
    return current.starts_on if stays else today


def _neighbours(others: Sequence[Assignment], start: dt.date) -> tuple[Assignment | None, Assignment | None]:
    before = next((each for each in reversed(others) if each.starts_on < start), None)
    after = next((each for each in others if each.starts_on > start), None)
    return before, after


def _close(before: Assignment, start: dt.date) -> bool:
    """End the assignment before a move; one that was given an end beyond the move is in the way."""
    if before.ends_on is not None and before.ends_on < start:
        return False
    if before.ends_on is not None:
        raise OverlapError(before)
    before.ends_on = start - _DAY
    before.save(update_fields=["ends_on"])
    return True


def _keep(assignment: Assignment, told: dict[str, object]) -> bool:
    new: bool = assignment._state.adding  # noqa: SLF001 - Django's documented mark of a new row
    changed = new or any(getattr(assignment, name) != value for name, value in told.items())
    for name, value in told.items():
        setattr(assignment, name, value)
    if changed:
        assignment.full_clean(validate_unique=False)
        assignment.save()
    return changed


def follow_units() -> None:
    """Give every assignment the path that its unit has now, after units were moved in the tree."""
    units, own = Unit._meta.db_table, Assignment._meta.db_table
    path = f"(SELECT u.path FROM {units} u WHERE u.id = {own}.unit_id)"  # noqa: S608 - names are ours
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {own} SET unit_path = {path} WHERE unit_path <> {path}")  # noqa: S608
