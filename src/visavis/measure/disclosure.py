"""What published figures give away: differences, combinations, margins, unanimity, rounding."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from math import ceil, comb, exp, log

from visavis.measure.estimates import check_level

#: Over this many sets to try, a listing of small groups would not end: ``measure.audits`` searches instead.
MOST_SETS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """Groups of fewer people than the floor that published groups give away, each in order."""

    disclosed: tuple[tuple[Hashable, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Places of the cells to hide, in order."""

    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellBounds:
    """Fewest and most people that each cell of a table may hold, row by row."""

    low: tuple[tuple[int, ...], ...]
    high: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseHalfWidth:
    """How far the noise goes at most, at the level asked."""

    half_width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeDisclosure:
    """Whether a cell says everybody's answer, the largest share, and how many answers occur."""

    unanimous: bool
    top_share: float
    distinct: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundedCandidates:
    """The differences promoters less detractors that a rounded NPS allows."""

    consistent: tuple[int, ...]


def differencing_pairs(groups: Mapping[str, Iterable[Hashable]], k: int) -> Disclosed:
    """Find the remainders under ``k`` of one published group inside another.

    Args:
        groups: members of each published group.
        k: fewest people of a figure, at least 1.

    Returns:
        Each remainder of 1 to ``k`` - 1 people, once, the smallest first.

    Raises:
        ValueError: if ``k`` is under 1.

    Source:
        Culture Amp, Reporting group minimums: indirect identification; G. T. Duncan, M. Elliot and
        J.-J. Salazar-González (2011), Statistical Confidentiality, ch. 4 (differencing).

    >>> differencing_pairs({"all": range(13), "technology": range(9)}, 5).disclosed
    ((9, 10, 11, 12),)
    """
    _check_floor(k)
    sets = {frozenset(members) for members in groups.values()}
    found = {large - small for small, large in permutations(sets, 2) if small < large}
    return Disclosed(disclosed=_ordered(rest for rest in found if 0 < len(rest) < k))


def linear_disclosures(groups: Mapping[str, Iterable[Hashable]], k: int) -> Disclosed:
    """Find the groups under ``k`` whose sum some combination of published sums gives exactly.

    Such a group is a union of classes of people who are in the same published groups; each union is tried, in
    exact arithmetic.

    Args:
        groups: members of each published group.
        k: fewest people of a figure, at least 1.

    Returns:
        Each group of 1 to ``k`` - 1 people, the smallest first.

    Raises:
        ValueError: if ``k`` is under 1, or if there are more than ``MOST_SETS`` unions to try.

    Source:
        Chin, F. Y. and Özsoyoğlu, G. (1982), Auditing and inference control in statistical databases, IEEE
        Transactions on Software Engineering 8, 574-582.

    >>> linear_disclosures({"a": range(5), "b": range(3, 8), "ab": range(8)}, 3).disclosed
    ((3, 4),)
    """
    _check_floor(k)
    sets = [frozenset(members) for members in groups.values()]
    classes = _classes(sets)
    basis = _echelon([[int(held[at]) for held in classes] for at in range(len(sets))])
    small = [at for at, members in enumerate(classes.values()) if len(members) < k]
    people = list(classes.values())
    if sum(comb(len(small), size) for size in range(1, k)) > MOST_SETS:
        raise ValueError("too many small groups to list: use measure.audits.audit")
    found = []
    for size in range(1, k):
        for chosen in combinations(small, size):
            group = frozenset().union(*(people[at] for at in chosen))
            row = [Fraction(at in chosen) for at in range(len(people))]
            if len(group) < k and not any(_reduced(row, basis)):
                found.append(group)
    return Disclosed(disclosed=_ordered(found))


def complementary_suppression(counts: Sequence[int], k: int) -> Hidden:
    """Choose the cells to hide beside a published total.

    Every non-empty cell under ``k``; then the smallest others, until two cells and ``k`` people at least are
    hidden.

    Args:
        counts: people of each cell, from 0.
        k: fewest people of a figure, at least 1.

    Returns:
        Places to hide; none when no cell is under ``k``.

    Raises:
        ValueError: if a count is negative or ``k`` is under 1.

    Source:
        The rule that Viva Glint and Culture Amp describe (minimum and next smallest group); L. Willenborg and
        T. de Waal (2001), Elements of Statistical Disclosure Control, ch. 6 (secondary suppression).

    >>> complementary_suppression([9, 4, 12, 7], 5).hidden
    (1, 3)
    """
    _check_floor(k)
    if min(counts, default=0) < 0:
        raise ValueError("a cell holds no negative number of people")
    hidden = [at for at, count in enumerate(counts) if 0 < count < k]
    others = sorted((count, at) for at, count in enumerate(counts) if count >= k)
    while hidden and others and (len(hidden) < 2 or sum(counts[at] for at in hidden) < k):
        hidden.append(others.pop(0)[1])
    return Hidden(hidden=tuple(sorted(hidden)))


