"""People's names: whether a text is worth a closer look, then who is named in it, and where again."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache

from visavis.text.personal.cues import (
    ACTS,
    AT_FIRMS,
    BEFORE_CAPITAL,
    BESIDE,
    BESIDE_BEFORE,
    CAPITAL,
    HINTS,
    INTRODUCED,
    INTRODUCED_SMALL,
    SHORT_TITLES,
    THEN_ACTS,
    TITLES,
)
from visavis.text.personal.kinds import Kind, Personal
from visavis.text.personal.lists import brands, common, first_names, plain_first_names
from visavis.text.personal.people import People
from visavis.text.personal.wording import Word, is_a_firm, words_of


@cache
def _wanted() -> frozenset[str]:
    """Words without which there is no name."""
    return (plain_first_names() | TITLES) - {"m", "me", "pr", "ms"}


@cache
def _doubtful() -> frozenset[str]:
    """First names that are words besides."""
    return first_names() - plain_first_names()


def _may_hold_names(text: str, folded: str, found: Set[str]) -> bool:
    """Whether a text is worth a closer look: a name, a title, or what stands around an unknown word."""
    if not _wanted().isdisjoint(found) or any(title in text for title in SHORT_TITLES):
        return True
    if any(_stands_out(text, folded, word) for word in _doubtful() & found):
        return True
    if any(_may_be_somebody(text, folded, *match.span()) for match in CAPITAL.finditer(text)):
        return True
    if HINTS.isdisjoint(found):
        return False
    return any(match.group(1) not in common() for match in INTRODUCED_SMALL.finditer(folded))


def _may_be_somebody(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a capital is known to no list, and stands where somebody's name would."""
    if text[start - 1 : start] == "." or text[start - 2 : start] == ". ":
        initial = text[:start].rstrip(" .")[-1:] if start < 4 else text[start - 4 : start].rstrip(" .")[-2:]
        if initial[-1:].isupper() and not initial[:-1].isalpha():
            return True
    plain = folded[start:end]
    if plain in common() or plain in brands():
        return False
    beside = BESIDE.match(text, end) or BESIDE_BEFORE.search(text, max(0, start - 25), start)
    before = BEFORE_CAPITAL.search(folded, max(0, start - 45), start)
    return bool(
        beside or before or INTRODUCED.search(folded, max(0, start - 45), start) or ACTS.match(folded, end)
    )


def _stands_out(text: str, folded: str, word: str) -> bool:
    """Whether a word that may be a name is once written with a capital, or introduced."""
    at = folded.find(word)
    for _ in range(8):
        if at < 0:
            return False
        if (
            text[at].isupper()
            or INTRODUCED.search(folded, max(0, at - 45), at)
            or THEN_ACTS.match(folded, at)
        ):
            return not is_a_firm(folded, at, at + len(word))
        at = folded.find(word, at + len(word))
    return True


def names(text: str, folded: str, found: Set[str]) -> Iterator[Personal]:
    """People's names.

    Args:
        text: the text with plain spaces.
        folded: the same, character for character, in plain small letters.
        found: the words of ``folded``.
    """
    if not _may_hold_names(text, folded, found):
        return
    words = words_of(text, folded)
    people = list(People(text, folded, words).all())
    yield from people
    yield from _again(text, words, people)


def _again(text: str, words: list[Word], people: list[Personal]) -> Iterator[Personal]:
    """The same names further on, written alike with a capital."""
    if not people:
        return
    named = bytearray(len(text))
    for person in people:
        named[person.start : person.end] = b"1" * (person.end - person.start)
    inside = [word for word in words if named[word.start]]
    nobody = (common(), brands(), TITLES)
    known = {
        text[word.start : word.end]
        for word in inside
        if word.case in ("capital", "upper") and len(word.plain) > 3
        if not any(word.plain in words for words in nobody)
    }
    for word in words:
        if not named[word.start] and text[word.start : word.end] in known and word.plain not in AT_FIRMS:
            yield Personal(Kind.NAME, word.start, word.end, 0.7)
