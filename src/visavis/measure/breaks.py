"""Where a series changes level for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum, isfinite


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanShift:
    """The split of a series into two levels that fits it best.

    ``break_after`` counts the values of the first level: the last of them has place ``break_after - 1``.
    """

    break_after: int
    rss: float
    mean_before: float
    mean_after: float


def single_mean_shift(y: Sequence[float], min_segment: int = 2) -> MeanShift:
    """Find the split into two levels that leaves the least sum of squares.

    It dates a break; it does not prove one: a series without any also has a best split. Ask a control
    chart whether there is one. Among equal splits the earliest is returned.

    Args:
        y: one finite value a period, in time order; at least ``2 * min_segment``.
        min_segment: least number of values on each side, at least 1.

    Returns:
        How many values precede the break, the remaining sum of squares, and the two means.

    Raises:
        ValueError: if the series is too short or not finite.

    Source:
        G. W. Cobb (1978), Biometrika 65(2), 243-251, data; J. Bai (1994), Journal of Time Series Analysis
        15(5), 453-472, least squares estimate of the date.

    >>> single_mean_shift([1, 1, 2, 1, 9, 8, 9, 9]).break_after
    4
    """
    size = len(y)
    if min_segment < 1 or size < 2 * min_segment:
        raise ValueError(f"two levels of {min_segment} values need more than {size}")
    if not all(isfinite(value) for value in y):
        raise ValueError("a series needs finite values")
    middle = fsum(y) / size
    sums = list(accumulate(value - middle for value in y))
    gains = {
        k: sums[k - 1] ** 2 * size / (k * (size - k)) for k in range(min_segment, size - min_segment + 1)
    }
    best = max(gains.values())
    # Equal splits differ by rounding alone.
    split = min(k for k, gain in gains.items() if gain >= best - 1e-12 * abs(best))
    before, after = fsum(y[:split]) / split, fsum(y[split:]) / (size - split)
    rss = fsum((value - (before if k < split else after)) ** 2 for k, value in enumerate(y))
    return MeanShift(break_after=split, rss=rss, mean_before=before, mean_after=after)
