"""Facets of the explorer: what may be asked of texts beyond the four filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Polarity
from visavis.listen.returns.models import Response
from visavis.listen.returns.queries import UNSURE
from visavis.moments.exchanges.models import Level
from visavis.moments.references.models import Moment, Named
from visavis.web.wording import NBSP

#: From this intensity on, of 4, a text speaks loudly.
INTENSE = 3
#: Words of the address.
YES, NONE = "oui", "sans"

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
        listed: the company's own list that names the answers, by their codes.
        of_return: whether the return answers it, so that it also holds for returns without text.
        of_text: the column of the text that is believed before the return's, where both may answer.
    """

    key: str
    label: str | Promise
    reads: str = ""
    holds: Callable[[str], Q] | None = None
    words: Mapping[str, Stored] = field(default_factory=dict)
    names: Mapping[str, str | Promise] = field(default_factory=dict)
    listed: type[Named] | None = None
    of_return: bool = False
    of_text: str = ""

    def condition(self, word: str, at: str) -> Q:
        """The rows that answer ``word``; ``at`` is the lookup of the return from the row."""
        if self.holds:
            return self.holds(at)
        if self.of_text and at:
            heard = Q(**{self.of_text: word})
            return heard | Q(**{f"{self.of_text}__isnull": True, self._lookup(at): word})
        stored = self.words.get(word, word)
        if stored is None:
            return Q(**{f"{self._lookup(at)}__isnull": True})
        return Q(**{self._lookup(at): stored})

    def column(self, at: str) -> Combinable:
        """What the database groups on, of a facet with answers of its own."""
        column = F(self._lookup(at))
        return Coalesce(F(self.of_text), column) if self.of_text and at else column

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
        return str(self.label if self.holds else self.named().get(word, word))

    def named(self) -> Mapping[str, str | Promise]:
        """Address word -> words on screen; one query for a list of the company's."""
        if self.listed is None:
            return self.names
        return {entry.code: entry.label for entry in self.listed._default_manager.order_by("position", "pk")}  # noqa: SLF001

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


#: What the engine calls the emotions of a service, in the words of screens.
EMOTION_WORDS = {
    "colere": _("Anger"),
    "deception": _("Disappointment"),
    "inquietude": _("Worry"),
    "surprise": _("Surprise"),
    "satisfaction": _("Contentment"),
    "gratitude": _("Gratitude"),
}
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
EMOTION = Facet(
    "emotion",
    _("Emotion (experimental)"),
    "emotion",
    words={name: name for name in EMOTION_WORDS},
    names=EMOTION_WORDS,
)
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
LEVEL = Facet("niveau", _("Level"), "level__code", listed=Level, of_return=True)
MOMENT = Facet("moment", _("Moment"), "moment__code", listed=Moment, of_return=True, of_text="moment__code")
PRODUCT = Facet("produit", _("Product"), "product", of_return=True)
LANGUAGE = Facet(
    "langue",
    _("Language"),
    "language",
    names={"fr": _("French"), "en": _("English"), "de": _("German"), "es": _("Spanish"), "it": _("Italian")},
)

#: Every facet, in the order of the page.
FACETS = (
    TONE, MARK, EMOTION, INTENSITY, CHURN, CALLBACK, REPEAT, REVIEW, CORRECTED, UNREAD, MOMENT, LEVEL,
    SOURCE, PRODUCT, LANGUAGE,
)  # fmt: skip
