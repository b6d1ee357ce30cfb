"""What of a gap comes from who was asked about what (the mix), and what comes from the service itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum, sqrt
from typing import NamedTuple, TypeVar

from visavis.measure import quantiles
from visavis.measure.estimates import SHARE, Difference, check_level
from visavis.measure.shares import proportion_difference


class Cell(NamedTuple):
    """Answers of one kind: how many said yes, of how many."""

    successes: int
    n: int


Kind = TypeVar("Kind", bound=Hashable)
Cells = Mapping[Kind, Cell]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A change of a share, cut in two that add up: ``total = mix + own``.

    ``mix`` is what would have happened if each kind of request had kept its own share of satisfied
    customers; ``own`` what happened at equal requests. ``alone`` counts the answers of the newer side whose
    kind was absent before: no own change can be seen there.
    """

    total: Difference
    mix: Difference
    own: Difference
    alone: int


def mix_decomposition(now: Cells[Kind], before: Cells[Kind], level: float = 0.95) -> Decomposition:
    """Cut the change of a share into what its mix explains and its own effect.

    Args:
        now: by kind of request (reason, channel…, any key): satisfied answers and answers, newer side.
        before: the same for the older side; kinds may differ.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        ``own = Σ (w₁ + w₀)/2 (p₁ - p₀)`` over kinds present on both sides, ``mix`` the rest:
        ``Σ (w₁ - w₀)(p₁ + p₀)/2``, a kind present on one side only having the same share on both. Intervals
        by the delta method, each share moved one yes and one no towards one half (Agresti and Caffo), the
        weights as those of a sample.

    Raises:
        ValueError: if counts are impossible, a side has no answer, or ``level`` is not inside (0, 1).

    Source:
        E. M. Kitagawa (1955), Components of a difference between two rates, JASA 50(272), 1168-1194.
        A. Agresti and B. Caffo (2000), The American Statistician 54(4), 280-288.

    >>> before = {"easy": Cell(72, 80), "hard": Cell(12, 20)}
    >>> d = mix_decomposition({"easy": Cell(18, 20), "hard": Cell(48, 80)}, before)
    >>> round(d.total.observed, 3), round(d.mix.observed, 3), round(d.own.observed, 3)
    (-0.18, -0.18, 0.0)
    """
    check_level(level)
    sizes = _size(now), _size(before)
    if not all(sizes):
        raise ValueError("each side needs answers: there is nothing to decompose")
    kinds = list(_kinds(now, before, sizes))
    own = fsum(kind.common * kind.gap for kind in kinds)
    moved = fsum(kind.shift * kind.middle for kind in kinds)
    own_variance = fsum(kind.common**2 * kind.variance for kind in kinds)
    moved_variance = fsum(kind.shift**2 * kind.variance / 4 for kind in kinds)
    moved_variance += sum(
        _variance_of_mix([(kind.weights[side], kind.middle) for kind in kinds]) / sizes[side]
        for side in (0, 1)
    )
    counts = sizes
    total = proportion_difference(
        sum(cell.successes for cell in now.values()),
        sizes[0],
        sum(cell.successes for cell in before.values()),
        sizes[1],
        level,
    )
    return Decomposition(
        total,
        _difference(moved, moved_variance, counts, level, "kitagawa_mix"),
        _difference(own, own_variance, counts, level, "kitagawa_own"),
        sum(cell.n for key, cell in now.items() if not before.get(key, _NONE).n),
    )


