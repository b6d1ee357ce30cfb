"""Do two quantities measured on the same teams go together, and how sure is it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, ceil, fsum, isfinite, sqrt, tanh

from visavis.measure import quantiles
from visavis.measure.estimates import Estimate, Kind, Scale, check_level

#: From -1 to 1.
CORRELATION = Scale(Kind.MARK, -1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation(Estimate):
    """How closely two quantities go together, from -1 to 1; ``n`` counts points."""

    p_value: float

    @property
    def r(self) -> float | None:
        """The correlation observed."""
        return self.estimate


def pearson(x: Sequence[float], y: Sequence[float], level: float = 0.95) -> Correlation:
    """Measure how closely two quantities lie along a straight line.

    Args:
        x: one finite value a point, at least 4 of them, not all alike.
        y: the other quantity of the same points, in the same order.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Correlation`` with Fisher's interval and Student's test.

    Raises:
        ValueError: if lengths differ, points are too few, a value is not finite, or one side never varies.

    Source:
        R. A. Fisher (1921), Metron 1, 3-32: the inverse hyperbolic tangent of r is nearly normal with
        variance ``1 / (n - 3)``.

    >>> round(pearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]).r, 3)
    0.8
    """
    r = correlation_of(x, y)
    if r is None:
        raise ValueError("a correlation needs two quantities that vary")
    low, high = fisher(r, len(x), level)
    return Correlation(
        estimate=r,
        low=low,
        high=high,
        level=level,
        n=len(x),
        n_eff=len(x),
        method="fisher",
        scale=CORRELATION,
        p_value=chance_of(r, len(x) - 2),
    )


def correlation_of(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Return Pearson's correlation, ``None`` when a side never varies.

    Raises:
        ValueError: if lengths differ or a value is not finite.
    """
    return correlation_between(Deviations.of(x), Deviations.of(y))


@dataclass(frozen=True, slots=True)
class Deviations:
    """One side of a correlation, worked out once for all the sides that it is held against.

    Attributes:
        values: how far each value lies from their mean.
        length: root of the sum of their squares.
        largest: the largest value, whatever its sign.
    """

    values: Sequence[float]
    length: float
    largest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Deviations:
        """Work one side out.

        Args:
            values: one finite value a point.

        Raises:
            ValueError: if a value is not finite.
        """
        if not all(isfinite(value) for value in values):
            raise ValueError("a correlation needs finite values")
        around = centred(values)
        return cls(around, sqrt(fsum(value**2 for value in around)), max(map(abs, values), default=0.0))


def correlation_between(x: Deviations, y: Deviations) -> float | None:
    """Return Pearson's correlation of two sides, ``None`` when one never varies.

    Raises:
        ValueError: if their lengths differ.
    """
    if len(x.values) != len(y.values):
        raise ValueError("a correlation needs two values a point")
    spread = x.length * y.length
    if not spread > 1e-12 * max(1.0, x.largest, y.largest):
        return None
    return CORRELATION.clip(fsum(a * b for a, b in zip(x.values, y.values, strict=True)) / spread)


def centred(values: Sequence[float]) -> list[float]:
    """Return how far each value lies from their mean."""
    mean = fsum(values) / len(values) if values else 0.0
    return [value - mean for value in values]


