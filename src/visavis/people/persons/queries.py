"""Reads of staff and of where they work."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Assignment, AssignmentQuerySet


class Spell(NamedTuple):
    """Where somebody works, from a day to a day (included; none: still)."""

    starts_on: dt.date
    ends_on: dt.date | None
    unit: int
    path: str


class Whereabouts:
    """Where each person works on each day, held in memory for one lot of rows."""

    def __init__(self, spells: dict[int, list[Spell]]) -> None:
        self._spells = spells
        self._starts = {person: [spell.starts_on for spell in own] for person, own in spells.items()}

    def on(self, person: int, day: dt.date) -> Spell | None:
        """The spell of ``person`` that holds on ``day``; none in a gap."""
        at = bisect_right(self._starts.get(person, ()), day)
        if not at:
            return None
        spell = self._spells[person][at - 1]
        return spell if spell.ends_on is None or day <= spell.ends_on else None


def whereabouts(people: Iterable[int]) -> Whereabouts:
    """Where ``people`` (their primary keys) work, at all dates. For rules, not for screens."""
    spells: dict[int, list[Spell]] = defaultdict(list)
    rows = Assignment.objects.filter(person__in=list(people)).order_by("person", "starts_on")
    names = ("person_id", "starts_on", "ends_on", "unit_id", "unit_path")
    for person, start, end, unit, path in rows.values_list(*names):
        spells[person].append(Spell(start, end, unit, path))
    return Whereabouts(dict(spells))


def assignments(viewer: Viewer, *, today: dt.date, right: Right = Right.TEAM) -> AssignmentQuerySet:
    """Assignments that hold ``today`` where the viewer holds ``right``, by unit then by name."""
    held = Assignment.objects.on(today).filter(viewer.within(right))
    return held.select_related("person", "unit").order_by("unit_path", "person__name", "pk")
