"""Facets of the explorer: what may be asked of texts beyond the four filters, kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Polarity
from visavis.listen.returns.models import Response
from visavis.listen.returns.queries import UNSURE
from visavis.web.wording import NBSP

#: From this intensity on, of 4, a text speaks loudly.
INTENSE = 3
SEARCH, THEME, TEXTS = "q", "theme", "textes"
#: Words of the address.
YES, WITHOUT, NONE = "oui", "sans", "sans"
#: Most characters of an address that are looked at.
LONGEST = 200

Stored = str | int | bool | None


def _lazily(make: Callable[[int], str]) -> Callable[[int], Any]:
    """Words that are made in the language of each reader."""
    return lazy(make, str)


@dataclass(frozen=True, slots=True)
class Facet:
    """One question asked of every text.

    Attributes:
        key: its word in the address.
        label: its words on screen.
        reads: the column it reads; empty for a yes-or-no question.
        holds: for a yes-or-no question, its condition given the path to the return.
        words: address word -> stored value; empty: the stored values themselves.
        names: address word -> words on screen; empty: the address word itself.
        of_return: whether the return answers it, so that it also holds for returns without text.
    """

    key: str
    label: str | Promise
    reads: str = ""
    holds: Callable[[str], Q] | None = None
    words: Mapping[str, Stored] = field(default_factory=dict)
    names: Mapping[str, str | Promise] = field(default_factory=dict)
    of_return: bool = False

    def condition(self, word: str, at: str) -> Q:
        """The rows that answer ``word``; ``at`` is the lookup of the return from the row."""
        if self.holds:
            return self.holds(at)
        stored = self.words.get(word, word)
        if stored is None:
            return Q(**{f"{self._lookup(at)}__isnull": True})
        return Q(**{self._lookup(at): stored})

    def column(self, at: str) -> Combinable:
        """What the database groups on."""
        if self.holds:
            return ExpressionWrapper(self.holds(at), output_field=BooleanField())
        return F(self._lookup(at))

    def told(self, stored: Stored) -> str:
        """The word of the address for a stored value; empty when there is nothing to ask."""
        if self.holds:
            return YES if stored else ""
        for word, value in self.words.items():
            if value == stored:
                return word
        return "" if self.words or stored is None else str(stored)

    def knows(self, word: str) -> bool:
        """Whether ``word`` may be asked at all."""
        if self.holds:
            return word == YES
        return not self.words or word in self.words

    def name(self, word: str) -> str:
        """The words on screen for an answer."""
        return str(self.label if self.holds else self.names.get(word, word))

    def _lookup(self, at: str) -> str:
        return f"{at}{self.reads}" if self.of_return else self.reads


def _callback(at: str) -> Q:
    """Ticked by the customer, or said in her words."""
    return Q(**{f"{at}callback": True}) | Q(callback=True)


@_lazily
def _out_of_five(mark: int) -> str:
    return (gettext("%(mark)s out of %(top)s") % {"mark": mark, "top": 5}).replace(" ", NBSP)


def _on_text(condition: Q) -> Callable[[str], Q]:
    return lambda _at: condition


TONE = Facet(
    "ton",
    _("Tone of the text"),
    "polarity",
    words={
        "negatif": Polarity.NEGATIVE.value,
        "neutre": Polarity.NEUTRAL.value,
        "mitige": Polarity.MIXED.value,
        "positif": Polarity.POSITIVE.value,
    },
    names={
        "negatif": pgettext_lazy("tone", "Negative"),
        "neutre": pgettext_lazy("tone", "Neutral"),
        "mitige": pgettext_lazy("tone", "Mixed"),
        "positif": pgettext_lazy("tone", "Positive"),
    },
)
MARK = Facet(
    "note",
    _("Mark"),
    "satisfaction",
    words={"5": 5, "4": 4, "3": 3, "2": 2, "1": 1, NONE: None},
    names={
        **{str(mark): _out_of_five(mark) for mark in range(1, 6)},
        NONE: _("Without a mark"),
    },
    of_return=True,
)
INTENSITY = Facet("intense", _("Intensity 3 or 4"), holds=_on_text(Q(intensity__gte=INTENSE)))
CHURN = Facet("depart", _("Speaks of leaving"), holds=_on_text(Q(churn=True)))
CALLBACK = Facet("rappel", _("Asks to be called back"), holds=_callback, of_return=True)
REPEAT = Facet("repete", _("Speaks of a repeated contact"), holds=_on_text(Q(repeat=True)))
REVIEW = Facet("relire", _("To read again"), holds=_on_text(Q(certainty__lt=UNSURE) & Q(corrected=False)))
CORRECTED = Facet("corrige", _("Corrected by a person"), holds=_on_text(Q(corrected=True)))
UNREAD = Facet("nonlu", _("Not read yet"), holds=_on_text(Q(read_at__isnull=True)))
SOURCE = Facet(
    "source",
    _("Source"),
    "source",
    words={source.value: source.value for source in Response.Source},
    names={source.value: source.label for source in Response.Source},
    of_return=True,
)
PRODUCT = Facet("produit", _("Product"), "product", of_return=True)
LANGUAGE = Facet(
    "langue",
    _("Language"),
    "language",
    names={"fr": _("French"), "en": _("English"), "de": _("German"), "es": _("Spanish"), "it": _("Italian")},
)

#: Every facet, in the order of the page.
FACETS = (
    TONE, MARK, INTENSITY, CHURN, CALLBACK, REPEAT, REVIEW, CORRECTED, UNREAD, SOURCE, PRODUCT, LANGUAGE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks beyond the four filters.

    Attributes:
        search: words that must all be in the text, as they were typed.
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

    @property
    def facets(self) -> Sequence[Facet]:
        """The facets that make sense for what is shown."""
        return [facet for facet in FACETS if facet.of_return] if self.without else FACETS

    def pairs(self) -> dict[str, str]:
        """Keys and values of the address, in their one order."""
        words = {facet.key: self.words[facet.key] for facet in self.facets if facet.key in self.words}
        start = {SEARCH: self.search, THEME: self.theme, TEXTS: WITHOUT if self.without else ""}
        return {key: value for key, value in (start | words).items() if value}

    def but(self, key: str, word: str = "") -> Chosen:
        """The same with another answer to ``key``; empty: the question is not asked any more."""
        if key == THEME:
            return replace(self, theme=word)
        if key == SEARCH:
            return replace(self, search=word)
        words = {other: value for other, value in self.words.items() if other != key}
        return replace(self, words=words | {key: word} if word else words)

    def condition(self, at: str) -> Q:
        """All that the facets ask; ``at`` is the lookup of the return from the row."""
        kept = Q()
        for facet in self.facets:
            if facet.key in self.words:
                kept &= facet.condition(self.words[facet.key], at)
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
    in_vain = len(words) < len(asked) or known != theme
    problems = (str(_("A choice of this address does not exist here. It is left out.")),) if in_vain else ()
    if without:
        return Chosen("", "", without, words, problems)
    return Chosen(_asked(query, SEARCH), known, without, words, problems)


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
    facets = chosen.facets
    counts: dict[str, dict[str, int]] = {facet.key: {} for facet in facets} | {"": {"": 0}}
    words: list[dict[Any, str]] = [{} for _ in facets]
    wanted = [chosen.words.get(facet.key) for facet in facets]
    for *stored, number in cells:
        told = [_told(facet, value, known) for facet, value, known in zip(facets, stored, words, strict=True)]
        missed = [at for at, word in enumerate(wanted) if word is not None and told[at] != word]
        if len(missed) > 1:
            continue
        counts[""][""] += 0 if missed else number
        for at in missed or range(len(facets)):
            if word := told[at]:
                found = counts[facets[at].key]
                found[word] = found.get(word, 0) + number
    return counts


def _told(facet: Facet, stored: Any, known: dict[Any, str]) -> str:
    """``facet.told``, worked out once a value."""
    if stored not in known:
        known[stored] = facet.told(stored)
    return known[stored]