def fisher(r: float, n: float, level: float) -> tuple[float, float]:
    """Return Fisher's interval of a correlation over ``n`` points (more than 3).

    Args:
        r: the correlation.
        n: number of points; need not be whole.
        level: coverage wanted, strictly between 0 and 1.

    Raises:
        ValueError: if points are too few, or ``r`` or ``level`` leaves its range.
    """
    check_level(level)
    if not -1 <= r <= 1 or n <= 3:
        raise ValueError(f"a correlation lies in [-1, 1] and its interval needs 4 points: {r} on {n}")
    if abs(r) > 1 - 1e-12:
        return r, r
    half = quantiles.z(level) / sqrt(n - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


def chance_of(r: float, df: float) -> float:
    """Return the two-sided p of a correlation that leaves ``df`` degrees of freedom."""
    if abs(r) > 1 - 1e-12:
        return 0.0
    return quantiles.two_sided_t(r * sqrt(df / (1 - r * r)), df)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankCorrelation:
    """Whether two quantities rise together, whatever the shape; ``None`` when one never varies."""

    spearman: float | None
    kendall: float | None
    n: int


def rank_correlation(x: Sequence[float], y: Sequence[float]) -> RankCorrelation:
    """Measure how far two quantities give the same order.

    Args:
        x: one finite value a point, at least 2 of them.
        y: the other quantity of the same points.

    Returns:
        Spearman's rho (on mid-ranks) and Kendall's tau-b.

    Raises:
        ValueError: if lengths differ, points are fewer than 2, or a value is not finite.

    Source:
        C. Spearman (1904), American Journal of Psychology 15, 72-101; M. G. Kendall (1945), Biometrika 33.

    >>> round(rank_correlation([1, 2, 3], [10, 100, 90]).spearman, 6)
    0.5
    """
    from scipy.stats import kendalltau, rankdata

    if len(x) < 2:
        raise ValueError("an order needs at least 2 points")
    spearman = correlation_of([float(rank) for rank in rankdata(x)], [float(rank) for rank in rankdata(y)])
    kendall = None if spearman is None else float(kendalltau(x, y).statistic)
    return RankCorrelation(spearman=spearman, kendall=kendall, n=len(x))


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A number of teams, days or people."""

    n: int


def correlation_sample_size(r: float, power: float = 0.8, alpha: float = 0.05) -> Points:
    """Say how many points it takes to see a correlation: ``((z_a + z_b) / atanh r)² + 3``.

    Args:
        r: the correlation to be seen, strictly between -1 and 1, not 0.
        power: probability of seeing it, strictly between 0.5 and 1.
        alpha: two-sided risk of seeing one where there is none.

    Returns:
        The number of points, rounded up.

    Raises:
        ValueError: if an argument leaves its range.

    Source:
        J. Cohen (1988), Statistical Power Analysis, chapter 3; S. B. Hulley et al., Designing Clinical
        Research: 85 points for r = 0.3.

    >>> correlation_sample_size(0.3).n
    85
    """
    check_level(1 - alpha)
    if not 0 < abs(r) < 1 or not 0.5 < power < 1:
        raise ValueError(f"a correlation in ]0, 1[ and a power above a half: {r}, {power}")
    wanted = (quantiles.z(1 - alpha) + quantiles.z(2 * power - 1)) / atanh(abs(r))
    return Points(n=ceil(wanted**2 + 3 - 1e-9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correlation freed of errors of measure, and the highest that could have been observed."""

    corrected: float | None
    ceiling: float
    clipped: bool


def disattenuate(r: float, reliability_x: float, reliability_y: float) -> Corrected:
    """Free a correlation of the errors of both measures: ``r / sqrt(rel_x rel_y)``.

    Args:
        r: the correlation observed, in [-1, 1].
        reliability_x: part of the spread of x that is not error, in [0, 1].
        reliability_y: the same of y.

    Returns:
        The correlation brought back into [-1, 1] (``clipped`` says whether it left: look for artefacts);
        ``None`` when a side holds nothing but error.

    Raises:
        ValueError: if an argument leaves its range.

    Source:
        C. Spearman (1904), American Journal of Psychology 15, 72-101.

    >>> round(disattenuate(0.3, 0.7, 0.8).corrected, 3)
    0.401
    """
    if not -1 <= r <= 1 or not (0 <= reliability_x <= 1 and 0 <= reliability_y <= 1):
        raise ValueError(f"a correlation and two reliabilities: {r}, {reliability_x}, {reliability_y}")
    ceiling = sqrt(reliability_x * reliability_y)
    if ceiling == 0:
        return Corrected(corrected=None, ceiling=0.0, clipped=False)
    latent = r / ceiling
    return Corrected(corrected=CORRELATION.clip(latent), ceiling=ceiling, clipped=abs(latent) > 1)
