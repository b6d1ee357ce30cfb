"""Printed figures undone exactly: the whole counts that give a value, an interval and n once rounded.

The design effect that widens the intervals of exchanges is not printed: whichever explains the ends is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from visavis.measure.quantiles import z
from visavis.measure.shrinkage import random_effects

_NEAR = 1e-9
_REACH = z(0.95)
#: Largest part of a place that may stand on either side, as double attention tells it.
_LOOSE = 0.1


@dataclass(frozen=True)
class Printed:
    """A figure as it is written: its value, both ends of its interval, how far each is rounded."""

    value: float
    low: float
    high: float
    half: float
    half_of_ends: float


Worth = tuple[float, float]


def worths(times: int, n: int, printed: Printed, high_times: int | None = None) -> Worth | None:
    """How many answers some of them may be worth for the interval that is written; none if no number fits.

    Args:
        times: how many of ``n`` the value and the low end tell.
        n: of how many.
        printed: the figure.
        high_times: how many the high end tells; as many by default.
    """
    if abs(times / n - printed.value) > printed.half + _NEAR:
        return None
    least, most = 0.25, float(n)
    lows = _between(
        lambda worth: _wilson(times / n, worth)[0], printed.low, printed.half_of_ends, least, most
    )
    last = times if high_times is None else high_times
    highs = _between(
        lambda worth: -_wilson(last / n, worth)[1], -printed.high, printed.half_of_ends, least, most
    )
    low, high = max(lows[0], highs[0]), min(lows[1], highs[1])
    return (low, high) if low <= high + _NEAR else None


def _between(rising: Callable[[float], float], end: float, half: float, least: float, most: float) -> Worth:
    """Where a function that never falls comes within ``half`` of ``end``; nothing is ``(inf, -inf)``."""
    half += _NEAR
    if rising(most) < end - half or rising(least) > end + half:
        return inf, -inf
    low = (
        least if rising(least) >= end - half else _crossing(lambda at: rising(at) >= end - half, least, most)
    )
    high = most if rising(most) <= end + half else _crossing(lambda at: rising(at) > end + half, least, most)
    return low * (1 - 1e-6), high * (1 + 1e-6)


def _crossing(past: Callable[[float], bool], least: float, most: float) -> float:
    for _ in range(40):
        middle = (least + most) / 2
        least, most = (least, middle) if past(middle) else (middle, most)
    return (least + most) / 2


def _wilson(p: float, worth: float) -> tuple[float, float]:
    z2 = _REACH**2
    centre = (p + z2 / (2 * worth)) / (1 + z2 / worth)
    half = _REACH / (1 + z2 / worth) * (p * (1 - p) / worth + z2 / (4 * worth**2)) ** 0.5
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def fours(n: int, printed: Sequence[Printed]) -> list[tuple[int, ...]]:
    """Every way in which ``n`` exchanges fall into views whose figures are all written, as they are written.

    Args:
        n: exchanges.
        printed: the figure of each view; together they are all the exchanges.
    """
    fits = [[(times, worth) for times in range(n + 1) if (worth := worths(times, n, one))] for one in printed]
    return list(_together(fits, n, (0.0, inf)))


def _together(
    fits: Sequence[Sequence[tuple[int, Worth]]], left: int, worth: Worth
) -> Iterator[tuple[int, ...]]:
    """Choices of one count a view that sum to what is left, all explained by one design effect."""
    if not fits:
        if not left:
            yield ()
        return
    for times, (low, high) in fits[0]:
        both = max(low, worth[0]), min(high, worth[1])
        if times <= left and both[0] <= both[1] + _NEAR:
            yield from ((times, *rest) for rest in _together(fits[1:], left - times, both))


def times(n: int, printed: Printed) -> list[int]:
    """How many of ``n`` a share that is written may be of."""
    return [count for count in range(n + 1) if worths(count, n, printed)]


def lived(n: int, satisfied: int, printed: Printed, *, blind: bool) -> list[int]:
    """How many exchanges were well lived, where views are told by bounds: the fewest, then the most.

    Args:
        n: exchanges of the place.
        satisfied: those of satisfied customers, whom the attacker knows.
        printed: the view seen by one side only: value and low end at its fewest, high end at its most.
        blind: whether that side is the adviser's.
    """
    found = []
    for good in range(n + 1):
        fewest, largest = max(0, good + satisfied - n), min(good, satisfied)
        side = good if blind else satisfied
        if largest - fewest <= _LOOSE * n and worths(side - largest, n, printed, side - fewest):
            found.append(good)
    return found


@dataclass(frozen=True)
class Drawn:
    """Teams drawn to their mean, as the attacker stands at worst: all is known of them but one team's marks.

    Attributes:
        biases: how far each team guesses above customers.
        variances: of each bias.
        customers: their mean over the questions.
        answers: of each team, over all questions.
    """

    biases: tuple[float, ...]
    variances: tuple[float, ...]
    customers: float
    answers: tuple[int, ...]

    def sums(self, team: int, printed: Printed, marks: tuple[int, int] = (1, 5)) -> list[int]:
        """Sums of marks of one team that give what is written of it."""
        n = self.answers[team]
        return [
            total
            for total in range(marks[0] * n, marks[1] * n + 1)
            if self._fits(team, total / n - self.customers, printed)
        ]

    def _fits(self, team: int, bias: float, printed: Printed) -> bool:
        biases = (*self.biases[:team], bias, *self.biases[team + 1 :])
        told = random_effects(biases, self.variances)
        value, reach = told.shrunken[team], _REACH * told.shrunken_se[team]
        ends = (value - reach - printed.low, value + reach - printed.high)
        return abs(value - printed.value) <= printed.half + _NEAR and all(
            abs(end) <= printed.half_of_ends + _NEAR for end in ends
        )
