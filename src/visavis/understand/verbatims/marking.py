"""A text cut into pieces that show why it was found, and which of its words carry its reading. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from visavis.text.searching import Query, places

#: Characters of a text in a list; its page has it whole.
SHORT = 420
#: Characters shown before the first word found, when it stands far in the text.
_RUN_UP = 80


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the text that carries a theme: ``text[start:end]``."""

    start: int
    end: int
    tone: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text that are shown alike.

    Attributes:
        text: the characters.
        found: whether the search found them.
        marked: whether they carry a theme.
        tone: the tone of that theme.
        label: the name of that theme.
    """

    text: str
    found: bool = False
    marked: bool = False
    tone: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a text.

    Attributes:
        pieces: in the order of the text; side by side they are the text, or the part of it that is shown.
        cut_before: whether the text begins before.
        cut_after: whether it goes on.
    """

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


def shown(
    text: str, evidence: Sequence[Evidence] = (), query: Query | None = None, *, longest: int = 0
) -> Shown:
    """Cut a text where what is to be seen of it changes.

    Args:
        text: as it was written.
        evidence: stretches that carry themes; what lies outside the text is left out, the first one wins.
        query: what was searched.
        longest: most characters to show; 0: all.

    Returns:
        The pieces. A long text starts a little before the first word found.

    >>> from visavis.text.searching import parse
    >>> [piece.text for piece in shown("Accueil parfait", [Evidence(0, 7)], parse("parfaits")).pieces]
    ['Accueil', ' ', 'parfait']
    """
    found = places(query, text) if query else []
    first, last = _window(text, found, longest)
    kept = [each for each in evidence if 0 <= each.start < each.end <= len(text)]
    edges = {first, last, *(edge for pair in found for edge in pair)}
    edges |= {edge for each in kept for edge in (each.start, each.end)}
    cuts = sorted(edge for edge in edges if first <= edge <= last)
    pieces = tuple(_piece(text, start, end, found, kept) for start, end in pairwise(cuts))
    return Shown(pieces, first > 0, last < len(text))


def _window(text: str, found: Sequence[tuple[int, int]], longest: int) -> tuple[int, int]:
    if not longest or len(text) <= longest:
        return 0, len(text)
    start = min((at for at, _ in found), default=0)
    first = 0 if start < longest else _word_edge(text, start - _RUN_UP)
    return first, _word_edge(text, first + longest)


def _word_edge(text: str, at: int) -> int:
    """The last space before ``at``, if there is one near; words are not cut in two."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - 40), at)
    return space if space > 0 else at


def _piece(
    text: str, start: int, end: int, found: Sequence[tuple[int, int]], evidence: Sequence[Evidence]
) -> Piece:
    carrier = next((each for each in evidence if each.start <= start and end <= each.end), None)
    is_found = any(at <= start and end <= after for at, after in found)
    if carrier is None:
        return Piece(text[start:end], is_found)
    return Piece(text[start:end], is_found, marked=True, tone=carrier.tone, label=carrier.label)
