"""Net promoter score: promoters (9-10) minus detractors (0-6), in points from -100 to 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import POINTS, Difference, Estimate, check_level, check_method

#: What the adjusted interval adds to promoters, passives and detractors.
_PSEUDO = (0.75, 1.5, 0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsScore:
    """The three counts and their score; ``nps`` is ``None`` without any rating."""

    n: int
    promoters: int
    passives: int
    detractors: int
    nps: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsEstimate(Estimate):
    """A score with its interval, which is drawn around ``centre`` rather than around the score."""

    centre: float
    se: float

    @property
    def nps(self) -> float | None:
        """The observed score, in points."""
        return self.estimate


def nps_score(ratings: Sequence[int]) -> NpsScore:
    """Count promoters, passives and detractors among ratings from 0 to 10.

    Args:
        ratings: whole numbers from 0 to 10, in any order.

    Returns:
        The counts and the score in points.

    Raises:
        ValueError: if a rating is missing or is not a whole number from 0 to 10.

    Source:
        F. F. Reichheld (2003), Harvard Business Review 81(12), 46-54.

    >>> nps_score([10, 9, 7, 3]).nps
    25.0
    """
    strangers = [rating for rating in ratings if rating not in range(11)]
    if strangers:
        raise ValueError(f"ratings go from 0 to 10, found {strangers[:3]}")
    promoters = sum(rating >= 9 for rating in ratings)
    detractors = sum(rating <= 6 for rating in ratings)
    n = len(ratings)
    return NpsScore(
        n=n,
        promoters=promoters,
        passives=n - promoters - detractors,
        detractors=detractors,
        nps=100 * (promoters - detractors) / n if n else None,
    )


def nps_interval(
    promoters: int, passives: int, detractors: int, level: float = 0.95, method: str = "adjusted_wald"
) -> NpsEstimate:
    """Estimate a net promoter score from its three counts.

    The adjusted interval adds 3/4, 3/2 and 3/4 pseudo-answers: at 10 answers it still covers 94-97 % where
    the plain one falls to 71 %. Show the observed score, draw the interval. It holds from 5 answers on.

    Args:
        promoters: ratings of 9 or 10.
        passives: ratings of 7 or 8.
        detractors: ratings from 0 to 6.
        level: coverage wanted, strictly between 0 and 1.
        method: ``adjusted_wald``, ``wald`` or ``wald_t`` (Student, at least 2 answers).

    Returns:
        An ``NpsEstimate`` in points; without any answer, ``estimate=None`` on [-100, 100].

    Raises:
        ValueError: if a count is negative or the method lacks answers.

    Source:
        B. Rocks (2016), The American Statistician 70(4), 365-372.

    >>> e = nps_interval(13, 12, 5)
    >>> round(e.nps, 1), round(e.low, 1), round(e.high, 1)
    (26.7, -0.6, 49.1)
    """
    check_method(method, ("adjusted_wald", "wald", "wald_t"))
    check_level(level)
    n = promoters + passives + detractors
    _check_counts((promoters, passives, detractors), method)
    centre, variance = _moments((promoters, passives, detractors), method)
    se = 100 * sqrt(variance)
    half = se * (quantiles.t(level, n - 1) if method == "wald_t" else quantiles.z(level))
    return NpsEstimate(
        estimate=100 * (promoters - detractors) / n if n else None,
        low=POINTS.clip(100 * centre - half) if n else -100.0,
        high=POINTS.clip(100 * centre + half) if n else 100.0,
        level=level,
        n=n,
        n_eff=n,
        method=method,
        scale=POINTS,
        centre=100 * centre,
        se=se,
    )


def weighted_estimate(
    shares: tuple[float, float],
    se: float,
    *,
    n: int,
    n_eff: float,
    level: float = 0.95,
    method: str = "weighted",
    warnings: tuple[str, ...] = (),
) -> NpsEstimate:
    """Build a score from weighted shares: interval of the adjusted method on an effective number of answers.

    Args:
        shares: weighted shares of promoters and of detractors.
        se: standard error of their difference, as a fraction.
        n: number of answers, at least 1.
        n_eff: what the answers are worth; less when ``se`` says that they are worth less.
        level: coverage wanted, strictly between 0 and 1.
        method: name of the method of weighting.
        warnings: what to know of the weights.

    Returns:
        An ``NpsEstimate`` in points.
    """
    check_level(level)
    gap = shares[0] - shares[1]
    spread = max(0.0, sum(shares) - gap * gap)
    worth = min(n_eff, spread / se**2) if se > 0 and spread > 0 else n_eff
    counts = (worth * shares[0], worth * max(0.0, 1 - sum(shares)), worth * shares[1])
    centre, variance = _moments(counts, "adjusted_wald")
    half = quantiles.z(level) * sqrt(variance)
    return NpsEstimate(
        estimate=100 * gap,
        low=POINTS.clip(100 * min(gap, centre - half)),
        high=POINTS.clip(100 * max(gap, centre + half)),
        level=level,
        n=n,
        n_eff=worth,
        method=method,
        scale=POINTS,
        warnings=warnings,
        centre=100 * centre,
        se=100 * se,
    )


def _check_counts(counts: Sequence[int], method: str) -> None:
    least = {"adjusted_wald": 0, "wald": 1}.get(method, 2)
    if len(counts) != 3 or min(counts) < 0 or sum(counts) < least:
        raise ValueError(f"impossible counts for {method}: {list(counts)}")


def _moments(counts: Sequence[float], method: str) -> tuple[float, float]:
    """Mean of +1, 0 and -1 over the answers, and the variance of that mean."""
    added = _PSEUDO if method == "adjusted_wald" else (0.0, 0.0, 0.0)
    promoters, passives, detractors = (a + b for a, b in zip(counts, added, strict=True))
    n = promoters + passives + detractors
    mean = (promoters - detractors) / n
    spread = max(0.0, (promoters + detractors) / n - mean * mean)
    return mean, spread / (n - 1 if method in {"wald_t", "welch"} else n)


def nps_difference(
    a: Sequence[int], b: Sequence[int], level: float = 0.95, method: str = "adjusted_wald"
) -> Difference:
    """Estimate how many points group ``b`` lies above group ``a`` (``b`` minus ``a``).

    Args:
        a: promoters, passives and detractors before (or of the reference group).
        b: the same three counts after (or of the other group).
        level: coverage wanted, strictly between 0 and 1.
        method: ``adjusted_wald``, ``wald`` or ``welch``. Welch's rings too often with few skewed answers.

    Returns:
        A ``Difference`` in points, with its standard error and p-value; ``difference`` is the adjusted
        centre, ``observed`` the difference of the two scores.

    Raises:
        ValueError: if counts are impossible or a side has too few answers.

    Source:
        J. R. Lewis and J. Sauro (2021), How to statistically compare two net promoter scores; B. L. Welch
        (1947), Biometrika 34, 28-35.
    """
    check_method(method, ("adjusted_wald", "wald", "welch"))
    check_level(level)
    for side in (a, b):
        _check_counts(side, method)
        _check_counts(side, "wald")
    (mean_a, var_a), (mean_b, var_b) = _moments(a, method), _moments(b, method)
    variance, gap = var_a + var_b, mean_b - mean_a
    df = _welch_df((var_a, sum(a)), (var_b, sum(b))) if method == "welch" else None
    half = sqrt(variance) * (quantiles.z(level) if df is None else quantiles.t(level, df))
    return Difference(
        difference=100 * gap,
        observed=100 * ((b[0] - b[2]) / sum(b) - (a[0] - a[2]) / sum(a)),
        low=max(-200.0, 100 * (gap - half)),
        high=min(200.0, 100 * (gap + half)),
        level=level,
        counts=(sum(b), sum(a)),
        method=method,
        scale=POINTS,
        se=100 * sqrt(variance),
        p_value=_p_value(gap, variance, df),
    )


def nps_score_of_counts(counts: Sequence[int]) -> tuple[float, float]:
    """Return the score of promoters, passives and detractors, and the spread of one answer, in points.

    Raises:
        ValueError: if the counts are not three, one is negative, or there is no answer.

    >>> nps_score_of_counts([450, 300, 250])[0]
    20.0
    """
    _check_counts(counts, "wald")
    _, variance = _moments(counts, "wald")
    return 100 * (counts[0] - counts[2]) / sum(counts), 100 * sqrt(variance * sum(counts))


def _welch_df(first: tuple[float, int], second: tuple[float, int]) -> float:
    (va, na), (vb, nb) = first, second
    scatter = va * va / (na - 1) + vb * vb / (nb - 1)
    return (va + vb) ** 2 / scatter if scatter else float(na + nb - 2)


def _p_value(gap: float, variance: float, df: float | None) -> float:
    if variance == 0:
        return float(gap == 0)
    ratio = gap / sqrt(variance)
    return quantiles.two_sided_p(ratio) if df is None else quantiles.two_sided_t(ratio, df)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSizeOfScore:
    """How many answers a wanted margin takes."""

    n: int


def nps_sample_size(
    margin_points: float, promoters: float, detractors: float, level: float = 0.95, *, adjusted: bool = True
) -> SampleSizeOfScore:
    """Say how many answers give a score the wanted margin.

    Args:
        margin_points: half-width wanted, in points, above 0.
        promoters: expected share of promoters, from 0 to 1.
        detractors: expected share of detractors, from 0 to 1.
        level: coverage wanted, strictly between 0 and 1.
        adjusted: whether the interval will be the adjusted one, which already counts 3 answers.

    Returns:
        The number of answers, rounded up.

    Raises:
        ValueError: if an argument lies outside its range.

    Source:
        ``n = z² (p + d - (p - d)²) / margin²``; adjusted: 3 answers less.
    """
    check_level(level)
    if margin_points <= 0 or min(promoters, detractors) < 0 or promoters + detractors > 1:
        raise ValueError(f"impossible survey: margin {margin_points}, {promoters} and {detractors}")
    spread = promoters + detractors - (promoters - detractors) ** 2
    wanted = quantiles.z(level) ** 2 * spread * (100 / margin_points) ** 2
    return SampleSizeOfScore(n=max(1, ceil(wanted - (3 if adjusted else 0) - 1e-9)))
