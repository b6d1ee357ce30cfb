"""Reads of the queue « Aider à lire »: the next text for this viewer, and how far the week is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.measure.figures import number
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.understand.learning.draws import monday
from visavis.understand.learning.models import Draw
from visavis.understand.verbatims.explorer import Taxonomy
from visavis.understand.verbatims.marking import Evidence, Shown, shown
from visavis.understand.verbatims.rows import meta_of, signed_tones, tones
from visavis.web.rows import Token
from visavis.web.wording import NBSP

_ALONG = (
    "verbatim__response__unit", "verbatim__response__channel", "verbatim__response__reason",
    "verbatim__response__moment", "verbatim__response__person",
)  # fmt: skip
#: Under this certainty a theme is drawn as uncertain.
_UNSURE = 0.6


def draws(viewer: Viewer) -> QuerySet[Draw]:
    """The drawn texts that the viewer may read and correct, in the order of the queue."""
    # The branch of today's row: an import may have moved it since the draw.
    here = "verbatim__unit_path"
    mine = viewer.within(Right.CORRECT, here) & viewer.within(Right.RETURNS, here)
    return Draw.objects.filter(mine, voice__in=LISTED_VOICES).order_by("week", "place", "pk")


def next_draw(viewer: Viewer) -> Draw | None:
    """The text to read now; none when the queue is empty."""
    return draws(viewer).filter(status=Draw.Status.WAITING).select_related(*_ALONG).first()


@dataclass(frozen=True, slots=True)
class Week:
    """How far a week's queue is, for the branch of a viewer.

    Attributes:
        total: texts of the week.
        answered: those answered.
        skipped: those that somebody left.
        random: those that chance chose.
    """

    total: int
    answered: int
    skipped: int
    random: int

    @property
    def done(self) -> int:
        """Texts that ask for nothing any more."""
        return self.answered + self.skipped


def week(viewer: Viewer, today: dt.date) -> Week:
    """Count the texts of the running week."""
    counted = (
        draws(viewer)
        .filter(week=monday(today))
        .order_by()
        .aggregate(
            total=Count("pk"),
            answered=Count("pk", filter=Q(status=Draw.Status.ANSWERED)),
            skipped=Count("pk", filter=Q(status=Draw.Status.SKIPPED)),
            random=Count("pk", filter=Q(random=True)),
        )
    )
    return Week(**counted)


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme that may be ticked: its code, its words, and how the engine read it, if it did."""

    code: str
    label: str
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text of the queue as it is shown. Not with the mark given: the words are judged, not the mark.

    Attributes:
        key: the draw's key.
        shown: its words, with those that carry the reading.
        quotes: the quotation marks of the language.
        meta: where, about what, when.
        tone: the tone read, as a token; none if the engine abstained.
        certainty: how sure, in words.
        heard: the themes that the engine read.
        others: the other themes, under their top.
        answers: the tones that may be said: value, words, key to press.
    """

    key: str
    shown: Shown
    quotes: tuple[str, str]
    meta: tuple[str, ...]
    tone: Token | None
    certainty: str
    heard: Sequence[ThemeChoice]
    others: Sequence[tuple[str, Sequence[ThemeChoice]]]
    answers: Sequence[tuple[str, str, int]]


def sheet(viewer: Viewer, draw: Draw, taxonomy: Taxonomy) -> Sheet:
    """Make the sheet of a text, with the reading it had when it was drawn.

    Args:
        viewer: who reads; the draw must come from a read of the same viewer.
        draw: the text drawn.
        taxonomy: the themes in force.
    """
    language = get_language() or "fr"
    heard = [theme for theme in draw.themes if theme["code"] in taxonomy.by_code]
    label = dict(tones()).get(draw.tone)
    return Sheet(
        key=str(draw.pk),
        shown=shown(draw.verbatim.shown, _evidence(heard, taxonomy)),
        quotes=("“", "”") if language == "en" else ("«" + NBSP, NBSP + "»"),
        meta=meta_of(viewer, draw.verbatim.response),
        tone=Token(label, draw.tone) if label else None,
        certainty=number(draw.certainty, language, 2) if draw.certainty is not None else "",
        heard=[_choice(theme, taxonomy) for theme in heard],
        others=_others(taxonomy, {theme["code"] for theme in heard}),
        answers=[(value, words, place) for place, (value, words) in enumerate(signed_tones(), 1)],
    )


def _evidence(heard: Sequence[dict[str, object]], taxonomy: Taxonomy) -> list[Evidence]:
    return [
        Evidence(start, end, str(theme["tone"]), taxonomy.by_code[str(theme["code"])].label)
        for theme in heard
        for start, end in theme["spans"]  # type: ignore[attr-defined]  # from JSON
    ]


def _choice(theme: dict[str, object], taxonomy: Taxonomy) -> ThemeChoice:
    code = str(theme["code"])
    label, unsure = taxonomy.by_code[code].label, float(str(theme["certainty"])) < _UNSURE
    return ThemeChoice(code, label, Token(label, str(theme["tone"]), unsure=unsure))


def _others(taxonomy: Taxonomy, heard: set[str]) -> list[tuple[str, list[ThemeChoice]]]:
    """What may be added: leaves under the name of their top; tops without leaves together."""
    groups, alone = [], []
    for top, leaves in taxonomy.grouped():
        rest = [ThemeChoice(leaf.code, leaf.label) for leaf in leaves if leaf.code not in heard]
        if rest:
            groups.append((top.label, rest))
        elif not leaves and top.code not in heard:
            alone.append(ThemeChoice(top.code, top.label))
    return [*groups, (_("Others"), alone)] if alone else groups
