"""What each model is: the short form of its card in ``docs/models``, kept in step by a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Voice
from visavis.understand.learning.models import Reader


@dataclass(frozen=True, slots=True)
class Card:
    """What a model is, as its card in ``docs/models`` says. Figures: the card's own, with n.

    Attributes:
        code: how addresses name it.
        name: its name.
        purpose: what for, and what not for.
        data: what it was made from.
        card: the file of its card.
        measured: what the figure below counts.
        right: how many were right, of how many, on the card's texts; none if the card has no such count.
        reader: its switch, if it may be turned off.
        voices: whose words it reads.
    """

    code: str
    name: Promise
    purpose: Promise
    data: Promise
    card: str
    measured: Promise
    right: tuple[int, int] | None
    reader: Reader | None
    voices: tuple[Voice, ...]


EVERYBODY: Final = tuple(Voice)
CUSTOMERS: Final = tuple(voice for voice in Voice if voice.tone_may_be_read)

CARDS: Final[tuple[Card, ...]] = (
    Card(
        "ton",
        _("Tone of the text"),
        _(
            "Says whether a customer’s words are content or not, how strongly, and what each theme is told "
            "with. Never an employee’s words, never a psychological state, never a score of a person."
        ),
        _(
            "Public reviews and sentences, French and English; then the corrections of the company, and the "
            "words of its customers’ latest texts to which they are carried."
        ),
        "french-polarity.md",
        _("plain texts of the gold set whose side is right"),
        (253, 264),
        Reader.TONE,
        CUSTOMERS,
    ),
    Card(
        "themes",
        _("Themes of the company"),
        _("Says what a text speaks of, for both voices. Not for judging an author."),
        _("The keywords, examples and corrections of the company, learnt here and kept here."),
        "themes.md",
        _("no count on the card: harmonic mean of precision and recall, 0.76 on 300 texts"),
        None,
        Reader.THEMES,
        EVERYBODY,
    ),
    Card(
        "second-avis",
        _("Second opinion"),
        _("Reads again the least certain fifth of customers’ texts, in the background."),
        _("Short public texts, French and English."),
        "second-opinion.md",
        _(
            "no count on the card: mean score 0.898 over the kinds of texts tried, "
            "0.879 for the first reading alone"
        ),
        None,
        Reader.SECOND,
        CUSTOMERS,
    ),
    Card(
        "langues",
        _("Tone in other languages"),
        _("Gives a tone to customers’ texts that are neither French nor English."),
        _("8,000 short public texts, French and English."),
        "other-languages.md",
        _("plain sentences written for the test whose side is right, six languages"),
        (23, 24),
        Reader.LANGUAGES,
        CUSTOMERS,
    ),
    Card(
        "sens",
        _("Nearness of meaning"),
        _("Finds texts that mean nearly the same; refines themes. Not for employees’ words."),
        _("A public multilingual model of sentences, used as it is."),
        "themes.md",
        _("not measured by itself: what it adds to themes is on their card"),
        None,
        Reader.MEANING,
        CUSTOMERS,
    ),
    Card(
        "masquage",
        _("Masking of personal data"),
        _("Puts a word in the place of names, numbers and addresses before a text is shown."),
        _("Rules and lists written by hand: it learns nothing."),
        "masking.md",
        _("names found, of those planted in texts kept aside"),
        (46, 46),
        None,
        EVERYBODY,
    ),
    Card(
        "priorites",
        _("Order of the returns to treat"),
        _(
            "Ordered rules on what the customer declared, and on words that speak of leaving or of a call. "
            "Not a model: each rank is explained by its rule, and the company orders the rules."
        ),
        _("None: rules that the company sets."),
        "emotions-and-signals.md",
        _("not a model: nothing is estimated"),
        None,
        None,
        CUSTOMERS,
    ),
)
BY_CODE: Final = {card.code: card for card in CARDS}
