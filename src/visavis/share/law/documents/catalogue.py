"""The documents by their names in addresses, and the pack that holds them all."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from visavis.draw.pages.documents import Document, Part, document_pdf
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.share.law.documents.assessment import assessment
from visavis.share.law.documents.live import Live, live
from visavis.share.law.documents.notices import council, customers, employees
from visavis.share.law.documents.records import records
from visavis.share.law.documents.tables import retention, roles
from visavis.share.law.reading import may_read

#: Code -> (its title in a list, how it is written).
DOCUMENTS: Final[Mapping[str, tuple[Promise, Callable[[Live], Document]]]] = {
    "registre": (gettext_lazy("Records of processing"), records),
    "aipd": (gettext_lazy("Impact assessment (draft)"), assessment),
    "notice-clients": (gettext_lazy("Notice to customers"), customers),
    "notice-collaborateurs": (gettext_lazy("Notice to employees"), employees),
    "cse": (gettext_lazy("File for the works council"), council),
    "conservation": (gettext_lazy("Keeping times"), retention),
    "habilitations": (gettext_lazy("Role matrix"), roles),
}


def document_of(viewer: Viewer, code: str, *, today: dt.date) -> Document:
    """Write one document, in the language in force.

    Args:
        viewer: who reads.
        code: one of ``DOCUMENTS``.
        today: the company's day.

    Raises:
        PermissionDenied: if the documents are not hers to read.
        KeyError: if there is no such document.
    """
    if not may_read(viewer):
        raise PermissionDenied
    _title, write = DOCUMENTS[code]
    return write(live(viewer, today=today))


def pdf(document: Document, *, at: dt.datetime | None = None) -> bytes:
    """Print a document in its own language."""
    with override(document.language):
        words = {"page": _("page %(n)s of %(of)s") % {"n": "{n}", "of": "{of}"}}
    return document_pdf(document, words=words, made_at=at)


def markdown(document: Document) -> str:
    """A document as Markdown: what anybody wrote in it stays plain text."""
    lines = [f"# {_plain(document.title)}", "", f"*{_plain(document.over)} · {_plain(document.as_of)}*", ""]
    lines += [_plain(document.lead), ""]
    for part in document.parts:
        lines += _markdown_of(part)
    return "\n".join(lines).rstrip() + "\n"


def _markdown_of(part: Part) -> Iterator[str]:
    yield from (f"## {_plain(part.title)}", "")
    for said in part.paragraphs:
        yield from (_plain(said), "")
    yield from (f"- {_plain(item)}" for item in part.items)
    if part.items:
        yield ""
    if part.table and part.table.rows:
        yield _row(part.table.header)
        yield _row(("---",) * len(part.table.header))
        yield from map(_row, part.table.rows)
        yield ""


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell if cell == "---" else _plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    """A text on one line that Markdown, and the HTML inside it, take as it is."""
    flat = " ".join(text.split())
    for sign in "\\`*_[]|#":
        flat = flat.replace(sign, f"\\{sign}")
    return flat.replace("<", "&lt;")


def html(document: Document) -> str:
    """A document as a page of its own, without style or script."""
    parts = "\n".join(map(_html_of, document.parts))
    return (
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title></head>\n<body><h1>{escape(document.title)}</h1>"
        f"<p>{escape(document.over)} · {escape(document.as_of)}</p><p>{escape(document.lead)}</p>\n"
        f"{parts}\n</body></html>\n"
    )


def _html_of(part: Part) -> str:
    said = [f"<h2>{escape(part.title)}</h2>", *(f"<p>{escape(one)}</p>" for one in part.paragraphs)]
    if part.items:
        said.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in part.items) + "</ul>")
    if part.table and part.table.rows:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in part.table.header)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part.table.rows
        )
        said.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    return "\n".join(said)


def take_pack(*, by: Viewer, today: dt.date, at: dt.datetime) -> bytes:
    """Every document, in French then in English, as PDF, Markdown and HTML, in one archive.

    Args:
        by: who takes it.
        today: the company's day.
        at: instant written in the files.

    Returns:
        The bytes of a ZIP file.

    Raises:
        PermissionDenied: if the documents are not hers to read.
    """
    if not may_read(by):
        raise PermissionDenied
    held = io.BytesIO()
    # No transaction around: on SQLite, fourteen documents drawn would keep everybody else from writing.
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for language in ("fr", "en"):
            with override(language):
                found = live(by, today=today)
                for _title, write in DOCUMENTS.values():
                    _put(pack, write(found), at)
    journal.write(by=by, verb="law.pack_taken")
    return held.getvalue()


def _put(pack: zipfile.ZipFile, document: Document, at: dt.datetime) -> None:
    name = f"{document.language}/{document.code}"
    pack.writestr(f"{name}.pdf", pdf(document, at=at))
    pack.writestr(f"{name}.md", markdown(document))
    pack.writestr(f"{name}.html", html(document))
