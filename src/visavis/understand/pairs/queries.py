"""Reads of released pairs. Advisers' views come from released months and from nowhere else."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from visavis.core.periods import Period, add_months
from visavis.core.words import Voice
from visavis.listen.releases import queries as releases
from visavis.listen.releases.exchanges import FELT, PAIR, SAID, SATISFIED
from visavis.listen.releases.models import Kind, Release
from visavis.listen.releases.planning import UNIT, parent_of
from visavis.listen.releases.queries import Cell, Figure
from visavis.listen.returns.models import Response
from visavis.measure.agreement import Quadrants
from visavis.measure.two_views import GOOD_FROM, Spread, spread_of, table_of
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer, system
from visavis.people.units.fields import branch

_KEYS = (FELT, SATISFIED, PAIR, SAID)
#: Largest part of the exchanges of a place that may stand on either side of what is read of it.
_LOOSE = 0.1
#: How much pairs of one adviser are held to go together where teams are too few to measure it.
_ASSUMED = 0.05
Counts = list[list[int]]


@dataclass(frozen=True, slots=True)
class Line:
    """The exchanges of one place that both sides told, over the months released.

    Attributes:
        cut: what the company is cut by.
        place: its code, or those shown together.
        label: its name.
        path: the smallest branch that holds it.
        members: codes or paths shown together.
        told: how many exchanges both sides told.
        four: how they fall in four, over the months where both views may be crossed.
        months: how many those are.
        table: marks by feelings, over the months where even marks may be crossed.
        least: where no month may be crossed, and nearly all customers said alike: the views seen by one side
            only at their fewest.
        most: and at most.
    """

    cut: str
    place: str
    label: str
    path: str
    members: tuple[str, ...]
    told: int
    four: Quadrants
    months: int
    table: Counts | None
    least: Quadrants | None = None
    most: Quadrants | None = None

    @property
    def n(self) -> int:
        """How many exchanges may be crossed."""
        return self.four.n

    @property
    def whole(self) -> bool:
        """Whether most of them may be: months that show both views are not months like any other."""
        return self.told > 0 and self.n >= self.told / 2


def bounds(period: Period) -> tuple[dt.date, dt.date]:
    """The whole months of a period: a released month is never cut.

    Returns:
        The first day of the first whole month, and the last day of the period.
    """
    first = period.first.replace(day=1)
    return (first if first == period.first else add_months(first, 1)), period.last


def months(viewer: Viewer, period: Period) -> list[Release]:
    """The released months of a period, the oldest first."""
    first, last = bounds(period)
    return releases.releases(viewer, Kind.EXCHANGES, first=first, last=last)


def lines(viewer: Viewer, shown: Sequence[Release], cut: str) -> list[Line]:
    """The exchanges of some months by one cut, place by place, in the order of the latest.

    Args:
        viewer: who reads; sees her branches, those above them, and the cuts of the company.
        shown: from ``months``.
        cut: ``unit``, ``reason``, ``channel``, ``moment`` or ``level``.
    """
    held: dict[str, list[Cell]] = defaultdict(list)
    for cell in releases.cells(viewer, shown[::-1], cut=cut, keys=_KEYS):
        held[cell.place].append(cell)
    lengths = {release.pk: length(release) for release in shown}
    return [_line(cells, lengths) for cells in held.values()]


def length(release: Release) -> int:
    """How many months were released together."""
    first, last = release.first_on, release.last_on
    return 12 * (last.year - first.year) + last.month - first.month + 1


def _line(cells: Sequence[Cell], lengths: Mapping[int, int]) -> Line:
    latest = cells[0]
    felt, satisfied, pair, _said = (
        [figure for cell in cells if (figure := cell.figures[key])] for key in _KEYS
    )
    least, most = (None, None) if satisfied else _bounds(cells)
    read = [cell for cell in cells if cell.figures[SAID if least else SATISFIED]]
    return Line(
        cut=latest.cut,
        place=latest.place,
        label=latest.label,
        path=latest.unit_path,
        members=latest.members,
        told=sum(figure.n for figure in felt),
        four=_four(_summed(satisfied)),
        months=sum(lengths[cell.release] for cell in read),
        table=table_of(_summed(pair)) if pair else None,
        least=least,
        most=most,
    )


def _bounds(cells: Sequence[Cell]) -> tuple[Quadrants | None, Quadrants | None]:
    """Bound the views of a place by how many exchanges were well lived and how many customers satisfied.

    Returns:
        The views seen by one side only at their fewest, then at their most; none where too many exchanges
        could stand on either side.
    """
    pairs = [(cell.figures[FELT], cell.figures[SAID]) for cell in cells]
    told = [(felt, said) for felt, said in pairs if felt and said]
    good = sum(n for felt, _ in told for mark, n in felt.counts.items() if int(mark) >= GOOD_FROM)
    n = sum(felt.n for felt, _ in told)
    satisfied = sum(said.counts.get("yes", 0) for _, said in told)
    fewest, largest = max(0, good + satisfied - n), min(good, satisfied)
    if not n or largest - fewest > _LOOSE * n:
        return None, None
    least, most = (
        Quadrants(
            symmetric_high=both,
            customer_only=satisfied - both,
            adviser_only=good - both,
            symmetric_low=n - good - satisfied + both,
        )
        for both in (largest, fewest)
    )
    return least, most


def _summed(figures: Iterable[Figure]) -> Counter[str]:
    found = Counter[str]()
    for figure in figures:
        found.update(figure.counts)
    return +found


def _four(counts: Mapping[str, int]) -> Quadrants:
    """Fold « satisfied or not, feeling » into four."""
    found: Counter[tuple[bool, bool]] = Counter()
    for key, count in counts.items():
        satisfied, feeling = key.split(",")
        found[satisfied == "yes", int(feeling) >= GOOD_FROM] += count
    return Quadrants(
        symmetric_high=found[True, True],
        symmetric_low=found[False, False],
        customer_only=found[True, False],
        adviser_only=found[False, True],
    )


def spread(shown: Sequence[Release]) -> Spread | None:
    """How much exchanges go together, from the teams of the released months, alike for every viewer.

    It is one number about the whole sample and tells nothing of any team; were it read through each viewer's
    branches, the same figure would have another interval for each of them.

    Returns:
        Measured between teams on how exchanges were lived, from 20 of them; otherwise assumed between the
        advisers of the largest month; ``None`` without any month.
    """
    cells = _leaves(releases.cells(system(), shown, cut=UNIT, keys=(FELT,)))
    groups = _together([cell.members for cell in cells])
    teams: dict[str, Counter[bool]] = defaultdict(Counter)
    for cell in cells:
        if figure := cell.figures[FELT]:
            for feeling, count in figure.counts.items():
                teams[groups[cell.members[0]]][int(feeling) >= GOOD_FROM] += count
    if found := spread_of([(felt[True], felt.total()) for felt in teams.values()]):
        return found
    people = max((release.people for release in shown), default=0)
    return Spread(icc=_ASSUMED, clusters=people) if people else None


def _together(shown: Iterable[Sequence[str]]) -> dict[str, str]:
    """Units that any month shows together, under one name: a team is one cluster over all months."""
    names: dict[str, str] = {}
    for members in shown:
        linked = {names.get(member, member) for member in members}
        first = min(linked)
        names |= dict.fromkeys(members, first)
        names = {member: first if name in linked else name for member, name in names.items()}
    return names


def _leaves(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that are not cut any further in their month."""
    above = {(cell.release, parent_of(member)) for cell in cells for member in cell.members}
    return [cell for cell in cells if not any((cell.release, member) in above for member in cell.members)]


def told_by_customers(viewer: Viewer, shown: Sequence[Release], path: str) -> int:
    """How many exchanges customers spoke of in the released months, on a branch: what pairs are a part of.

    Args:
        viewer: who reads; needs the right to what was released.
        shown: the released months.
        path: the branch.
    """
    if not viewer.may(Right.BAROMETER) or not shown:
        return 0
    spoken = Response.objects.filter(voice=Voice.CUSTOMER, interaction__isnull=False).filter(branch(path))
    # From the first day to the last one too: an index leads there, and none does to several spans.
    whole = (min(release.first_on for release in shown), max(release.last_on for release in shown))
    days = Q(pk__in=[])
    for release in shown:
        days |= Q(interaction__day__range=(release.first_on, release.last_on))
    within = spoken.filter(days, interaction__day__range=whole)
    return within.order_by().values("interaction").distinct().count()
