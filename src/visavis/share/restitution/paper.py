"""The report on paper: the figures, charts and sentences of the page, laid out for ``draw.pages``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.core.periods import Period, label, spoken_day
from visavis.draw.pages.reports import PAPER_WIDE, Axis, Chart, Figure, Quote, ReportPage, report_pdf
from visavis.draw.palette import PAPER
from visavis.draw.paper import Picture
from visavis.listen.returns.models import Verbatim
from visavis.measure.estimates import Display
from visavis.measure.figures import count, number, show, span
from visavis.share.restitution import freshness, pictures
from visavis.share.restitution.freshness import AsOf
from visavis.share.restitution.method import method
from visavis.share.restitution.pictures import Marker, Pictures
from visavis.share.restitution.reports import Report
from visavis.share.restitution.themes import ThemeLine
from visavis.web.filters import PERIOD, SCOPE, FilterBar
from visavis.web.templatetags.visavis import SIGNS
from visavis.web.wording import NBSP, is_french, quote

#: Lines of a breakdown that fit on one sheet.
_LINES = 18
#: Branches named on paper when a reader has several.
_BRANCHES = 3


@dataclass(frozen=True, slots=True)
class About:
    """What a report on paper is about, in words: a file that travels says it by itself.

    Attributes:
        scope: the unit, or the branches of the reader.
        limits: (name, value) of the other filters that limit it.
        fresh: from when its figures are.
    """

    scope: str
    limits: tuple[tuple[str, str], ...]
    fresh: AsOf


def about(bar: FilterBar, fresh: AsOf) -> About:
    """Say in words what a page is limited to."""
    chosen = {one.name: next((each for each in one.options if each.selected), None) for one in bar.selects}
    names = {one.name: one.label for one in bar.selects}
    limits = [
        (names[key], one.label)
        for key, one in chosen.items()
        if one and one.value and key not in {SCOPE, PERIOD}
    ]
    scope = chosen.get(SCOPE)
    return About(scope.label.strip() if scope and scope.value else _branches(bar), tuple(limits), fresh)


def _branches(bar: FilterBar) -> str:
    """The widest units within reach: those that the list of choices does not indent."""
    names = [str(words) for _code, words in bar.choices.scopes if not str(words).startswith(NBSP)]
    return ", ".join(names[:_BRANCHES]) + (f",{NBSP}…" if len(names) > _BRANCHES else "")


def pdf(report: Report, on: About, language: str, made_at: dt.datetime) -> bytes:
    """Print a report.

    Args:
        report: from ``queries.report``.
        on: what it is about.
        language: "fr" or "en", that of the request.
        made_at: instant of creation written in the file.

    Returns:
        The bytes of a PDF whose figures are those of the page.
    """
    return report_pdf(page(report, on, language), made_at=made_at)


def page(report: Report, on: About, language: str) -> ReportPage:
    """Lay a report out: the same figures, charts and sentences as on screen, with the colours of paper."""
    period, heard = report.filters.period, bool(report.counts.returns)
    drawn = pictures.of(report, language, palette=PAPER, width=PAPER_WIDE, most=_LINES)
    facts = (*on.limits, (_("Returns"), number(report.counts.returns, language)))
    return ReportPage(
        language=language,
        title=title(report, language),
        over=on.scope,
        facts=((_("Period"), _days(period, language)), *facts) if period.previous() else facts,
        as_of=freshness.said(on.fresh, language),
        reading=drawn.reading if heard else "",
        notes=tuple(_notes(report, language)),
        figures=tuple(_figure(one, language) for one in drawn.markers if heard),
        charts=tuple(_charts(drawn)) if heard else (),
        axes=tuple(_axis(line, language) for line in report.axes),
        quotes=tuple(_quote(text, language) for texts in report.verbatims.values() for text in texts),
        places=_places() if heard else (),
        method=tuple(method()),
        words=_words(language),
    )


def title(report: Report, language: str) -> str:
    """The title of a report, in its files as on its page."""
    return _("Report, %(period)s") % {"period": label(report.filters.period, language)}


def _days(period: Period, language: str) -> str:
    first = spoken_day(period.first, language, year=period.first.year != period.last.year)
    return _("%(first)s to %(last)s") % {"first": first, "last": spoken_day(period.last, language)}


def _notes(report: Report, language: str) -> Iterator[str]:
    if not report.counts.returns:
        yield _("No return in this period")
    if report.unread:
        yield ngettext(
            "%(shown)s text of this period is still being read: its themes come later.",
            "%(shown)s texts of this period are still being read: their themes come later.",
            report.unread,
        ) % {"shown": number(report.unread, language)}


def _figure(marker: Marker, language: str) -> Figure:
    estimate = marker.estimate
    if estimate.display is Display.HIDDEN:
        return Figure(marker.label, "–", show(estimate, language), "")
    held = [count(estimate.n, language), span(estimate, language)]
    indicative = f" · {_('indicative')}" if estimate.display is Display.INDICATIVE else ""
    return Figure(
        marker.label, show(estimate, language), ", ".join(held) + indicative, marker.bar, marker.said
    )


def _charts(drawn: Pictures) -> Iterator[Chart]:
    """The charts in the order of the page."""
    if drawn.mix:
        yield _chart(drawn.mix)
    for picture in drawn.breakdowns:
        yield _chart(picture, _("satisfied customers"))
    if drawn.channels:
        yield _chart(drawn.channels)
    if drawn.themes:
        yield _chart(drawn.themes, _("texts of customers"))


def _chart(picture: Picture, note: str = "") -> Chart:
    return Chart(picture.title, note, picture.wide, picture.table)


def _axis(line: ThemeLine, language: str) -> Axis:
    complaints = ngettext("%(shown)s complaint", "%(shown)s complaints", line.negative) % {
        "shown": number(line.negative, language)
    }
    share = _("%(share)s of texts speak of it, %(span)s (%(n)s texts)") % {
        "share": show(line.share, language),
        "span": span(line.share, language),
        "n": number(line.share.n, language),
    }
    return Axis(line.label, f"{complaints} · {share}")


def _quote(text: Verbatim, language: str) -> Quote:
    said = text.response
    where = [said.unit.name, said.channel.label if said.channel else ""]
    day = spoken_day(text.heard_on, language, year=False)
    return Quote(
        quote(text.shown, language),
        SIGNS.get(text.polarity, ""),  # type: ignore[call-overload]
        text.get_polarity_display(),
        " · ".join(filter(None, (*where, day))),
    )


def _places() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Decisions of the month before"),
            _(
                "What was decided, postponed or set aside, and its measured effect, will stand here once "
                "decisions are taken in the product."
            ),
        ),
        (
            _("How the teams are doing"),
            _(
                "The climate and the recommendation as a workplace are on the page of the barometer, "
                "published once each wave is closed, by groups of at least five people."
            ),
        ),
    )


def _words(language: str) -> dict[str, str]:
    return {
        "figures": _("Markers of the period"),
        "figures_note": _("The pale bar is the margin of uncertainty, the dotted line the period before."),
        "charts": _("In detail"),
        "axes": _("Proposed priorities"),
        "no_axis": _("No theme gathers five complaints in this period."),
        "quotes": _("Chosen texts"),
        "no_quote": _("No text of this period is telling enough, or the texts are not open to you."),
        "method": _("Method"),
        "annex": _("Annex: the figures in tables"),
        "page": _("page %(n)s of %(of)s") % {"n": "{n}", "of": "{of}"},
        "colon": f"{NBSP}: " if is_french(language) else ": ",
    }
