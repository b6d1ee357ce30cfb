"""Measures of agreement undone: what a kappa, an AC1, limits and a mean gap leave of advisers' answers.

The attacker knows each customer's mark, so that of every coefficient one side only is unknown. The design
effect widens intervals and leaves values: values alone are undone here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.listen.releases.inverting import Printed, times
from visavis.measure.quantiles import z

_NEAR = 1e-9
Ends = tuple[float, float]


@dataclass(frozen=True)
class Rounded:
    """A number as it is written, and how far it may be rounded."""

    value: float
    half: float

    @property
    def ends(self) -> Ends:
        return self.value - self.half, self.value + self.half


def sides(n: int, satisfied: int, same: Printed, ac1: Rounded) -> list[tuple[int, int]]:
    """How many exchanges of satisfied, then of other customers were well lived: all that gives the figures.

    Args:
        n: exchanges.
        satisfied: those of satisfied customers.
        same: share of exchanges good, or bad, on both sides.
        ac1: agreement on good or bad, after K. L. Gwet (2008).
    """
    good, other = np.meshgrid(np.arange(satisfied + 1), np.arange(n - satisfied + 1), indexing="ij")
    agreed = good + (n - satisfied - other)
    middle = (satisfied + good + other) / (2 * n)
    chance = 2 * middle * (1 - middle)
    told = (agreed / n - chance) / (1 - chance)
    fits = (abs(told - ac1.value) <= ac1.half + _NEAR) & np.isin(agreed, times(n, same))
    return [(int(one), int(two)) for one, two in zip(*np.nonzero(fits), strict=True)]


def squares(n: int, gap: Rounded, limits: Rounded, kappa: Rounded, marks: Sequence[int]) -> tuple[Ends, Ends]:
    """The sum of squared gaps between both sides, then the sum of squares of advisers' marks.

    Args:
        n: exchanges.
        gap: adviser's mark less customer's, on average.
        limits: half of the way between the limits where 19 gaps in 20 lie.
        kappa: with quadratic weights: 1 less the mean squared gap, divided by what chance would give.
        marks: of the customers.
    """
    reach = z(0.95)
    spread = max(0.0, limits.ends[0]) / reach, limits.ends[1] / reach
    least = 0.0 if gap.ends[0] <= 0 <= gap.ends[1] else min(abs(end) for end in gap.ends)
    most = max(abs(end) for end in gap.ends)
    gaps = (n - 1) * spread[0] ** 2 + n * least**2, (n - 1) * spread[1] ** 2 + n * most**2
    by_chance = gaps[0] / n / (1 - kappa.ends[0]), gaps[1] / n / max(_NEAR, 1 - kappa.ends[1])
    mean, power = sum(marks) / n, sum(mark * mark for mark in marks) / n
    means = [mean + end for end in gap.ends]
    told = [n * (end - power + 2 * mean * at) for end, at in zip(by_chance, means, strict=True)]
    return gaps, (told[0], told[1])
