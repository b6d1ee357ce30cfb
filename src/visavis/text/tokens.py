"""Texts cut into words, all of a batch at once, each word knowing where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

# A word (accents may be apart), or one pictograph.
WORD: Final = re.compile(r"([^\W_][\w\u0300-\u036f]*|[\u2600-\u27bf\U0001f300-\U0001faff])")

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Numbering(dict[str, int]):
    """Gives each new string the next number."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a batch of texts and what separates them.

    ``words`` and ``gaps`` hold each different string once; the arrays have one entry a word (``gap``: what
    stands before the word) except ``tail``, one a text: what stands after its last word.
    """

    size: int
    words: list[str]
    gaps: list[str]
    text: Ints
    word: Ints
    gap: Ints
    start: Ints
    end: Ints
    tail: Ints
    first: Ints


def tokenize(texts: Sequence[str]) -> Tokens:
    """Cut ``texts`` into words.

    Args:
        texts: any strings; nothing in them makes this fail, and the time is linear in their length.

    Returns:
        The words with their places: ``texts[text[i]][start[i]:end[i]] == words[word[i]]``.
    """
    pieces = [WORD.split(text) for text in texts]
    counts = np.fromiter((len(parts) // 2 for parts in pieces), np.int64, len(pieces))
    word_names, gap_names = Numbering(), Numbering()
    words = _numbered(word_names, (parts[1::2] for parts in pieces))
    gaps = _numbered(gap_names, (parts[::2] for parts in pieces))
    lasts = np.cumsum(counts + 1) - 1 if pieces else np.zeros(0, np.int64)
    before = np.ones(len(gaps), np.bool_)
    before[lasts] = False
    first = np.cumsum(counts) - counts
    start, end = _places(word_names, gap_names, words, gaps[before], first, counts)
    return Tokens(
        size=len(pieces),
        words=list(word_names),
        gaps=list(gap_names),
        text=np.repeat(np.arange(len(pieces)), counts),
        word=words,
        gap=gaps[before],
        start=start,
        end=end,
        tail=gaps[lasts],
        first=np.append(first, len(words)),
    )


def _numbered(names: Numbering, pieces: Iterable[list[str]]) -> Ints:
    """The number of each string."""
    return np.fromiter(map(names.__getitem__, chain.from_iterable(pieces)), np.int64)


def _places(
    words: Numbering, gaps: Numbering, word: Ints, gap: Ints, first: Ints, counts: Ints
) -> tuple[Ints, Ints]:
    """Where each word starts and ends in its own text."""
    length = np.fromiter(map(len, words), np.int64, len(words))[word]
    blank = np.fromiter(map(len, gaps), np.int64, len(gaps))[gap]
    ends = np.cumsum(length + blank)
    origin = np.append(0, ends)[first]
    ends -= np.repeat(origin, counts)
    return ends - length, ends
