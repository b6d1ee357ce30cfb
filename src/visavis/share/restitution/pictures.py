"""The charts of the report, each with its table: data from ``queries``, drawing by ``draw``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from visavis.core.periods import Kind, Period, label
from visavis.core.words import Voice
from visavis.draw.axes import reach
from visavis.draw.bars import Row, dot_list, dot_table, interval_bar
from visavis.draw.effects import Effect, effect_list, effect_table
from visavis.draw.frame import Frame, Reference
from visavis.draw.palette import PAGE, Palette
from visavis.draw.paper import WIDE, Picture
from visavis.draw.themes import Theme, theme_bars, theme_table
from visavis.measure.estimates import Display, Estimate
from visavis.measure.figures import count, show, span, telling
from visavis.measure.mix import Decomposition
from visavis.measure.sentences import difference_sentence, mix_sentence, sentence
from visavis.share.restitution.comparisons import Compared
from visavis.share.restitution.figures import Change, Line
from visavis.share.restitution.reports import Report
from visavis.share.restitution.themes import ThemeLine
from visavis.web.wording import capital, percent

#: Themes drawn in the report; the export has them all.
THEMES = 12


@dataclass(frozen=True, slots=True)
class Marker:
    """One figure of the head of the report."""

    label: str
    estimate: Estimate
    bar: str
    said: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """What the page shows of a report."""

    reading: str
    markers: list[Marker]
    breakdowns: list[Picture]
    mix: Picture | None
    channels: Picture | None
    themes: Picture | None


def of(
    report: Report, language: str, *, palette: Palette = PAGE, width: int = WIDE, most: int = 0
) -> Pictures:
    """Draw a report.

    Args:
        report: from ``queries.report``.
        language: "fr" or "en".
        palette: the variables of the page, or the colours of paper.
        width: of the wide variants, in pixels.
        most: lines of a breakdown drawn together, for sheets that end; 0 draws them all.

    Returns:
        The sentence that comes first, the head figures, the charts that have something to show.
    """
    titles = {
        "reason": _("By reason"),
        "channel": _("By channel"),
        "level": _("By level"),
        "moment": _("By moment"),
    }
    like = Frame("", language, palette, width)
    asked = [(titles[name], lines) for name, lines in report.breakdowns.items()]
    asked.append((_("By product"), [replace(line, label=capital(line.label)) for line in report.products]))
    return Pictures(
        reading=_reading(report, language),
        markers=_markers(report, like),
        breakdowns=[
            _lines(name, part, report, like)
            for title, lines in asked
            for name, part in _parts(title, lines, most or len(lines))
        ],
        mix=_mix(report.decomposition, like),
        channels=_channels(report.channels, like),
        themes=_themes(report.themes, like),
    )


def _reading(report: Report, language: str) -> str:
    """The paragraph that comes first: where satisfaction stands, and where its change comes from."""
    parts = [said(report.satisfaction, report.filters.period, language)]
    if report.decomposition:
        parts.append(mix_sentence(report.decomposition, language))
    return " ".join(filter(None, parts))


def said(change: Change, period: Period, language: str) -> str:
    """Say satisfaction over a period and what may be said of its change, from the intervals alone.

    Args:
        change: satisfaction now and before.
        period: the period of now.
        language: "fr" or "en".

    Returns:
        One or two sentences, with the counts and the intervals.
    """
    if change.now.display is not Display.FULL:
        return sentence(change.now, language, subject=_("Satisfied customers")) + "."
    shown = {
        "period": label(period, language),
        "value": show(change.now, language),
        "span": span(change.now, language),
        "count": count(change.now.n, language),
    }
    month = period.kind is Kind.MONTH
    start = (
        _("In %(period)s, %(value)s of customers are satisfied (%(span)s, %(count)s)")
        if month
        else _("Over the period, %(value)s of customers are satisfied (%(span)s, %(count)s)")
    )
    before, way, earlier = change.before, change.difference, period.previous()
    if before is None or way is None or earlier is None or way.display is Display.HIDDEN:
        return f"{start % shown}."
    against = {"value": show(before, language), "period": label(earlier, language)}
    then = _("against %(value)s in %(period)s") if month else _("against %(value)s over the period before")
    change_said = difference_sentence(way, language, decimals=telling(change.now, before, way))
    return f"{start % shown}, {then % against}. {_capital(change_said)}."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def mark_names() -> dict[str, str]:
    """The marks that the head of a report shows, by key, in its order."""
    return {
        "effort": _("Ease (1 to 5, 5 is easy)"),
        "clarity": _("Clarity of the answer"),
        "listening": _("Listening"),
        "kindness": _("Kindness"),
    }


def _markers(report: Report, like: Frame) -> list[Marker]:
    shown = [
        (_("Satisfied customers"), report.satisfaction),
        (_("Recommendation (NPS)"), report.recommendation),
    ]
    shown += [(name, report.marks[key]) for key, name in mark_names().items() if key in report.marks]
    return [_marker(name, change, like) for name, change in shown if change.now.n]


def _marker(name: str, change: Change, like: Frame) -> Marker:
    against = (change.before, _("before"))
    bar = marker_bar(change.now, replace(like, title=name), voice=Voice.CUSTOMER, against=against)
    return Marker(name, change.now, bar, _since(change, like.language))


def _since(change: Change, language: str) -> str:
    """What was before, and what may be said of the way between; nothing where a side has too few answers."""
    before, way = change.before, change.difference
    if before is None or way is None or way.display is Display.HIDDEN:
        return ""
    return _("Before: %(value)s. %(change)s.") % {
        "value": show(before, language),
        "change": _capital(difference_sentence(way, language, decimals=telling(change.now, before, way))),
    }


def marker_bar(
    estimate: Estimate, frame: Frame, *, voice: Voice, against: tuple[Estimate | None, str] = (None, "")
) -> str:
    """Draw a marker in a thin column: its axis stands where the figures are, with its ends written.

    Args:
        estimate: the figure.
        frame: its title names the figure.
        voice: who speaks.
        against: what it is held against and its name; left out when there are too few answers there.
    """
    held, shown = reference_of(*against), estimate.display is not Display.HIDDEN
    room = (estimate.high - estimate.low) / 2
    seen = [estimate.low - room, estimate.high + room] if shown else []
    ends = reach([*seen, held.value], estimate.scale) if shown and held else reach(seen, estimate.scale)
    return interval_bar(estimate, frame.narrow(), voice=voice, reference=held if shown else None, domain=ends)


def reference_of(estimate: Estimate | None, name: str) -> Reference | None:
    """The dotted line of an estimate; none where too few answered: a line says a figure too."""
    if estimate is None or estimate.estimate is None or estimate.display is Display.HIDDEN:
        return None
    return Reference(estimate.estimate, name)


def _parts(title: str, lines: Sequence[Line], most: int) -> list[tuple[str, Sequence[Line]]]:
    """Cut a breakdown where a sheet would end; nothing of one that has no figure to draw."""
    if all(line.satisfaction.now.display is Display.HIDDEN for line in lines):
        return []
    parts = [lines[start : start + most] for start in range(0, len(lines), most)]
    several = len(parts) > 1
    return [(f"{title} ({n}/{len(parts)})" if several else title, part) for n, part in enumerate(parts, 1)]


def _lines(title: str, lines: Sequence[Line], report: Report, like: Frame) -> Picture:
    rows = [
        Row(
            line.label,
            line.satisfaction.now,
            detail=_("%(share)s of returns") % {"share": percent(line.share, like.language)},
            change=line.satisfaction.difference,
        )
        for line in lines
    ]
    frame = replace(like, title=title, of=title)
    reference = reference_of(report.satisfaction.now, _("all"))
    wide, narrow = (
        dot_list(rows, each, voice=Voice.CUSTOMER, reference=reference) for each in (frame, frame.narrow())
    )
    return Picture(title, wide, narrow, dot_table(rows, frame))


def _any_shown(rows: Sequence[Row]) -> bool:
    """Whether a list has a figure to draw: one of too few answers only has nothing to say."""
    return any(row.estimate.display is not Display.HIDDEN for row in rows)


def units(lines: Sequence[Line], language: str) -> Picture | None:
    """Satisfaction of a day or period by unit, in the order of the tree."""
    rows = [Row(line.label, line.satisfaction.now) for line in lines]
    if not _any_shown(rows):
        return None
    frame = Frame(_("By team"), language, of=_("Team"))
    return Picture(
        frame.title,
        dot_list(rows, frame, voice=Voice.CUSTOMER),
        dot_list(rows, frame.narrow(), voice=Voice.CUSTOMER),
        dot_table(rows, frame),
    )


def _themes(lines: Sequence[ThemeLine], like: Frame) -> Picture | None:
    rows = [
        Theme(line.label, line.negative, line.mixed, line.positive, line.change) for line in lines[:THEMES]
    ]
    if not rows:
        return None
    title, noun = _("What is spoken about"), (_("text"), _("texts"))
    frame = replace(like, title=title, of=_("Theme"), noun=noun)
    return Picture(
        frame.title, theme_bars(rows, frame), theme_bars(rows, frame.narrow()), theme_table(rows, frame)
    )


def _mix(parts: Decomposition | None, like: Frame) -> Picture | None:
    """The change, and the two parts that add up to it."""
    if parts is None or parts.own.display is not Display.FULL:
        return None
    effects = [
        Effect(_("Change of satisfaction"), parts.total),
        Effect(_("From the requests themselves"), parts.mix),
        Effect(_("At equal requests"), parts.own),
    ]
    return _effects(_("Where the change comes from, in points"), effects, like)


def _channels(lines: Sequence[Compared], like: Frame) -> Picture | None:
    """Each channel against the most used one, as it stands and at equal requests."""
    shown = [
        line for line in lines if line.raw.display is Display.FULL and line.equal.display is Display.FULL
    ]
    if not shown:
        return None
    effects = []
    for line in shown:
        names = {"channel": line.label, "against": line.against}
        effects.append(Effect(_("%(channel)s against %(against)s, as it stands") % names, line.raw))
        effects.append(Effect(_("%(channel)s against %(against)s, at equal requests") % names, line.equal))
    return _effects(_("Channels compared, in points"), effects, like)


def _effects(title: str, effects: Sequence[Effect], like: Frame) -> Picture:
    frame = replace(like, title=title, of=_("Comparison"))
    wide, narrow = (effect_list(effects, each, voice=Voice.CUSTOMER) for each in (frame, frame.narrow()))
    return Picture(title, wide, narrow, effect_table(effects, frame))
