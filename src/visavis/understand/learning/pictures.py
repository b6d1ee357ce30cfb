"""The figures of the page, drawn: rates, calibration, shares with and without the engine's errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from visavis.core.words import Polarity, Voice
from visavis.draw.bars import Row, dot_list, dot_table, interval_bar
from visavis.draw.frame import Frame
from visavis.draw.paper import Picture, Table
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.queries import counted_texts
from visavis.measure.estimates import FLOOR, Display, Estimate
from visavis.measure.figures import Noun, number, show, span
from visavis.measure.sentences import sentence
from visavis.measure.shares import proportion_interval
from visavis.people.access.policy import SHOWN_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.understand.learning.corrected import tells
from visavis.understand.learning.draws import WINDOW
from visavis.understand.learning.rates import (
    Checks,
    ThemeRates,
    ToneRates,
    corrected_share,
    theme_rates,
    tone_rates,
)
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.rows import tones
from visavis.web.wording import percent

#: Themes drawn; the table has them all.
_THEMES = 10


@dataclass(frozen=True, slots=True)
class Marker:
    """One figure with its bar."""

    label: str
    estimate: Estimate
    bar: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is known of the reading.

    Attributes:
        reading: the sentence that comes first.
        markers: the head figures.
        tones: how each tone is found; none for a voice whose tone is not read.
        confusion: what is read against what people said, in numbers of texts.
        calibration: whether certainties keep their word.
        error: the expected calibration error.
        themes: precision and recall, theme by theme.
        few: themes heard of which there is not enough to tell either.
    """

    reading: str
    markers: Sequence[Marker]
    tones: Picture | None
    confusion: Table | None
    calibration: Picture | None
    error: Marker | None
    themes: Table | None
    few: int


def pictures(known: Checks, voice: Voice, language: str) -> Pictures:
    """Draw the rates.

    Args:
        known: the checks, at least one.
        voice: whose texts.
        language: "fr" or "en".
    """
    tone = tone_rates(known.draws) if voice.tone_may_be_read else None
    whole, heard = theme_rates(known.draws)
    each = {code: rates for code, rates in heard.items() if max(rates.found.n, rates.trusted.n) >= FLOOR}
    parts = [(_("Right tones"), tone.right), (_("Texts whose tone is told"), tone.told)] if tone else []
    parts += [(_("Themes found"), whole.found), (_("Themes rightly read"), whole.trusted)]
    first = parts[0]
    return Pictures(
        reading=sentence(first[1], language, subject=first[0]) + ".",
        markers=[_marker(label, estimate, voice, language) for label, estimate in parts],
        tones=_tones(tone, voice, language) if tone else None,
        confusion=_confusion(tone) if tone else None,
        calibration=_calibration(tone, voice, language) if tone and _any(tone.slices) else None,
        error=_marker(_("Gap between announced and found"), tone.error, voice, language)
        if tone and tone.error
        else None,
        themes=_themes(each, language) if each else None,
        few=len(heard) - len(each),
    )


def _marker(label: str, estimate: Estimate, voice: Voice, language: str) -> Marker:
    hidden = estimate.display is Display.HIDDEN
    return Marker(
        label, estimate, "" if hidden else interval_bar(estimate, Frame(label, language), voice=voice)
    )


def _picture(
    title: str, rows: Sequence[Row], voice: Voice, language: str, noun: Noun | None = None
) -> Picture:
    frame = Frame(title, language, noun=noun)
    narrow = frame.narrow()
    return Picture(
        title, dot_list(rows, frame, voice=voice), dot_list(rows, narrow, voice=voice), dot_table(rows, frame)
    )


def _tones(rates: ToneRates, voice: Voice, language: str) -> Picture:
    rows = []
    for tone, label in tones():
        rows.append(Row(_("%(tone)s: found") % {"tone": label}, rates.found[tone]))
        rows.append(Row(_("%(tone)s: rightly read") % {"tone": label}, rates.trusted[tone]))
    return _picture(_("Tone by tone"), rows, voice, language)


def _confusion(rates: ToneRates) -> Table:
    read = [*tones(), ("", _("Not told"))]
    rows = [
        (label, *(str(rates.confusion.get((said, other), 0)) for other, _label in read))
        for said, label in tones()
    ]
    return Table((_("Said by a person"), *(label for _tone, label in read)), tuple(rows))


