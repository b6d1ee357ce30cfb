"""When a team's one side moves, does its other side move, and which moves first?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visavis.measure.estimates import Display, Estimate
from visavis.measure.links import CORRELATION, chance_of, fisher

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: A value a period, ``None`` where there is none.
Series = Sequence[float | None]
#: Teams and periods under which who comes first is not told.
LEAST_TEAMS, LEAST_PERIODS = 15, 18
#: Points a correlation over a lag must rest on.
_LEAST_PAIRS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinGroups(Estimate):
    """How two quantities move together inside groups; ``n`` counts points."""

    dof: int
    p_value: float

    @property
    def r(self) -> float | None:
        """The correlation once each group's own level is taken out."""
        return self.estimate


def within_group_correlation(
    x: Sequence[float], y: Sequence[float], groups: Sequence[object], level: float = 0.95
) -> WithinGroups:
    """Measure how two quantities move together inside groups, whatever the level of each.

    With teams as groups and months as points it answers « when a team's climate moves, does its customer
    score move? », which no fixed difference between teams can fake.

    Args:
        x: one finite value a point.
        y: the other quantity of the same points.
        groups: the group of each point, in the same order.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``WithinGroups`` with ``points - groups - 1`` degrees of freedom.

    Raises:
        ValueError: if lengths differ, fewer than 2 degrees of freedom are left, a value is not finite, or a
            side never moves inside groups.

    Source:
        J. M. Bland and D. G. Altman (1995), BMJ 310, 446; J. Z. Bakdash and L. R. Marusich (2017),
        Frontiers in Psychology 8, 456.

    >>> round(within_group_correlation([1, 2, 3, 7, 8, 9], [5, 4, 3, 2, 1, 1], "aaabbb").r, 3)
    -0.919
    """
    import numpy as np

    if not len(x) == len(y) == len(groups):
        raise ValueError("one value of each quantity and one group a point")
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    at = np.array([places[group] for group in groups], dtype=int)
    dof = len(x) - len(places) - 1
    both = np.array([x, y], dtype=float)
    if dof < 2 or not bool(np.isfinite(both).all()):
        raise ValueError("finite values, and at least 3 points more than groups")
    means = np.array([np.bincount(at, side) for side in both]) / np.bincount(at)
    moved = both - means[:, at]
    r = _angle(moved[0], moved[1], float(abs(both).max()))
    if r is None:
        raise ValueError("a side never moves inside groups")
    low, high = fisher(r, dof + 2, level)
    return WithinGroups(
        estimate=r,
        low=low,
        high=high,
        level=level,
        n=len(x),
        n_eff=dof + 2,
        method="within groups",
        scale=CORRELATION,
        dof=dof,
        p_value=chance_of(r, dof),
    )


