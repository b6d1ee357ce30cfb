"""Season, trend and remainder of a series, by local regressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """A series as season + trend + remainder; the places asked, or all of them."""

    seasonal: tuple[float, ...]
    trend: tuple[float, ...]
    remainder: tuple[float, ...]


def stl_decompose(  # noqa: PLR0913 - the names of the method, as in the vectors
    y: Sequence[float],
    period: int,
    seasonal: int = 7,
    *,
    trend: int | None = None,
    low_pass: int | None = None,
    inner_iter: int = 2,
    outer_iter: int = 0,
    return_index: Sequence[int] | None = None,
) -> Seasons:
    """Split a series into a season that repeats, a smooth trend, and what remains.

    Local linear regressions (tricube weights) on each cycle-subseries, their low-pass part removed, then a
    local linear trend; ``outer_iter`` rounds of bisquare weights resist outliers. Only with two whole
    periods or more (weekly data: two years), and never on teams. SciPy has no such decomposition.

    Args:
        y: one finite value a period of time, in order; at least ``2 * period`` of them.
        period: how many values make a cycle, at least 2.
        seasonal: odd window of the season, at least 3, in cycles.
        trend: odd window of the trend, at least 3; by default the smallest odd number from
            ``1.5 period / (1 - 1.5 / seasonal)``.
        low_pass: odd window of the low-pass part; by default the smallest above ``period``.
        inner_iter: rounds of season and trend, at least 1.
        outer_iter: rounds of robustness weights, from 0.
        return_index: places to return; all by default.

    Returns:
        The three parts, which add up to the series.

    Raises:
        ValueError: if there are fewer than two periods, a value is not finite, or a window is impossible.

    Source:
        R. B. Cleveland, W. S. Cleveland, J. E. McRae and I. Terpenning (1990), Journal of Official
        Statistics 6(1), 3-73; equal to R ``stl`` with degrees and jumps of 1.

    >>> parts = stl_decompose([1, 5, 3, 2, 6, 4, 3, 7, 5, 4, 8, 6], 3)
    >>> [round(value, 1) for value in parts.seasonal[:3]]
    [-1.7, 2.0, -0.3]
    """
    import numpy as np

    values: Series = np.asarray(y, dtype=float)
    _check_cycles(values, period)
    windows = _windows(period, seasonal, trend, low_pass)
    if inner_iter < 1 or outer_iter < 0:
        raise ValueError(f"impossible rounds: {inner_iter} and {outer_iter}")
    robust: Series = np.ones(len(values))
    season, level = _round(values, np.zeros(len(values)), robust, period, windows, inner_iter)
    for _ in range(outer_iter):
        robust = _resistance(values - season - level)
        season, level = _round(values, level, robust, period, windows, inner_iter)
    places = range(len(values)) if return_index is None else return_index
    parts = (season, level, values - season - level)
    return Seasons(**dict(zip(("seasonal", "trend", "remainder"), _pick(parts, places), strict=True)))


def _pick(parts: Sequence[Any], places: Sequence[int]) -> list[tuple[float, ...]]:
    return [tuple(float(part[place]) for place in places) for part in parts]


def _check_cycles(values: Series, period: int) -> None:
    import numpy as np

    if period < 2 or len(values) < 2 * period:
        raise ValueError(f"a season needs two whole periods of at least 2: {len(values)} values of {period}")
    if not bool(np.isfinite(values).all()):
        raise ValueError("a series needs finite values")


def _windows(period: int, seasonal: int, trend: int | None, low_pass: int | None) -> tuple[int, int, int]:
    if low_pass is None:
        low_pass = period + 1 + period % 2
    if seasonal < 3 or seasonal % 2 == 0:
        raise ValueError(f"the window of the season is odd and at least 3, got {seasonal}")
    if trend is None:
        least = ceil(1.5 * period / (1 - 1.5 / seasonal))
        trend = least + (least % 2 == 0)
    for name, window in (("trend", trend), ("low pass", low_pass)):
        if window < 3 or window % 2 == 0:
            raise ValueError(f"the window of the {name} is odd and at least 3, got {window}")
    return seasonal, trend, low_pass


def _round(
    values: Series, level: Series, robust: Series, period: int, windows: tuple[int, int, int], rounds: int
) -> tuple[Series, Series]:
    """Season and trend after the inner rounds, from the trend so far."""
    import numpy as np

    seasonal, trend, low_pass = windows
    season: Series = np.zeros(len(values))
    for _ in range(rounds):
        cycle = _cycles(values - level, robust, period, seasonal)
        low = _moving(_moving(_moving(cycle, period), period), 3)
        season = cycle[period:-period] - _loess(low, low_pass)
        level = _loess(values - season, trend, robust)
    return season, level


def _cycles(values: Series, robust: Series, period: int, window: int) -> Series:
    """Smooth each cycle-subseries, one cycle further on both sides."""
    import numpy as np

    out: Series = np.empty(len(values) + 2 * period)
    for start in range(period):
        part = values[start::period]
        at = np.arange(-1, len(part) + 1)
        out[start::period] = _loess(part, window, robust[start::period], at)
    return out


def _moving(values: Series, length: int) -> Series:
    import numpy as np

    return np.convolve(values, np.full(length, 1 / length), "valid")


def _resistance(remainder: Series) -> Series:
    """Bisquare weights: nothing beyond six median absolute remainders counts."""
    import numpy as np

    size = np.abs(remainder)
    reach = 6 * float(np.median(size))
    if reach == 0:
        return np.ones(len(size))
    ratio = size / reach
    inside = np.where(ratio <= 0.001, 1.0, (1 - ratio**2) ** 2)
    kept: Series = np.where(ratio > 0.999, 0.0, inside)
    return kept


def _loess(
    values: Series, window: int, robust: Series | None = None, at: NDArray[np.int64] | None = None
) -> Series:
    """Local linear regression on the places 0, 1, 2… evaluated at ``at``."""
    import numpy as np

    size = len(values)
    spots = np.arange(size) if at is None else at
    span = min(window, size)
    first = np.clip(spots - span // 2, 0, size - span)
    index = first[:, None] + np.arange(span)
    away = np.abs(index - spots[:, None]).astype(float)
    reach = np.maximum(spots - first, first + span - 1 - spots) + max(0, (window - size) // 2)
    ratio = away / np.maximum(reach, 1)[:, None]
    weights: Series = np.where(ratio <= 0.001, 1.0, (1 - ratio**3) ** 3) * (ratio <= 0.999)
    if robust is not None:
        weights = weights * robust[index]
    return _lines(values, index, weights, spots)


def _lines(values: Series, index: NDArray[np.int64], weights: Series, spots: NDArray[np.int64]) -> Series:
    """Value at each spot of the weighted line through its neighbours."""
    import numpy as np

    whole = weights.sum(axis=1)
    lost = whole <= 0
    weights = weights / np.where(lost, 1.0, whole)[:, None]
    centre = (weights * index).sum(axis=1)
    gap = spots - centre
    spread = (weights * (index - centre[:, None]) ** 2).sum(axis=1)
    steep = np.sqrt(spread) > 0.001 * (len(values) - 1)
    slope = np.where(steep, gap / np.where(steep, spread, 1.0), 0.0)
    fitted = (weights * (1 + slope[:, None] * (index - centre[:, None])) * values[index]).sum(axis=1)
    # Where outliers leave nobody to ask, the value itself, as in R.
    kept: Series = np.where(lost, values[np.clip(spots, 0, len(values) - 1)], fitted)
    return kept
