"""People's names: after a title, a first name that is known, or words that introduce somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from visavis.text.personal.kinds import Kind, Personal
from visavis.text.personal.letters import listed, plain_letters
from visavis.text.personal.lists import brands, common, first_names, plain_first_names, surnames

TITLES: Final = listed(
    "m mr mme mlle monsieur madame mademoiselle maitre me dr docteur mrs ms miss mister pr professeur"
)
_PARTICLES: Final = listed(
    "de du d le la da dos do das van von el al ben bel ould mac mc o di del della lo st saint"
)
_INTRODUCERS: Final = (
    r"merci(?: beaucoup| encore| infiniment| bien| tout particulierement| specialement)?,? a"
    r"|remercie(?:r|ments)?(?: encore| beaucoup| vivement| tout particulierement| sincerement| infiniment)?"
    r"(?: a)?|bravo(?: a| et merci a)?|felicitations? a|mention speciale (?:a|pour)|chapeau a"
    r"|coup de coeur (?:a|pour)|j ?'? ?ai eu|eu affaire a"
    r"|(?:tres )?bien (?:conseillee?|recue?|accueillie?|renseignee?) par"
    r"|conseill(?:er|ere)s?(?: clientele| commerciale?)?,?(?: nommee?| prenommee?| du nom de| qui s'appelle)?"
    r"|cordialement|salutations|bien a vous|bien cordialement|signee?|m'appelle|s'appelle"
    r"|(?:pre)?nommee?|mon nom est|du nom de|interlocut(?:eur|rice)|gestionnaire|collaborat(?:eur|rice)"
    r"|collegue|technicienn?e?|direct(?:eur|rice)|commerciale?|hotesse|teleconseill(?:er|ere)"
    r"|operat(?:eur|rice)|assistante?|vendeu(?:r|se)|de la part de|grace a|aupres de|echange(?:r)? avec"
    r"|parle(?:r)? (?:a|avec)|contact avec|gere par|traite par"
    r"|thanks?(?: you| a lot| so much)?,?(?: to)?|spoke (?:to|with)|talked to|named|called|my name is"
    r"|i am|regards|sincerely|advis[eo]r|agent|representative|colleague|manager|well done|kudos to"
    r"|helped by|served by"
)
_INTRODUCED: Final = re.compile(rf"(?:^|[^a-z])(?:{_INTRODUCERS})[ ,:.!\n\-]{{0,4}}$")
#: Words of which one at least stands before an unknown name.
_HINTS: Final = listed("""
    merci bravo remercie remercier cordialement salutations conseiller conseillere conseilleres
    conseillers appelle nomme nommee prenommee signe interlocuteur interlocutrice gestionnaire
    collegue directeur directrice felicitations thanks thank named regards sincerely advisor adviser
    eu grace nom name
    """)
_SHORT_TITLES: Final = ("M. ", "M ", "M.", "Me ", "Pr ", "Ms ")
#: A word with a capital that does not begin the text.
_CAPITAL: Final = re.compile(r"(?<=[\w,:.!\-] )[A-ZÀ-Ý][a-zà-ÿ]{2,}|\n[A-ZÀ-Ý][a-zà-ÿ]{2,}")
#: Before a first name, it is a place or a firm.
_NOT_A_PERSON_BEFORE: Final = re.compile(
    r"(?:\bl ?'|\bsaint[e]?[ \-]|\bst[e]?[ \-]|\brue |\bavenue |\bplace |\bville de |\bagence (?:de |d'))$"
)
_NOT_A_PERSON_AFTER: Final = re.compile(
    r" ?(?:assurances?|mutuelle|banque|bank|insurance|auto\b|moto\b|sante\b)"
)
#: Surnames so common as words that they need a title or a capital.
_ONLY_WITH_CAPITAL: Final = listed("""
    petit vu le de gros durant bris green aime bah vo bureau pires mai avril janvier dos leger
    courtois voisin noir fall la da mas dias an do
    ba sow ly mai bui li
    """)
_NEVER_AFTER_TITLE: Final = listed("vu le la de dos aime mai avril janvier durant pires bah et est qui a ou")
#: What somebody does, right after a name.
_ACTS: Final = re.compile(
    r" (?:a (?:ete|su|pris|repondu|tres|bien|tout)|m ?'? ?a|nous a|n'a pas|ne savait)\b"
)
_THEN_ACTS: Final = re.compile(rf"[a-z]+(?: [a-z]+){{1,3}}?{_ACTS.pattern}")
#: Where a name in small letters ends for sure.
_ENDS: Final = re.compile(r" ?(?:[,.!?;:)]|$| a | au | pour | ne | qui | m'a | est )")
#: Before a thing, never before a first name.
_NAMED_THING: Final = re.compile(r"\b(?:la|le|les|l|cette|ce|cet|ma|mon|sa|son|une?|en|notre|votre) ?'? ?$")
_WORD: Final = re.compile(r"[a-z]+")
_GAP: Final = re.compile(r" {1,2}|[\-']| ?- ?")
#: First names that firms bear.
_AT_FIRMS: Final = frozenset({"olivier", "alan", "april", "calypso"})
#: In a text that shouts, this share of the first characters is capitals, and capitals say nothing.
_LOUD: Final = 0.4
_SAMPLE: Final = 600


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
    if not _wanted().isdisjoint(found) or any(title in text for title in _SHORT_TITLES):
        return True
    if any(_stands_out(text, folded, word) for word in _doubtful() & found):
        return True
    return not _HINTS.isdisjoint(found) and any(map(_is_unknown, _CAPITAL.findall(text)))


def _stands_out(text: str, folded: str, word: str) -> bool:
    """Whether a word that may be a name is once written with a capital, or introduced."""
    at = folded.find(word)
    for _ in range(8):
        if at < 0:
            return False
        if (
            text[at].isupper()
            or _INTRODUCED.search(folded, max(0, at - 45), at)
            or _THEN_ACTS.match(folded, at)
        ):
            return not _is_a_firm(folded, at, at + len(word))
        at = folded.find(word, at + len(word))
    return True


def _is_a_firm(folded: str, start: int, end: int) -> bool:
    """Whether the words around a first name make it a place or a firm: Saint-Pierre, L'Olivier."""
    if _NOT_A_PERSON_BEFORE.search(folded, max(0, start - 12), start):
        return True
    return _NOT_A_PERSON_AFTER.match(folded, end) is not None


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
    start = text[:_SAMPLE]
    loud = len(start) > 40 and sum(map(str.isupper, start)) > _LOUD * len(start)
    words = []
    for match in _WORD.finditer(folded):
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
        if word.plain in _PARTICLES and at + 1 < len(self.words):
            following = self.words[at + 1]
            capital = following.case != "small"
            known = following.plain in (surnames() if capital else surnames() - common())
            return known or (capital and not self._is_word(following))
        if word.plain in _NEVER_AFTER_TITLE or word.plain in TITLES:
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
        acts = _ACTS.match(self.folded, self.words[after - 1].end) is not None
        alone = (
            capital
            and word.plain not in _AT_FIRMS
            and not _NAMED_THING.search(self.folded, max(0, word.start - 8), word.start)
        )
        if acts and (more or alone):
            return 0.7
        followed = capital and more and self.words[after - 1].case != "small"
        return 0.6 if followed or (plain and len(word.plain) > 4) else 0.0

    def _rest(self, at: int, *, titled: bool) -> int:
        """The words after a first name, or a title and a name, that belong to it."""
        first, end, started = self.words[at - 1], at, at
        while at < len(self.words) and at - end < 3 and end - started < 4 and _GAP.fullmatch(self._gap(at)):
            word = self.words[at]
            if word.plain in _PARTICLES and word.plain not in ("ben", "al"):
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
        if word.plain in _ONLY_WITH_CAPITAL or word.plain in brands():
            ends = _ENDS.match(self.folded, word.end) is not None
            return ends and first.case == "small" and word.plain in surnames() - _NEVER_AFTER_TITLE
        if word.plain in common():
            return word.plain in surnames() and first.case == "small"
        return family or joined or (first.case == "small" and len(word.plain) > 3)

    def _is_word(self, word: _Word) -> bool:
        return word.plain in common() or word.plain in brands()

    def _is_introduced(self, word: _Word) -> bool:
        return _INTRODUCED.search(self.folded, max(0, word.start - 45), word.start) is not None

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
        if not named[word.start] and text[word.start : word.end] in known and word.plain not in _AT_FIRMS:
            yield Personal(Kind.NAME, word.start, word.end, 0.7)