def _any(slices: Mapping[float, Estimate]) -> bool:
    return any(estimate.n for estimate in slices.values())


def _calibration(rates: ToneRates, voice: Voice, language: str) -> Picture:
    rows = [
        Row(
            _("Sure at %(low)s to %(high)s")
            % {"low": percent(low, language), "high": percent(low + 0.1, language)},
            estimate,
        )
        for low, estimate in rates.slices.items()
        if estimate.n
    ]
    return _picture(_("Right, by announced certainty"), rows, voice, language)


def _themes(each: Mapping[str, ThemeRates], language: str) -> Table:
    labels = {theme.code: theme.label for theme in Theme.objects.filter(code__in=each).order_by("pk")}
    head = (_("Theme"), _("Found"), _("Rightly read"))
    rows = [
        (labels.get(code, code), figure_words(rates.found, language), figure_words(rates.trusted, language))
        for code, rates in each.items()
    ]
    return Table(head, tuple(rows))


def figure_words(estimate: Estimate, language: str) -> str:
    """A figure of a table: value, interval, count; under 5 answers only that."""
    if estimate.display is Display.HIDDEN:
        return show(estimate, language)
    return f"{show(estimate, language)}, {span(estimate, language)} ({number(estimate.n, language)})"


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of texts, as counted and without the engine's errors.

    Attributes:
        picture: the corrected shares, each with what was counted; none while the checks do not suffice.
        n: texts counted.
    """

    picture: Picture | None
    n: int


def shares(viewer: Viewer, known: Checks, voice: Voice, today: dt.date, language: str) -> Shares | None:
    """Correct the shares of tones and themes of the last twelve months.

    Args:
        viewer: who looks: only texts that may enter figures shown to them are counted.
        known: the checks.
        voice: whose texts.
        today: the company's day.
        language: "fr" or "en".

    Returns:
        The shares; none for a voice whose figures are not shown, or a viewer without figures.
    """
    if voice not in SHOWN_VOICES or not viewer.may(Right.FIGURES):
        return None
    # The rates are those of the version in force: only its own readings carry these errors.
    heard = counted_texts(viewer, voice).filter(
        heard_on__lte=today, read_at__isnull=False, read_by=known.version, corrected=False
    )
    last = heard.order_by().aggregate(last=Max("heard_on"))["last"] or today
    texts = heard.filter(heard_on__gt=last - WINDOW).order_by()
    by_tone = dict(texts.values_list("polarity").annotate(number=Count("pk")))
    n = sum(by_tone.values())
    rows = [*_tone_rows(known, by_tone, n, language), *_theme_rows(known, texts, n, language)]
    noun = (_("text"), _("texts"))
    picture = _picture(_("Shares without the engine’s errors"), rows, voice, language, noun) if rows else None
    return Shares(picture, n)


def _tone_rows(known: Checks, by_tone: Mapping[str, int], n: int, language: str) -> list[Row]:
    rows = []
    for tone, label in tones():
        flagged = by_tone.get(tone, 0)
        share = corrected_share(known, flagged=flagged, n=n, tone=Polarity(tone))
        if share and tells(share):
            rows.append(Row(label, share, detail=_counted(flagged, n, language)))
    return rows


def _counted(flagged: int, n: int, language: str) -> str:
    return _("counted: %(share)s") % {"share": show(proportion_interval(flagged, n), language)}


def _theme_rows(known: Checks, texts: QuerySet[Verbatim], n: int, language: str) -> list[Row]:
    """The themes with enough checks, those of most texts first."""
    said = [
        code for code in theme_rates(known.draws)[1] if corrected_share(known, flagged=0, n=n, theme=code)
    ]
    told = Annotation.objects.current().filter(refused=False, theme__code__in=said)
    numbers = told.filter(verbatim__in=texts.values("pk")).order_by().values_list("theme__code")
    counted = dict(numbers.annotate(number=Count("pk")))
    labels = {theme.code: theme.label for theme in Theme.objects.filter(code__in=said).order_by("pk")}
    rows = []
    for code in sorted(said, key=lambda code: -counted.get(code, 0))[:_THEMES]:
        flagged = counted.get(code, 0)
        share = corrected_share(known, flagged=flagged, n=n, theme=code)
        if share and tells(share) and code in labels:
            rows.append(Row(labels[code], share, detail=_counted(flagged, n, language)))
    return rows
