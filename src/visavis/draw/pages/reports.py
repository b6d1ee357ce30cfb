"""The monthly report on paper. Texts travel as data: nothing that anybody wrote is ever read as code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Final

from visavis.draw.pages.printing import colours, families, printable, printed
from visavis.draw.palette import PAPER
from visavis.draw.paper import Table

#: Width in pixels for which full-width charts are drawn: their smallest text prints at 8.7 points.
PAPER_WIDE: Final = 680
_TEMPLATE: Final = Path(__file__).with_name("report.typ")
_TOLD = re.compile(r"<title>(.*?)</title>(?:<desc>(.*?)</desc>)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing on the palette of paper, what it shows, and the same figures in a table."""

    title: str
    note: str
    svg: str
    table: Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the head: its value, its interval with n, the bar, what may be said of its change."""

    label: str
    value: str
    held: str
    svg: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A priority axis proposed, with the figures it rests on."""

    title: str
    said: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A chosen text, between its quotation marks, with its tone and where it comes from."""

    text: str
    sign: str
    tone: str
    about: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report ready to print: sentences and drawings, no computation left.

    Attributes:
        language: "fr" or "en".
        title: title of the document.
        over: what stands above the title: the company.
        facts: (name, value) pairs: scope, other filters, returns.
        as_of: from when the figures are.
        reading: the paragraph that comes first; empty for a period without returns.
        notes: sentences about what is missing.
        figures: the figures of the head.
        charts: in the order of print.
        axes: the priority axes proposed.
        quotes: chosen texts; empty for who may not read texts.
        places: (title, sentence) of what stands beside figures: decisions, the other voice.
        method: sentences.
        words: headings and small words of the template: ``figures``, ``figures_note``, ``charts``, ``axes``,
            ``no_axis``, ``quotes``, ``no_quote``, ``method``, ``annex``, ``page`` with ``{n}`` and ``{of}``,
            ``colon`` with its spaces.
    """

    language: str
    title: str
    over: str
    facts: tuple[tuple[str, str], ...]
    as_of: str
    reading: str
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    axes: tuple[Axis, ...]
    quotes: tuple[Quote, ...]
    places: tuple[tuple[str, str], ...]
    method: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)


def report_pdf(page: ReportPage, *, made_at: dt.datetime | None = None) -> bytes:
    """Print a report: A4, tagged, its fonts inside.

    Args:
        page: what it says.
        made_at: instant written as that of creation, with its zone; now by default.

    Returns:
        A PDF that is both an archive (PDF/A-2a) and accessible (PDF/UA-1). A text in a writing that no font
        here has keeps its place, and costs the file those two labels, not its tags.

    Raises:
        ValueError: if the report has no title, or a drawing none to be read aloud.
    """
    if not page.title.strip():
        raise ValueError("a document has a title")
    return printed(_TEMPLATE, _told(page), made_at=made_at)


def read_aloud(svg: str) -> str:
    """Return the title and the description that a drawing of ours carries, as one text.

    Raises:
        ValueError: if it has none.
    """
    found = _TOLD.search(svg)
    if not found:
        raise ValueError("a drawing without a title cannot be read aloud")
    return ". ".join(unescape(part) for part in found.groups() if part)


def _told(page: ReportPage) -> dict[str, Any]:
    told: dict[str, Any] = printable(asdict(page))
    drawings = [*(one.svg for one in page.charts), *(one.svg for one in page.figures)]
    for drawn, svg in zip([*told["charts"], *told["figures"]], drawings, strict=True):
        drawn |= {"svg": svg, "alt": read_aloud(svg) if svg else ""}
    return told | {"colours": colours(PAPER), "families": families()}
