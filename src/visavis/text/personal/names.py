"""People's names: after a title, a first name that is known, or words that introduce somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from visavis.text.personal.cues import (
    ACTS,
    AT_FIRMS,
    CAPITAL,
    ENDS,
    GAP,
    HINTS,
    INTRODUCED,
    LOUD,
    NAMED_THING,
    NEVER_AFTER_TITLE,
    NOT_A_PERSON_AFTER,
    NOT_A_PERSON_BEFORE,
    ONLY_WITH_CAPITAL,
    PARTICLES,
    SAMPLE,
    SHORT_TITLES,
    THEN_ACTS,
    TITLES,
    WORD,
)
from visavis.text.personal.kinds import Kind, Personal
from visavis.text.personal.letters import plain_letters
from visavis.text.personal.lists import brands, common, first_names, plain_first_names, surnames


class _Word(NamedTuple):
    """A word: where it stands, in plain letters, and how it is written (capital, upper, initial, small)."""

    start: int
    end: int
    plain: str
    case: str


@cache
def _wanted() -> frozenset[str]:
    """Words without which there is no name."""
    return (plain_first_names() | TITLES) - {"m", "me", "pr", "ms"}


@cache
def _doubtful() -> frozenset[str]:
    """First names that are words besides."""
    return first_names() - plain_first_names()


def _may_hold_names(text: str, folded: str, found: Set[str]) -> bool:
    """Whether a text is worth a closer look: a name, a title, or words that introduce a capital."""
    if not _wanted().isdisjoint(found) or any(title in text for title in SHORT_TITLES):
        return True
    if any(_stands_out(text, folded, word) for word in _doubtful() & found):
        return True
    return not HINTS.isdisjoint(found) and any(map(_is_unknown, CAPITAL.findall(text)))


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
            return not _is_a_firm(folded, at, at + len(word))
        at = folded.find(word, at + len(word))
    return True


def _is_a_firm(folded: str, start: int, end: int) -> bool:
    """Whether the words around a first name make it a place or a firm: Saint-Pierre, L'Olivier."""
    if NOT_A_PERSON_BEFORE.search(folded, max(0, start - 12), start):
        return True
    return NOT_A_PERSON_AFTER.match(folded, end) is not None


def _is_unknown(written: str) -> bool:
    plain = plain_letters(written.strip())
    return plain not in common() and plain not in brands()


def names(text: str, folded: str, found: Set[str]) -> Iterator[Personal]:
    """People's names.

    Args:
        text: the text with plain spaces.
        folded: the same, character for character, in plain small letters.
        found: the words of ``folded``.
    """
    if not _may_hold_names(text, folded, found):
        return
    words = _words(text, folded)
    people = list(_People(text, folded, words).all())
    yield from people
    yield from _again(text, words, people)


def _words(text: str, folded: str) -> list[_Word]:
    start = text[:SAMPLE]
    loud = len(start) > 40 and sum(map(str.isupper, start)) > LOUD * len(start)
    words = []
    for match in WORD.finditer(folded):
        first, last = match.span()
        small = loud or not text[first].isupper()
        words.append(_Word(first, last, match.group(), "small" if small else _case(text[first:last])))
    return words


def _case(written: str) -> str:
    """How a word that begins with a capital is written."""
    if len(written) == 1:
        return "initial"
    return "upper" if written.isupper() else "capital"


