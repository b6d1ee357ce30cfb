"""Shares: how many of those who answered said yes, and how far two such shares lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import SHARE, Difference, Estimate, check_level, check_method


def proportion_interval(
    successes: int, n: int, level: float = 0.95, method: str = "wilson", *, design_effect: float = 1.0
) -> Estimate:
    """Estimate a share (0 to 1) from counts.

    Wilson's score interval stays inside [0, 1] and keeps close to its promised coverage for small teams,
    where the textbook ``p +/- 1.96 se`` does not. Clopper and Pearson's never covers less than promised.

    Args:
        successes: how many of the ``n`` answers said yes; ``0 <= successes <= n``.
        n: number of answers. ``0`` is allowed and gives ``estimate=None`` on [0, 1].
        level: coverage wanted, strictly between 0 and 1.
        method: ``wilson`` or ``clopper_pearson``.
        design_effect: at least 1: by how much weights or clusters inflate the variance (Wilson only):
            ``deff`` of ``kish_design_effect``, or ``n / n_eff`` of ``cluster_mean_of_sums``.

    Returns:
        An ``Estimate`` whose ``estimate`` is ``successes / n``, without unit.

    Raises:
        ValueError: if the counts are impossible, or ``level``, ``method`` or ``design_effect`` is.

    Source:
        E. B. Wilson (1927), JASA 22(158), 209-212, without continuity correction. C. J. Clopper and
        E. S. Pearson (1934), Biometrika 26, 404-413. Effective size: L. Kish (1965), Survey Sampling.

    >>> e = proportion_interval(8, 10)
    >>> round(e.low, 3), e.estimate, round(e.high, 3)
    (0.49, 0.8, 0.943)
    """
    check_method(method, ("wilson", "clopper_pearson"))
    check_level(level)
    if n < 0 or not 0 <= successes <= n:
        raise ValueError(f"impossible counts: {successes} of {n}")
    if design_effect < 1 or (design_effect > 1 and method != "wilson"):
        raise ValueError(f"design effect {design_effect} with {method}: at least 1, and Wilson's only above")
    n_eff = n / design_effect
    low, high = (0.0, 1.0) if n == 0 else _bounds(successes, n, n_eff, level, method)
    value = successes / n if n else None
    return Estimate(estimate=value, low=low, high=high, level=level, n=n, n_eff=n_eff, method=method)


def _bounds(successes: int, n: int, n_eff: float, level: float, method: str) -> tuple[float, float]:
    if method == "wilson":
        return _wilson(successes / n, n_eff, quantiles.z(level))
    tail = (1 - level) / 2
    low = quantiles.beta(tail, successes, n - successes + 1) if successes else 0.0
    return low, quantiles.beta(1 - tail, successes + 1, n - successes) if successes < n else 1.0


def _wilson(p: float, n: float, z: float) -> tuple[float, float]:
    shrink = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / shrink
    half = z / shrink * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # Rounding may push a bound a hair past the value itself (0 of 13): keep low <= p <= high.
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def share_difference(first: Estimate, second: Estimate) -> Difference:
    """Estimate ``first - second`` from the intervals of two independent shares.

    Args:
        first: a share, with answers; its level is that of the result.
        second: another share, with answers and the same level.

    Returns:
        A ``Difference`` in [-1, 1].

    Raises:
        ValueError: if a side has no answer, is not a share, or the levels differ.

    Source:
        R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, method 10 (hybrid score); with effective
        sizes, the same recovery of variances from intervals (G. Y. Zou, A. Donner 2008, ibid. 27, 1693).
    """
    if first.scale != SHARE or second.scale != SHARE or first.level != second.level:
        raise ValueError("a difference of shares needs two shares of one level")
    if first.estimate is None or second.estimate is None:
        raise ValueError("a difference needs answers on both sides")
    gap = first.estimate - second.estimate
    down = sqrt((first.estimate - first.low) ** 2 + (second.high - second.estimate) ** 2)
    up = sqrt((first.high - first.estimate) ** 2 + (second.estimate - second.low) ** 2)
    return Difference(
        difference=gap,
        observed=gap,
        low=max(-1.0, gap - down),
        high=min(1.0, gap + up),
        level=first.level,
        counts=(first.n, second.n),
        method="newcombe",
    )


def proportion_difference(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Difference:
    """Estimate ``x1 / n1 - x2 / n2`` for independent answers: give the newer period first.

    To compare a team with the rest of the company, take the team out of the company's counts.

    Args:
        x1: how many of ``n1`` said yes, first side.
        n1: answers of the first side, at least 1.
        x2: how many of ``n2`` said yes, second side.
        n2: answers of the second side, at least 1.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Difference`` in [-1, 1].

    Raises:
        ValueError: if counts are impossible or a side is empty.

    Source:
        R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, method 10 (hybrid score).

    >>> d = proportion_difference(56, 70, 48, 80)
    >>> round(d.low, 4), round(d.high, 4)
    (0.0524, 0.3339)
    """
    return share_difference(proportion_interval(x1, n1, level), proportion_interval(x2, n2, level))


@dataclass(frozen=True, slots=True, kw_only=True)
class TopBox(Estimate):
    """A share of the best marks, with the mean of all marks beside it."""

    mean: float | None

    @property
    def share(self) -> float | None:
        """The share of the best marks, from 0 to 1."""
        return self.estimate


def top_box(counts: Sequence[int], top: Sequence[int] = (4, 5), level: float = 0.95) -> TopBox:
    """Estimate the share of answers that gave one of the best marks.

    Args:
        counts: how many answers gave mark 1, 2, 3… in that order.
        top: the marks that count as satisfied.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``TopBox``: Wilson's interval of the share, and the mean mark.

    Raises:
        ValueError: if a count is negative or a top mark is not on the scale.
    """
    if min(counts, default=-1) < 0 or not set(top) <= set(range(1, len(counts) + 1)):
        raise ValueError(f"impossible marks: {list(top)} of {list(counts)}")
    n = sum(counts)
    part = proportion_interval(sum(counts[mark - 1] for mark in set(top)), n, level)
    mean = sum(mark * count for mark, count in enumerate(counts, 1)) / n if n else None
    return TopBox(
        estimate=part.estimate,
        low=part.low,
        high=part.high,
        level=level,
        n=n,
        n_eff=n,
        method="wilson",
        mean=mean,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MultinomialIntervals:
    """Intervals of all shares of one question, that hold together."""

    intervals: tuple[tuple[float, float], ...]
    n: int
    level: float
    method: str


def multinomial_intervals(
    counts: Sequence[int], level: float = 0.95, method: str = "goodman"
) -> MultinomialIntervals:
    """Bound the share of each answer of one question, all intervals holding together.

    Args:
        counts: how many gave each answer; at least two answers, at least one given.
        level: joint coverage wanted, strictly between 0 and 1.
        method: ``goodman``.

    Returns:
        One pair of bounds in [0, 1] for each count, in the same order.

    Raises:
        ValueError: if counts are negative, fewer than two, or all zero.

    Source:
        L. A. Goodman (1965), Technometrics 7(2), 247-254, with Bonferroni's quantile.
    """
    check_method(method, ("goodman",))
    check_level(level)
    n = sum(counts)
    if len(counts) < 2 or min(counts) < 0 or n == 0:
        raise ValueError(f"impossible counts: {list(counts)}")
    quantile = quantiles.z(1 - (1 - level) / len(counts))
    intervals = tuple(_wilson(count / n, n, quantile) for count in counts)
    return MultinomialIntervals(intervals=intervals, n=n, level=level, method=method)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSize:
    """How many answers a wanted margin takes."""

    n_infinite: int
    n_finite: int


def proportion_sample_size(population: int, margin: float, p: float = 0.5, level: float = 0.95) -> SampleSize:
    """Say how many answers give a share the wanted margin.

    Args:
        population: how many people or contacts there are in all, at least 1.
        margin: half-width wanted, as a fraction (0.05 for 5 points).
        p: expected share; 0.5 is the safe choice.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        The size for an endless population and the size for this one, rounded up.

    Raises:
        ValueError: if an argument lies outside its range.

    Source:
        W. G. Cochran (1977), Sampling Techniques, 3rd ed., section 4.4.

    >>> proportion_sample_size(1000, 0.05).n_finite
    278
    """
    check_level(level)
    if population < 1 or not 0 < margin < 1 or not 0 < p < 1:
        raise ValueError(f"impossible survey: {population} people, margin {margin}, share {p}")
    wanted = quantiles.z(level) ** 2 * p * (1 - p) / margin**2
    return SampleSize(n_infinite=ceil(wanted), n_finite=ceil(wanted / (1 + (wanted - 1) / population)))
