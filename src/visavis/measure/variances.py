"""What part of the spread lies between units, and how many answers make a unit's mean reliable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, exp, fsum, isfinite, log

from visavis.measure.means import Sums


def _groups(y: Sequence[float], groups: Sequence[object]) -> dict[object, list[float]]:
    """Values by group, groups in the order of their names."""
    if not all(isfinite(value) for value in y):
        raise ValueError("values must be finite")
    found: dict[object, list[float]] = {}
    for value, group in zip(y, groups, strict=True):
        found.setdefault(group, []).append(value)
    if len(found) < 2 or len(found) == len(y):
        raise ValueError("at least 2 groups, one of them with 2 values")
    return {name: found[name] for name in sorted(found, key=str)}


def _inside(kept: Iterable[float]) -> float:
    values = list(kept)
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Icc:
    """Reliability of one answer (``icc1``) and of the mean of a group (``icc2``); may be below 0."""

    icc1: float
    icc2: float
    mean_square_between: float
    mean_square_within: float
    n0: float


def icc_anova(y: Sequence[float], groups: Sequence[object]) -> Icc:
    """Measure how much of the spread of answers lies between groups.

    ``ICC(1) = (MSB - MSW) / (MSB + (n0 - 1) MSW)``, ``n0 = (N - Σn² / N) / (K - 1)`` for unequal groups;
    ``ICC(2) = (MSB - MSW) / MSB``. Estimates of fewer than 10 groups are rough.

    Args:
        y: one finite value an answer.
        groups: the group of each, in the same order; at least 2, one of them with 2 answers.

    Returns:
        Both coefficients, the mean squares and ``n0``.

    Raises:
        ValueError: if lengths differ, there are too few groups or answers, or no value differs.

    Source:
        P. D. Bliese (2000), in K. J. Klein and S. W. J. Kozlowski, Multilevel Theory, 349-381.

    >>> round(icc_anova([1, 2, 4, 5], ["a", "a", "b", "b"]).icc1, 4)
    0.8947
    """
    kept = _groups(y, groups)
    size, count = len(y), len(kept)
    within = fsum(_inside(values) for values in kept.values()) / (size - count)
    mean = fsum(y) / size
    means = [(len(values), fsum(values) / len(values)) for values in kept.values()]
    between = fsum(n * (own - mean) ** 2 for n, own in means) / (count - 1)
    if between == 0:
        raise ValueError("means of groups do not differ: these coefficients have no value")
    n0 = (size - sum(n * n for n, _ in means) / size) / (count - 1)
    return Icc(
        icc1=(between - within) / (between + (n0 - 1) * within),
        icc2=(between - within) / between,
        mean_square_between=between,
        mean_square_within=within,
        n0=n0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A number of answers."""

    n: int