@dataclass(slots=True)
class _People:
    """The names in one text."""

    text: str
    folded: str
    words: list[_Word]

    def all(self) -> Iterator[Personal]:
        at = 0
        while at < len(self.words):
            word = self.words[at]
            after, certainty = at + 1, 0.0
            if word.plain in TITLES:
                after, certainty = self._titled(at)
            elif word.case != "initial":
                after, certainty = self._called(at)
            if certainty:
                after = max(after, self._rest(at + 1, titled=False))
                yield Personal(Kind.NAME, self._start(at, word), self.words[after - 1].end, certainty)
            at = max(after, at + 1)

    def _start(self, at: int, word: _Word) -> int:
        """Where a name starts: a surname in capitals may stand before the first name."""
        if at and word.plain not in TITLES and self._gap(at) in (" ", "  "):
            before = self.words[at - 1]
            known = before.plain in surnames() or before.case == "upper"
            if before.case in ("capital", "upper") and known and not self._is_word(before):
                return before.start
        return word.start

    def _titled(self, at: int) -> tuple[int, float]:
        """After a title: a first name, a surname, or both."""
        title, gap = self.words[at], self._gap(at + 1)
        if at + 1 >= len(self.words) or not re.fullmatch(r"\.? {0,2}|\. ?", gap) or not gap:
            return at, 0.0
        following = self.words[at + 1]
        written = self.text[title.start : title.end]
        if title.plain in ("m", "me", "pr", "ms") and (not written[0].isupper() or following.case == "small"):
            return at, 0.0
        if not self._may_follow_a_title(at + 1):
            return at, 0.0
        return self._rest(at + 2, titled=True), 0.95

    def _may_follow_a_title(self, at: int) -> bool:
        word = self.words[at]
        if word.plain in PARTICLES and at + 1 < len(self.words):
            following = self.words[at + 1]
            capital = following.case != "small"
            known = following.plain in (surnames() if capital else surnames() - common())
            return known or (capital and not self._is_word(following))
        if word.plain in NEVER_AFTER_TITLE or word.plain in TITLES:
            return False
        if word.plain in surnames() or word.plain in plain_first_names():
            return True
        if word.plain in first_names() and word.case != "small":
            return True
        return len(word.plain) > 2 and not self._is_word(word)

    def _called(self, at: int) -> tuple[int, float]:
        """A first name, or an unknown name that other words introduce."""
        word = self.words[at]
        if word.plain in first_names():
            return at + 1, 0.0 if _is_a_firm(self.folded, word.start, word.end) else self._known(at)
        unknown = word.case == "capital" and len(word.plain) > 2 and not self._is_word(word)
        return at + 1, 0.7 if unknown and self._is_introduced(word) else 0.0

    def _known(self, at: int) -> float:
        """How sure a known first name is somebody's here; 0 if it is not."""
        word, after = self.words[at], self._rest(at + 1, titled=False)
        plain, capital, more = word.plain in plain_first_names(), word.case != "small", after > at + 1
        if plain and (capital or more):
            return 0.9 if more else 0.75
        if (capital or plain or more) and self._is_introduced(word):
            return 0.85
        acts = ACTS.match(self.folded, self.words[after - 1].end) is not None
        alone = (
            capital
            and word.plain not in AT_FIRMS
            and not NAMED_THING.search(self.folded, max(0, word.start - 8), word.start)
        )
        if acts and (more or alone):
            return 0.7
        followed = capital and more and self.words[after - 1].case != "small"
        return 0.6 if followed or (plain and len(word.plain) > 4) else 0.0

    def _rest(self, at: int, *, titled: bool) -> int:
        """The words after a first name, or a title and a name, that belong to it."""
        first, end, started = self.words[at - 1], at, at
        while at < len(self.words) and at - end < 3 and end - started < 4 and GAP.fullmatch(self._gap(at)):
            word = self.words[at]
            if word.plain in PARTICLES and word.plain not in ("ben", "al"):
                at += 1
                continue
            if not self._goes_on(word, first, titled=titled, joined=self._gap(at) == "-"):
                break
            at += 1
            end = at
        return end

    def _goes_on(self, word: _Word, first: _Word, *, titled: bool, joined: bool) -> bool:
        family = word.plain in surnames() or word.plain in first_names()
        if word.case == "initial":
            return first.case != "small"
        if word.case in ("capital", "upper"):
            if word.plain in brands() and not titled:
                return word.plain in surnames()
            return family or not self._is_word(word)
        if word.plain in ONLY_WITH_CAPITAL or word.plain in brands():
            ends = ENDS.match(self.folded, word.end) is not None
            return ends and first.case == "small" and word.plain in surnames() - NEVER_AFTER_TITLE
        if word.plain in common():
            return word.plain in surnames() and first.case == "small"
        return family or joined or (first.case == "small" and len(word.plain) > 3)

    def _is_word(self, word: _Word) -> bool:
        return word.plain in common() or word.plain in brands()

    def _is_introduced(self, word: _Word) -> bool:
        return INTRODUCED.search(self.folded, max(0, word.start - 45), word.start) is not None

    def _gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        if not 0 < at < len(self.words):
            return ""
        return self.text[self.words[at - 1].end : self.words[at].start]


def _again(text: str, words: list[_Word], people: list[Personal]) -> Iterator[Personal]:
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
