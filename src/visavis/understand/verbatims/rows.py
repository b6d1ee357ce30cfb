"""Texts as the rows of a list: words with their evidence, reading with its certainty, who and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.queries import UNSURE, adviser_of
from visavis.measure.figures import number
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.text.searching import Query
from visavis.understand.verbatims.explorer import readings
from visavis.understand.verbatims.facets import EMOTION
from visavis.understand.verbatims.marking import SHORT, Evidence, Shown, shown
from visavis.understand.verbatims.models import Annotation
from visavis.web.rows import Token
from visavis.web.wording import NBSP, capital

#: In place of a theme in a correction: the whole text. In place of a tone: the theme is not there.
WHOLE, ABSENT = "-", "absent"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing read in a text: its tone, or a theme with its tone.

    Attributes:
        token: as it is shown.
        code: the theme's code; ``WHOLE`` for the text itself.
        by_person: whether a person said so.
    """

    token: Token
    code: str
    by_person: bool = False

    @property
    def is_theme(self) -> bool:
        """Whether it is a theme, which may also not be there."""
        return self.code != WHOLE


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text of a list, or of the page of its return.

    Attributes:
        key: the text's key, for anchors and swaps.
        url: the page of its return; empty on that page.
        shown: its words.
        quotes: the quotation marks of the language.
        mark: the mark given, if any.
        told: how it was read.
        notes: how sure the tone is, how strong, the emotion, the version of the engine: already spoken.
        unsure: whether the reading is to be checked.
        unread: whether no engine has read it yet.
        meta: where, about what, when: already spoken; empty on the page of the return, which says it.
        may_correct: whether this viewer may say that it is read wrong.
    """

    key: str
    url: str
    shown: Shown
    quotes: tuple[str, str]
    mark: int | None
    told: tuple[Told, ...]
    notes: tuple[str, ...]
    unsure: bool
    unread: bool
    meta: tuple[str, ...]
    may_correct: bool


def signed_tones() -> list[tuple[str, str]]:
    """The tones that a person may say, each with its sign."""
    signs = {Polarity.NEGATIVE: "−", Polarity.MIXED: "±", Polarity.POSITIVE: "+"}
    return [(tone, f"{signs.get(Polarity(tone), '=')}{NBSP}{words}") for tone, words in tones()]


def tones() -> list[tuple[str, str]]:
    """The tones of a reading, with their words."""
    return [
        (Polarity.NEGATIVE.value, pgettext("tone", "Negative")),
        (Polarity.NEUTRAL.value, pgettext("tone", "Neutral")),
        (Polarity.MIXED.value, pgettext("tone", "Mixed")),
        (Polarity.POSITIVE.value, pgettext("tone", "Positive")),
    ]


def text_rows(
    viewer: Viewer, texts: Sequence[Verbatim], query: Query | None = None, *, whole: bool = False
) -> list[TextRow]:
    """Turn texts into rows.

    Args:
        viewer: who reads; texts must come from a read of the same viewer, with their return.
        texts: in the order wanted.
        query: the words that were searched.
        whole: on the page of the return: the whole text, and no link to where one is already.
    """
    told = readings(texts)
    return [_row(viewer, text, told[text.pk], query, whole=whole) for text in texts]


def _row(
    viewer: Viewer, text: Verbatim, told: Sequence[Annotation], query: Query | None, *, whole: bool
) -> TextRow:
    before, after = ("«" + NBSP, NBSP + "»") if (get_language() or "fr") != "en" else ("“", "”")
    return TextRow(
        key=str(text.pk),
        url="" if whole else reverse("verbatims:one", args=[text.response_id]),
        shown=shown(text.shown, _evidence(told), query, longest=0 if whole else SHORT),
        quotes=(before, after),
        mark=text.response.satisfaction,
        told=(*_tone(text, told), *(_theme(each) for each in told if each.theme)),
        notes=tuple(_notes(text)),
        unsure=text.certainty is not None and text.certainty < UNSURE,
        unread=text.read_at is None,
        meta=() if whole else meta_of(viewer, text.response),
        may_correct=viewer.may(Right.CORRECT, text.unit_path),
    )


def _evidence(told: Iterable[Annotation]) -> list[Evidence]:
    return [
        Evidence(start, end, each.polarity, each.theme.label)
        for each in told
        if each.theme
        for start, end in each.evidence
    ]


def _notes(text: Verbatim) -> Iterator[str]:
    if text.read_at is None:
        return
    if text.certainty is not None:
        yield _("certainty %(certainty)s") % {"certainty": number(text.certainty, get_language() or "fr", 2)}
    if text.intensity is not None:
        yield _("intensity %(mark)s out of 4") % {"mark": text.intensity}
    if text.emotion:
        yield _("emotion (experimental): %(emotion)s") % {"emotion": str(EMOTION.name(text.emotion)).lower()}
    if text.moment_id and text.moment:
        yield _("moment: %(moment)s") % {"moment": text.moment.label}


def _tone(text: Verbatim, told: Iterable[Annotation]) -> tuple[Told, ...]:
    if text.read_at is None and not text.polarity:
        return ()
    if not Voice(text.voice).tone_may_be_read:
        return ()
    label = dict(tones()).get(text.polarity) or _("Tone not read")
    unsure = text.certainty is None or text.certainty < UNSURE
    by_person = any(each.theme_id is None for each in told)
    return (Told(Token(label, text.polarity, unsure=unsure), WHOLE, by_person=by_person),)


def _theme(told: Annotation) -> Told:
    unsure = told.certainty is not None and told.certainty < UNSURE
    label, code = (told.theme.label, told.theme.code) if told.theme else ("", "")
    token = Token(label, told.polarity, unsure=unsure)
    return Told(token, code, by_person=told.by == Annotation.By.HUMAN)


@dataclass(frozen=True, slots=True)
class BareRow:
    """One return without text: its mark, who and when."""

    key: str
    url: str
    mark: int | None
    callback: bool
    meta: tuple[str, ...]


def bare_rows(viewer: Viewer, found: Sequence[Response]) -> list[BareRow]:
    """Turn returns without text, in the order wanted, into rows for the viewer who may read them."""
    return [
        BareRow(
            str(said.pk),
            reverse("verbatims:one", args=[said.pk]),
            said.satisfaction,
            said.callback,
            meta_of(viewer, said),
        )
        for said in found
    ]


def meta_of(viewer: Viewer, said: Response) -> tuple[str, ...]:
    """Where, about what, when; the adviser's name for whoever may see it on that branch."""
    lists = [one.label for one in (said.channel, said.reason, said.moment) if one]
    day = spoken_day(said.heard_on, get_language() or "fr")
    told = (said.unit.name, *lists, capital(said.product), adviser_of(viewer, said), day)
    return tuple(word for word in told if word)
