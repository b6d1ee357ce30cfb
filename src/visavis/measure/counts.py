"""How far a number a period moved, when periods differ more than chance alone makes them."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import UNBOUNDED, Difference, check_level

#: Added to the events of a side for its variance: a side without any still has a width.
_HALF = 0.5


def rate_difference(after: Sequence[int], before: Sequence[int], level: float = 0.95) -> Difference:
    """Estimate how far the mean number a period moved, with an overdispersed (quasi-Poisson) interval.

    The variance of a period is ``phi`` times its mean; ``phi`` is Pearson's, each side about its own mean,
    never under 1: returns come by campaigns and by weeks, a Poisson interval would be too short.

    Args:
        after: one number from 0 a period, since it moved; at least 1.
        before: the same before; with ``after`` at least 4 periods.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Difference`` in events a period. ``counts`` are the events of both sides together: a side
        without any is a finding, not a lack of answers.

    Raises:
        ValueError: if a number is under 0, a side is empty or there are under 4 periods.

    Source:
        P. McCullagh and J. A. Nelder (1989), Generalized Linear Models, 2nd ed., §6.2.3; Student quantile
        on the periods less two.

    >>> found = rate_difference([10, 12, 8], [20, 22, 18, 20])
    >>> found.observed, found.excludes_zero
    (-10.0, True)
    """
    check_level(level)
    sides = (after, before)
    periods = len(after) + len(before)
    if not after or not before or periods < 4 or min(*after, *before) < 0:
        raise ValueError("numbers from 0 on both sides, 4 periods at least")
    means = [fsum(side) / len(side) for side in sides]
    held = [(value, mean) for side, mean in zip(sides, means, strict=True) for value in side if mean > 0]
    phi = max(1.0, fsum((value - mean) ** 2 / mean for value, mean in held) / (periods - 2))
    se = sqrt(phi * sum((sum(side) + _HALF) / len(side) ** 2 for side in sides))
    gap, half = means[0] - means[1], quantiles.t(level, periods - 2) * se
    whole = sum(after) + sum(before)
    return Difference(
        difference=gap, observed=gap, low=gap - half, high=gap + half, level=level, counts=(whole, whole),
        method="quasi-Poisson", scale=UNBOUNDED, se=se, p_value=quantiles.two_sided_t(gap / se, periods - 2),
    )  # fmt: skip
