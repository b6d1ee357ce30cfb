"""Two views of one exchange, as counts: the customer's mark in rows, the adviser's feeling in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from visavis.measure.agreement import Quadrants, Table
from visavis.measure.clusters import LEAST_CLUSTERS
from visavis.measure.links import CORRELATION

#: Marks and feelings go from 1 to 5; from 4 up they are good.
MARKS, GOOD_FROM = 5, 4


def table_of(counts: Mapping[str, int]) -> list[list[int]]:
    """Read pairs counted as « mark,feeling ».

    Args:
        counts: how many pairs of each: ``{"4,2": 12}``.

    Returns:
        A square of 5 marks by 5 feelings.

    Raises:
        ValueError: if a pair leaves the scales or a count is negative.

    >>> table_of({"5,1": 3})[4]
    [3, 0, 0, 0, 0]
    """
    table = [[0] * MARKS for _ in range(MARKS)]
    for pair, count in counts.items():
        mark, feeling = (int(side) for side in pair.split(","))
        if not (1 <= mark <= MARKS and 1 <= feeling <= MARKS) or count < 0:
            raise ValueError(f"a mark and a feeling from 1 to {MARKS}: {pair!r}, {count}")
        table[mark - 1][feeling - 1] += count
    return table


def quadrants_of(table: Table) -> Quadrants:
    """Fold a table of pairs into four: both good, both bad, one side only good."""
    good = GOOD_FROM - 1
    high, low = table[good:], table[:good]
    return Quadrants(
        symmetric_high=round(fsum(fsum(row[good:]) for row in high)),
        customer_only=round(fsum(fsum(row[:good]) for row in high)),
        adviser_only=round(fsum(fsum(row[good:]) for row in low)),
        symmetric_low=round(fsum(fsum(row[:good]) for row in low)),
    )


def sides_of(table: Table) -> list[list[int]]:
    """Fold a table of pairs into good and bad: customers in rows, advisers in columns, bad first."""
    four = quadrants_of(table)
    return [[four.symmetric_low, four.adviser_only], [four.customer_only, four.symmetric_high]]


def spearman_of(table: Table) -> float | None:
    """Return how far the two views give the same order, on middle ranks; ``None`` when one never varies.

    Source:
        C. Spearman (1904), American Journal of Psychology 15, 72-101.

    >>> spearman_of([[4, 0], [0, 4]])
    1.0
    """
    rows = _ranks([fsum(row) for row in table])
    columns = _ranks([fsum(column) for column in zip(*table, strict=True)])
    cells = [
        (row, column, count)
        for row, counts in zip(rows, table, strict=True)
        for column, count in zip(columns, counts, strict=True)
    ]
    together = fsum(row * column * count for row, column, count in cells)
    along, across = (fsum(cell[side] ** 2 * cell[2] for cell in cells) for side in (0, 1))
    if along <= 0 or across <= 0:
        return None
    return CORRELATION.clip(together / sqrt(along * across))


def _ranks(counts: Sequence[float]) -> list[float]:
    """The middle rank of each mark, from the middle of all."""
    whole, below, ranks = fsum(counts), 0.0, []
    for count in counts:
        ranks.append(below + count / 2 - whole / 2)
        below += count
    return ranks


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How much pairs of one team go together: what a pair more of it adds to the variance."""

    icc: float
    clusters: int

    def effect(self, n: int) -> float:
        """Return the design effect of ``n`` pairs spread over as many clusters, at least 1."""
        return 1 + max(0.0, n / self.clusters - 1) * self.icc


def spread_of(parts: Sequence[tuple[int, int]]) -> Spread | None:
    """Measure how much exchanges of one cluster go together.

    Args:
        parts: of each cluster (team), how many exchanges are of a kind, and how many there are; empty ones
            are left out.

    Returns:
        The intraclass correlation, from 0; ``None`` under 20 clusters.

    Source:
        L. Kish (1965), Survey Sampling, section 5.4: ``deff = 1 + (m - 1) icc``; variance between ultimate
        clusters over that of independent exchanges.
    """
    kept = [part for part in parts if part[1]]
    if len(kept) < LEAST_CLUSTERS:
        return None
    n = sum(size for _, size in kept)
    beyond = _design_effect(kept) - 1
    return Spread(icc=max(0.0, beyond / max(1.0, n / len(kept) - 1)), clusters=len(kept))


def _design_effect(parts: Sequence[tuple[int, int]]) -> float:
    n, hits = sum(size for _, size in parts), sum(count for count, _ in parts)
    share, count = hits / n, len(parts)
    plain = share * (1 - share) / n
    if plain == 0:
        return 1.0
    return count / (count - 1) * fsum((own - share * size) ** 2 for own, size in parts) / n**2 / plain
