"""The figures of a report: counts made by the database, estimates made of the counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from visavis.listen.returns.models import Answer, Response
from visavis.listen.returns.queries import SATISFIED_FROM
from visavis.listen.surveys.models import Question
from visavis.measure.estimates import Difference, Estimate
from visavis.measure.families import AtLevel
from visavis.measure.means import MARKS, Sums, mean_difference, mean_interval
from visavis.measure.scores import nps_difference, nps_interval
from visavis.measure.shares import proportion_difference, proportion_interval

_SQUARE = F("value") * F("value")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a set of returns says, as counts that add up."""

    returns: int = 0
    marked: int = 0
    satisfied: int = 0
    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def satisfaction(self) -> Estimate:
        """Share of satisfied customers among those who gave a mark."""
        return proportion_interval(self.satisfied, self.marked)

    @property
    def recommendation(self) -> Estimate:
        """Net recommendation, in points."""
        return nps_interval(self.promoters, self.passives, self.detractors)

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in _COUNTED))


_AGGREGATES = {
    "returns": Count("pk"),
    "marked": Count("satisfaction"),
    "satisfied": Count("pk", filter=Q(satisfaction__gte=SATISFIED_FROM)),
    "promoters": Count("pk", filter=Q(recommendation__gte=9)),
    "passives": Count("pk", filter=Q(recommendation__in=(7, 8))),
    "detractors": Count("pk", filter=Q(recommendation__lte=6)),
}
_COUNTED = tuple(_AGGREGATES)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure, the one before it, and what may be said of the way between.

    ``again`` works the difference out at another level: a page decides on its own over all that it says.
    """

    now: Estimate
    before: Estimate | None = None
    difference: Difference | None = None
    again: AtLevel | None = field(default=None, compare=False, repr=False)

    def at(self, level: float) -> Change:
        """The same with the difference at ``level``."""
        return replace(self, difference=self.again(level)) if self.again else self


def _held(now: Estimate, before: Estimate, again: AtLevel) -> Change:
    return Change(now, before, again(0.95), again)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown: what it is, its weight among the returns, its figure.

    ``value`` is what the cube knows it by.
    """

    value: Any
    code: str
    label: str
    returns: int
    share: float
    satisfaction: Change


def count_by(rows: QuerySet[Response], field: str) -> dict[Any, Counts]:
    """Count a set of returns by the values of ``field``, in one query."""
    return {key[0]: counts for key, counts in _cells(rows, (field,)).items()}


def _cells(rows: QuerySet[Response], fields: Sequence[str]) -> dict[tuple[Any, ...], Counts]:
    grouped = rows.order_by().values(*fields).annotate(**_AGGREGATES)
    return {
        tuple(row[field] for field in fields): Counts(**{name: row[name] for name in _COUNTED})
        for row in grouped
    }


#: What makes two requests alike: what it is about, how it came, how far it went.
REQUEST = ("reason_id", "channel_id", "level_id")
#: What a report breaks down besides.
ASIDE = ("moment_id", "product")
_NONE = (None, "")


@dataclass(frozen=True, slots=True)
class Cube:
    """A set of returns, counted by kind of request (``REQUEST``) and by each of ``ASIDE``."""

    cells: Mapping[tuple[Any, ...], Counts] = field(default_factory=dict)
    aside: Mapping[str, Mapping[Any, Counts]] = field(default_factory=dict)

    @property
    def total(self) -> Counts:
        """All returns."""
        return sum(self.cells.values(), Counts())

    def by(self, name: str) -> dict[Any, Counts]:
        """Counts by the values of one of ``REQUEST`` or ``ASIDE``; returns without a value are left out."""
        if name in ASIDE:
            return {key: counts for key, counts in self.aside.get(name, {}).items() if key not in _NONE}
        return _margin(self.cells, REQUEST.index(name))


def _margin(cells: Mapping[tuple[Any, ...], Counts], place: int) -> dict[Any, Counts]:
    found: dict[Any, Counts] = {}
    for key, counts in cells.items():
        if key[place] not in _NONE:
            found[key[place]] = found.get(key[place], Counts()) + counts
    return found


def cube(rows: QuerySet[Response]) -> Cube:
    """Count a set of returns by all that a report breaks down, in one query."""
    every = _cells(rows, (*REQUEST, *ASIDE))
    cells: dict[tuple[Any, ...], Counts] = {}
    for key, counts in every.items():
        kind = key[: len(REQUEST)]
        cells[kind] = cells.get(kind, Counts()) + counts
    return Cube(cells, {name: _margin(every, len(REQUEST) + at) for at, name in enumerate(ASIDE)})


def satisfaction_change(now: Counts, before: Counts | None) -> Change:
    """Satisfaction now, and against before when both sides have answers."""
    if before is None or not before.marked or not now.marked:
        return Change(now.satisfaction)
    again = partial(proportion_difference, now.satisfied, now.marked, before.satisfied, before.marked)
    return _held(now.satisfaction, before.satisfaction, again)


def recommendation_change(now: Counts, before: Counts | None) -> Change:
    """Net recommendation now, and against before when both sides have answers."""
    mine = (now.promoters, now.passives, now.detractors)
    theirs = (before.promoters, before.passives, before.detractors) if before else (0, 0, 0)
    if before is None or not sum(mine) or not sum(theirs):
        return Change(now.recommendation)
    return _held(now.recommendation, before.recommendation, partial(nps_difference, theirs, mine))


def lines(
    now: Mapping[Any, Counts],
    before: Mapping[Any, Counts],
    names: Iterable[tuple[Any, str, str]],
    returns: int,
) -> list[Line]:
    """Make a breakdown of counts.

    Args:
        now: counts by the value of the field.
        before: the same for the period before; a value may be missing.
        names: (value, code, label) in the order wanted; values without returns are left out.
        returns: all the returns, those without a value too: the weight of a line is its share of them.

    Returns:
        The lines in the order of ``names``.
    """
    return [
        Line(
            value,
            code,
            label,
            now[value].returns,
            now[value].returns / returns,
            satisfaction_change(now[value], before.get(value)),
        )
        for value, code, label in names
        if value in now
    ]


def asked_keys() -> dict[int, str]:
    """The questions marked from 1 to 5, satisfaction apart: their keys by number."""
    asked = Question.objects.filter(scale=Question.Scale.ONE_FIVE).exclude(role=Question.Role.CSAT)
    return dict(asked.order_by("pk").values_list("pk", "key"))


def mark_sums(rows: QuerySet[Response]) -> dict[str, Sums]:
    """Sums of the marks from 1 to 5 by question key, for means; satisfaction itself is counted elsewhere."""
    keys = asked_keys()
    if not keys:
        return {}
    # The questions are chosen among the sums: asked for some, a database may begin with all their answers.
    marks = Answer.objects.filter(response__in=rows.order_by(), value__isnull=False)
    grouped = (
        marks.order_by()
        .values("question_id")
        .annotate(n=Count("pk"), total=Coalesce(Sum("value"), 0.0), squares=Coalesce(Sum(_SQUARE), 0.0))
    )
    found: dict[str, Sums] = {}
    for row in grouped:
        sums = Sums(row["n"], row["total"], row["squares"])
        if key := keys.get(row["question_id"]):
            found[key] = found[key] + sums if key in found else sums
    return found


def mark_change(now: Sums | None, before: Sums | None) -> Change | None:
    """A mean mark now, and against before; None when nobody answered the question."""
    if not now or not now.n:
        return None
    if not before or not before.n:
        return Change(mean_interval(now))
    again = partial(mean_difference, now, before, MARKS)
    return _held(mean_interval(now), mean_interval(before), again)
