"""Strings that others wrote to break programs, and what no answer may do with them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import python_calamine
from bs4 import BeautifulSoup, Comment, Tag
from django.http import HttpResponseBase, StreamingHttpResponse

from tests import printed

#: A few of each kind, for machines where the lists of others are not.
FEW = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</textarea></title></style></script><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% debug %}${7*7}<%= 7*7 %>#{7*7}",
    "=cmd|' /C calc'!A0",
    '+HYPERLINK("http://evil.example";"x")',
    "＝1+1",
    "%s%n%(x)s{0.__class__}",
    "'; DROP TABLE people_units_unit; --",
    "../../../etc/passwd",
    "\u202eabc\u202c \ufeff\u200b Z\u0351\u036b\u0343",
    "\r\nSet-Cookie: a=b",
    "\x1b[31m rouge \x07",
    "http://evil.example/x www.evil.example",
    '#import "x" $ math $ *gras* _x_ @ref <label> // note',
)


def strings(folder: Path) -> list[str]:
    """Every string of the lists, once; characters that look like others come by the hundred."""
    found: dict[str, None] = dict.fromkeys(FEW)
    alike: list[str] = []
    for name in ("strings", "xss", "http", "sql", "files", "csv-injection", "email"):
        for path in sorted((folder / name).glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                told = json.loads(line)
                if "c" in told:
                    alike += [told["c"], *told["like"]]
                for text in _texts(told):
                    found.setdefault(text)
    packed = ("".join(alike[place : place + 100]) for place in range(0, len(alike), 100))
    return list(dict.fromkeys([*found, *packed]))


def _texts(told: dict[str, Any]) -> Iterator[str]:
    """What a line holds: a string or an address."""
    names = ("s", "address", "input", "payload")
    yield from (value for name in names if isinstance(value := told.get(name), str))


def storable(text: str) -> str:
    """What the doors of the house let through: no NUL, no half of a pair."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode() or "vide"


# What no answer may do

_TAGS = frozenset(
    """html head meta title link script body a div header main footer nav section article aside span p h1
    h2 h3 h4 ul ol li dl dt dd table caption thead tbody tfoot tr th td form fieldset legend label input
    select option optgroup textarea button details summary strong em b i small abbr time code kbd pre
    bdi bdo mark figure figcaption blockquote q svg g path rect circle line text tspan title desc defs
    clippath polygon polyline ellipse use symbol hr br output progress meter datalist template dialog
    img sup sub del ins cite picture source search address wbr s noscript lineargradient stop pattern
    mask marker style colgroup col var samp""".split()  # noqa: SIM905
)
_ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "poster", "data")
_SAFE_ADDRESS = re.compile(
    r"(https?://(testserver|localhost|127\.0\.0\.1)|/|#|\?|data:image/|\.|[\w-]+/|$)", re.I
)


def faults_of_page(page: str, *, styles: bool = False) -> Iterator[str]:
    """Elements, attributes and addresses that no template of the house writes.

    Args:
        page: a page.
        styles: whether inline styles are part of it, as in an e-mail.
    """
    read = BeautifulSoup(page, "html.parser")
    comments = read.find_all(string=lambda one: isinstance(one, Comment))
    yield from (f"a comment {each[:60]!r}" for each in comments)
    for tag in read.find_all(True):
        if tag.name not in _TAGS or (tag.name == "style" and not styles):
            yield f"an element <{tag.name}>"
        ours = str(tag.get("src", "")).startswith("/static/") or "json" in str(tag.get("type", ""))
        if tag.name == "script" and not ours:
            yield f"a script {str(tag)[:80]}"
        yield from (f"{fault} on <{tag.name}>" for fault in _faults_of_attributes(tag, styles=styles))


#: Numbers of help, written in the product.
_HELP = ("tel:112", "tel:3114")


def _faults_of_attributes(tag: Tag, *, styles: bool) -> Iterator[str]:
    for name, value in tag.attrs.items():
        if name.lower().startswith("on") or name.lower() in {"srcdoc", "http-equiv"}:
            yield f"an attribute {name}"
        known = _SAFE_ADDRESS.match(str(value).strip()) or str(value).startswith("mailto:") or value in _HELP
        if name.lower() in _ADDRESSES and not known and not (styles and value == "data:,"):
            yield f"an address {value!r}"


