"""The trained numbers: a small file of hashed n-grams, and the table in memory that answers for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.grams import Hashes
from visavis.text.tokens import Ints
from visavis.text.vocabulary import Column

Reals = NDArray[np.float32]

#: Where the shipped weights stand.
SHIPPED: Final = Path(__file__).with_name("weights.npz")
LANGUAGES: Final = ("fr", "en")
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_FOLD: Final = np.uint64(32)
_FILL: Final = 1.3  # slots for each n-gram at least, so that a search ends after a few steps


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

    Vocabularies keep under ``spelt`` what the pieces of a word weigh and how rare they are, under ``met`` the
    slots of the word and of the word negated.
    """

    slots: Hashes
    weight: Reals
    rarity: Reals
    size: int
    probes: int
    bias: float
    whole: Line
    clause: Line
    spelt: Column = field(init=False, default_factory=Column, compare=False, repr=False)
    met: Column = field(init=False, default_factory=Column, compare=False, repr=False)

    def find(self, numbers: Hashes) -> Ints:
        """The slot of each n-gram; 0, which weighs nothing, for an n-gram never seen."""
        place = _home(numbers, self.size) + 1
        held = self.slots[place]
        answer = np.where(held == numbers, place, 0)
        rest = np.flatnonzero((held != numbers) & (held != 0))
        wanted, place = numbers[rest], place[rest]
        for _ in range(1, self.probes):
            if not len(rest):
                break
            place += 1
            held = self.slots[place]
            found = held == wanted
            answer[rest[found]] = place[found]
            left = np.flatnonzero(~found & (held != 0))
            rest, wanted, place = rest[left], wanted[left], place[left]
        return answer


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
    home = _home(numbers, size).astype(np.int32)
    order = np.argsort(home, kind="stable").astype(np.int32)
    home = home[order]
    place = np.arange(len(numbers), dtype=np.int32)
    where = np.maximum.accumulate(home - place) + place + 1  # as near home as those before leave it
    probes = int((where - home).max(initial=0))
    slots = np.zeros(size + probes + 1, np.uint64)
    slots[0] = np.uint64(1)  # kept for "not found"
    slots[where] = numbers[order]
    columns = [np.zeros(len(slots), np.float32) for _ in range(2)]
    columns[0][where], columns[1][where] = weight[order], rarity[order]
    return _weights(slots, columns[0], columns[1], lines)


def _weights(slots: Hashes, weight: Reals, rarity: Reals, lines: NDArray[np.float64]) -> Weights:
    """A table as it is laid out: a power of two of slots, then one for "not found" and the longest search."""
    size = 1 << ((len(slots) - 2).bit_length() - 1)
    bias, *line = (float(value) for value in lines)
    probes = len(slots) - size - 1
    return Weights(slots, weight, rarity, size, probes, bias, Line(*line[:2]), Line(*line[2:]))


def laid_out(weights: Weights) -> dict[str, NDArray[Any]]:
    """The arrays of a file of weights, in the order of the table, which reading it then fills in one go."""
    filled = weights.slots != 0
    lines = (
        weights.bias,
        weights.whole.slope,
        weights.whole.shift,
        weights.clause.slope,
        weights.clause.shift,
    )
    return {
        "length": np.array(len(filled)),
        "filled": np.packbits(filled),
        "numbers": weights.slots[filled],
        "weight": weights.weight[filled].astype(np.float16),
        "rarity": weights.rarity[filled].astype(np.float16),
        "lines": np.array(lines),
    }


@cache
def shipped(language: str) -> Weights:
    """The weights of ``language`` that come with the product, read once, on first need."""
    return load(SHIPPED, language)


def load(path: Path, language: str) -> Weights:
    """Read the weights of one language from a file made by ``visavis.text.train``."""
    with np.load(path, allow_pickle=False) as file:
        filled = np.unpackbits(file[f"{language}_filled"], count=int(file[f"{language}_length"])) != 0
        slots = np.zeros(len(filled), np.uint64)
        weight, rarity = np.zeros(len(filled), np.float32), np.zeros(len(filled), np.float32)
        for column, name in ((slots, "numbers"), (weight, "weight"), (rarity, "rarity")):
            column[filled] = file[f"{language}_{name}"]
        return _weights(slots, weight, rarity, file[f"{language}_lines"])
