"""The trained numbers: a small file of hashed n-grams, and the table in memory that answers for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.grams import Hashes
from visavis.text.tokens import Ints

Reals = NDArray[np.float32]

#: Where the shipped weights stand.
SHIPPED: Final = Path(__file__).with_name("weights.npz")
LANGUAGES: Final = ("fr", "en")
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_FOLD: Final = np.uint64(32)
_FILL: Final = 1.5  # slots for each n-gram at least, so that a search ends after a few steps
_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through a logistic: how a raw score becomes a probability (Platt, 1999)."""

    slope: float
    shift: float

    def probability(self, score: Reals) -> Reals:
        """Probability (0 to 1) that the author is content, from raw scores."""
        bounded = np.clip(self.slope * score + self.shift, -30, 30)
        answer: Reals = (1 / (1 + np.exp(-bounded))).astype(np.float32)
        return answer


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model of one language: what each n-gram weighs, how rare it is, and two calibrations.

    ``spelt`` remembers what the pieces of a word weigh and how rare they are, together.
    """

    slots: Hashes
    weight: Reals
    rarity: Reals
    probes: int
    bias: float
    whole: Line
    clause: Line
    spelt: dict[str, tuple[float, float]] = field(init=False, default_factory=dict, compare=False, repr=False)

    def find(self, numbers: Hashes) -> Ints:
        """The slot of each n-gram; 0, which weighs nothing, for an n-gram never seen."""
        mask = len(self.slots) - 1
        place = _home(numbers, len(self.slots))
        found = self.slots[place] == numbers
        answer = np.where(found, place, 0)
        rest = np.flatnonzero(~found & (self.slots[place] != 0))
        for step in range(1, self.probes):
            if not len(rest):
                break
            there = (place[rest] + step) & mask
            held = self.slots[there]
            answer[rest] = np.where(held == numbers[rest], there, answer[rest])
            rest = rest[(held != numbers[rest]) & (held != 0)]
        return answer

    def remember(self, words: Sequence[str], spelt: Sequence[tuple[float, float]]) -> None:
        """Keep what the pieces of ``words`` come to; forget everything when that has grown too big."""
        if len(self.spelt) > _REMEMBERED:
            self.spelt.clear()
        self.spelt.update(zip(words, spelt, strict=True))


def _home(numbers: Hashes, size: int) -> Ints:
    """The slot where the search of each number starts: its best mixed bits."""
    shift = np.uint64(64 - (size.bit_length() - 1))
    return (((numbers ^ (numbers >> _FOLD)) * _SPREAD) >> shift).astype(np.int64)


def build(numbers: Hashes, weight: Reals, rarity: Reals, lines: NDArray[np.float64]) -> Weights:
    """Lay n-grams out in a table with open addressing.

    Args:
        numbers: the hashes, each once.
        weight: what each adds to the raw score.
        rarity: squared inverse document frequency, which the length of a text is measured in.
        lines: bias; slope and shift for whole texts; slope and shift for clauses.
    """
    size = 1 << int(len(numbers) * _FILL).bit_length()
    slots = np.zeros(size, np.uint64)
    slots[0] = np.uint64(1)  # kept for "not found"
    left, probes = np.arange(len(numbers)), 0
    home = _home(numbers, size)
    where = np.zeros(len(numbers), np.int64)
    while len(left):
        wanted = (home[left] + probes) & (size - 1)
        free, chosen = np.unique(wanted, return_index=True)
        taken = chosen[slots[free] == 0]
        where[left[taken]] = wanted[taken]
        slots[wanted[taken]] = numbers[left[taken]]
        left = np.delete(left, taken)
        probes += 1
    columns = [np.zeros(size, np.float32) for _ in range(2)]
    columns[0][where], columns[1][where] = weight, rarity
    bias, *line = (float(value) for value in lines)
    return Weights(slots, columns[0], columns[1], probes, bias, Line(*line[:2]), Line(*line[2:]))


@cache
def shipped(language: str) -> Weights:
    """The weights of ``language`` that come with the product, read once, on first need."""
    return load(SHIPPED, language)


def load(path: Path, language: str) -> Weights:
    """Read the weights of one language from a file made by ``visavis.text.train``."""
    with np.load(path, allow_pickle=False) as file:
        numbers, weight, rarity, lines = (
            file[f"{language}_{name}"] for name in ("numbers", "weight", "rarity", "lines")
        )
    return build(numbers, weight.astype(np.float32), rarity.astype(np.float32), lines)
