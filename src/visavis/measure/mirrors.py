"""The same question put to two sides: how far apart they answer, and whether they may be called alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import Difference, Display, Estimate, Kind, Scale, check_level

_DOMINANCE = Scale(Kind.MARK, -1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CliffsDelta(Estimate):
    """How much more often one side answers higher than the other, from -1 to 1."""

    variance: float
    counts: tuple[int, int]

    @property
    def delta(self) -> float | None:
        """P(x > y) - P(x < y)."""
        return self.estimate

    @property
    def display(self) -> Display:
        """As much as the side with fewest answers allows."""
        return Difference(
            difference=0, observed=0, low=0, high=0, level=self.level, counts=self.counts, method=self.method
        ).display


def cliffs_delta(x: Sequence[float], y: Sequence[float], level: float = 0.95) -> CliffsDelta:
    """Compare two samples of ordered answers: ``P(x > y) - P(x < y)``.

    Args:
        x: answers of one side, finite, at least 2.
        y: answers of the other side, at least 2.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``CliffsDelta``, positive when x is higher: see ``cliffs_delta_counts``.

    Raises:
        ValueError: if a side has fewer than 2 answers or a value is not finite.

    Source:
        N. Cliff (1993), Psychological Bulletin 114(3), 494-509.

    >>> round(cliffs_delta([1, 2, 3], [1, 1, 2]).delta, 3)
    0.444
    """
    if not all(isfinite(value) for value in (*x, *y)):
        raise ValueError("answers must be finite")
    first, second = Counter(x), Counter(y)
    marks = sorted({*first, *second})
    return cliffs_delta_counts([first[mark] for mark in marks], [second[mark] for mark in marks], level)


def cliffs_delta_counts(a: Sequence[int], b: Sequence[int], level: float = 0.95) -> CliffsDelta:
    """Compare two samples of ordered answers given as counts.

    Args:
        a: how many of one side gave each mark, from the lowest.
        b: how many of the other side gave each mark.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``CliffsDelta`` with the unbiased variance and the asymmetric interval (Student with
        ``n1 + n2 - 2``); where one side always wins, the bound that its size allows.

    Raises:
        ValueError: if lengths differ, a count is negative, or a side has fewer than 2 answers.

    Source:
        N. Cliff (1996), Ordinal Methods for Behavioral Data Analysis; D. Feng and N. Cliff (2004), Journal of
        Modern Applied Statistical Methods 3(2), 322-332.
    """
    check_level(level)
    n1, n2 = sum(a), sum(b)
    if len(a) != len(b) or min((*a, *b), default=-1) < 0 or min(n1, n2) < 2:
        raise ValueError("two sides of the same marks, at least 2 answers each")
    rows = [(sum(b[:mark]) - sum(b[mark + 1 :])) / n2 for mark in range(len(a))]
    columns = [(sum(a[mark + 1 :]) - sum(a[:mark])) / n1 for mark in range(len(a))]
    delta = fsum(count * row for count, row in zip(a, rows, strict=True)) / n1
    ties = sum(one * other for one, other in zip(a, b, strict=True))
    across = fsum(count * (row - delta) ** 2 for count, row in zip(a, rows, strict=True))
    along = fsum(count * (column - delta) ** 2 for count, column in zip(b, columns, strict=True))
    cells = n1 * n2 * (1 - delta**2) - ties
    variance = (n2**2 * across + n1**2 * along - cells) / (n1 * n2 * (n1 - 1) * (n2 - 1))
    variance = max(variance, (1 - delta**2) / (n1 * n2 - 1))
    low, high = _around(delta, variance, quantiles.t(level, n1 + n2 - 2), min(n1, n2))
    return CliffsDelta(
        estimate=delta,
        low=low,
        high=high,
        level=level,
        n=n1 + n2,
        n_eff=n1 + n2,
        method="cliff",
        scale=_DOMINANCE,
        variance=variance,
        counts=(n1, n2),
    )


def _around(delta: float, variance: float, reach: float, least: int) -> tuple[float, float]:
    if abs(delta) > 1 - 1e-12:
        bound = (least - reach**2) / (least + reach**2)
        return (bound, 1.0) if delta > 0 else (-1.0, -bound)
    inner = reach**2 * variance
    centre, half = delta - delta**3, reach * sqrt(variance) * sqrt((1 - delta**2) ** 2 + inner)
    whole = 1 - delta**2 + inner
    return max(-1.0, min(delta, (centre - half) / whole)), min(1.0, max(delta, (centre + half) / whole))


@dataclass(frozen=True, slots=True, kw_only=True)
class BrunnerMunzel:
    """Whether one side tends to answer higher, though spreads differ."""

    statistic: float
    df: float
    p_value: float
    prob_superiority: float


def brunner_munzel(x: Sequence[float], y: Sequence[float]) -> BrunnerMunzel:
    """Test whether y tends to be higher than x, spreads being free to differ.

    Own arithmetic on SciPy's ranks: the library gives neither the degrees of freedom nor the probability.

    Args:
        x: answers of one side, finite, at least 2.
        y: answers of the other side, at least 2.

    Returns:
        The statistic (positive when y is higher), its degrees of freedom, the two-sided p, and
        ``P(x < y) + P(x = y) / 2``.

    Raises:
        ValueError: if a side has fewer than 2 answers, a value is not finite, or ranks do not vary inside
            the sides (they never overlap: no test is needed).

    Source:
        E. Brunner and U. Munzel (2000), Biometrical Journal 42(1), 17-25.
    """
    from scipy.stats import rankdata

    n1, n2 = len(x), len(y)
    if min(n1, n2) < 2 or not all(isfinite(value) for value in (*x, *y)):
        raise ValueError("two sides of at least 2 finite answers")
    together = [float(rank) for rank in rankdata([*x, *y])]
    sides = (together[:n1], x), (together[n1:], y)
    parts = [_placement(ranks, [float(rank) for rank in rankdata(own)]) for ranks, own in sides]
    spread = n1 * parts[0] + n2 * parts[1]
    if spread <= 1e-12:
        raise ValueError("the sides never overlap: ranks do not vary inside them")
    gap = fsum(together[n1:]) / n2 - fsum(together[:n1]) / n1
    statistic = n1 * n2 * gap / (n1 + n2) / sqrt(spread)
    df = spread**2 / ((n1 * parts[0]) ** 2 / (n1 - 1) + (n2 * parts[1]) ** 2 / (n2 - 1))
    return BrunnerMunzel(
        statistic=statistic,
        df=df,
        p_value=quantiles.two_sided_t(statistic, df),
        prob_superiority=gap / (n1 + n2) + 0.5,
    )


def _placement(together: Sequence[float], own: Sequence[float]) -> float:
    """The variance of where the answers of one side stand among those of the other."""
    gaps = [among - inside for among, inside in zip(together, own, strict=True)]
    mean = fsum(gaps) / len(gaps)
    return fsum((gap - mean) ** 2 for gap in gaps) / (len(gaps) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinalDistance:
    """How far two shares of answers lie apart: in marks, as a part of the scale, and with its direction."""

    distance: float
    normalised: float
    total_variation: float
    signed: float


def ordinal_distance(a: Sequence[int], b: Sequence[int]) -> OrdinalDistance:
    """Measure how many marks answers must move for one side to answer as the other.

    Args:
        a: how many of one side gave each mark, from the lowest; at least 2 marks and one answer.
        b: how many of the other side gave each mark.

    Returns:
        Wasserstein's distance in marks, the same over the length of the scale, the share of answers that
        must move at all, and the difference of means (positive when ``a`` is higher).

    Raises:
        ValueError: if lengths differ, a count is negative, or a side is empty.

    Source:
        L. N. Wasserstein (1969); on ordered classes the sum of gaps between cumulative shares.

    >>> ordinal_distance([0, 0, 4], [4, 0, 0]).distance
    2.0
    """
    n1, n2 = sum(a), sum(b)
    if len(a) != len(b) or len(a) < 2 or min((*a, *b)) < 0 or min(n1, n2) < 1:
        raise ValueError("two sides of the same marks, with answers")
    gaps = [sum(b[: mark + 1]) / n2 - sum(a[: mark + 1]) / n1 for mark in range(len(a) - 1)]
    moved = fsum(abs(one / n1 - other / n2) for one, other in zip(a, b, strict=True)) / 2
    distance = fsum(map(abs, gaps))
    return OrdinalDistance(
        distance=distance, normalised=distance / (len(a) - 1), total_variation=moved, signed=fsum(gaps)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardGap:
    """A difference of means over the spread of answers; 0.2 is small, 0.8 large."""

    g: float
    d: float


def hedges_g(x: Sequence[float], y: Sequence[float]) -> StandardGap:
    """Measure a difference of means in spreads, freed of the bias of small samples.

    Args:
        x: answers of one side, finite, at least 2.
        y: answers of the other side.

    Returns:
        Hedges's g (positive when x is higher), and Cohen's d before the correction.

    Raises:
        ValueError: if a side has fewer than 2 answers, a value is not finite, or nothing varies.

    Source:
        L. V. Hedges (1981), Journal of Educational Statistics 6(2), 107-128.

    >>> round(hedges_g([3, 4, 5], [1, 2, 3]).g, 3)
    1.6
    """
    n1, n2 = len(x), len(y)
    if min(n1, n2) < 2 or not all(isfinite(value) for value in (*x, *y)):
        raise ValueError("two sides of at least 2 finite answers")
    means = fsum(x) / n1, fsum(y) / n2
    inside = fsum((value - means[0]) ** 2 for value in x) + fsum((value - means[1]) ** 2 for value in y)
    if inside <= 0:
        raise ValueError("answers never vary inside the sides")
    d = (means[0] - means[1]) / sqrt(inside / (n1 + n2 - 2))
    return StandardGap(g=d * (1 - 3 / (4 * (n1 + n2) - 9)), d=d)
