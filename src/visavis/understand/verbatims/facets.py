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
        reads: the column it reads, of texts and of returns; empty for a yes-or-no question.
        holds: for a yes-or-no question, its condition.
        words: address word -> stored value; empty: the stored values themselves.
        names: address word -> words on screen; empty: the address word itself.
        listed: the company's own list that holds the answers: the column has its key, the address its code.
        of_return: whether the return answers it, so that it also holds for returns without text.
        copy: where the text may say otherwise than its return, the text's column that says what the return
            does: of keys, believed where the text says nothing; of yes and no, one yes is enough.
    """

    key: str
    label: str | Promise
    reads: str = ""
    holds: Q | None = None
    words: Mapping[str, Stored] = field(default_factory=dict)
    names: Mapping[str, str | Promise] = field(default_factory=dict)
    listed: type[Named] | None = None
    of_return: bool = False
    copy: str = ""

    def condition(self, word: str, *, bare: bool = False) -> Q:
        """The rows that answer ``word``; ``bare``: the rows are returns."""
        copy = "" if bare else self.copy
        if self.holds:
            return self.holds | Q(**{copy: True}) if copy else self.holds
        if self.listed:
            said = Q(**{f"{self.reads}__code": word})
            return said | Q(**{f"{self.reads}__isnull": True, f"{copy}__code": word}) if copy else said
        stored = self.words.get(word, word)
        return Q(**{f"{self.reads}__isnull": True}) if stored is None else Q(**{self.reads: stored})

    def column(self, *, bare: bool = False) -> Combinable:
        """What the database groups on, of a facet with answers of its own: keys, where they are listed."""
        return F(self.reads) if bare or not self.copy else Coalesce(F(self.reads), F(self.copy))

    def codes(self) -> Mapping[Stored, str]:
        """Key -> code, of answers that are listed; one query."""
        if self.listed is None:
            return {}
        return dict(self.listed._default_manager.order_by("pk").values_list("pk", "code"))  # noqa: SLF001

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


@_lazily
def _out_of_five(mark: int) -> str:
    return (gettext("%(mark)s out of %(top)s") % {"mark": mark, "top": 5}).replace(" ", NBSP)


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
INTENSITY = Facet("intense", _("Intensity 3 or 4"), holds=Q(intensity__gte=INTENSE))
EMOTION = Facet(
    "emotion",
    _("Emotion (experimental)"),
    "emotion",
    words={name: name for name in EMOTION_WORDS},
    names=EMOTION_WORDS,
)
CHURN = Facet("depart", _("Speaks of leaving"), holds=Q(churn=True))
CALLBACK = Facet("rappel", _("Asks to be called back"), holds=Q(callback=True), of_return=True, copy="ticked")
REPEAT = Facet("repete", _("Speaks of a repeated contact"), holds=Q(repeat=True))
REVIEW = Facet("relire", _("To read again"), holds=Q(certainty__lt=UNSURE) & Q(corrected=False))
CORRECTED = Facet("corrige", _("Corrected by a person"), holds=Q(corrected=True))
UNREAD = Facet("nonlu", _("Not read yet"), holds=Q(read_at__isnull=True))
SOURCE = Facet(
    "source",
    _("Source"),
    "source",
    words={source.value: source.value for source in Response.Source},
    names={source.value: source.label for source in Response.Source},
    of_return=True,
)
LEVEL = Facet("niveau", _("Level"), "level", listed=Level, of_return=True)
MOMENT = Facet("moment", _("Moment"), "moment", listed=Moment, of_return=True, copy="given_moment")
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
