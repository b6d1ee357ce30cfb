"""What happened to one branch: its climate first, its customers after, against the other branches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Count, Q, Sum

from visavis.core.periods import month_of
from visavis.core.words import Voice
from visavis.listen.releases.models import Release
from visavis.listen.releases.queries import cells, releases
from visavis.listen.returns.queries import SATISFIED_FROM, counted
from visavis.listen.returns.stored import as_stored, day_of
from visavis.measure.contrasts import contrast_of_means, contrast_of_shares
from visavis.measure.dating import DatedStep, step_after
from visavis.measure.estimates import FULL_FROM, Difference
from visavis.measure.means import Sums
from visavis.people.access.viewer import Viewer
from visavis.people.units.fields import branch
from visavis.people.units.models import Event
from visavis.understand.symmetry.teams import CLIMATE, sums_of

#: Weeks looked at before an event and after it; most weeks by which customers may follow.
BEFORE, AFTER, LONGEST = 26, 16, 12
#: The date of a step is looked for among thirteen weeks: its effect is told at a level that allows for it.
STEP_LEVEL: Final = 1 - 0.05 / (LONGEST + 1)
WEEK: Final = dt.timedelta(days=7)
#: Slashes of the path of a unit right under the company.
_UNDER_COMPANY: Final = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """One event of a branch, on both sides.

    Attributes:
        event: what happened.
        label: the branch.
        employees: change of its climate beyond that of the others; none where it cannot be told.
        customers: change of its satisfied customers beyond that of the others, from the dated week on.
        step: when customers moved, in weeks after the event; none unless both sides moved clearly.
    """

    event: Event
    label: str
    employees: Difference | None
    customers: Difference | None
    step: DatedStep | None


Told = Mapping[int, Sums]


@dataclass(frozen=True, slots=True)
class Climates:
    """The climate of the branches right under the company, wave after wave.

    Attributes:
        waves: what was released, the oldest first.
        names: path of a branch -> its name.
        told: path of a branch -> release -> sums of its marks.
    """

    waves: Sequence[Release]
    names: Mapping[str, str]
    told: Mapping[str, Told]

    def others(self, path: str) -> list[Told]:
        """The other branches."""
        return [told for place, told in self.told.items() if place != path]

    def series(self, path: str) -> tuple[list[tuple[dt.date, Sums]], list[tuple[dt.date, Sums]]]:
        """A branch, and all the others together: the last day of each wave and its sums."""
        mine = [(wave.last_on, self.told[path][wave.pk]) for wave in self.waves if wave.pk in self.told[path]]
        rest = [(wave.last_on, _over_all(self.others(path), [wave.pk])) for wave in self.waves]
        return mine, [(day, sums) for day, sums in rest if sums.n]


def climates(viewer: Viewer) -> Climates:
    """Read the released climate of each branch that the viewer may see."""
    waves = releases(viewer, "wave")
    names: dict[str, str] = {}
    told: dict[str, dict[int, Sums]] = defaultdict(dict)
    for cell in cells(viewer, waves, cut="unit", keys=[CLIMATE]):
        place = cell.members[0]
        if len(cell.members) == 1 and place.count("/") == _UNDER_COMPANY and not place.endswith("="):
            names[place] = cell.label
            told[place][cell.release] = sums_of(cell.figures[CLIMATE])
    return Climates(waves, names, dict(told))


def followed(days: Days, known: Climates, *, path: str, today: dt.date) -> list[Followed]:
    """What happened to the branches right under the company, the latest first.

    Args:
        days: figures of customers of the branches that the viewer may see.
        known: from ``climates``, of the same viewer.
        path: keep the branch that holds this path; empty keeps all.
        today: the company's day.

    Returns:
        Events that concern one branch alone, where either side can be told.
    """
    places = [place for place in known.told if not path or path.startswith(place) or place.startswith(path)]
    events = Event.objects.filter(unit_path__in=places, starts_on__lte=today).order_by("-starts_on", "pk")
    found = [_follow(days, event, known, today) for event in events]
    return [one for one in found if one.employees or one.customers]


def _follow(days: Days, event: Event, known: Climates, today: dt.date) -> Followed:
    until = _next(event, today)
    employees = _employees(event, until, known)
    customers, step = _customers(days, event, until, list(known.told))
    if not (employees and employees.excludes_zero and customers and customers.excludes_zero):
        step = None
    return Followed(event, known.names[event.unit_path], employees, customers, step)


def _next(event: Event, today: dt.date) -> dt.date:
    """The day on which something else happens to the branch, or to a part of it."""
    later = Event.objects.filter(branch(event.unit_path, "unit_path"), starts_on__gt=event.starts_on)
    first = later.order_by("starts_on", "pk").values_list("starts_on", flat=True).first()
    return min(first or today, event.starts_on + AFTER * WEEK, today)


def _employees(event: Event, until: dt.date, known: Climates) -> Difference | None:
    before = [wave.pk for wave in known.waves if wave.last_on < event.starts_on]
    # A wave that closes after the event is after it; one that closes after the next event is its.
    after = [wave.pk for wave in known.waves if event.starts_on <= wave.last_on < until]
    mine, others = [known.told[event.unit_path]], known.others(event.unit_path)
    sides = [_over_all(side, waves) for side in (mine, others) for waves in (after, before)]
    if min(side.n for side in sides) < FULL_FROM:
        return None
    return contrast_of_means(sides[0], sides[1], sides[2], sides[3])


def _over_all(branches: Iterable[Told], waves: Sequence[int]) -> Sums:
    held = [told[pk] for told in branches for pk in waves if pk in told]
    return sum(held, Sums(0, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class _Week:
    n: int
    won: int
    mean: float


def _customers(
    known: Days, event: Event, until: dt.date, branches: Sequence[str]
) -> tuple[Difference | None, DatedStep | None]:
    first = _monday(event.starts_on) - BEFORE * WEEK
    days = known.between(first, until)
    here = _weekly(days, (event.unit_path,))
    there = _weekly(days, tuple(path for path in branches if path != event.unit_path))
    weeks = sorted(set(here) & set(there))
    start = sum(week < _monday(event.starts_on) for week in weeks)
    if start < 2 or len(weeks) - start < 2:
        return None, None
    gaps = [here[week].mean - there[week].mean for week in weeks]
    weights = [1 / (1 / here[week].n + 1 / there[week].n) for week in weeks]
    step = step_after(gaps, weights, start, LONGEST)
    late = weeks[start + step.lag]
    sides = [
        _count(side, keep)
        for side in (here, there)
        for keep in ([w for w in weeks if w >= late], weeks[:start])
    ]
    return contrast_of_shares(sides[0], sides[1], sides[2], sides[3], STEP_LEVEL), step


class _Day(NamedTuple):
    """Marks of one day in one branch: how many, of satisfied customers, in all."""

    day: dt.date
    place: str
    n: int
    won: int
    total: int


class Days:
    """Customers' marks by day and branch where a viewer sees figures, read once for all that a page tells.

    Databases are slow at weeks and months, which are few to add up here.

    Args:
        viewer: who looks.
        known: from ``climates``, of the same viewer: its days are read at once with the first ones asked.
    """

    def __init__(self, viewer: Viewer, known: Climates) -> None:
        self._viewer = viewer
        self._held: list[_Day] = []
        self._span = (
            min((wave.first_on for wave in known.waves), default=dt.date.max),
            max((wave.last_on for wave in known.waves), default=dt.date.min) + dt.timedelta(days=1),
        )

    def between(self, first: dt.date, last: dt.date) -> list[_Day]:
        """The days from ``first`` on and before ``last``."""
        start, end = self._span
        if not self._held or first < start or end < last:
            self._span = min(first, start), max(last, end)
            self._held = self._read(*self._span)
        return [one for one in self._held if first <= one.day < last]

    def _read(self, first: dt.date, last: dt.date) -> list[_Day]:
        rows = counted(self._viewer, Voice.CUSTOMER).filter(
            heard_on__gte=first, heard_on__lt=last, satisfaction__isnull=False
        )
        grouped = (
            rows.order_by()
            .values_list("unit_path", "heard_on")
            .annotate(
                n=Count("*"),
                won=Count("satisfaction", filter=Q(satisfaction__gte=SATISFIED_FROM)),
                total=Sum("satisfaction"),
            )
        )
        held: dict[tuple[str, str | dt.date], list[int]] = {}
        places = _Places()
        for path, on, n, won, total in as_stored(grouped):
            key = places[path], on
            if (one := held.get(key)) is None:
                held[key] = [n, won, total]
            else:
                one[0] += n
                one[1] += won
                one[2] += total
        return [_Day(day_of(on), place, *sums) for (place, on), sums in held.items()]


class _Places(dict[str, str]):
    """Path of a unit -> that of the branch right under the company that holds it, or its own above that."""

    def __missing__(self, path: str) -> str:
        parts = path.split("/")
        found = self[path] = "/".join(parts[:_UNDER_COMPANY]) + "/" if len(parts) > _UNDER_COMPANY else path
        return found


def _weekly(days: Iterable[_Day], paths: tuple[str, ...]) -> dict[dt.date, _Week]:
    weeks: dict[dt.date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in days:
        if one.place in paths:
            held = weeks[_monday(one.day)]
            held[0] += one.n
            held[1] += one.won
            held[2] += one.total
    return {week: _Week(n, won, total / n) for week, (n, won, total) in weeks.items()}


def _count(side: Mapping[dt.date, _Week], weeks: Iterable[dt.date]) -> tuple[int, int]:
    held = [side[week] for week in weeks]
    return sum(week.won for week in held), sum(week.n for week in held)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def satisfied_by_month(
    known: Days, path: str, first: dt.date, last: dt.date
) -> tuple[list[tuple[dt.date, tuple[int, int]]], list[tuple[dt.date, tuple[int, int]]]]:
    """Satisfied customers of a branch, and of all the others: last day of each month, satisfied, marks."""
    sides: tuple[dict[dt.date, list[int]], dict[dt.date, list[int]]] = (
        defaultdict(lambda: [0, 0]),
        defaultdict(lambda: [0, 0]),
    )
    days = known.between(first, last)
    ends = {day: month_of(day).last for day in {one.day for one in days}}
    for one in days:
        both = sides[0 if one.place == path else 1][ends[one.day]]
        both[0] += one.won
        both[1] += one.n
    mine, theirs = ([(day, (won, n)) for day, (won, n) in sorted(side.items())] for side in sides)
    return mine, theirs
