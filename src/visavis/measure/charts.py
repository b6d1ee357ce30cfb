"""Control charts: what a series does when nothing happens, and the points that leave it.

A baseline is frozen on at least 20 periods and moved by a decision only. Signals are places from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isfinite, pi, sqrt

from visavis.measure.scores import nps_score_of_counts

#: Mean range of two normal draws, in standard deviations.
D2 = 2 / sqrt(pi)


def _check_series(x: Sequence[float], least: int = 1) -> None:
    if len(x) < least:
        raise ValueError(f"a chart needs at least {least} points, got {len(x)}")
    if not all(isfinite(value) for value in x):
        raise ValueError("a chart needs finite points: leave out periods without any answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class EwmaChart:
    """A smoothed series between two limits, in the unit of the series."""

    ewma: tuple[float, ...]
    lcl: float
    ucl: float
    signals: tuple[int, ...]


def ewma_chart(
    x: Sequence[float],
    target: float,
    sigma: float,
    lam: float = 0.2,
    L: float = 2.86,  # noqa: N803 - its name in the literature
) -> EwmaChart:
    """Smooth a series and mark where it leaves ``target ± L sigma sqrt(lam / (2 - lam))``.

    Args:
        x: one finite value a period, in time order.
        target: what the series is worth when nothing happens (baseline of at least 20 periods).
        sigma: standard deviation of one period around the target, above 0.
        lam: weight of the newest period, above 0 and at most 1; 1 gives Shewhart's chart.
        L: width of the limits in standard deviations, above 0.

    Returns:
        The smoothed series, the two limits (those of a long series), and the places outside them.

    Raises:
        ValueError: if the series is empty or not finite, or a parameter lies outside its range.

    Source:
        S. W. Roberts (1959), Technometrics 1(3), 239-250; J. M. Lucas and M. S. Saccucci (1990),
        Technometrics 32(1), 1-12: 0.2 and 2.86 ring every 370 periods when nothing happens.

    >>> ewma_chart([52, 47, 53], 50, 2, lam=0.5, L=3).ewma
    (51.0, 49.0, 51.0)
    """
    _check_series(x)
    if not 0 < lam <= 1 or sigma <= 0 or L <= 0:
        raise ValueError(f"impossible chart: lam {lam}, sigma {sigma}, L {L}")
    half = L * sigma * sqrt(lam / (2 - lam))
    smooth, level = [], target
    for value in x:
        # Steps from the level, not a weighted sum: a series at its target stays exactly there.
        level += lam * (value - level)
        smooth.append(level)
    signals = tuple(place for place, value in enumerate(smooth) if abs(value - target) > half)
    return EwmaChart(ewma=tuple(smooth), lcl=target - half, ucl=target + half, signals=signals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cusum:
    """Two running sums of what exceeds the target by more than the slack."""

    high: tuple[float, ...]
    low: tuple[float, ...]
    signals: tuple[int, ...]


def cusum(x: Sequence[float], target: float, k: float, h: float) -> Cusum:
    """Add up what exceeds ``target ± k`` and mark where a sum exceeds ``h``.

    ``high = max(0, high + x - target - k)``; ``low`` likewise under the target. For a shift of one standard
    deviation: ``k`` half of one, ``h`` four or five.

    Args:
        x: one finite value a period, in time order.
        target: what the series is worth when nothing happens.
        k: slack, in the unit of the series, from 0.
        h: decision limit, in the unit of the series, above 0.

    Returns:
        Both sums, from 0, and the places where one exceeds ``h``.

    Raises:
        ValueError: if the series is empty or not finite, or a parameter lies outside its range.

    Source:
        E. S. Page (1954), Biometrika 41, 100-115; D. C. Montgomery and G. C. Runger, Applied Statistics and
        Probability for Engineers, section 16-8.

    >>> cusum([1, 2, 3], 0, 0.5, 4).signals
    (2,)
    """
    _check_series(x)
    if k < 0 or h <= 0:
        raise ValueError(f"impossible chart: k {k}, h {h}")
    above, under = [0.0], [0.0]
    for value in x:
        above.append(max(0.0, above[-1] + (value - target) - k))
        under.append(max(0.0, under[-1] + (target - value) - k))
    pairs = list(zip(above[1:], under[1:], strict=True))
    return Cusum(
        high=tuple(high for high, _ in pairs),
        low=tuple(low for _, low in pairs),
        signals=tuple(place for place, pair in enumerate(pairs) if max(pair) > h),
    )


def mean_range(x: Sequence[float]) -> float:
    """Return the mean absolute step from each of at least 2 values to the next."""
    return fsum(abs(after - before) for before, after in pairwise(x)) / (len(x) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class XmrChart:
    """Single values between limits drawn from their moving ranges."""

    centre: float
    mean_moving_range: float
    lcl: float
    ucl: float
    signals: tuple[int, ...]


def xmr_chart(x: Sequence[float]) -> XmrChart:
    """Chart single values between ``mean ± 3 / d2`` mean moving ranges (2.66 of them).

    Args:
        x: one finite value a period, in time order; at least 2 (20 for a baseline).

    Returns:
        The centre, the mean moving range, the two limits, and the places outside them.

    Raises:
        ValueError: if there are fewer than 2 values or one is not finite.

    Source:
        D. J. Wheeler (1993), Understanding Variation; W. A. Shewhart (1931).

    >>> round(xmr_chart([39, 41, 41, 41, 43]).ucl, 2)
    43.66
    """
    _check_series(x, 2)
    centre, spread = fsum(x) / len(x), mean_range(x)
    half = 3 / D2 * spread
    return XmrChart(
        centre=centre,
        mean_moving_range=spread,
        lcl=centre - half,
        ucl=centre + half,
        signals=tuple(place for place, value in enumerate(x) if abs(value - centre) > half + 1e-9),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsEwmaChart:
    """A smoothed net promoter score in standard errors, and its limit on either side of zero."""

    target: float
    sd: float
    ewma_z: tuple[float, ...]
    limit: float
    signals: tuple[int, ...]


def nps_ewma_chart(
    weeks: Sequence[Sequence[int]],
    baseline: Sequence[int],
    lam: float = 0.2,
    L: float = 2.86,  # noqa: N803 - its name in the literature
) -> NpsEwmaChart:
    """Smooth a net promoter score, each period in its own standard error, and mark where it departs.

    ``z = (NPS - target) / (sd / sqrt(n))``, with ``target`` and ``sd = 100 sqrt(p + d - (p - d)²)`` of the
    baseline. With 30 answers a week it rings for nothing every five years or less, and sees 20 points in
    five weeks (medians of simulations). At least 10 answers a period.

    Args:
        weeks: promoters, passives and detractors of each period, each with answers.
        baseline: the same three counts over at least 20 quiet periods.
        lam: weight of the newest period, above 0 and at most 1.
        L: width of the limits, above 0.

    Returns:
        The target and spread in points, the smoothed z, its limit, and the places outside.

    Raises:
        ValueError: if counts are impossible, a period is empty, or the baseline never varies.

    Source:
        As ``ewma_chart``, on the standardised mean of the trinomial.

    >>> nps_ewma_chart([[14, 9, 7]], [450, 300, 250]).target
    20.0
    """
    target, sd = nps_score_of_counts(baseline)
    if sd == 0 or not weeks:
        raise ValueError("the chart needs at least one period, and a baseline with differing answers")
    z = [(nps_score_of_counts(week)[0] - target) / sd * sqrt(sum(week)) for week in weeks]
    chart = ewma_chart(z, 0.0, 1.0, lam, L)
    return NpsEwmaChart(target=target, sd=sd, ewma_z=chart.ewma, limit=chart.ucl, signals=chart.signals)
