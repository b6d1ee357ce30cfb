"""Themes that a company names with keywords, found in its texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from visavis.text.clauses import shape
from visavis.text.languages import LINKS
from visavis.text.tokens import WORD

if TYPE_CHECKING:
    from visavis.text.themes.model import ThemeModel

EXCLUDES: Final = "!"
STEM: Final = "*"
#: Endings under which a keyword is still the same word: plural and feminine.
ENDINGS: Final = ("", "s", "x", "e", "es")
#: Most small words that may stand between two words of one keyword.
SLACK: Final = 3
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class ThemeSpec:
    """One theme: its name, the broader theme it belongs to, its keywords and examples in each language.

    A keyword may be several words ("délai de réponse": small words between them do not matter), end with
    ``*`` for a stem ("rembours*"), or start with ``!`` for an exclusion: where it stands, the theme is not
    found in that clause ("!carte grise"). Case, accents, plural and feminine endings do not matter.
    ``examples`` are sentences that speak of the theme: what ``fit_themes`` starts from.
    """

    slug: str
    parent: str | None
    keywords: Mapping[str, Sequence[str]]
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)


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
    """A keyword made ready: what theme it speaks of (its number), its longest word, and the words around it.

    Texts are searched for the longest word, the rarest as a rule; ``before`` runs backwards from there.
    """

    theme: int
    excludes: bool
    anchor: Part
    before: tuple[Part, ...]
    after: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many words it asks for."""
        return 1 + len(self.before) + len(self.after)


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword found: its theme, its first and last word in the batch, how many words it asked for."""

    theme: int
    first: int
    last: int
    words: int


def keyword(theme: int, text: str) -> Keyword | None:
    """Make a keyword ready; none if no word is left of it.

    >>> keyword(0, "!Carte grise").anchor, keyword(0, "!Carte grise").excludes
    (Part(word='carte', stem=False), True)
    """
    wanted = text.strip()
    excludes = wanted.startswith(EXCLUDES)
    pieces = WORD.split(wanted)
    parts = [
        Part(shape(word), after.startswith(STEM))
        for word, after in zip(pieces[1::2], pieces[2::2], strict=True)
    ]
    if not parts:
        return None
    spoken = [parts[0], *(part for part in parts[1:-1] if part.word not in LINKS), *parts[1:][-1:]]
    middle = max(range(len(spoken)), key=lambda place: len(spoken[place].word))
    before, after = tuple(spoken[:middle][::-1]), tuple(spoken[middle + 1 :])
    return Keyword(theme, excludes, spoken[middle], before, after)


class Finder(dict[str, tuple[Keyword, ...]]):
    """For each word, the keywords whose longest word it is; worked out once a word."""

    LIMIT = 16_000

    def __init__(self, keywords: Iterable[Keyword]) -> None:
        """Sort ``keywords`` by the first letters of their longest word."""
        self.starts: dict[str, list[Keyword]] = {}
        for one in keywords:
            self.starts.setdefault(one.anchor.word[:_SHORT], []).append(one)

    def __missing__(self, word: str) -> tuple[Keyword, ...]:
        if len(self) > self.LIMIT:
            self.clear()
        near = {word[:length] for length in range(1, _SHORT + 1)}
        found = tuple(
            one for start in sorted(near) for one in self.starts.get(start, ()) if one.anchor.fits(word)
        )
        self[word] = found
        return found


class Taxonomy:
    """Themes made ready to be found; cheap to keep, safe to share between threads.

    >>> themes = Taxonomy([ThemeSpec("delay", None, {"fr": ["délai*", "attente"]})])
    >>> themes.slugs
    ('delay',)
    """

    def __init__(self, themes: Sequence[ThemeSpec], model: ThemeModel | None = None) -> None:
        """Compile ``themes``.

        Args:
            themes: the themes.
            model: what was learnt of them (``fit_themes``); none: keywords alone find them.

        Raises:
            ValueError: if two themes share a slug, or a parent is not one of them.
        """
        self.themes = tuple(themes)
        self.model = model
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
        return self._finders.get(language, self._every)

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


@dataclass(frozen=True, slots=True)
class Places:
    """A batch as the search of keywords sees it: the different words; then word, clause and text of each."""

    shapes: list[str]
    word: list[int]
    clause: list[int]
    text: list[int]

    def shape(self, place: int) -> str:
        """The word at ``place``."""
        return self.shapes[self.word[place]]


def find(finder: Finder, batch: Places, candidates: Iterable[int]) -> list[Hit]:
    """Find keywords.

    Args:
        finder: the keywords.
        batch: where to look.
        candidates: the places of words that ``finder`` knows.

    Returns:
        What was found and not excluded in its clause, in the order of the batch.
    """
    found: list[Hit] = []
    excluded: set[tuple[int, int]] = set()
    for place in candidates:
        for one in finder[batch.shape(place)]:
            first = _walk(one.before, batch, place, -1)
            last = _walk(one.after, batch, place, 1) if first is not None else None
            if first is None or last is None:
                continue
            if one.excludes:
                excluded.add((one.theme, batch.clause[place]))
            else:
                found.append(Hit(one.theme, first, last, one.size))
    kept = (hit for hit in found if (hit.theme, batch.clause[hit.first]) not in excluded)
    return sorted(kept, key=lambda hit: (hit.first, hit.last, hit.theme))


def _walk(parts: tuple[Part, ...], batch: Places, place: int, step: int) -> int | None:
    """Where the last of ``parts`` stands, going from ``place`` in one direction within its clause."""
    here = place
    for part in parts:
        here += step
        slack = SLACK
        while slack and _skips(part, batch, here):
            here, slack = here + step, slack - 1
        if not _stands(part, batch, here, batch.clause[place]):
            return None
    return here


def _skips(part: Part, batch: Places, here: int) -> bool:
    if not 0 <= here < len(batch.word):
        return False
    word = batch.shapes[batch.word[here]]
    return word in LINKS and not part.fits(word)


def _stands(part: Part, batch: Places, here: int, clause: int) -> bool:
    return 0 <= here < len(batch.word) and batch.clause[here] == clause and part.fits(batch.shape(here))
