"""Each team on both sides: its climate as released, its customers as they stand and at equal requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from visavis.listen.releases.estimates import sums
from visavis.listen.releases.planning import parent_of
from visavis.listen.releases.queries import Cell, Figure, pooled
from visavis.listen.returns.queries import SATISFIED_FROM
from visavis.measure.estimates import Estimate
from visavis.measure.likened import Likened, at_equal_requests
from visavis.measure.means import MARKS, Sums, mean_interval
from visavis.measure.shares import proportion_interval
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.understand.journeys.counting import Alike, alike
from visavis.understand.symmetry.queries import whole_of
from visavis.web.filters import Filters

#: The question of the barometer that stands for the side of employees.
CLIMATE: Final = "climate"


@dataclass(frozen=True, slots=True)
class Team:
    """A unit, or several shown together, on both sides.

    Attributes:
        place: path of its unit; codes joined by ``+`` where several show together.
        label: its name.
        site: the branch above it.
        climate: sums of the climate marks released over the period.
        satisfied: satisfied customers, and customers with a mark.
        likened: their share at equal requests; none without marks.
    """

    place: str
    label: str
    site: str
    climate: Sums
    satisfied: tuple[int, int]
    likened: Likened | None

    @property
    def climate_estimate(self) -> Estimate:
        """Mean climate, from 1 to 5."""
        return mean_interval(self.climate, MARKS)

    @property
    def satisfied_estimate(self) -> Estimate:
        """Share of satisfied customers."""
        return proportion_interval(*self.satisfied)


@dataclass(frozen=True, slots=True)
class Sides:
    """All the teams that a viewer may see on both sides, in the order of the tree, and both wholes."""

    teams: Sequence[Team]
    climate: Sums
    satisfied: tuple[int, int]
    waves: int


def sums_of(figure: Figure | None) -> Sums:
    """Count, sum and squares of released marks; nothing where they may not be shown."""
    return sums(figure) if figure else Sums(0, 0.0, 0.0)


def sides(viewer: Viewer, filters: Filters, returns: Sequence[Alike] | None = None) -> Sides:
    """Gather both sides of each team over a period.

    Args:
        viewer: who looks; sees released cells of her branches, and customers' figures of her branches.
        filters: the period; scope, channel and reason limit customers only.
        returns: from ``journeys.counting.alike``, of the same viewer and filters, where they are counted.

    Returns:
        Teams with a released climate; the finest groups that a release shows.
    """
    period = filters.period
    cells = pooled(viewer, "wave", cut="unit", keys=[CLIMATE], first=period.first, last=period.last)
    finest = _finest(cells)
    counts = _customers(alike(viewer, filters) if returns is None else returns)
    by_team, whole = _gathered(finest, counts)
    likened = at_equal_requests(by_team) if by_team else {}
    rank = {path: pk for pk, path in Unit.objects.order_by("pk").values_list("pk", "path")}
    finest.sort(key=lambda cell: (rank.get(parent_of(cell.members[0]), 0), rank.get(cell.members[0], 0)))
    teams = [
        Team(
            cell.place,
            cell.label,
            parent_of(cell.members[0]),
            sums_of(cell.figures[CLIMATE]),
            _sum(by_team, cell.place),
            likened.get(cell.place),
        )
        for cell in finest
        if cell.figures[CLIMATE] is not None
    ]
    top = whole_of(cells)
    told = sums_of(top.figures[CLIMATE]) if top else Sums(0, 0.0, 0.0)
    return Sides(teams, told, whole, len({one for cell in cells for one in cell.releases}))


def _finest(cells: Sequence[Cell]) -> list[Cell]:
    """The smallest groups that show at one wave or another, each team in one of them.

    People who are in no team of their unit are left out.
    """
    paths = {member for cell in cells for member in cell.members}
    alone = {cell.members[0] for cell in cells if len(cell.members) == 1}

    def finest(cell: Cell) -> bool:
        teams = [one for one in cell.members if not one.endswith("=")]
        parts = any(path != own and path.startswith(own) for own in teams for path in paths)
        # Merged in one wave, shown alone in others: it is told by the waves where it is alone.
        return bool(teams) and not parts and (len(cell.members) == 1 or not alone & set(teams))

    return [cell for cell in cells if finest(cell)]


Counts = Mapping[tuple[str, tuple[str, ...]], tuple[int, int]]


def _customers(returns: Sequence[Alike]) -> Counts:
    """Satisfied customers, and those with a mark, of each unit by reason and channel."""
    found: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    for row in returns:
        if row.satisfaction is not None:
            key = row.unit_path, (row.reason, row.channel)
            won, n = found.get(key, (0, 0))
            found[key] = won + (row.n if row.satisfaction >= SATISFIED_FROM else 0), n + row.n
    return found


def _gathered(
    cells: Sequence[Cell], counts: Counts
) -> tuple[dict[tuple[str, tuple[str, ...]], tuple[int, int]], tuple[int, int]]:
    """Customers of each cell by their requests, and those of all."""
    held: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = defaultdict(lambda: (0, 0))
    homes = {member: cell.place for cell in cells for member in cell.members}
    whole = (0, 0)
    for (path, kind), (won, n) in counts.items():
        whole = (whole[0] + won, whole[1] + n)
        place = _home(path, homes)
        if place:
            there = held[place, kind]
            held[place, kind] = (there[0] + won, there[1] + n)
    return dict(held), whole


def _home(path: str, homes: Mapping[str, str]) -> str:
    while path.count("/") > 1:
        if path in homes:
            return homes[path]
        path = parent_of(path)
    return ""


def _sum(counts: Counts, place: str) -> tuple[int, int]:
    held = [both for (home, _kind), both in counts.items() if home == place]
    return sum(won for won, _n in held), sum(n for _won, n in held)
