"""The same respondents asked twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import POINTS, Difference, check_level


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDifference(Difference):
    """A difference between two answers of the same people."""

    t: float | None
    df: int


def nps_paired_difference(table: Sequence[Sequence[int]], level: float = 0.95) -> PairedDifference:
    """Estimate how many points the same respondents moved between two waves.

    Student's interval on ``after - before`` of +1, 0 and -1. From 30 respondents on: with fewer, changes
    are too few for the law of Student.

    Args:
        table: rows promoters, passives, detractors before; columns the same after. At least 2 people.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``PairedDifference`` in points (after minus before), with ``se``, ``t`` and its ``df``; ``t`` and
        ``p_value`` are ``None`` when everybody moved alike.

    Raises:
        ValueError: if the table is not 3 by 3, a count is negative, or there are fewer than 2 people.

    Source:
        Student (1908), Biometrika 6(1), 1-25, on pairs.

    >>> nps_paired_difference([[20, 5, 1], [8, 15, 4], [3, 6, 18]]).difference
    11.25
    """
    check_level(level)
    if [len(row) for row in table] != [3, 3, 3] or min(min(row) for row in table) < 0:
        raise ValueError("a table of three rows and three columns of counts from 0")
    # Worth 1, 0 and -1: a step from row i to column j moves i - j.
    cells = [(i - j, table[i][j]) for i in range(3) for j in range(3)]
    n = sum(count for _, count in cells)
    if n < 2:
        raise ValueError(f"a paired difference needs at least 2 people, got {n}")
    mean = sum(step * count for step, count in cells) / n
    spread = sum(count * (step - mean) ** 2 for step, count in cells) / (n - 1)
    se = sqrt(spread / n)
    half = quantiles.t(level, n - 1) * se
    return PairedDifference(
        difference=100 * mean,
        observed=100 * mean,
        low=max(-200.0, 100 * (mean - half)),
        high=min(200.0, 100 * (mean + half)),
        level=level,
        counts=(n, n),
        method="paired_t",
        scale=POINTS,
        se=100 * se,
        p_value=quantiles.two_sided_t(mean / se, n - 1) if se else None,
        warnings=() if se else ("no spread",),
        t=mean / se if se else None,
        df=n - 1,
    )
