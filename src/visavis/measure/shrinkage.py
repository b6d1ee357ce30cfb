"""Small units drawn towards the mean of all, as much as their own figures are uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import check_level, check_method
from visavis.measure.means import Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class JamesStein:
    """Values drawn to their mean: each keeps ``shrinkage`` of its distance, 0 when all is noise."""

    mean: float
    shrinkage: float
    estimates: tuple[float, ...]


def james_stein(y: Sequence[float], variance: float) -> JamesStein:
    """Draw values of equal precision towards their mean: ``c = max(0, 1 - (k - 3) V / Σ(y - m)²)``.

    Args:
        y: one finite value a unit, at least 4.
        variance: sampling variance of each, above 0.

    Returns:
        The mean, the share of each distance that is kept, and the drawn values.

    Raises:
        ValueError: if there are fewer than 4 values, one is not finite, or the variance is not above 0.

    Source:
        B. Efron and C. Morris (1975), JASA 70, 311-319, positive part.

    >>> james_stein([10, 11, 9, 10.5, 9.5], 25).estimates
    (10.0, 10.0, 10.0, 10.0, 10.0)
    """
    if len(y) < 4 or not all(isfinite(value) for value in y) or not 0 < variance < float("inf"):
        raise ValueError("at least 4 finite values, and a variance above 0")
    mean = fsum(y) / len(y)
    spread = fsum((value - mean) ** 2 for value in y)
    kept = max(0.0, 1 - (len(y) - 3) * variance / spread) if spread else 0.0
    return JamesStein(mean=mean, shrinkage=kept, estimates=tuple(mean + kept * (value - mean) for value in y))


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomEffects:
    """Units around a mean: spread between them, and each drawn to the mean by its own uncertainty.

    ``tau2`` is the variance between units, ``Q`` Cochran's statistic, ``reliability`` what each unit keeps
    of its distance; ``shrunken_se`` counts the uncertainty of the mean. ``low`` and ``high`` bound the mean.
    """

    mean: float
    se: float
    low: float
    high: float
    level: float
    tau2: float
    Q: float
    shrunken: tuple[float, ...]
    shrunken_se: tuple[float, ...]
    reliability: tuple[float, ...]
    method: str
    warnings: tuple[str, ...]


def random_effects(
    y: Sequence[float], v: Sequence[float], method: str = "PM", level: float = 0.95
) -> RandomEffects:
    """Estimate the mean of units, how much they differ beyond chance, and each of them drawn to it.

    ``m + tau² / (tau² + v) (y - m)``, with ``m`` weighted by ``1 / (tau² + v)``. Take ``v`` from the pooled
    variance (``pooled_variances``): a small unanimous unit would weigh all.

    Args:
        y: one finite estimate a unit, at least 2 (10 for a spread worth printing).
        v: its sampling variance, above 0.
        method: ``PM`` (Paule and Mandel) or ``DL`` (DerSimonian and Laird).
        level: coverage wanted of the interval of the mean, strictly between 0 and 1.

    Returns:
        A ``RandomEffects``; with ``tau2`` of 0 all units are at the mean, which is said in ``warnings``.

    Raises:
        ValueError: if lengths differ, there are fewer than 2 units, or a number is impossible.

    Source:
        R. DerSimonian and N. Laird (1986), Controlled Clinical Trials 7, 177-188; R. C. Paule and J. Mandel
        (1982), Journal of Research of the NBS 87(5), 377-385.

    >>> random_effects([1, 1, 1], [2, 2, 2]).tau2
    0.0
    """
    check_method(method, ("PM", "DL"))
    check_level(level)
    if len(y) < 2 or len(y) != len(v) or not all(isfinite(value) for value in [*y, *v]) or min(v) <= 0:
        raise ValueError("at least 2 finite estimates, each with a variance above 0")
    tau2 = (_paule_mandel if method == "PM" else _dersimonian_laird)(y, v)
    mean, total = _pooled(y, v, tau2)
    se = 1 / sqrt(total)
    kept = [tau2 / (tau2 + own) for own in v]
    half = quantiles.z(level) * se
    return RandomEffects(
        mean=mean,
        se=se,
        low=mean - half,
        high=mean + half,
        level=level,
        tau2=tau2,
        Q=_scatter(y, v, 0.0),
        shrunken=tuple(mean + part * (value - mean) for part, value in zip(kept, y, strict=True)),
        shrunken_se=tuple(
            sqrt(part * own + ((1 - part) * se) ** 2) for part, own in zip(kept, v, strict=True)
        ),
        reliability=tuple(kept),
        method=method,
        warnings=(() if tau2 else ("no measurable difference",)) + (("few units",) if len(y) < 10 else ()),
    )


def _pooled(y: Sequence[float], v: Sequence[float], tau2: float) -> tuple[float, float]:
    weights = [1 / (own + tau2) for own in v]
    total = fsum(weights)
    return fsum(weight * value for weight, value in zip(weights, y, strict=True)) / total, total


def _scatter(y: Sequence[float], v: Sequence[float], tau2: float) -> float:
    mean, _ = _pooled(y, v, tau2)
    return fsum((value - mean) ** 2 / (own + tau2) for value, own in zip(y, v, strict=True))


def _dersimonian_laird(y: Sequence[float], v: Sequence[float]) -> float:
    weights = [1 / own for own in v]
    total = fsum(weights)
    scale = total - fsum(weight * weight for weight in weights) / total
    return max(0.0, (_scatter(y, v, 0.0) - (len(y) - 1)) / scale)


def _paule_mandel(y: Sequence[float], v: Sequence[float]) -> float:
    from scipy.optimize import brentq

    wanted = len(y) - 1
    if _scatter(y, v, 0.0) <= wanted:
        return 0.0
    mean = fsum(y) / len(y)
    # At this variance the scatter is under k - 1 already: Σ(y - ȳ)² bounds it.
    top = fsum((value - mean) ** 2 for value in y)
    return float(brentq(lambda tau2: _scatter(y, v, tau2) - wanted, 0.0, top, xtol=1e-14 * top, rtol=1e-13))


def pooled_variances(teams: Sequence[Sums]) -> tuple[float, ...]:
    """Give each unit the sampling variance of its mean, from the spread inside all units together.

    Args:
        teams: count, sum and sum of squares of each unit, each with at least one mark.

    Returns:
        Pooled variance over the unit's count, in the same order.

    Raises:
        ValueError: if a unit is empty, no unit has two marks, or no unit has any spread.

    Source:
        Analysis of variance: ``Σ SS_i / (N - K)``.

    >>> pooled_variances([Sums.of([1, 3]), Sums.of([4, 4, 4, 4])])
    (0.25, 0.125)
    """
    if not teams or min(team.n for team in teams) < 1 or all(team.n == 1 for team in teams):
        raise ValueError("each unit needs a mark, and one of them at least two")
    inside = fsum(max(0.0, team.squares - team.total**2 / team.n) for team in teams)
    if inside <= 0:
        raise ValueError("no spread inside any unit")
    spread = inside / (sum(team.n for team in teams) - len(teams))
    return tuple(spread / team.n for team in teams)
