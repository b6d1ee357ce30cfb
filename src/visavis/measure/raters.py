"""Several people judge the same things: how far they agree, and how far their marks may be swapped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import fsum, isfinite, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import check_level, check_method
from visavis.measure.links import centred


@dataclass(frozen=True, slots=True, kw_only=True)
class FleissKappa:
    """Agreement of several raters beyond chance; ``None`` when one kind holds everything."""

    kappa: float | None
    subjects: int
    raters: int


def fleiss_kappa(table: Sequence[Sequence[int]]) -> FleissKappa:
    """Measure agreement of as many raters on each subject, who need not be the same ones.

    Args:
        table: one row a subject: how many raters chose each kind; at least 2 raters, as many on each row.

    Returns:
        The agreement beyond chance.

    Raises:
        ValueError: if rows differ in raters or in kinds, or raters are fewer than 2.

    Source:
        J. L. Fleiss (1971), Psychological Bulletin 76(5), 378-382.

    >>> fleiss_kappa([[3, 0], [0, 3]]).kappa
    1.0
    """
    raters = {sum(row) for row in table}
    if len(raters) != 1 or min(raters) < 2 or len({len(row) for row in table}) != 1:
        raise ValueError("as many raters, at least 2, and the same kinds for each subject")
    if min(count for row in table for count in row) < 0:
        raise ValueError("counts go from 0")
    each, size = raters.pop(), len(table)
    alike = fsum(count * (count - 1) for row in table for count in row) / (size * each * (each - 1))
    chance = fsum((sum(column) / (size * each)) ** 2 for column in zip(*table, strict=True))
    kappa = None if chance > 1 - 1e-12 else (alike - chance) / (1 - chance)
    return FleissKappa(kappa=kappa, subjects=size, raters=each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Reliability of several raters' marks, 1 at best; ``None`` when all marks are alike."""

    alpha: float | None
    pairable: int


_LEVELS = ("nominal", "ordinal", "interval", "ratio")


def _apart(one: float, other: float, level: str) -> float:
    if level == "nominal":
        return float(one != other)
    if level == "ratio":
        return ((one - other) / (one + other)) ** 2 if one + other else 0.0
    return (one - other) ** 2


def _middle_ranks(used: Mapping[float, int]) -> dict[float, float]:
    """Where each mark stands among all that were given."""
    ranks, below = {}, 0
    for mark in sorted(used):
        ranks[mark] = below + used[mark] / 2
        below += used[mark]
    return ranks