def cell_bounds(row_totals: Sequence[int], col_totals: Sequence[int]) -> CellBounds:
    """Bound each cell of a two-way table of which only the margins are published.

    Args:
        row_totals: people of each row, from 0.
        col_totals: people of each column, from 0; same sum.

    Returns:
        ``max(0, r + c - n)`` and ``min(r, c)`` of each.

    Raises:
        ValueError: if the sums differ or a total is negative.

    Source:
        M. Fréchet (1940); A. Dobra and S. E. Fienberg (2000), PNAS 97, 11885-11892.

    >>> cell_bounds([8, 5], [6, 7]).low
    ((1, 2), (0, 0))
    """
    total = sum(row_totals)
    if total != sum(col_totals) or min([*row_totals, *col_totals], default=0) < 0:
        raise ValueError("rows and columns of one table have the same sum, and no negative total")
    return CellBounds(
        low=tuple(tuple(max(0, row + col - total) for col in col_totals) for row in row_totals),
        high=tuple(tuple(min(row, col) for col in col_totals) for row in row_totals),
    )


def geometric_noise_half_width(scale: float, level: float = 0.95) -> NoiseHalfWidth:
    """Tell how far two-sided geometric noise goes: the smallest ``a`` with ``P(|X| <= a) >= level``.

    ``P(|X| > a) = 2 r^(a + 1) / (1 + r)`` with ``r = exp(-1 / scale)``.

    Args:
        scale: sensitivity divided by epsilon, above 0.
        level: strictly between 0 and 1.

    Raises:
        ValueError: if an argument lies outside its range.

    Source:
        A. Ghosh, T. Roughgarden and M. Sundararajan (2009), STOC, 351-360.

    >>> geometric_noise_half_width(1.0).half_width
    3
    """
    check_level(level)
    if not scale > 0:
        raise ValueError(f"a scale is above 0, not {scale}")
    ratio = exp(-1 / scale)
    least = log((1 - level) * (1 + ratio) / 2) / log(ratio) - 1
    return NoiseHalfWidth(half_width=max(0, ceil(least - 1e-12)))


def attribute_disclosure(counts: Sequence[int]) -> AttributeDisclosure:
    """Tell whether a cell gives everybody's answer away, however large it is.

    Args:
        counts: people of each answer, from 0; at least one person in all.

    Raises:
        ValueError: if nobody answered or a count is negative.

    Source:
        A. Machanavajjhala et al. (2007), l-diversity, ACM TKDD 1(1).

    >>> attribute_disclosure([6, 0, 0]).unanimous
    True
    """
    total = sum(counts)
    if total < 1 or min(counts) < 0:
        raise ValueError("a cell holds at least one person, and no negative count")
    distinct = sum(count > 0 for count in counts)
    return AttributeDisclosure(unanimous=distinct == 1, top_share=max(counts) / total, distinct=distinct)


def rounded_nps_candidates(n: int, shown: float, digits: int = 0) -> RoundedCandidates:
    """Find which differences promoters less detractors round to the NPS shown.

    One candidate only, always so up to a hundred answers, means that rounding hides nothing.

    Args:
        n: answers, at least 1.
        shown: the NPS as shown, from -100 to 100.
        digits: decimals shown.

    Raises:
        ValueError: if ``n`` is under 1.

    >>> rounded_nps_candidates(6, 33).consistent
    (2,)
    """
    if n < 1:
        raise ValueError("an NPS has at least one answer")
    return RoundedCandidates(
        consistent=tuple(gap for gap in range(-n, n + 1) if round(100 * gap / n, digits) == shown)
    )


def _check_floor(k: int) -> None:
    if k < 1:
        raise ValueError(f"a floor is at least 1, not {k}")


def _ordered(groups: Iterable[frozenset[Hashable]]) -> tuple[tuple[Hashable, ...], ...]:
    listed = [tuple(sorted(group, key=_place)) for group in groups]
    return tuple(sorted(listed, key=lambda one: (len(one), [_place(member) for member in one])))


def _place(member: Hashable) -> tuple[str, object]:
    """Numbers among numbers, words among words."""
    return ("", member) if isinstance(member, int | float) else (type(member).__name__, str(member))


def _classes(sets: Sequence[frozenset[Hashable]]) -> dict[tuple[bool, ...], frozenset[Hashable]]:
    """People by the published groups that hold them."""
    classes: dict[tuple[bool, ...], set[Hashable]] = {}
    for person in frozenset().union(*sets):
        classes.setdefault(tuple(person in held for held in sets), set()).add(person)
    return {held: frozenset(members) for held, members in classes.items()}


def _echelon(rows: Sequence[Sequence[int]]) -> list[list[Fraction]]:
    basis: list[list[Fraction]] = []
    for row in rows:
        rest = _reduced([Fraction(value) for value in row], basis)
        if any(rest):
            basis.append(rest)
    return basis


def _reduced(row: list[Fraction], basis: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    for known in basis:
        lead = next(at for at, value in enumerate(known) if value)
        if row[lead]:
            times = row[lead] / known[lead]
            row = [value - times * other for value, other in zip(row, known, strict=True)]
    return row
