"""A study on paper, for a committee: the figures of the page, with the colours of paper."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.core.words import Voice
from visavis.draw.pages.reports import PAPER_WIDE, Chart, Figure, ReportPage, report_pdf
from visavis.draw.palette import PAPER
from visavis.draw.paper import Picture
from visavis.measure.equivalence import Likeness
from visavis.measure.figures import count, gap, number
from visavis.understand.mirror import page, pictures, sentences
from visavis.understand.mirror.findings import Line
from visavis.understand.mirror.page import Findings
from visavis.understand.mirror.pictures import Canvas
from visavis.understand.mirror.queries import Held

#: Demonstrated gaps that are printed with the spread of their answers.
_SPREAD = 3


def pdf(held: Held, found: Findings, language: str, made_at: dt.datetime) -> bytes:
    """Print a study.

    Args:
        held: the study.
        found: what it says.
        language: "fr" or "en".
        made_at: instant of creation written in the file.
    """
    published = timezone.localdate(held.release.published_at if held.release else made_at)
    apart = [line for line in found.lines if line.found.verdict is Likeness.APART]
    told = ReportPage(
        language=language,
        title=held.sides.label,
        over=held.company.label if held.company else "",
        facts=_facts(held, language),
        as_of=_("Published on %(day)s, once, to everybody.") % {"day": spoken_day(published, language)},
        reading=sentences.reading(found.lines, held.study.design, language),
        notes=tuple(filter(None, [page.left_out(found)])),
        figures=tuple(_figure(line, language) for line in apart),
        charts=tuple(_charts(found, apart[:_SPREAD], language)),
        axes=(),
        quotes=(),
        places=(),
        method=tuple(sentences.method(held, found.lines, language)),
        words=_words(language),
    )
    return report_pdf(told, made_at=made_at)


def _facts(held: Held, language: str) -> tuple[tuple[str, str], ...]:
    names = pictures.names()
    people = [(names[voice], number(held.people[voice], language)) for voice in Voice]
    margin = _("± %(margin)s mark") % {"margin": number(held.study.margin, language, 2)}
    return (*people, (_("Design"), held.study.get_design_display()), (_("Margin of likeness"), margin))


def _figure(line: Line, language: str) -> Figure:
    pieces = gap(line.gap, language)
    counts = " / ".join(count(line.figures[voice].n, language) for voice in Voice)
    return Figure(
        line.asked.label, pieces.value, f"{pieces.span}, {counts}", "", sentences.likeness(line, language)
    )


def _charts(found: Findings, apart: list[Line], language: str) -> list[Chart]:
    on = Canvas(language, PAPER, PAPER_WIDE)
    drawn: list[Picture] = [pictures.gaps(found.lines, on, {})]
    drawn += [pictures.distributions(line, on) for line in apart]
    if found.guesses:
        drawn.append(pictures.guesses(found.guesses, on))
    return [Chart(each.title, "", each.wide, each.table) for each in drawn]


def _words(language: str) -> dict[str, str]:
    return {
        "figures": _("Demonstrated gaps"),
        "figures_note": _("employees minus customers"),
        "charts": _("Question by question"),
        "axes": "",
        "no_axis": "",
        "quotes": "",
        "no_quote": "",
        "method": _("Method"),
        "annex": _("Annex: the figures in tables"),
        "page": _("page %(n)s of %(of)s") % {"n": "{n}", "of": "{of}"},
        "colon": "\u00a0: " if language.startswith("fr") else ": ",
    }
