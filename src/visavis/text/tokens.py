"""Texts cut into words, all of a batch at once, each word knowing where it stood."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

# A word (accents may be apart), or one pictograph.
WORD: Final = re.compile(r"([^\W_][\w\u0300-\u036f]*|[\u2600-\u27bf\U0001f300-\U0001faff])")

#: What a character may do in ``WORD``: start it, stand in it, be one by itself.
_KNOWN, _STARTS, _INSIDE, _PICTURE = 1, 2, 4, 8
#: For each character, what it may do, 0 before anybody asked.
_ROLES: Final = np.zeros(0x110000, np.uint8)
#: Stands between texts, and in place of what separates words.
_EDGE: Final = "\n"

Codes = NDArray[np.uint32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


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
    joined = _EDGE.join((*texts, ""))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    opens, shuts, names = _words(codes)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    origin = np.cumsum(lengths + 1) - lengths - 1
    first = np.searchsorted(opens, np.append(origin, len(codes)))
    text = np.repeat(np.arange(len(texts)), np.diff(first))
    # what stands before each word; after the last one of each text
    before = np.append(origin[:1], shuts)[:-1] if len(opens) else shuts
    spoken = np.diff(first) > 0
    before[first[:-1][spoken]] = origin[spoken]
    rest = origin.copy()
    rest[spoken] = shuts[first[1:][spoken] - 1]
    gaps, gap = _gaps(joined, codes, np.append(before, rest), np.append(opens, origin + lengths))
    words, word = _numbered(names)
    return Tokens(
        size=len(texts),
        words=words,
        gaps=gaps,
        text=text,
        word=word,
        gap=gap[: len(word)],
        start=opens - origin[text],
        end=shuts - origin[text],
        tail=gap[len(word) :],
        first=first,
    )


def _words(codes: Codes) -> tuple[Ints, Ints, list[str]]:
    """Where words open and shut, and the words: what ``WORD`` finds, of all characters at once."""
    roles = _roles(codes)
    inside = (roles & _INSIDE) != 0
    starts = (roles & _STARTS) != 0
    picture = (roles & _PICTURE) != 0
    late = _opens(inside) & ~starts
    if late.any():  # a mark or a low line: the word starts later
        place = np.arange(len(codes))
        run = np.maximum.accumulate(np.where(_opens(inside), place, 0))
        inside &= np.maximum.accumulate(np.where(starts, place, -1)) >= run
    opens = np.flatnonzero(_opens(inside) | picture)
    shuts = np.flatnonzero(_opens(inside[::-1])[::-1] | picture) + 1
    kept = np.where(inside | picture, codes, np.uint32(ord(_EDGE)))
    touching = opens[1:][opens[1:] == shuts[:-1]]
    if len(touching):
        kept = np.insert(kept, touching, ord(_EDGE))
    return opens, shuts, kept.tobytes().decode("utf-32-le").split()


def _opens(inside: Flags) -> Flags:
    """Where runs begin."""
    answer = inside.copy()
    answer[1:] &= ~inside[:-1]
    return answer


def _roles(codes: Codes) -> NDArray[np.uint8]:
    """What each character may do."""
    roles = _ROLES[codes]
    if len(roles) and not roles.min():
        for code in set(codes[roles == 0].tolist()):
            _ROLES[code] = _role(chr(code))
        roles = _ROLES[codes]
    return roles


def _role(character: str) -> int:
    if character.isalnum():
        return _KNOWN | _STARTS | _INSIDE
    if WORD.match(character):
        return _KNOWN | _PICTURE
    return _KNOWN | (_INSIDE if WORD.fullmatch("a" + character) else 0)


def _gaps(joined: str, codes: Codes, start: Ints, end: Ints) -> tuple[list[str], Ints]:
    """The different gaps, and which one each is; nearly all are nothing or one space."""
    length = end - start
    number = np.zeros(len(start), np.int64)
    number[length == 1] = 1
    other = np.flatnonzero((length > 1) | ((length == 1) & (codes[np.minimum(start, len(codes) - 1)] != 32)))
    pieces = [joined[low:high] for low, high in zip(start[other].tolist(), end[other].tolist(), strict=True)]
    names, which = _numbered(pieces)
    number[other] = which + 2
    return ["", " ", *names], number


def _numbered(pieces: list[str]) -> tuple[list[str], Ints]:
    """The different strings, and which one each is."""
    number: defaultdict[str, int] = defaultdict(count().__next__)
    which = np.fromiter(map(number.__getitem__, pieces), np.int64, len(pieces))
    return list(number), which
