"""How many people a figure of employees needs. Options and settings may only raise these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from visavis.people.access.policy import smallest_group

_COMMENTS: Final = 10
_CROSSED: Final = 10
_SENSITIVE: Final = 11
#: Fewest comments of a level: one alone, among ten people, would be somebody's.
FEWEST_COMMENTS: Final = 5


@dataclass(frozen=True, slots=True)
class Floors:
    """Fewest people of a figure, around a comment, of a crossed cell, on a sensitive topic."""

    scores: int
    comments: int
    crossed: int
    sensitive: int


def floors() -> Floors:
    """Those of today, for the releases to come: what was released keeps its own."""
    least = smallest_group()
    return Floors(least, max(least, _COMMENTS), max(least, _CROSSED), max(least, _SENSITIVE))
