"""Whether a series of periods left what it usually does.

A baseline is frozen; the periods after it are smoothed in its standard errors. What is not known of the
baseline itself widens the limits: with 13 periods it doubles the false alarms of limits that forget it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from visavis.measure.charts import D2, ewma_chart, mean_range
from visavis.measure.quantiles import two_sided_p
from visavis.measure.scores import nps_score_of_counts
from visavis.measure.share_charts import laney_p_chart
from visavis.measure.surveys import fdr

#: Weight of the newest period, and width of the limits: one false alarm every 370 periods.
WEIGHT, WIDTH = 0.2, 2.86
#: Periods of a baseline: as many as wished, and the fewest that do.
WISHED, FEWEST = 20, 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What a figure is worth when nothing happens.

    ``spread`` is the standard deviation of one answer (of one period, for a count); ``weight`` the answers
    (periods) it rests on.
    """

    centre: float
    spread: float
    weight: float
    periods: int


def share_baseline(x: Sequence[int], n: Sequence[int]) -> Baseline:
    """Freeze the baseline of a share.

    The spread is the binomial one, widened as Laney does where neighbouring periods differ more than chance
    makes them, and never narrowed; a share near 0 or 1 borrows two answers of each kind for it.

    Args:
        x: how many said yes in each period.
        n: how many answered in each period, above 0.

    Returns:
        The baseline, as a fraction.

    Raises:
        ValueError: if lengths differ, there is no period, or a count is impossible.

    Source:
        D. B. Laney (2002), Quality Engineering 14(4), 531-537; A. Agresti and B. A. Coull (1998), The
        American Statistician 52, 119-126.
    """
    yes, whole = sum(x), sum(n)
    extra = 1.0 if len(x) < 2 or yes in {0, whole} else max(1.0, laney_p_chart(x, n).sigma_z)
    if whole <= 0 or not 0 <= yes <= whole or len(x) != len(n):
        raise ValueError(f"impossible counts: {yes} of {whole}")
    near = (yes + 2) / (whole + 4)
    return Baseline(centre=yes / whole, spread=extra * sqrt(near * (1 - near)), weight=whole, periods=len(x))


def score_baseline(periods: Sequence[Sequence[int]]) -> Baseline:
    """Freeze the baseline of a net promoter score, in points.

    Args:
        periods: promoters, passives and detractors of each period, each with answers.

    Returns:
        The baseline; its spread is that of the trinomial, never under that of ten answers of a hundred.

    Raises:
        ValueError: if counts are impossible or there is no answer.
    """
    sums = [sum(column) for column in zip(*periods, strict=True)]
    centre, spread = nps_score_of_counts(sums)
    return Baseline(centre=centre, spread=max(30.0, spread), weight=sum(sums), periods=len(periods))


def count_baseline(counts: Sequence[float]) -> Baseline:
    """Freeze the baseline of a number a period: as wide as neighbours differ, never under chance alone.

    Args:
        counts: one number from 0 a period, at least 2.

    Returns:
        The baseline, a period weighing one.

    Raises:
        ValueError: if there are fewer than 2 periods.
    """
    if len(counts) < 2:
        raise ValueError("a baseline of counts needs 2 periods")
    centre = fsum(counts) / len(counts)
    spread = max(1.0, sqrt(max(0.0, centre)), mean_range(counts) / D2)
    return Baseline(centre=centre, spread=spread, weight=len(counts), periods=len(counts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The periods after a baseline: smoothed in standard errors, with the chance of the newest one.

    ``p_value`` is that of a smoothed value as far from the baseline, when nothing happens; ``out`` whether
    it lies outside the limits.
    """

    smooth: tuple[float, ...]
    limit: float
    p_value: float
    out: bool

    @property
    def back(self) -> bool:
        """Whether the newest value lies within half of the limits: nearer, an alarm would ring again."""
        return abs(self.smooth[-1]) <= self.limit / 2


def standardised(values: Sequence[float], weights: Sequence[float], baseline: Baseline) -> list[float]:
    """Return each value in its standard errors from the baseline: ``(value - centre) sqrt(n) / spread``."""
    pairs = zip(values, weights, strict=True)
    return [(value - baseline.centre) * sqrt(weight) / baseline.spread for value, weight in pairs]


def watched(values: Sequence[float], weights: Sequence[float], baseline: Baseline) -> Watched:
    """Smooth the periods after a baseline and say how unlikely the newest one is.

    Args:
        values: one value a period after the baseline, in time order, in its unit.
        weights: the answers of each period (1 for a count), above 0.
        baseline: the frozen baseline.

    Returns:
        The smoothed series, the limit on either side of zero, and what the newest period says.

    Raises:
        ValueError: if there is no period or lengths differ.

    Source:
        ``ewma_chart``; the error of the baseline adds ``n / N`` to the variance of the smoothed value
        (W. A. Jensen et al. 2006, Journal of Quality Technology 38(4), 349-364, on limits from estimates).

    >>> watched([0.5, 0.5], [30, 30], Baseline(centre=0.5, spread=0.5, weight=600, periods=20)).out
    False
    """
    usual = WEIGHT / (2 - WEIGHT)
    mean_weight = fsum(weights) / max(1, len(weights))
    error = sqrt(1 + mean_weight / baseline.weight / usual)
    chart = ewma_chart(standardised(values, weights, baseline), 0.0, error, WEIGHT, WIDTH)
    p_value = two_sided_p(chart.ewma[-1] / (error * sqrt(usual)))
    return Watched(
        smooth=chart.ewma, limit=chart.ucl, p_value=p_value, out=len(chart.ewma) - 1 in chart.signals
    )


def departed(found: Sequence[Watched], q: float = 0.05) -> list[bool]:
    """Say which of the series watched together departs, false discoveries held over all of them.

    A series departs when it lies outside its limits and the control of false discoveries keeps it. When
    nothing happens anywhere, at most a share ``q`` of nights has any alarm.

    Args:
        found: one a series.
        q: share of false alarms accepted.

    Returns:
        One answer a series, in order.

    Source:
        Y. Benjamini and Y. Hochberg (1995), through ``fdr``.
    """
    adjusted = fdr([one.p_value for one in found], q).adjusted
    return [one.out and p <= q for one, p in zip(found, adjusted, strict=True)]
