"""What every statistic returns: a value, how sure it is, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

#: Under this many answers no figure is shown.
FLOOR = 5
#: From this many answers on, a figure may be compared with another.
FULL_FROM = 30


class Display(StrEnum):
    """How much of a figure may be shown."""

    FULL = "full"
    INDICATIVE = "indicative"
    HIDDEN = "hidden"


def display_for(n: int) -> Display:
    """Say how much may be shown of a figure that rests on ``n`` answers.

    >>> [str(display_for(n)) for n in (4, 5, 29, 30)]
    ['hidden', 'indicative', 'indicative', 'full']
    """
    if n < FLOOR:
        return Display.HIDDEN
    return Display.INDICATIVE if n < FULL_FROM else Display.FULL


class Kind(StrEnum):
    """The unit of a figure."""

    SHARE = "share"
    POINTS = "points"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit of a figure and the ends it can never leave."""

    kind: Kind
    low: float
    high: float

    def clip(self, value: float) -> float:
        """Bring ``value`` back between the ends of the scale."""
        return min(self.high, max(self.low, value))

    @property
    def middle(self) -> float:
        """The point at equal distance of both ends."""
        return (self.low + self.high) / 2

    @property
    def half(self) -> float:
        """The distance from the middle to either end."""
        return (self.high - self.low) / 2


#: A fraction from 0 to 1.
SHARE = Scale(Kind.SHARE, 0.0, 1.0)
#: A net score from -100 to 100 points.
POINTS = Scale(Kind.POINTS, -100.0, 100.0)
#: A quantity without ends.
UNBOUNDED = Scale(Kind.MARK, float("-inf"), float("inf"))


def marks(low: float = 1, high: float = 5) -> Scale:
    """Return the scale of marks given from ``low`` to ``high``.

    Raises:
        ValueError: if ``low`` is not under ``high``.
    """
    if not low < high:
        raise ValueError(f"a scale of marks goes up: {low} to {high}")
    return Scale(Kind.MARK, low, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number that says how sure it is: value, interval in the same unit, and what it rests on.

    ``estimate`` is what was observed, ``None`` without any answer. ``low`` and ``high`` bound the interval
    of coverage ``level``; ``n`` counts answers, ``n_eff`` what they are worth after weights and clusters.
    """

    estimate: float | None
    low: float
    high: float
    level: float
    n: int
    n_eff: float
    method: str
    scale: Scale = SHARE
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_interval(self.low, self.high)
        check_level(self.level)
        if self.n < 0:
            raise ValueError(f"a number of answers cannot be {self.n}")

    @property
    def display(self) -> Display:
        """How much of it may be shown."""
        return display_for(self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How far two figures of one scale lie apart, with its interval.

    ``observed`` is the difference of the two figures as shown; ``difference`` the centre that the method
    works with (the same but for adjusted methods). ``counts`` are the answers on each side, those of the
    newer period (or of the group that is looked at) first.
    """

    difference: float
    observed: float
    low: float
    high: float
    level: float
    counts: tuple[int, int]
    method: str
    scale: Scale = SHARE
    se: float | None = None
    p_value: float | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_interval(self.low, self.high)
        check_level(self.level)

    @property
    def n(self) -> int:
        """Answers on the side that has fewest: it decides what may be said."""
        return min(self.counts)

    @property
    def display(self) -> Display:
        """How much of it may be shown."""
        return display_for(self.n)

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def _check_interval(low: float, high: float) -> None:
    if not (isfinite(low) and isfinite(high) and low <= high):
        raise ValueError(f"an interval goes from a finite number up to another: {low} to {high}")


def check_level(level: float) -> None:
    """Refuse a coverage that is not strictly between 0 and 1.

    Raises:
        ValueError: if it is not.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie strictly between 0 and 1, got {level}")


def check_method(method: str, known: tuple[str, ...]) -> None:
    """Refuse the name of a method that the caller's statistic does not have.

    Raises:
        ValueError: naming those that it has.
    """
    if method not in known:
        raise ValueError(f"unknown method {method!r}: choose one of {', '.join(known)}")
