"""How long after something happened a figure moved: the date of a step, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, log, sqrt

from visavis.measure.estimates import check_level


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStep:
    """A step of a series some periods after a given one.

    Attributes:
        lag: periods after ``start`` where one step fits best.
        low: fewest periods that fit nearly as well, at the level asked.
        high: most of them.
        shift: level after the step less level before it.
        se: its standard error.
        level: of the range.
    """

    lag: int
    low: int
    high: int
    shift: float
    se: float
    level: float


def step_after(
    y: Sequence[float],
    weights: Sequence[float],
    start: int,
    longest: int = 12,
    level: float = 0.95,
    least: float = 0.0,
) -> DatedStep:
    """Date the one step that fits a series best, at or after a period.

    Weighted least squares for each lag; the range holds the lags whose sum of squares stays within
    ``-2 log(1 - sqrt(level)) s²`` of the best, where ``s²`` is the residual variance at the best lag: the
    date of a break does not follow the chi-square, whose range would hold the date in 89 % of draws.

    Args:
        y: one finite value a period, in time order.
        weights: what each rests on (answers), from 0; periods of weight 0 count for nothing.
        start: place of the period from which the step may come.
        longest: most periods after it.
        level: of the range, strictly between 0 and 1.
        least: variance of one unit of weight that chance alone makes, from 0: few periods that happen to
            lie close never make the range shorter than it allows.

    Returns:
        The best lag, its range, the step and its standard error.

    Raises:
        ValueError: if lengths differ, a value is not finite, or no step leaves 2 periods on each side.

    Source:
        J. Bai (1994), Journal of Time Series Analysis 15(5), 453-472; range: B. E. Hansen (2000),
        Econometrica 68(3), 575-603.

    >>> step_after([0, 0, 0, 0, 0, 2, 2, 2.1], [1] * 8, 3).lag
    2
    """
    check_level(level)
    if len(y) != len(weights) or not all(isfinite(value) for value in (*y, *weights)):
        raise ValueError("one finite value and one finite weight a period")
    held = [(value, weight) for value, weight in zip(y, weights, strict=True)]
    fits = {
        lag: _fit(held[: start + lag], held[start + lag :])
        for lag in range(longest + 1)
        if min(_periods(held[: start + lag]), _periods(held[start + lag :])) >= 2
    }
    if not fits:
        raise ValueError("a step needs 2 periods on each side")
    best = min(fits, key=lambda lag: (fits[lag].rss, lag))
    noise = max(least, fits[best].rss / max(1, _periods(held) - 2))
    allowed = fits[best].rss - 2 * log(1 - sqrt(level)) * noise
    near = [lag for lag, fit in fits.items() if fit.rss <= allowed]
    se = (noise * (1 / fits[best].before + 1 / fits[best].after)) ** 0.5
    return DatedStep(lag=best, low=min(near), high=max(near), shift=fits[best].shift, se=se, level=level)


@dataclass(frozen=True, slots=True)
class _Fit:
    rss: float
    shift: float
    before: float
    after: float


def _periods(held: Sequence[tuple[float, float]]) -> int:
    return sum(weight > 0 for _value, weight in held)


def _fit(before: Sequence[tuple[float, float]], after: Sequence[tuple[float, float]]) -> _Fit:
    sides = [_level(before), _level(after)]
    rss = fsum(
        weight * (value - mean) ** 2
        for side, (mean, _size) in zip((before, after), sides, strict=True)
        for value, weight in side
    )
    return _Fit(rss, sides[1][0] - sides[0][0], sides[0][1], sides[1][1])


def _level(held: Sequence[tuple[float, float]]) -> tuple[float, float]:
    size = fsum(weight for _value, weight in held)
    return fsum(value * weight for value, weight in held) / size, size
