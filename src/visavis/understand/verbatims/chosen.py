"""What the address asks of the explorer, read from anybody without ever failing, and what answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from visavis.listen.returns.queries import STUDY
from visavis.text.searching import parse
from visavis.understand.verbatims.facets import FACETS, SOURCE, YES, Facet

SEARCH, MEANING, THEME, TEXTS = "q", "sens", "theme", "textes"
#: The word of the address for returns without text.
WITHOUT = "sans"
#: Most characters of an address that are looked at.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks beyond the four filters.

    Attributes:
        search: what is searched, as it was typed.
        meaning: look for what texts mean, instead of their words.
        theme: code of a theme, of either level.
        without: show the returns without text instead.
        words: facet's key -> the answer wanted.
        problems: polite sentences about what was asked in vain.
    """

    search: str = ""
    theme: str = ""
    without: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = field(default=(), compare=False)
    meaning: bool = False

    @property
    def facets(self) -> Sequence[Facet]:
        """The facets that make sense for what is shown."""
        return [facet for facet in FACETS if facet.of_return] if self.without else FACETS

    @property
    def leaves_studies(self) -> bool:
        """Whether answers to mirror studies are left out, as in figures: who asks that source finds them."""
        return SOURCE.key not in self.words

    def pairs(self) -> dict[str, str]:
        """Keys and values of the address, in their one order."""
        words = {facet.key: self.words[facet.key] for facet in self.facets if facet.key in self.words}
        meaning = YES if self.search and self.meaning else ""
        start = {
            SEARCH: self.search,
            MEANING: meaning,
            THEME: self.theme,
            TEXTS: WITHOUT if self.without else "",
        }
        return {key: value for key, value in (start | words).items() if value}

    def but(self, key: str, word: str = "") -> Chosen:
        """The same with another answer to ``key``; empty: the question is not asked any more."""
        if key == THEME:
            return replace(self, theme=word)
        if key == SEARCH:
            return replace(self, search=word)
        words = {other: value for other, value in self.words.items() if other != key}
        return replace(self, words=words | {key: word} if word else words)

    def condition(self) -> Q:
        """All that the facets ask, of texts or of returns without text; see ``leaves_studies``."""
        kept = ~Q(source=STUDY) if self.leaves_studies else Q()
        for facet in self.facets:
            if facet.key in self.words:
                kept &= facet.condition(self.words[facet.key], bare=self.without)
        return kept


def read_chosen(query: QueryDict, themes: Iterable[str]) -> Chosen:
    """Read facets and search of an address. Nothing in it can make this fail.

    Args:
        query: the query string, as received from anybody.
        themes: codes of the themes in force.

    Returns:
        What is asked; what could not be understood is left out, with a sentence in ``problems``.
    """
    without = _asked(query, TEXTS) == WITHOUT
    asked = [(facet, word) for facet in FACETS if (word := _asked(query, facet.key))]
    words = {facet.key: word for facet, word in asked if facet.knows(word)}
    theme = _asked(query, THEME)
    known = theme if theme in set(themes) else ""
    problems = []
    if len(words) < len(asked) or known != theme:
        problems.append(_("A choice of this address does not exist here. It is left out."))
    if without:
        return Chosen("", "", without, words, tuple(problems))
    search, meaning = _asked(query, SEARCH), _asked(query, MEANING) == YES
    if search and not meaning and not parse(search):
        problems.append(_("These words are in nearly every text: nothing is searched."))
    return Chosen(search, known, without, words, tuple(problems), meaning)


def _asked(query: QueryDict, key: str) -> str:
    return str(query.get(key, "")).replace("\0", "").strip()[:LONGEST]


def tally(cells: Iterable[Sequence[Any]], chosen: Chosen) -> dict[str, dict[str, int]]:
    """Count the answers to each facet among the rows that all the *other* facets leave.

    Args:
        cells: for each combination of answers, the stored values in the order of ``chosen.facets``,
            then how many rows have it.
        chosen: what is asked.

    Returns:
        Facet's key -> address word -> count. Under the key and the word "": the rows that all facets leave.
    """
    wanted = [
        (place, facet, chosen.words[facet.key])
        for place, facet in enumerate(chosen.facets)
        if facet.key in chosen.words
    ]
    studies = [
        place for place, facet in enumerate(chosen.facets) if facet is SOURCE and chosen.leaves_studies
    ]
    # By the facet whose choice alone a cell does not answer; None: it answers all.
    kept: dict[int | None, list[Sequence[Any]]] = {None: []}
    for cell in cells:
        missed = [place for place, facet, word in wanted if facet.told(cell[place]) != word]
        missed += [place for place in studies if cell[place] == STUDY]
        if len(missed) < 2:
            kept.setdefault(missed[0] if missed else None, []).append(cell)
    counts = {
        facet.key: _margin(facet, place, kept[None] + kept.get(place, []))
        for place, facet in enumerate(chosen.facets)
    }
    return counts | {"": {"": sum(cell[-1] for cell in kept[None])}}


def _margin(facet: Facet, place: int, cells: Sequence[Sequence[Any]]) -> dict[str, int]:
    """How many rows of some cells give each answer to one facet."""
    stored: Counter[Any] = Counter()
    for cell in cells:
        stored[cell[place]] += cell[-1]
    found: Counter[str] = Counter()
    for value, number in stored.items():
        if word := facet.told(value):
            found[word] += number
    return dict(found)
