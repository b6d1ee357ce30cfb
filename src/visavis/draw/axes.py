"""Scales and ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

from visavis.measure.estimates import Scale


@dataclass(frozen=True, slots=True)
class Axis:
    """Carries values from ``low``-``high`` to pixels from ``start`` to ``end`` (which may run backwards)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value; what lies outside is drawn at the end."""
        inside = min(self.high, max(self.low, value))
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, most: int = 5) -> list[float]:
        """Return at most ``most`` round values inside the axis."""
        by = step(self.high - self.low, most)
        first = ceil(round(self.low / by, 6))
        return [round(index * by, 9) for index in range(first, floor(round(self.high / by, 6)) + 1)]


def step(width: float, most: int) -> float:
    """Return the round step (1, 2 or 5 times a power of ten) that cuts ``width`` in fewer than ``most``."""
    rough = width / max(1, most - 1)
    power = 10.0 ** floor(log10(rough))
    return next(power * by for by in (1, 2, 5, 10) if power * by >= rough * (1 - 1e-9))


def reach(values: Iterable[float], scale: Scale) -> tuple[float, float]:
    """Return the round ends that hold all values without leaving their scale.

    Args:
        values: what must fit; none gives the whole scale.
        scale: the ends never to leave.

    Returns:
        Low and high, low under high.
    """
    kept = list(values)
    low, high = (min(kept), max(kept)) if kept else (scale.low, scale.high)
    by = step(max(high - low, scale.half / 10 if scale.half < float("inf") else 1.0), 5)
    bottom, top = max(scale.low, floor(low / by) * by), min(scale.high, ceil(high / by) * by)
    return (bottom, top) if bottom < top else (max(scale.low, bottom - by), min(scale.high, top + by))


def month_ticks(first: date, last: date, most: int) -> list[date]:
    """Return at most ``most`` first days of months, evenly spaced, between two days."""
    months = [
        date(index // 12, index % 12 + 1, 1)
        for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    inside = [day for day in months if first <= day <= last]
    every = next(gap for gap in (1, 2, 3, 4, 6, 12, 24, 60, 120, 6000) if len(inside) <= gap * most)
    return inside[::every]


def apart(heights: Sequence[float], gap: float, bottom: float) -> list[float]:
    """Move places as little as needed to stand ``gap`` apart, none past ``bottom``; order is kept."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    placed = list(heights)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + gap)
    limit = bottom
    for place in reversed(order):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - gap
    return placed
