"""The monthly report on paper. Texts travel as data: nothing that anybody wrote is ever read as code."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Final

from visavis.draw.palette import PAPER, Palette
from visavis.draw.paper import Table

#: Width in pixels for which full-width charts are drawn: their smallest text prints at 8.7 points.
PAPER_WIDE: Final = 680
#: Archive (PDF/A-2a) and accessible (PDF/UA-1) at once.
STANDARDS: Final = ("a-2a", "ua-1")
#: Where set-up puts the TrueType files of Inter; without them the system's own fonts serve.
FONTS: Final = Path(__file__).with_name("fonts")
_TEMPLATE: Final = Path(__file__).with_name("report.typ")
#: Inter where it was fetched, then what Debian and most systems have.
_FAMILIES: Final = ("Inter", "Liberation Sans", "DejaVu Sans", "Libertinus Serif", "DejaVu Sans Mono")
_TOLD = re.compile(r"<title>(.*?)</title>(?:<desc>(.*?)</desc>)?", re.DOTALL)
#: What no font shows and PDF/A refuses: controls, surrogates, private use, non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff]"
)
#: What turns the direction of all that follows, and marks of byte order.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Letters without a break, after which one is allowed.
_LONG = re.compile(r"(\S{28})(?=\S{8})")


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
            ``no_axis``, ``quotes``, ``no_quote``, ``method``, ``annex``, ``page`` with ``{n}`` and ``{of}``.
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
    import typst

    if not page.title.strip():
        raise ValueError("a document has a title")

    whole = json.dumps(_told(page), ensure_ascii=False)
    asked: dict[str, Any] = {
        "font_paths": [FONTS] if FONTS.is_dir() else [],
        "sys_inputs": {"page": whole},
        "root": _TEMPLATE.parent,
        "format": "pdf",
        "timestamp": int(made_at.timestamp()) if made_at else None,
    }
    try:
        made, _ = typst.compile_with_warnings(_TEMPLATE, pdf_standards=list(STANDARDS), **asked)
    except typst.TypstError as error:
        if not str(error).startswith("PDF/"):
            raise
        made, _ = typst.compile_with_warnings(_TEMPLATE, **asked)
    return bytes(made)


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
    told: dict[str, Any] = _printable(asdict(page))
    drawings = [*(one.svg for one in page.charts), *(one.svg for one in page.figures)]
    for drawn, svg in zip([*told["charts"], *told["figures"]], drawings, strict=True):
        drawn |= {"svg": svg, "alt": read_aloud(svg) if svg else ""}
    return told | {"colours": _colours(PAPER), "families": list(_FAMILIES)}


def _colours(palette: Palette) -> dict[str, str]:
    return {name: value for name, value in asdict(palette).items() if name != "font"}


def _printable(value: Any) -> Any:
    """Every text in a tree of lists and mappings, without what cannot be printed, long words breakable."""
    match value:
        case str():
            return _LONG.sub("\\1\u200b", _UNPRINTABLE.sub("\ufffd", _TURNING.sub("", value)))
        case Mapping():
            return {key: _printable(each) for key, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
        case _:
            return value
