"""What waits for each role, one small read each. Employees' figures wait for the anonymity gateway."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from visavis.act.inbox.queries import cases_to_do
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.queries import STUDY, UNSURE, own_returns, returns, verbatims
from visavis.people.access.viewer import NOBODY, Viewer
from visavis.people.persons.models import Assignment
from visavis.people.units.fields import branch
from visavis.people.units.models import Event

#: Beyond this, what changed is no news any more.
RECENT = dt.timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Returns to treat on a branch, as counts."""

    to_do: int
    late: int
    unassigned: int


def waiting(viewer: Viewer, *, today: dt.date) -> Waiting:
    """How many returns wait on the viewer's branches, how many are late, how many have nobody."""
    counts = (
        cases_to_do(viewer)
        .order_by()
        .aggregate(
            to_do=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today)),
            unassigned=Count("pk", filter=Q(person=None)),
        )
    )
    return Waiting(**counts)


def heard_since(viewer: Viewer, day: dt.date) -> int:
    """How many customers' returns came on ``day`` or after, that the viewer may read."""
    return returns(viewer).filter(heard_on__gte=day).exclude(source=STUDY).order_by().count()


def own_heard_since(viewer: Viewer, day: dt.date) -> int:
    """How many customers spoke of the viewer on ``day`` or after."""
    return own_returns(viewer).filter(heard_on__gte=day).order_by().count()


def last_heard(viewer: Viewer) -> dt.date | None:
    """The last day on which a return that the viewer may read was heard."""
    found: dt.date | None = returns(viewer).order_by().aggregate(last=Max("heard_on"))["last"]
    return found


def unread(viewer: Viewer) -> int:
    """Texts still to be read by the engine, that the viewer may read."""
    return verbatims(viewer).filter(read_at__isnull=True).order_by().count()


def unsure(viewer: Viewer) -> QuerySet[Verbatim]:
    """Texts whose reading is uncertain and that nobody has corrected yet."""
    return verbatims(viewer).filter(certainty__lt=UNSURE, corrected=False).exclude(source=STUDY)


def thanks(viewer: Viewer, *, since: dt.date) -> QuerySet[Response]:
    """Very satisfied customers who said so in words about the viewer."""
    worded = Verbatim.objects.order_by().values("response")
    return own_returns(viewer).filter(satisfaction=5, heard_on__gte=since, pk__in=worded)


def news(viewer: Viewer, *, today: dt.date, most: int = 3) -> Sequence[Event]:
    """The latest facts of half a year on the branch where the viewer works, or above it."""
    if viewer == NOBODY or viewer.person_id is None:
        return []
    paths = (
        Assignment.objects.on(today)
        .filter(person=viewer.person_id)
        .order_by("pk")
        .values_list("unit_path", flat=True)
    )
    places = Q(pk__in=[])
    for path in paths:
        steps = [step for step in path.split("/") if step]
        above = ["/" + "/".join(steps[:depth]) + "/" for depth in range(1, len(steps) + 1)]
        places |= Q(unit_path__in=above) | branch(path)
    rows = Event.objects.filter(places, starts_on__lte=today, starts_on__gt=today - RECENT)
    told: dict[tuple[str, dt.date], Event] = {}
    for event in rows.order_by("-starts_on", "pk"):
        # What reaches several teams on one day is written once a team, and told once.
        told.setdefault((event.label, event.starts_on), event)
    return list(told.values())[:most]