def n_for_reliability(icc1: float, reliability: float) -> Answers:
    """Say how many answers a unit needs for a mean of this reliability: ``r (1 - i) / (i (1 - r))``.

    Args:
        icc1: part of the spread that lies between units, strictly between 0 and 1: the company's own.
        reliability: wanted, strictly between 0 and 1 (0.7 to compare units).

    Returns:
        The number of answers, rounded up, at least 1.

    Raises:
        ValueError: if an argument leaves ]0, 1[.

    Source:
        C. Spearman (1910) and W. Brown (1910), British Journal of Psychology 3.

    >>> n_for_reliability(0.05, 0.7).n
    45
    """
    if not 0 < icc1 < 1 or not 0 < reliability < 1:
        raise ValueError(f"both lie strictly between 0 and 1: {icc1} and {reliability}")
    return Answers(n=max(1, ceil(reliability * (1 - icc1) / (icc1 * (1 - reliability)) - 1e-9)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How much the members of each group agree, groups in the order of their names."""

    groups: tuple[object, ...]
    rwg: tuple[float | None, ...]


def rwg(y: Sequence[float], groups: Sequence[object], levels: int) -> Agreement:
    """Measure agreement inside each group: ``1 - s² / ((A² - 1) / 12)``, 1 when all say the same.

    Args:
        y: one mark an answer.
        groups: the group of each, in the same order.
        levels: how many marks the scale has (11 for 0 to 10), at least 2.

    Returns:
        One index a group; below 0 when answers spread more than by chance, ``None`` with one answer.

    Raises:
        ValueError: if lengths differ, values are not finite, or ``levels`` is below 2.

    Source:
        L. R. James, R. G. Demaree and G. Wolf (1984), Journal of Applied Psychology 69(1), 85-98.

    >>> rwg([3, 3, 1, 5], ["a", "a", "b", "b"], 5).rwg
    (1.0, -3.0)
    """
    if levels < 2:
        raise ValueError(f"a scale has at least 2 marks, got {levels}")
    kept = _groups(y, groups)
    by_chance = (levels**2 - 1) / 12
    indices = [
        1 - _inside(values) / (len(values) - 1) / by_chance if len(values) > 1 else None
        for values in kept.values()
    ]
    return Agreement(groups=tuple(kept), rwg=tuple(indices))


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """Spread between and within groups, and each group's mean drawn to that of all."""

    mean: float
    var_between: float
    var_within: float
    groups: tuple[object, ...]
    shrunken: tuple[float, ...]
    warnings: tuple[str, ...]


def one_way_reml(y: Sequence[float], groups: Sequence[object]) -> OneWay:
    """Split the spread of values between and within groups by restricted likelihood.

    One dimension: with the ratio ``g`` of both variances, ``w = n / (1 + n g)``, the rest is closed. Where
    the likelihood is highest without any spread between groups, ``var_between`` is exactly 0. Own code: a
    general mixed model fails to converge or strays on small groups.

    Args:
        y: one finite value an answer.
        groups: the group of each, in the same order; at least 2 (5 for the spread to mean anything).

    Returns:
        The mean, both variances, and per group (in the order of names) the drawn mean
        ``m + n g / (1 + n g) (ȳ - m)``.

    Raises:
        ValueError: if lengths differ, there are too few groups or answers, or nothing varies inside groups
            while groups differ.

    Source:
        H. D. Patterson and R. Thompson (1971), Biometrika 58(3), 545-554.

    >>> fit = one_way_reml([1, 3, 2, 4, 9, 11], ["a", "a", "b", "b", "c", "c"])
    >>> round(fit.var_within, 4), round(fit.var_between, 4)
    (2.0, 18.0)
    """
    kept = _groups(y, groups)
    sums = [Sums.of(values) for values in kept.values()]
    fit = _Profile(sums, fsum(_inside(values) for values in kept.values()))
    ratio = fit.best_ratio()
    mean, _, within = fit.solve(ratio)
    drawn = [mean + part.n * ratio / (1 + part.n * ratio) * (part.total / part.n - mean) for part in sums]
    return OneWay(
        mean=mean,
        var_between=ratio * within,
        var_within=within,
        groups=tuple(kept),
        shrunken=tuple(drawn),
        warnings=() if ratio else ("no measurable difference",),
    )


@dataclass(frozen=True, slots=True)
class _Profile:
    """The restricted likelihood as a function of the ratio of variances."""

    sums: Sequence[Sums]
    inside: float

    def solve(self, ratio: float) -> tuple[float, float, float]:
        """Mean, total weight and variance within that are best for this ratio."""
        weights = [part.n / (1 + part.n * ratio) for part in self.sums]
        total = fsum(weights)
        means = [part.total / part.n for part in self.sums]
        mean = fsum(weight * own for weight, own in zip(weights, means, strict=True)) / total
        scatter = fsum(weight * (own - mean) ** 2 for weight, own in zip(weights, means, strict=True))
        return mean, total, (self.inside + scatter) / (sum(part.n for part in self.sums) - 1)

    def cost(self, ratio: float) -> float:
        """Twice the negative restricted log-likelihood, but for a constant."""
        _, total, within = self.solve(ratio)
        size = sum(part.n for part in self.sums)
        return (size - 1) * log(within) + fsum(log(1 + part.n * ratio) for part in self.sums) + log(total)

    def best_ratio(self) -> float:
        """The ratio that makes the data likeliest; exactly 0 at the boundary.

        Raises:
            ValueError: if nothing varies inside groups.
        """
        from scipy.optimize import minimize_scalar

        _, _, flat = self.solve(0.0)
        if flat == 0:
            return 0.0
        if self.inside <= 1e-12 * flat:
            raise ValueError("nothing varies inside groups: the ratio of variances has no value")
        options = {"xatol": 1e-9}
        found = minimize_scalar(
            lambda t: self.cost(exp(t)), bounds=(-20, 20), method="bounded", options=options
        )
        ratio = exp(float(found.x))
        return ratio if self.cost(ratio) < self.cost(0.0) - 1e-10 else 0.0
