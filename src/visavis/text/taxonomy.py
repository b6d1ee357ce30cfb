"""Themes that a company names with keywords, found in its texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from visavis.text.clauses import shape
from visavis.text.languages import LINKS
from visavis.text.tokens import WORD

EXCLUDES: Final = "!"
STEM: Final = "*"
#: Endings under which a keyword is still the same word: plural and feminine.
ENDINGS: Final = ("", "s", "x", "e", "es")
#: Most small words that may stand between two words of one keyword.
SLACK: Final = 3
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class ThemeSpec:
    """One theme: its name, the broader theme it belongs to, and its keywords in each language.

    A keyword may be several words ("délai de réponse": small words between them do not matter), end with
    ``*`` for a stem ("rembours*"), or start with ``!`` for an exclusion: where it stands, the theme is not
    found in that clause ("!carte grise"). Case, accents, plural and feminine endings do not matter.
    """

    slug: str
    parent: str | None
    keywords: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a keyword."""

    word: str
    stem: bool

    def fits(self, other: str) -> bool:
        """Whether ``other``, a shape, is this word."""
        if other.startswith(self.word):
            return self.stem or other[len(self.word) :] in ENDINGS
        return False


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword made ready: what theme it speaks of (its number) and its words in order."""

    theme: int
    excludes: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword found: its theme, its first and last word in the batch, how many words it asked for."""

    theme: int
    first: int
    last: int
    words: int


def keyword(theme: int, text: str) -> Keyword | None:
    """Make a keyword ready; none if no word is left of it.

    >>> keyword(0, "!Carte grise").parts
    (Part(word='carte', stem=False), Part(word='grise', stem=False))
    """
    wanted = text.strip()
    excludes = wanted.startswith(EXCLUDES)
    pieces = WORD.split(wanted)
    parts = [
        Part(shape(word), after.startswith(STEM))
        for word, after in zip(pieces[1::2], pieces[2::2], strict=True)
    ]
    spoken = [part for part in parts if part.stem or part.word not in LINKS] or parts
    return Keyword(theme, excludes, tuple(spoken)) if spoken else None


class Finder(dict[str, tuple[Keyword, ...]]):
    """For each word, the keywords that may start with it; worked out once a word."""

    LIMIT = 60_000

    def __init__(self, keywords: Iterable[Keyword]) -> None:
        """Sort ``keywords`` by the first letters of their first word."""
        self.starts: dict[str, list[Keyword]] = {}
        for one in keywords:
            self.starts.setdefault(one.parts[0].word[:_SHORT], []).append(one)

    def __missing__(self, word: str) -> tuple[Keyword, ...]:
        if len(self) > self.LIMIT:
            self.clear()
        near = {word[:length] for length in range(1, _SHORT + 1)}
        found = tuple(
            one for start in sorted(near) for one in self.starts.get(start, ()) if one.parts[0].fits(word)
        )
        self[word] = found
        return found


class Taxonomy:
    """Themes made ready to be found; cheap to keep, safe to share between threads.

    >>> themes = Taxonomy([ThemeSpec("delay", None, {"fr": ["délai*", "attente"]})])
    >>> themes.slugs
    ('delay',)
    """

    def __init__(self, themes: Sequence[ThemeSpec]) -> None:
        """Compile ``themes``.

        Raises:
            ValueError: if two themes share a slug, or a parent is not one of them.
        """
        self.themes = tuple(themes)
        self.slugs = tuple(theme.slug for theme in themes)
        if len(set(self.slugs)) < len(self.slugs):
            raise ValueError("two themes share a slug")
        unknown = {theme.parent for theme in themes} - {None, *self.slugs}
        if unknown:
            raise ValueError(f"parents that are no themes: {sorted(map(str, unknown))}")
        self._finders = {language: Finder(self._keywords({language})) for language in self.languages}

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages in which at least one theme has keywords."""
        return frozenset(language for theme in self.themes for language in theme.keywords)

    @cached_property
    def _every(self) -> Finder:
        return Finder(self._keywords(self.languages))

    def finder(self, language: str) -> Finder:
        """The keywords of ``language``; all of them for a language in which there are none."""
        return self._finders.get(language) or self._every

    def _keywords(self, languages: Iterable[str]) -> list[Keyword]:
        wanted = set(languages)
        ready = (
            keyword(number, text)
            for number, theme in enumerate(self.themes)
            for language, texts in sorted(theme.keywords.items())
            if language in wanted
            for text in texts
        )
        return [one for one in ready if one is not None]

    @cached_property
    def parents(self) -> Mapping[int, int]:
        """Number of a theme -> number of its parent."""
        place = {slug: number for number, slug in enumerate(self.slugs)}
        return {number: place[theme.parent] for number, theme in enumerate(self.themes) if theme.parent}


def find(finder: Finder, words: Sequence[str], clause: Sequence[int], offset: int) -> list[Hit]:
    """Find keywords in one text.

    Args:
        finder: the keywords.
        words: the shapes of the text's words.
        clause: the clause of each.
        offset: place of the first word in the batch.

    Returns:
        What was found and not excluded in its clause, in the order of the text.
    """
    found: list[Hit] = []
    excluded: set[tuple[int, int]] = set()
    for place, word in enumerate(words):
        for one in finder[word]:
            last = _last(one.parts, words, clause, place)
            if last is None:
                continue
            if one.excludes:
                excluded.add((one.theme, clause[place]))
            else:
                found.append(Hit(one.theme, offset + place, offset + last, len(one.parts)))
    return [hit for hit in found if (hit.theme, clause[hit.first - offset]) not in excluded]


def _last(parts: tuple[Part, ...], words: Sequence[str], clause: Sequence[int], place: int) -> int | None:
    """Where a keyword that starts at ``place`` ends, if the words after it are there too."""
    here = place
    for part in parts[1:]:
        slack = SLACK
        here += 1
        while here < len(words) and slack and words[here] in LINKS and not part.fits(words[here]):
            here, slack = here + 1, slack - 1
        if here >= len(words) or clause[here] != clause[place] or not part.fits(words[here]):
            return None
    return here