#: Letters after a tag's sign by which a string is looked for.
_WINDOW = 12


def faults_of_escape(page: str, texts: Iterable[str]) -> Iterator[str]:
    """Strings with a tag that stand in a page letter for letter, as ours do."""
    tags = {page[found.start() : found.start() + _WINDOW] for found in re.finditer("<", page)}
    for text in texts:
        window = text[text.find("<") :][:_WINDOW] if "<" in text else ""
        if len(window) == _WINDOW and window in tags and text in page:
            yield f"as it is: {text[:80]!r}"


def words_of(answer: HttpResponseBase) -> str:
    """What a reader reads in an answer of any kind, on one line."""
    kind, content = str(answer.headers.get("Content-Type", "")), content_of(answer)
    if "html" in kind:
        text = html.unescape(content.decode())
    elif "csv" in kind:
        table = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        text = " ".join(cell for row in table for cell in row)
    elif "spreadsheet" in kind:
        text = " ".join(str(cell) for row in _cells(content) for cell in row)
    elif "json" in kind:
        text = json.dumps(json.loads(content), ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")
    elif "pdf" in kind:
        text = printed.words_of(content)
    else:
        text = content.decode("utf-8", "replace")
    return " ".join(text.split())


def content_of(answer: HttpResponseBase) -> bytes:
    """All that an answer holds."""
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return bytes(answer.content)  # type: ignore[attr-defined]


#: How a cell begins that a spreadsheet would run.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?[\d\u202f\u00a0 ]+([.,]\d+)?( ?%)?$|-?\d{2}/\d{2}/\d{4}.*$")


def faults_of_csv(content: bytes, separator: str = ";") -> Iterator[str]:
    """Cells that a spreadsheet would run, rows that are not as long as the header; guessed if not said."""
    text = content.decode("utf-8-sig")
    separator = separator or max(";,\t|", key=text.partition("\n")[0].count)
    table = list(csv.reader(io.StringIO(text), delimiter=separator))
    for number, row in enumerate(table):
        if len(row) != len(table[0]):
            yield f"row {number} has {len(row)} cells for {len(table[0])}"
        for cell in row:
            if cell.lstrip(" \u00a0").startswith(LIVE) and not _NUMBER.match(cell):
                yield f"a live cell {cell[:60]!r}"
            if "\0" in cell:
                yield "a NUL"


def faults_of_workbook(content: bytes) -> Iterator[str]:
    """Formulas, links and macros of a workbook; whether another program reads it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        for name in names:
            if "vba" in name.lower() or "externalLink" in name:
                yield f"holds {name}"
            text = packed.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/") and re.search(r"<f[ >]|<hyperlink|<ddeLink", text):
                yield f"a formula or a link in {name}"
    for row in _cells(content):
        for cell in row:
            if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(LIVE):
                yield f"a live cell {cell[:60]!r}"


def _cells(content: bytes) -> Iterator[list[Any]]:
    """The rows of every sheet, read by another library than the one that writes."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    for sheet in book.sheet_names:
        yield from book.get_sheet_by_name(sheet).iter_rows()


def faults_of_pdf(content: bytes) -> Iterator[str]:
    """What a printed page may never hold: scripts, launches, forms, addresses from elsewhere."""
    if not content.startswith(b"%PDF-"):
        yield "is no PDF"
    for word in (b"/JavaScript", b"/JS ", b"/Launch", b"/EmbeddedFile", b"/AA ", b"/RichMedia"):
        if word in content:
            yield f"holds {word.decode()}"


def faults_of(answer: HttpResponseBase, *, styles: bool = False) -> Iterator[str]:
    """What is wrong with an answer, whatever its kind; ``styles`` if it is an e-mail."""
    kind = str(answer.headers.get("Content-Type", ""))
    if answer.status_code >= 500:
        yield f"{answer.status_code}"
    content = content_of(answer)
    if "html" in kind:
        yield from faults_of_page(content.decode(), styles=styles)
    elif "csv" in kind:
        yield from faults_of_csv(content)
    elif "spreadsheet" in kind:
        yield from faults_of_workbook(content)
    elif "pdf" in kind:
        yield from faults_of_pdf(content)
    named = str(answer.headers.get("Content-Disposition", ""))
    if any(ord(letter) < 32 for value in answer.headers.values() for letter in str(value)) or "/" in named:
        yield f"a header {named!r}"
