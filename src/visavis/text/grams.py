"""What the linear model sees of a text: numbers that stand for its words and pairs of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.clauses import Clauses
from visavis.text.tokens import Flags, Ints, Tokens

Hashes = NDArray[np.uint64]

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_TURN: Final = np.uint64(29)
_BACK: Final = np.uint64(35)
NEGATED: Final = np.uint64(0xA5A5_5A5A_C3C3_3C3C)
_LETTERS: Final = np.uint64(0x0F1E_2D3C_4B5A_6978)
_EDGE: Final = "\x1f"
#: Lengths of the pieces of words.
PIECES: Final = (3, 4, 5)
#: Marks between words that speak, and how they are known.
SPEAKING: Final = ("!!", "!", "??", "?", "...", ":)", ":(", ";)", ":d", "^^", "<3", ":/")


def digest(name: str) -> int:
    """64 bits that stand for ``name``; the name cannot be read back from them."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def speaking(gap: str) -> int:
    """The number of the mark that speaks loudest in ``gap``, 0 if none does."""
    if len(gap) < 2 and gap not in {"!", "?"}:
        return 0
    small = gap.lower().replace("…", "...").replace("! !", "!!")
    return next((digest("gap " + mark) for mark in SPEAKING if mark in small), 0)


@dataclass(frozen=True, slots=True)
class Grams:
    """Features of a batch, one entry each: its number, and the word at which it ends."""

    number: Hashes
    at: Ints


def pair(left: Hashes, right: Hashes) -> Hashes:
    """The number of two things in this order."""
    mixed: Hashes = ((left << _TURN) | (left >> _BACK)) * _SPREAD + right
    return mixed


def grams(tokens: Tokens, clauses: Clauses, known: Hashes, spoken: Flags) -> Grams:
    """List the features of a batch.

    Args:
        tokens: the words.
        clauses: their clauses and negation.
        known: ``digest`` of the shape of each different word.
        spoken: for each word of the batch, whether it says something by itself ("le", "très" do not).

    Returns:
        Words, negated words once more, then pairs within a clause: neighbours of which one says something,
        and words that say something with only small ones between them.
    """
    one = known[tokens.word]
    turned = clauses.negated
    left, right = _pairs(clauses.clause, spoken)
    numbers = (one, one[turned] ^ NEGATED, pair(one[left], one[right]))
    return Grams(
        np.concatenate(numbers), np.concatenate((np.arange(len(one)), np.flatnonzero(turned), right))
    )


def _pairs(clause: Ints, spoken: Flags) -> tuple[Ints, Ints]:
    """Places of the two words of each pair."""
    near = np.flatnonzero((clause[1:] == clause[:-1]) & (spoken[1:] | spoken[:-1]))
    say = np.flatnonzero(spoken)
    far = np.flatnonzero((np.diff(say) > 1) & (np.diff(clause[say]) == 0))
    return np.concatenate((near, say[far])), np.concatenate((near + 1, say[far + 1]))


def letters(shapes: Sequence[str]) -> Grams:
    """List the pieces of words: 3 to 5 letters in a row, the edges of the word being letters too.

    They let the model read a misspelt word, or one it never met, by its likeness to others.

    Args:
        shapes: the shape of each different word.

    Returns:
        The pieces; ``at`` is the place in ``shapes`` of the word each comes from.
    """
    joined = _EDGE + _EDGE.join(shapes) + _EDGE
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    edges = np.cumsum(codes == ord(_EDGE))
    rolled, numbers, at = pair(codes[:-1] ^ _LETTERS, codes[1:]), [], []
    for length in PIECES:
        rolled = pair(rolled[:-1], codes[length - 1 :])
        whole = edges[length - 2 : -1] == edges[: len(rolled)]
        numbers.append(rolled[whole])
        at.append(edges[: len(rolled)][whole] - 1)
    return Grams(np.concatenate(numbers), np.concatenate(at))
