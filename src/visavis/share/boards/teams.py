"""The supervisor's page of a team: its customers, what waits, whom to accompany. No ranking of people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from visavis.act.inbox.queries import cases_to_do, own_cases_to_do
from visavis.core.periods import Period, last_months
from visavis.core.words import Voice
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.queries import SATISFIED_FROM, counted, counted_texts
from visavis.measure.estimates import FULL_FROM, Estimate
from visavis.measure.means import Sums, mean_difference
from visavis.measure.sentences import Verdict, verdict
from visavis.measure.shares import proportion_interval
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.fields import branch
from visavis.people.units.models import Unit
from visavis.share.boards.markers import MONTHS

#: Declared criteria from which a strength or an axis may be proposed.
CRITERIA = {"clarity": _("Clarity"), "listening": _("Listening"), "kindness": _("Kindness")}


@dataclass(frozen=True, slots=True)
class Companion:
    """One adviser of the team, as a supervisor may see her: by name, never by score."""

    person: Person
    returns: int
    to_treat: int
    strengths: tuple[str, ...]
    axes: tuple[str, ...]
    enough: bool


def badge(viewer: Viewer) -> int:
    """How many returns wait for the viewer personally."""
    return own_cases_to_do(viewer).order_by().count() if viewer.may(Right.OWN_RETURNS) else 0


def teams(viewer: Viewer, *, today: dt.date) -> QuerySet[Unit]:
    """Open units whose page the viewer may open, by path."""
    return Unit.objects.open_on(today).filter(viewer.within(Right.TEAM, "path")).order_by("path")


def depths(units: Sequence[Unit]) -> list[tuple[Unit, int]]:
    """Each unit with how far it stands under the highest of them, to be indented."""
    top = min((unit.path.count("/") for unit in units), default=0)
    return [(unit, unit.path.count("/") - top) for unit in units]


def recent(viewer: Viewer, unit: Unit, *, today: dt.date) -> QuerySet[Response]:
    """Customers' returns of the unit over three months."""
    period: Period = last_months(MONTHS, today)
    rows = counted(viewer, Voice.CUSTOMER).filter(branch(unit.path))
    return rows.filter(heard_on__gte=period.first, heard_on__lt=period.after)


def recent_texts(viewer: Viewer, unit: Unit, *, today: dt.date) -> QuerySet[Verbatim]:
    """Customers' texts of the unit over three months."""
    period: Period = last_months(MONTHS, today)
    rows = counted_texts(viewer, Voice.CUSTOMER).filter(branch(unit.path))
    return rows.filter(heard_on__gte=period.first, heard_on__lt=period.after)


def satisfaction(rows: QuerySet[Response]) -> Estimate:
    """Share of satisfied customers."""
    counts = rows.order_by().aggregate(
        yes=Count("pk", filter=Q(satisfaction__gte=SATISFIED_FROM)), n=Count("satisfaction")
    )
    return proportion_interval(counts["yes"], counts["n"])


def companions(viewer: Viewer, unit: Unit, *, today: dt.date) -> list[Companion]:
    """Advisers who work at the unit today, by name.

    A strength or an axis is proposed only where the declared marks of the adviser's customers stand clearly
    apart from those of the rest of the team, with at least 30 answers on both sides. The rest of the team may
    be few people: whoever opens this page sees its advisers by name by right, so it hides nobody from her.
    The adviser, who has no such right, gets no comparison there (``markers.py``).

    Args:
        viewer: who reads; needs to see advisers' names on that branch, otherwise nobody is listed.
        unit: the team.
        today: the company's day.
    """
    if not (viewer.may(Right.TEAM, unit.path) and viewer.may(Right.ADVISERS, unit.path)):
        return []
    there = Assignment.objects.on(today).filter(branch(unit.path), role="adviser").order_by().values("person")
    people = list(Person.objects.filter(pk__in=there).order_by("name", "pk"))
    rows = recent(viewer, unit, today=today)
    returns = _count(rows)
    waiting = _count(cases_to_do(viewer).filter(branch(unit.path)))
    sums = _sums(rows)
    return [_companion(person, returns, waiting, sums) for person in people]


def _count(rows: QuerySet[Any]) -> dict[int, int]:
    counts = rows.order_by().values("person").annotate(rows=Count("pk"))
    return {row["person"]: row["rows"] for row in counts}


def _sums(rows: QuerySet[Response]) -> dict[str, dict[int, Sums]]:
    marks = Answer.objects.filter(
        response__in=rows.order_by(), question__key__in=list(CRITERIA), value__isnull=False
    )
    grouped = (
        marks.order_by()
        .values("question__key", "response__person")
        .annotate(n=Count("pk"), total=Sum("value"), squares=Sum(F("value") * F("value")))
    )
    found: dict[str, dict[int, Sums]] = defaultdict(dict)
    for row in grouped:
        found[row["question__key"]][row["response__person"] or 0] = Sums(
            row["n"], row["total"], row["squares"]
        )
    return found


def _companion(
    person: Person,
    returns: Mapping[int, int],
    waiting: Mapping[int, int],
    sums: Mapping[str, Mapping[int, Sums]],
) -> Companion:
    apart = {key: side for key, by_person in sums.items() if (side := _side(person.pk, by_person))}
    return Companion(
        person=person,
        returns=returns.get(person.pk, 0),
        to_treat=waiting.get(person.pk, 0),
        strengths=tuple(str(label) for key, label in CRITERIA.items() if apart.get(key) == 1),
        axes=tuple(str(label) for key, label in CRITERIA.items() if apart.get(key) == -1),
        enough=any(by_person.get(person.pk, _NONE).n >= FULL_FROM for by_person in sums.values()),
    )


_NONE = Sums(0, 0.0, 0.0)


def _side(person: int, by_person: Mapping[int, Sums]) -> int:
    """1 clearly above the rest of the team, -1 clearly below, 0 when nothing can be said."""
    own = by_person.get(person, _NONE)
    rest = sum((sums for other, sums in by_person.items() if other != person), _NONE)
    if not own.n or not rest.n:
        return 0
    gap = mean_difference(own, rest)
    return (1 if gap.low > 0 else -1) if verdict(gap) is Verdict.CLEAR else 0
