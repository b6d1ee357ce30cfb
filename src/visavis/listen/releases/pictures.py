"""The charts of a released wave, and the wave on paper."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.core.words import Voice
from visavis.draw.bars import Row, dot_list, dot_table
from visavis.draw.frame import Frame
from visavis.draw.pages.reports import PAPER_WIDE, Chart, Figure, ReportPage, report_pdf
from visavis.draw.palette import PAGE, PAPER, Palette
from visavis.draw.paper import WIDE, Picture
from visavis.listen.releases.results import Asked, Results, title
from visavis.measure.estimates import Display
from visavis.measure.figures import count, number, show, span


def picture(
    found: Results, asked: Asked, language: str, *, palette: Palette = PAGE, width: int = WIDE
) -> Picture | None:
    """Draw one question over the groups of the tree; none if no group shows a mean of it."""
    rows = [
        Row(line.cell.label, shown.estimate)
        for line in found.lines
        for shown in line.shown
        if shown.asked == asked and shown.estimate and shown.estimate.display is not Display.HIDDEN
    ]
    if not rows:
        return None
    frame = Frame(asked.label, language, palette, width, of=_("Group"))
    return Picture(
        asked.label,
        dot_list(rows, frame, voice=Voice.EMPLOYEE),
        dot_list(rows, frame.narrow(), voice=Voice.EMPLOYEE),
        dot_table(rows, frame),
    )


def pdf(found: Results, language: str, made_at: dt.datetime) -> bytes:
    """Print a released wave: the figures of the page, the same groups, the same masks.

    Args:
        found: from ``results.results``.
        language: "fr" or "en".
        made_at: instant of creation written in the file.
    """
    drawn = [picture(found, asked, language, palette=PAPER, width=PAPER_WIDE) for asked in found.questions]
    release = found.release
    page = ReportPage(
        language=language,
        title=title(release),
        over=found.whole.label if found.whole else "",
        facts=_facts(found, language),
        as_of=_("Published on %(day)s, once, to everybody.")
        % {"day": spoken_day(timezone.localdate(release.published_at), language)},
        reading=" ".join(found.said),
        notes=_notes(found),
        figures=tuple(_figures(found, language)),
        charts=tuple(Chart(each.title, "", each.wide, each.table) for each in drawn if each),
        axes=(),
        quotes=(),
        places=(),
        method=method(found),
        words=_words(language),
    )
    return report_pdf(page, made_at=made_at)


def _facts(found: Results, language: str) -> tuple[tuple[str, str], ...]:
    release = found.release
    if release.answered is None:
        return ()
    told = [(_("Answered"), number(release.answered, language))]
    if release.invited:
        told.append((_("Asked"), number(release.invited, language)))
    return tuple(told)


def _notes(found: Results) -> tuple[str, ...]:
    return tuple(_("Shown together: %(names)s.") % {"names": cell.label} for cell in found.merged)


def _figures(found: Results, language: str) -> list[Figure]:
    """The whole, question by question."""
    told = []
    for one in found.lines[0].shown if found.lines else ():
        if one.estimate and one.estimate.display is not Display.HIDDEN:
            held = f"{count(one.estimate.n, language)}, {span(one.estimate, language)}"
            told.append(Figure(one.asked.label, show(one.estimate, language), held, ""))
    return told


def method(found: Results) -> tuple[str, ...]:
    """How a wave is published, in sentences."""
    words = {"floor": found.release.floor, "comments": found.release.comment_floor}
    return (
        _("A wave is published once, after its close, to everybody in the same groups.") % words,
        _("A group shows from %(floor)s answers on; a smaller one shows with a neighbour.") % words,
        _("A comment shows at the level of a site or of the company, from %(comments)s answers on.") % words,
        _("Before publication an audit proves that nobody’s answer can be worked out."),
    )


def _words(language: str) -> dict[str, str]:
    return {
        "figures": _("The whole company"),
        "figures_note": "",
        "charts": _("By group"),
        "axes": "",
        "no_axis": "",
        "quotes": "",
        "no_quote": "",
        "method": _("Method"),
        "annex": _("Annex: the figures in tables"),
        "page": _("page %(n)s of %(of)s") % {"n": "{n}", "of": "{of}"},
        "colon": "\u00a0: " if language.startswith("fr") else ": ",
    }