def adjusted_difference(first: Cells[Kind], second: Cells[Kind], level: float = 0.95) -> Difference:
    """Compare two shares at equal requests: the mean gap within kinds, over the kinds both sides have.

    Args:
        first: by kind of request: satisfied answers and answers of the side that is looked at.
        second: the same for the side it is compared with.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        Mantel and Haenszel's risk difference ``Σ n₁n₂/N (p₁ - p₂) / Σ n₁n₂/N`` with Sato's variance, which
        stays right when kinds are many and small. ``counts`` are the answers compared, on each side.

    Raises:
        ValueError: if counts are impossible or no kind has answers on both sides.

    Source:
        N. Mantel and W. Haenszel (1959), JNCI 22(4), 719-748; T. Sato (1989), Biometrics 45(4), 1323-1324.

    >>> other = {"easy": Cell(9, 10), "hard": Cell(25, 50)}
    >>> d = adjusted_difference({"easy": Cell(40, 50), "hard": Cell(2, 5)}, other)
    >>> round(d.observed, 3)
    -0.1
    """
    check_level(level)
    _size(first), _size(second)
    both = [(first[key], second[key]) for key in first if first[key].n and second.get(key, _NONE).n]
    if not both:
        raise ValueError("no kind of request has answers on both sides: nothing can be compared")
    weight = fsum(a.n * b.n / (a.n + b.n) for a, b in both)
    gap = fsum((a.successes * b.n - b.successes * a.n) / (a.n + b.n) for a, b in both) / weight
    leaning, mixed = (fsum(terms) for terms in zip(*map(_sato, both), strict=True))
    variance = max(0.0, gap * leaning + mixed) / weight**2
    counts = sum(a.n for a, _ in both), sum(b.n for _, b in both)
    return _difference(gap, variance, counts, level, "mantel_haenszel")


_NONE = Cell(0, 0)


def _sato(pair: tuple[Cell, Cell]) -> tuple[float, float]:
    a, b = pair
    size = a.n + b.n
    leaning = (a.n**2 * b.successes - b.n**2 * a.successes + a.n * b.n * (b.n - a.n) / 2) / size**2
    mixed = (a.successes * (b.n - b.successes) + b.successes * (a.n - a.successes)) / (2 * size)
    return leaning, mixed


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of request on both sides: its weights, what changed in it, and how sure that is."""

    weights: tuple[float, float]
    middle: float
    gap: float
    variance: float

    @property
    def common(self) -> float:
        return sum(self.weights) / 2

    @property
    def shift(self) -> float:
        return self.weights[0] - self.weights[1]


def _kinds(now: Cells[Kind], before: Cells[Kind], sizes: tuple[int, int]) -> Iterator[_Kind]:
    for key in dict.fromkeys((*now, *before)):
        sides = now.get(key, _NONE), before.get(key, _NONE)
        shares = [cell.successes / cell.n for cell in sides if cell.n]
        if shares:
            weights = sides[0].n / sizes[0], sides[1].n / sizes[1]
            variance = fsum(map(_variance, sides))
            yield _Kind(weights, fsum(shares) / len(shares), shares[0] - shares[-1], variance)


def _variance(cell: Cell) -> float:
    """Of a share moved one yes and one no towards one half; none of a side without answers."""
    if not cell.n:
        return 0.0
    share = (cell.successes + 1) / (cell.n + 2)
    return share * (1 - share) / (cell.n + 2)


def _variance_of_mix(weighed: list[tuple[float, float]]) -> float:
    """How much the mean of a side moves with the kinds that happen to be drawn, times its size."""
    mean = fsum(weight * value for weight, value in weighed)
    return fsum(weight * (value - mean) ** 2 for weight, value in weighed)


def _size(cells: Cells[Kind]) -> int:
    for cell in cells.values():
        if not 0 <= cell.successes <= cell.n:
            raise ValueError(f"impossible counts: {cell.successes} of {cell.n}")
    return sum(cell.n for cell in cells.values())


def _difference(
    value: float, variance: float, counts: tuple[int, int], level: float, method: str
) -> Difference:
    error = sqrt(variance)
    half = quantiles.z(level) * error
    low, high = (max(-1.0, min(1.0, bound)) for bound in (value - half, value + half))
    return Difference(
        difference=value,
        observed=value,
        low=low,
        high=high,
        level=level,
        counts=counts,
        method=method,
        scale=SHARE,
        se=error,
    )
