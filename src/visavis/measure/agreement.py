"""Do two sides who judged the same exchange agree? Tables of counts, one row a mark of the first side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt
from typing import TYPE_CHECKING

from visavis.measure import quantiles
from visavis.measure.estimates import Estimate, Kind, Scale, check_level, check_method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: Counts, one row a mark of the first side.
Table = Sequence[Sequence[float]]
#: Of chance-corrected agreement: 1 at best, 0 by chance.
AGREEMENT = Scale(Kind.MARK, -1.0, 1.0)
#: Pairs under which a kappa says little (its standard error is about 0.1 there).
LEAST_PAIRS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa(Estimate):
    """Agreement beyond chance, 1 at best; ``None`` when one mark holds everything.

    ``raw`` is the share of pairs where both gave the same mark.
    """

    se: float
    raw: float

    @property
    def kappa(self) -> float | None:
        """The agreement beyond chance."""
        return self.estimate


def weighted_kappa(
    table: Table, weights: str | Sequence[Sequence[float]] = "quadratic", level: float = 0.95
) -> Kappa:
    """Measure agreement beyond chance, near misses counting less than far ones.

    It falls when nearly all marks are alike, whatever the agreement: show ``raw`` and ``gwet_ac1`` beside it.

    Args:
        table: counts of pairs, square, from the lowest mark.
        weights: ``none``, ``linear``, ``quadratic``, or a square matrix of disagreements, 0 on its diagonal.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Kappa`` for independent pairs: with several pairs an adviser, see ``cluster_interval``.

    Raises:
        ValueError: if the table is not square, empty or negative, or weights are unknown.

    Source:
        J. Cohen (1968), Psychological Bulletin 70(4), 213-220; error: J. L. Fleiss, J. Cohen and
        B. S. Everitt (1969), ibid. 72(5), 323-327.

    >>> round(weighted_kappa([[20, 5], [10, 15]], "none").kappa, 3)
    0.4
    """
    import numpy as np

    check_level(level)
    counts = counts_of(table)
    n, size = float(counts.sum()), len(counts)
    shares = counts / n
    wrong = _disagreements(weights, size)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    expected = float((wrong * np.outer(rows, columns)).sum())
    raw = float(np.trace(shares))
    if expected <= 1e-15:
        return _kappa(None, 0.0, n, level, raw)
    kappa = 1 - float((wrong * shares).sum()) / expected
    # In disagreements, the published error of the agreement form: its constants cancel.
    means = (wrong @ columns)[:, None] + (wrong.T @ rows)[None, :]
    parts = wrong - means * (1 - kappa)
    spread = float((shares * parts**2).sum()) - (expected * (1 - kappa)) ** 2
    return _kappa(kappa, sqrt(max(0.0, spread) / n) / expected, n, level, raw)


def counts_of(table: Table) -> Matrix:
    """Return a table of counts as an array.

    Raises:
        ValueError: if it is not square, has fewer than 2 marks, is empty, or holds a negative count.
    """
    import numpy as np

    counts: Matrix = np.array([list(row) for row in table], dtype=float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or len(counts) < 2:
        raise ValueError("a square table of at least 2 marks")
    if not bool(np.isfinite(counts).all()) or float(counts.min()) < 0 or not float(counts.sum()) > 0:
        raise ValueError("counts from 0, not all of them 0")
    return counts


def _disagreements(weights: str | Sequence[Sequence[float]], size: int) -> Matrix:
    import numpy as np

    if isinstance(weights, str):
        check_method(weights, ("none", "linear", "quadratic"))
        steps = abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(float)
        kinds = {"none": (steps > 0).astype(float), "linear": steps, "quadratic": steps**2}
        return kinds[weights]
    given: Matrix = np.array([list(row) for row in weights], dtype=float)
    if given.shape != (size, size) or float(given.min()) < 0 or bool(np.diag(given).any()):
        raise ValueError("disagreements: one row and column a mark, from 0, and 0 on the diagonal")
    return given


def _kappa(value: float | None, se: float, n: float, level: float, raw: float) -> Kappa:
    half = quantiles.z(level) * se
    return Kappa(
        estimate=value,
        low=-1.0 if value is None else min(value, AGREEMENT.clip(value - half)),
        high=1.0 if value is None else AGREEMENT.clip(value + half),
        level=level,
        n=round(n),
        n_eff=n,
        method="kappa",
        scale=AGREEMENT,
        warnings=("few pairs",) if n < LEAST_PAIRS else (),
        se=se,
        raw=raw,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ac1(Estimate):
    """Agreement beyond chance that does not fall when nearly all marks are alike."""

    se: float
    raw: float

    @property
    def ac1(self) -> float | None:
        """The agreement beyond chance."""
        return self.estimate


def gwet_ac1(table: Table, level: float = 0.95) -> Ac1:
    """Measure agreement beyond chance where most exchanges go well.

    Args:
        table: counts of pairs, square.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        An ``Ac1`` for independent pairs; 1 when all agree.

    Raises:
        ValueError: if the table is not square, empty or negative, or holds fewer than 2 pairs.

    Source:
        K. L. Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1), 29-48.

    >>> round(gwet_ac1([[45, 2], [3, 0]]).ac1, 3)
    0.89
    """
    import numpy as np

    check_level(level)
    counts = counts_of(table)
    n, size = float(counts.sum()), len(counts)
    if n < 2:
        raise ValueError("agreement needs at least 2 pairs")
    shares = counts / n
    marks = (shares.sum(axis=0) + shares.sum(axis=1)) / 2
    raw, chance = float(np.trace(shares)), float((marks * (1 - marks)).sum()) / (size - 1)
    ac1 = (raw - chance) / (1 - chance)
    # What each pair adds: its own agreement, less what it adds to chance.
    own = (np.eye(size) - chance) / (1 - chance)
    added = ((1 - marks)[:, None] + (1 - marks)[None, :]) / 2 / (size - 1)
    each = own - 2 * (1 - ac1) * (added - chance) / (1 - chance)
    se = sqrt(max(0.0, float((shares * (each - ac1) ** 2).sum())) / (n - 1))
    half = quantiles.z(level) * se
    return Ac1(
        estimate=ac1,
        low=AGREEMENT.clip(ac1 - half),
        high=AGREEMENT.clip(ac1 + half),
        level=level,
        n=round(n),
        n_eff=n,
        method="ac1",
        scale=AGREEMENT,
        warnings=("few pairs",) if n < LEAST_PAIRS else (),
        se=se,
        raw=raw,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Homogeneity:
    """Whether one side is kinder than the other on the whole."""

    statistic: float
    df: int
    p_value: float


def marginal_homogeneity(table: Table) -> Homogeneity:
    """Test whether both sides give each mark as often (Stuart and Maxwell).

    Marks on which nobody ever differs are left out; nothing is added to empty cells.

    Args:
        table: counts of pairs, square.

    Returns:
        The statistic, its degrees of freedom and its p; 0, 0 and 1 when nobody ever differs.

    Raises:
        ValueError: if the table is not square, empty or negative.

    Source:
        A. Stuart (1955), Biometrika 42, 412-416; A. E. Maxwell (1970), British Journal of Psychiatry 116.
    """
    import numpy as np
    from scipy.special import chdtrc

    counts = counts_of(table)
    gaps = counts.sum(axis=1) - counts.sum(axis=0)
    differing = counts + counts.T
    np.fill_diagonal(differing, 0)
    inner = np.diag(differing.sum(axis=1)) - differing
    # Marks fall into sets that no pair links; each set adds up to zero and loses one degree of freedom.
    df = int(np.linalg.matrix_rank(inner, tol=1e-9 * max(1.0, float(abs(inner).max()))))
    if df == 0:
        return Homogeneity(statistic=0.0, df=0, p_value=1.0)
    statistic = float(gaps @ np.linalg.pinv(inner, rcond=1e-12, hermitian=True) @ gaps)
    return Homogeneity(statistic=statistic, df=df, p_value=float(chdtrc(df, statistic)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrants:
    """How many exchanges both found good, both found bad, or one side only found good."""

    symmetric_high: int
    symmetric_low: int
    customer_only: int
    adviser_only: int

    @property
    def n(self) -> int:
        """All the pairs."""
        return self.symmetric_high + self.symmetric_low + self.customer_only + self.adviser_only


def quadrants(
    customer: Sequence[float], adviser: Sequence[float], cut: float, adviser_cut: float | None = None
) -> Quadrants:
    """Count the four views of one exchange; a mark from the cut up is good.

    Args:
        customer: the customer's mark of each exchange, finite.
        adviser: the adviser's mark of the same exchanges.
        cut: the lowest mark that is good; announced beforehand.
        adviser_cut: the same for advisers, where their scale differs.

    Returns:
        A ``Quadrants``: ``adviser_only`` is the blind spot, ``customer_only`` what advisers took upon
        themselves.

    Raises:
        ValueError: if lengths differ or a mark is not finite.

    >>> quadrants([5, 5, 1, 2], [4, 1, 5, 1], 4)
    Quadrants(symmetric_high=1, symmetric_low=1, customer_only=1, adviser_only=1)
    """
    if len(customer) != len(adviser) or not all(isfinite(mark) for mark in (*customer, *adviser)):
        raise ValueError("one finite mark of each side an exchange")
    least = cut if adviser_cut is None else adviser_cut
    seen = [(one >= cut, other >= least) for one, other in zip(customer, adviser, strict=True)]
    return Quadrants(
        symmetric_high=seen.count((True, True)),
        symmetric_low=seen.count((False, False)),
        customer_only=seen.count((True, False)),
        adviser_only=seen.count((False, True)),
    )


def mean_gap(table: Table) -> float:
    """Return how many marks the columns' side lies above the rows' side on average.

    Args:
        table: square table of counts, rows one side and columns the other, marks in their order; not empty.
    """
    counts = [list(row) for row in table]
    whole = fsum(fsum(row) for row in counts)
    return fsum((j - i) * count for i, row in enumerate(counts) for j, count in enumerate(row)) / whole
