"""People in a text: after a title, a first name that is known, or by what stands around a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from visavis.text.personal.cues import (
    ACTS,
    ACUTE,
    ADJECTIVE,
    AFTER_SMALL,
    AT_FIRMS,
    BEFORE_CAPITAL,
    BEFORE_ME,
    BEFORE_SMALL,
    BEFORE_THING,
    ENDS,
    GAP,
    INTRODUCED,
    NAMED_THING,
    NEVER_AFTER_TITLE,
    NO_NAME,
    ONLY_WITH_CAPITAL,
    PARTICLES,
    PUBLIC,
    TITLES,
    VERB,
)
from visavis.text.personal.kinds import Kind, Personal
from visavis.text.personal.lists import brands, common, first_names, plain_first_names, surnames
from visavis.text.personal.wording import Word, is_a_firm

#: Particles that stand before no thing, after a title.
_SMALL_PARTICLES = frozenset(
    {"le", "d", "ben", "el", "al", "dos", "da", "das", "van", "von", "mac", "mc", "o", "n"}
)


@cache
def _nobody() -> frozenset[str]:
    """Words in small letters by which nobody is called, and that announce nobody."""
    return frozenset(word for word in common() - first_names() - TITLES if len(word) > 1)


@dataclass(slots=True)
class People:
    """The names in one text."""

    text: str
    folded: str
    words: list[Word]

    def all(self) -> Iterator[Personal]:
        """Each of them once, in the order of the text."""
        at, nobody = 0, _nobody()
        while at < len(self.words):
            word = self.words[at]
            if word.case == "small" and word.plain in nobody:
                at += 1
                continue
            after, certainty = at + 1, 0.0
            if word.plain in TITLES:
                after, certainty = self._titled(at)
            if not certainty and word.end - word.start == 1:
                after, certainty = self._initialled(at)
            elif not certainty:
                after, certainty = self._called(at)
            if certainty:
                after = max(after, self._rest(at + 1, titled=False))
                yield Personal(Kind.NAME, self._start(at, word), self._stop(after - 1), certainty)
            at = max(after, at + 1)

    def _start(self, at: int, word: Word) -> int:
        """Where a name starts: a surname in capitals may stand before the first name."""
        if at and word.plain not in TITLES and self._gap(at) in (" ", "  "):
            before = self.words[at - 1]
            known = before.plain in surnames() or before.case == "upper"
            if before.case in ("capital", "upper") and known and not self._is_word(before):
                return self._with_particles(at - 1)
            if word.case == "small" and before.case == "small":
                return self._small_start(at)
        return word.start

    def _small_start(self, at: int) -> int:
        """Where a name in small letters starts: at the surname before the first name, if introduced."""
        for first in range(at - 1, max(at - 4, -1), -1):
            before = self.words[first]
            particle = before.plain in PARTICLES and first < at - 1
            family = before.plain in surnames() or not (self._is_word(before) or before.plain in _nobody())
            if not (particle or (family and first == at - 1)) or self._gap(first + 1) != " ":
                break
            if self._stands_for(before):
                return before.start
        return self.words[at].start

    def _with_particles(self, at: int) -> int:
        """Where a surname starts, with the particles written like it: LE BIHAN."""
        for _ in range(2):
            before = self.words[at - 1] if at else None
            if before is None or before.plain not in PARTICLES or before.case not in ("upper", "initial"):
                break
            at -= 1
        return self.words[at].start

    def _stop(self, at: int) -> int:
        """Where a name stops: the point of an initial belongs to it."""
        word = self.words[at]
        return word.end + (word.end - word.start == 1 and self.text[word.end : word.end + 1] == ".")

    def _titled(self, at: int) -> tuple[int, float]:
        """After a title: a first name, a surname, or both."""
        title, gap = self.words[at], self._gap(at + 1)
        if at + 1 >= len(self.words) or not re.fullmatch(r"\.? {0,2}|\. ?", gap) or not gap:
            return at, 0.0
        following = self.words[at + 1]
        written = self.text[title.start : title.end]
        short = title.plain in ("m", "me", "pr", "ms")
        if short and written[0].isupper() is (following.case == "small"):
            return at, 0.0
        if short and following.case == "small" and not self._is_abridged(at) and not self._stands_for(title):
            return at, 0.0
        if title.plain == "me" and at and self.words[at - 1].plain in BEFORE_ME:
            return at, 0.0
        if not self._may_follow_a_title(at + 1):
            return at, 0.0
        return self._rest(at + 2, titled=True), 0.95

    def _stands_for(self, word: Word) -> bool:
        """Whether only somebody may stand here, even in small letters."""
        return BEFORE_SMALL.search(self.folded, max(0, word.start - 30), word.start) is not None

    def _is_abridged(self, at: int) -> bool:
        """Whether a small letter with a point is a title: m. dupuis; not 12 m. of wall."""
        before = self.text[: self.words[at].start].rstrip()[-1:]
        return self._gap(at + 1).startswith(".") and not before.isdigit()

    def _may_follow_a_title(self, at: int) -> bool:
        word = self.words[at]
        if word.plain in PARTICLES and at + 1 < len(self.words):
            following = self.words[self._past_particles(at)]
            capital = following.case != "small"
            known = following.plain in (surnames() if capital else surnames() - common())
            unknown = len(following.plain) > 2 and not self._is_word(following)
            return known or (unknown and (capital or word.plain in _SMALL_PARTICLES))
        if word.case == "initial" and self._gap(at + 1)[:1] == "'":
            return True
        if word.plain in NEVER_AFTER_TITLE or word.plain in TITLES:
            return False
        known = word.plain in (first_names() if word.case != "small" else plain_first_names())
        if known or word.plain in surnames():
            return True
        verb = word.case == "small" and VERB.search(word.plain)
        return len(word.plain) > 2 and not verb and not self._is_word(word)

    def _past_particles(self, at: int) -> int:
        """The place of the first word from ``at`` that is no particle, three words on at most."""
        for _ in range(3):
            if at + 1 >= len(self.words) or self.words[at].plain not in PARTICLES:
                break
            if not GAP.fullmatch(self._gap(at + 1)):
                break
            at += 1
        return at

    def _called(self, at: int) -> tuple[int, float]:
        """A first name, or an unknown name that other words introduce."""
        word = self.words[at]
        if PUBLIC.match(self.folded, word.start):
            return self._rest(at + 1, titled=False), 0.0
        if word.plain in first_names():
            return at + 1, 0.0 if is_a_firm(self.folded, word.start, word.end) else self._known(at)
        if len(word.plain) < 3 or self._is_word(word) or word.plain in TITLES:
            return at + 1, 0.0
        if word.case == "small":
            return at + 1, self._small(at)
        return at + 1, self._unknown(at)

    def _unknown(self, at: int) -> float:
        """How sure a capital that no list knows is somebody's: by what stands before and after."""
        word, after = self.words[at], self._rest(at + 1, titled=False)
        if is_a_firm(self.folded, word.start, self.words[after - 1].end) or NO_NAME.search(word.plain):
            return 0.0
        written = {each.case for each in self.words[at:after] if not self._is_word(each)}
        if self._is_introduced(word):
            return 0.7
        if "capital" in written and self._is_before(word):
            return 0.7
        if self._is_thing(word):
            return 0.0
        if word.case == "capital" and ACTS.match(self.folded, self.words[after - 1].end):
            return 0.65
        unknown = [each for each in self.words[at:after] if each.case != "small" and not self._is_word(each)]
        return 0.6 if len(unknown) > 1 and "capital" in written else 0.0

    def _is_before(self, word: Word) -> bool:
        """Whether somebody is expected after what stands before."""
        return BEFORE_CAPITAL.search(self.folded, max(0, word.start - 45), word.start) is not None

    def _is_thing(self, word: Word) -> bool:
        """Whether a place, a firm or a thing is expected after what stands before."""
        return BEFORE_THING.search(self.folded, max(0, word.start - 12), word.start) is not None

    def _small(self, at: int) -> float:
        """How sure a word in small letters that no list knows is somebody's, where only names stand."""
        word, after = self.words[at], self._rest(at + 1, titled=False)
        if len(word.plain) < 4 or NO_NAME.search(word.plain) or ADJECTIVE.search(word.plain):
            return 0.0
        return 0.6 if self._stands_for(word) and self._is_over(after) else 0.0

    def _is_over(self, after: int) -> bool:
        """Whether what stands before the place ``after`` ends where a name in small letters would."""
        return AFTER_SMALL.match(self.folded, self.words[after - 1].end) is not None

    def _initialled(self, at: int) -> tuple[int, float]:
        """An initial, then a surname: F. Morel."""
        if at + 1 >= len(self.words) or self._gap(at + 1) not in (". ", ".", ".-"):
            return at + 1, 0.0
        word, place = self.words[at], self._past_particles(at + 1)
        following = self.words[place]
        known = following.plain in surnames() or (len(following.plain) > 2 and not self._is_word(following))
        same = (word.case == "initial") == (following.case != "small")
        if not known or not same or (word.case == "small" and not self._is_introduced(word)):
            return at + 1, 0.0
        return self._rest(place + 1, titled=True), 0.75

    def _known(self, at: int) -> float:
        """How sure a known first name is somebody's here; 0 if it is not."""
        word, after = self.words[at], self._rest(at + 1, titled=False)
        plain, capital, more = word.plain in plain_first_names(), word.case != "small", after > at + 1
        if plain and (capital or more):
            return 0.9 if more else 0.75
        if not capital and not more and self.text[word.end - 1] == "é" and word.plain not in ACUTE:
            return 0.0
        if (capital or plain or more) and self._is_introduced(word):
            return 0.85
        if capital and self._is_before(word) and word.plain not in AT_FIRMS:
            return 0.7
        acts = ACTS.match(self.folded, self.words[after - 1].end) is not None
        alone = (
            capital
            and word.plain not in AT_FIRMS
            and not NAMED_THING.search(self.folded, max(0, word.start - 8), word.start)
        )
        if acts and (more or alone):
            return 0.7
        followed = capital and more and self.words[after - 1].case != "small"
        stands = (
            not capital and word.plain not in AT_FIRMS and self._stands_for(word) and self._is_over(after)
        )
        return 0.6 if followed or stands or (plain and len(word.plain) > 4) else 0.0

    def _rest(self, at: int, *, titled: bool) -> int:
        """The words after a first name, or a title and a name, that belong to it."""
        first, end, started = self.words[at - 1], at, at
        while at < len(self.words) and at - end < 3 and end - started < 4 and GAP.fullmatch(self._gap(at)):
            word = self.words[at]
            lone = word.end - word.start == 1 and (
                self.text[word.end : word.end + 1] == "." or (word.plain == "h" and self._gap(at) == "'")
            )
            if word.plain in PARTICLES and word.plain not in ("ben", "al") and not lone:
                at += 1
                continue
            if lone:
                at += 1
                return at
            if not self._goes_on(word, first, titled=titled, joined=self._gap(at) == "-"):
                break
            at += 1
            end = at
        return end

    def _goes_on(self, word: Word, first: Word, *, titled: bool, joined: bool) -> bool:
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

    def _is_word(self, word: Word) -> bool:
        return word.plain in common() or word.plain in brands()

    def _is_introduced(self, word: Word) -> bool:
        return INTRODUCED.search(self.folded, max(0, word.start - 45), word.start) is not None

    def _gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        if not 0 < at < len(self.words):
            return ""
        return self.folded[self.words[at - 1].end : self.words[at].start]
