"""A written document on paper: parts of sentences, lists and tables. Texts travel as data, never as code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from visavis.draw.pages.printing import colours, families, printable, printed
from visavis.draw.palette import PAPER
from visavis.draw.paper import Table

_TEMPLATE: Final = Path(__file__).with_name("document.typ")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its title, sentences, then a list, then a table; each may be missing."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready to show or to print.

    Attributes:
        code: how addresses and files name it.
        language: "fr" or "en".
        title: its title.
        over: what stands above the title: the company.
        as_of: from when it is.
        lead: the paragraph that comes first.
        parts: in their order.
    """

    code: str
    language: str
    title: str
    over: str
    as_of: str
    lead: str
    parts: tuple[Part, ...]


def document_pdf(
    document: Document, *, words: Mapping[str, str], made_at: dt.datetime | None = None
) -> bytes:
    """Print a document: A4, tagged, its fonts inside.

    Args:
        document: what it says.
        words: ``page`` with ``{n}`` and ``{of}``.
        made_at: instant written as that of creation, with its zone; now by default.

    Returns:
        A PDF that is both an archive (PDF/A-2a) and accessible (PDF/UA-1); see ``report_pdf``.

    Raises:
        ValueError: if the document has no title.
    """
    if not document.title.strip():
        raise ValueError("a document has a title")
    told = printable(asdict(document)) | {"words": dict(words), "colours": colours(PAPER)}
    return printed(_TEMPLATE, told | {"families": families()}, made_at=made_at)
