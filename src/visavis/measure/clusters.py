"""Intervals of statistics of tables whose pairs come in clusters: many by one adviser, or one team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visavis.measure.agreement import Table, weighted_kappa
from visavis.measure.estimates import Estimate, Kind, Scale, check_level
from visavis.measure.mirrors import cliffs_delta_counts

#: Clusters under which a spread between them cannot be told.
LEAST_CLUSTERS = 20

#: A number drawn from one table of counts, ``None`` when it has none.
Statistic = Callable[[list[list[float]]], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterInterval(Estimate):
    """A statistic of a table with the interval that whole clusters, drawn again, give it."""

    clusters: int
    draws: int


def cluster_interval(
    parts: Sequence[Table],
    statistic: Statistic,
    level: float = 0.95,
    *,
    scale: Scale,
    draws: int = 499,
    seed: int = 0,
) -> ClusterInterval:
    """Bound a statistic of a table of counts when its pairs come in clusters.

    Whole clusters are drawn again with replacement and their tables added up; the interval holds the
    statistic itself. Percentiles fall short under some twenty clusters: refused there.

    Args:
        parts: the table of each cluster, all of one shape; empty ones are left out.
        statistic: what is drawn from the table of all.
        level: coverage wanted, strictly between 0 and 1.
        scale: the ends that the interval may not leave.
        draws: how many times clusters are drawn, from 100.
        seed: of those draws.

    Returns:
        A ``ClusterInterval``; ``n`` counts what the tables hold.

    Raises:
        ValueError: if fewer than 20 clusters hold anything, shapes differ, draws are too few, or the
            statistic of the whole has no value.

    Source:
        A. C. Davison and D. V. Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
    """
    import numpy as np

    check_level(level)
    if len({tuple(len(row) for row in part) for part in parts}) > 1 or draws < 100:
        raise ValueError("tables of one shape, and at least 100 draws")
    stacked = np.array([[list(row) for row in part] for part in parts if any(map(sum, part))], dtype=float)
    count = len(stacked)
    if count < LEAST_CLUSTERS:
        raise ValueError(f"an interval over clusters needs {LEAST_CLUSTERS} of them, got {count}")
    value = statistic(stacked.sum(axis=0).tolist())
    if value is None:
        raise ValueError("the statistic has no value on the whole table")
    source = np.random.default_rng(seed)
    weights = source.multinomial(count, [1 / count] * count, draws)
    drawn = (weights @ stacked.reshape(count, -1)).reshape(draws, *stacked.shape[1:])
    values = [one for one in map(statistic, drawn.tolist()) if one is not None]
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    n = round(float(stacked.sum()))
    return ClusterInterval(
        estimate=value,
        low=scale.clip(min(value, float(low))),
        high=scale.clip(max(value, float(high))),
        level=level,
        n=n,
        n_eff=n,
        method="cluster bootstrap",
        scale=scale,
        clusters=count,
        draws=len(values),
    )


def clustered_kappa(
    parts: Sequence[Table], weights: str = "quadratic", level: float = 0.95
) -> ClusterInterval:
    """Bound a weighted kappa over pairs that come in clusters: one table of pairs a cluster.

    Args:
        parts: square tables of counts, one a cluster, rows one side and columns the other.
        weights: as ``weighted_kappa``.
        level: coverage wanted, strictly between 0 and 1.

    Raises:
        ValueError: as ``cluster_interval`` and ``weighted_kappa``.
    """
    return cluster_interval(
        parts, lambda table: weighted_kappa(table, weights).kappa, level, scale=Scale(Kind.MARK, -1, 1)
    )


def clustered_cliffs_delta(
    parts: Sequence[tuple[Sequence[int], Sequence[int]]], level: float = 0.95
) -> ClusterInterval:
    """Bound Cliff's delta over answers that come in clusters: counts of both sides, a cluster.

    Args:
        parts: for each cluster, how many answers of each mark one side gave, and the other.
        level: coverage wanted, strictly between 0 and 1.

    Raises:
        ValueError: as ``cluster_interval`` and ``cliffs_delta_counts``.
    """

    def delta(table: list[list[float]]) -> float | None:
        first, second = ([round(count) for count in side] for side in table)
        return cliffs_delta_counts(first, second).delta if min(sum(first), sum(second)) > 1 else None

    return cluster_interval(parts, delta, level, scale=Scale(Kind.MARK, -1, 1))
