"""The words of a text, as a name is told by them: where each stands, and how it is written."""

from __future__ import annotations

from typing import NamedTuple

from visavis.text.personal.cues import LOUD, NOT_A_PERSON_AFTER, NOT_A_PERSON_BEFORE, SAMPLE, WORD


class Word(NamedTuple):
    """A word: where it stands, in plain letters, and how it is written (capital, upper, initial, small)."""

    start: int
    end: int
    plain: str
    case: str


def words_of(text: str, folded: str) -> list[Word]:
    """The words of a text; in one that shouts, capitals say nothing.

    Args:
        text: the text with plain spaces.
        folded: the same, character for character, in plain small letters.
    """
    start = text[:SAMPLE]
    loud = len(start) > 40 and sum(map(str.isupper, start)) > LOUD * len(start)
    words = []
    for match in WORD.finditer(folded):
        first, last = match.span()
        small = loud or not text[first].isupper()
        words.append(Word(first, last, match[0], "small" if small else _case(text[first:last])))
    return words


def _case(written: str) -> str:
    """How a word that begins with a capital is written."""
    if len(written) == 1:
        return "initial"
    return "upper" if written.isupper() else "capital"


def is_a_firm(folded: str, start: int, end: int) -> bool:
    """Whether the words around a first name make it a place or a firm: Saint-Pierre, L'Olivier."""
    if NOT_A_PERSON_BEFORE.search(folded, max(0, start - 20), start):
        return True
    return NOT_A_PERSON_AFTER.match(folded, end) is not None
