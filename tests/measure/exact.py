"""Exact coverage: every possible sample, weighted by its probability."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import exp, lgamma, log


@cache
def samples(n: int, kinds: int) -> tuple[tuple[int, ...], ...]:
    """All ways to share ``n`` answers among ``kinds`` of answers."""

    def fill(left: int, places: int) -> Iterator[tuple[int, ...]]:
        if places == 1:
            yield (left,)
            return
        for first in range(left + 1):
            for rest in fill(left - first, places - 1):
                yield (first, *rest)

    return tuple(fill(n, kinds))


def chance(counts: Sequence[int], shares: Sequence[float]) -> float:
    """The multinomial probability of ``counts`` when answers fall with ``shares``, all above 0."""
    logs = (count * log(share) - lgamma(count + 1) for count, share in zip(counts, shares, strict=True))
    return exp(lgamma(sum(counts) + 1) + sum(logs))


def coverage(
    n: int, shares: Sequence[float], truth: float, interval: Callable[[Sequence[int]], tuple[float, float]]
) -> float:
    """How often the interval of a sample of ``n`` holds the truth."""
    held = 0.0
    for counts in samples(n, len(shares)):
        low, high = interval(counts)
        if low <= truth <= high:
            held += chance(counts, shares)
    return held