def _angle(a: Matrix, b: Matrix, scale: float) -> float | None:
    """The correlation of two centred columns, ``None`` when one does not move."""
    lengths = float((a @ a) ** 0.5 * (b @ b) ** 0.5)
    if not lengths > 1e-12 * max(1.0, scale):
        return None
    return CORRELATION.clip(float(a @ b) / lengths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lagged:
    """How x goes with y some periods later; ``r`` is ``None`` when a side does not move."""

    r: float | None
    pairs: int
    lag: int


def lagged_within_correlation(x: Sequence[Series], y: Sequence[Series], lag: int = 0) -> Lagged:
    """Correlate x of a period with y of ``lag`` periods later, each team's own level taken out.

    Args:
        x: one series a team, all of one length; ``None`` where a period has no value.
        y: the other side of the same teams and periods.
        lag: periods between them; positive when x comes first.

    Returns:
        The correlation over all pairs of periods of all teams, and their number.

    Raises:
        ValueError: if shapes differ, a value is not finite, or ``lag`` leaves the series.

    Source:
        Cross-correlation of series, each centred on its team: G. E. P. Box, G. M. Jenkins and G. C. Reinsel
        (2008), Time Series Analysis, chapter 12.
    """
    across, along = _table(x), _table(y)
    _check_shapes(across, along, lag)
    r, pairs = _at_lag(_centred_rows(across), _centred_rows(along), lag)
    return Lagged(r=r, pairs=pairs, lag=lag)


def _table(series: Sequence[Series]) -> Matrix:
    import numpy as np

    if len({len(row) for row in series}) != 1:
        raise ValueError("series of one length for each team")
    rows = [[np.nan if value is None else float(value) for value in row] for row in series]
    table: Matrix = np.array(rows, dtype=float)
    if bool(np.isinf(table).any()):
        raise ValueError("values must be finite")
    return table


def _check_shapes(x: Matrix, y: Matrix, lag: int) -> None:
    if x.shape != y.shape or not abs(lag) < x.shape[1]:
        raise ValueError("both sides have the same teams and periods, and a lag stays inside them")


def _centred_rows(table: Matrix) -> Matrix:
    import numpy as np

    known = ~np.isnan(table)
    counts = known.sum(axis=1, keepdims=True)
    sums = np.where(known, table, 0.0).sum(axis=1, keepdims=True)
    centred: Matrix = table - sums / np.maximum(counts, 1)
    return centred


def _at_lag(x: Matrix, y: Matrix, lag: int) -> tuple[float | None, int]:
    """Correlation and pairs of centred tables at one lag."""
    import numpy as np

    length = x.shape[1]
    before = x[:, max(0, -lag) : length - max(0, lag)]
    after = y[:, max(0, lag) : length - max(0, -lag)]
    both = ~(np.isnan(before) | np.isnan(after))
    a, b = before[both], after[both]
    scale = max((float(abs(side).max()) for side in (a, b) if side.size), default=0.0)
    return (_angle(a, b, scale) if len(a) >= _LEAST_PAIRS else None), len(a)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Which side moves first, by how many periods, and how often chance does as much.

    ``lag`` is positive when the first side precedes; ``low`` and ``high`` bound it over draws of teams.
    ``correlations`` holds one value a lag, from the most negative on.
    """

    lag: int
    low: int
    high: int
    r: float | None
    p_value: float
    correlations: tuple[tuple[int, float | None], ...]
    teams: int
    periods: int

    @property
    def display(self) -> Display:
        """Told from 15 teams and 18 periods on."""
        enough = self.teams >= LEAST_TEAMS and self.periods >= LEAST_PERIODS
        return Display.FULL if enough else Display.HIDDEN


def lead_lag(
    x: Sequence[Series],
    y: Sequence[Series],
    most: int = 3,
    *,
    draws: int = 499,
    level: float = 0.95,
    seed: int = 0,
) -> Lead:
    """Look for the lag at which two sides of the same teams go together best.

    The calendar that all teams share is taken out first (the mean of each period), then each team's level.
    The p counts how often the best of all lags does as well when each team's second side is turned around
    its own calendar (circular shifts keep its inertia and break the link). Descriptive: it says which
    precedes, and no more.

    Args:
        x: one series a team; ``None`` where a period has no value.
        y: the other side.
        most: lags tried on each side of 0, from 1.
        draws: turns of the calendar for p, and draws of teams for the range of the lag.
        level: coverage of that range.
        seed: of those draws.

    Returns:
        A ``Lead``.

    Raises:
        ValueError: if shapes differ, there are fewer than 2 teams, or lags leave the series.

    Source:
        Circular shifts: E. S. Edgington and P. Onghena (2007), Randomization Tests, chapter 11; the range
        is a bootstrap over teams.
    """
    import numpy as np

    first, second = _table(x), _table(y)
    _check_shapes(first, second, most)
    teams, periods = first.shape
    if teams < 2 or most < 1 or draws < 1:
        raise ValueError("a lead needs at least 2 teams, one lag and one draw")
    across, along = _moves(first), _moves(second)
    lags = range(-most, most + 1)
    found = tuple((lag, _at_lag(across, along, lag)[0]) for lag in lags)
    lag, r = _best(found)
    source = np.random.default_rng(seed)
    hits = 1
    for _ in range(draws):
        turns = source.integers(most + 1, max(most + 2, periods - most), teams)
        turned = np.array([np.roll(row, turn) for row, turn in zip(along, turns, strict=True)])
        hits += abs(_best([(at, _at_lag(across, turned, at)[0]) for at in lags])[1] or 0.0) >= abs(r or 0.0)
    drawn = [source.integers(0, teams, teams) for _ in range(draws)]
    bests = [_best([(at, _at_lag(across[some], along[some], at)[0]) for at in lags])[0] for some in drawn]
    tails = np.quantile(bests, [(1 - level) / 2, (1 + level) / 2])
    return Lead(
        lag=lag,
        low=min(lag, int(np.floor(tails[0]))),
        high=max(lag, int(np.ceil(tails[1]))),
        r=r,
        p_value=hits / (draws + 1),
        correlations=found,
        teams=teams,
        periods=periods,
    )


def _moves(table: Matrix) -> Matrix:
    """What a team does that the others do not do at the same time."""
    return _centred_rows(_centred_rows(table.T).T)


def _best(found: Sequence[tuple[int, float | None]]) -> tuple[int, float | None]:
    """The lag of the strongest correlation, the shortest on ties; lag 0 without any."""
    known = [(lag, r) for lag, r in found if r is not None]
    return max(known, key=lambda one: (round(abs(one[1]), 12), -abs(one[0])), default=(0, None))