def krippendorff_alpha(ratings: Sequence[Sequence[float | None]], level: str = "nominal") -> Alpha:
    """Measure how far marks can be relied on, whoever gives them; marks may be missing.

    Args:
        ratings: one row a unit, one column a rater, ``None`` where there is no mark. Units with a single
            mark are left out.
        level: what marks are: ``nominal``, ``ordinal``, ``interval`` or ``ratio``.

    Returns:
        The reliability, and how many marks it rests on.

    Raises:
        ValueError: if the level is unknown, no unit has two marks, or a mark is not finite.

    Source:
        K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; A. F. Hayes and
        K. Krippendorff (2007), Communication Methods and Measures 1(1), 77-89.

    >>> krippendorff_alpha([[1, 1], [2, 2], [3, None]]).alpha
    1.0
    """
    check_method(level, _LEVELS)
    units = [[mark for mark in row if mark is not None] for row in ratings]
    units = [unit for unit in units if len(unit) > 1]
    used = Counter(mark for unit in units for mark in unit)
    if not units or not all(isfinite(mark) for mark in used):
        raise ValueError("at least one unit with two finite marks")
    # Marks of an order lie as far apart as their middle ranks do.
    at = _middle_ranks(used) if level == "ordinal" else {mark: mark for mark in used}
    n = sum(used.values())
    seen = fsum(
        fsum(_apart(at[one], at[other], level) for one, other in permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    by_chance = fsum(
        used[one] * used[other] * _apart(at[one], at[other], level) for one, other in permutations(used, 2)
    ) / (n - 1)
    return Alpha(alpha=1 - seen / by_chance if by_chance > 0 else None, pairable=n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Icc:
    """The six intraclass correlations: one rater (``icc11``…) or the mean of all (``icc1k``…).

    The first figure is the design: 1 raters differ from thing to thing, 2 raters drawn at random judge all
    (agreement), 3 these raters judge all (consistency).
    """

    icc11: float
    icc21: float
    icc31: float
    icc1k: float
    icc2k: float
    icc3k: float
    n: int
    raters: int


def icc(ratings: Sequence[Sequence[float]]) -> Icc:
    """Say how much of the spread of marks lies between the things that are judged.

    Args:
        ratings: one row a thing, one column a rater, finite, at least 2 of each, none missing.

    Returns:
        An ``Icc``.

    Raises:
        ValueError: if the table is not whole, or things do not differ in the mean of their marks.

    Source:
        P. E. Shrout and J. L. Fleiss (1979), Psychological Bulletin 86(2), 420-428.
    """
    n, k = len(ratings), len(ratings[0]) if ratings else 0
    if n < 2 or k < 2 or any(len(row) != k for row in ratings):
        raise ValueError("at least 2 things and 2 raters, and no mark missing")
    if not all(isfinite(mark) for row in ratings for mark in row):
        raise ValueError("marks must be finite")
    things = [fsum(row) / k for row in ratings]
    raters = [fsum(column) / n for column in zip(*ratings, strict=True)]
    whole = fsum(value**2 for value in centred([mark for row in ratings for mark in row]))
    between = k * fsum(value**2 for value in centred(things))
    along = n * fsum(value**2 for value in centred(raters))
    rest = max(0.0, whole - between - along)
    bms, jms, ems = between / (n - 1), along / (k - 1), rest / (n - 1) / (k - 1)
    wms = (along + rest) / (n * (k - 1))
    if bms <= 1e-12 * max(1.0, whole):
        raise ValueError("things do not differ in the mean of their marks")
    agreed = bms + k * (jms - ems) / n
    return Icc(
        icc11=(bms - wms) / (bms + (k - 1) * wms),
        icc21=(bms - ems) / (agreed + (k - 1) * ems),
        icc31=(bms - ems) / (bms + (k - 1) * ems),
        icc1k=(bms - wms) / bms,
        icc2k=(bms - ems) / (bms + (jms - ems) / n),
        icc3k=(bms - ems) / bms,
        n=n,
        raters=k,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BlandAltman:
    """How far one measure lies above the other, and between which limits most gaps fall."""

    bias: float
    sd: float
    bias_low: float
    bias_high: float
    loa_low: float
    loa_high: float
    loa_se: float
    n: int
    level: float


def bland_altman(a: Sequence[float], b: Sequence[float], level: float = 0.95) -> BlandAltman:
    """Compare two measures of the same things in their own unit: ``a - b``.

    Args:
        a: one finite value a thing, at least 2.
        b: the other measure of the same things.
        level: coverage of the interval of the bias, and part of the gaps inside the limits.

    Returns:
        The bias with Student's interval, the limits of agreement and their standard error.

    Raises:
        ValueError: if lengths differ, things are fewer than 2, or a value is not finite.

    Source:
        J. M. Bland and D. G. Altman (1986), The Lancet 327, 307-310.

    >>> bland_altman([3, 4, 5], [2, 4, 3]).bias
    1.0
    """
    check_level(level)
    n = len(a)
    if n < 2 or len(b) != n or not all(isfinite(value) for value in (*a, *b)):
        raise ValueError("two finite measures of at least 2 things")
    gaps = [one - other for one, other in zip(a, b, strict=True)]
    bias, sd = fsum(gaps) / n, sqrt(fsum(gap**2 for gap in centred(gaps)) / (n - 1))
    half, reach = quantiles.t(level, n - 1) * sd / sqrt(n), quantiles.z(level)
    return BlandAltman(
        bias=bias,
        sd=sd,
        bias_low=bias - half,
        bias_high=bias + half,
        loa_low=bias - reach * sd,
        loa_high=bias + reach * sd,
        loa_se=sd * sqrt(1 / n + reach**2 / (2 * (n - 1))),
        n=n,
        level=level,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """How close pairs lie to the line where both are equal, 1 at best."""

    ccc: float | None
    n: int


def concordance_ccc(a: Sequence[float], b: Sequence[float]) -> Concordance:
    """Measure how close two measures come to being the same one.

    Args:
        a: one finite value a thing, at least 2.
        b: the other measure of the same things.

    Returns:
        Lin's coefficient, with variances over n; ``None`` when nothing varies.

    Raises:
        ValueError: if lengths differ, things are fewer than 2, or a value is not finite.

    Source:
        L. I-K. Lin (1989), Biometrics 45(1), 255-268.

    >>> concordance_ccc([1, 2, 3], [1, 2, 3]).ccc
    1.0
    """
    n = len(a)
    if n < 2 or len(b) != n or not all(isfinite(value) for value in (*a, *b)):
        raise ValueError("two finite measures of at least 2 things")
    across, along = centred(a), centred(b)
    together = fsum(one * other for one, other in zip(across, along, strict=True)) / n
    spread = fsum(value**2 for value in (*across, *along)) / n
    whole = spread + ((fsum(a) - fsum(b)) / n) ** 2
    return Concordance(ccc=2 * together / whole if whole > 0 else None, n=n)
