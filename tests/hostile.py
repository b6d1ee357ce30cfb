"""Strings that others wrote to break programs: where they are planted, what no answer may do with them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.db import models
from django.http import HttpResponseBase, StreamingHttpResponse

from tests import house
from tests.house import TODAY
from visavis.people.units.fields import PathField
from visavis.people.units.models import Event, Unit
from visavis.understand.verbatims.models import SavedView

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
    '#import "x" $ math $ *gras* _x_ @ref <label> // note',
)
#: Columns that hold what somebody wrote.
_WRITTEN = {
    "name", "names", "text", "masked_text", "outcome", "raw", "column", "file_name", "wording", "product",
    "explanation", "form", "label", "comment", "reason", "answer", "sentence", "note", "title", "place",
}  # fmt: skip
_ROOMS = ("people_", "moments_", "listen_", "understand_", "act_", "share_")
#: Written by a gesture that checks a list, whatever the name of the column says.
_CHOSEN = {("share_law.fact", "name")}


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


def grow(size: int) -> None:
    """Make room for ``size`` strings of each kind in the company of the pages."""
    ours = Unit.objects.get(code="escaut")
    region = Unit.objects.get(code="roubaix")
    for place in range(size):
        team = house.unit(f"h{place}", region)
        who = house.person()
        house.assignment(who, ours)
        house.account(who)
        house.channel(f"hc{place}")
        house.reason(f"hr{place}")
        house.moment(f"hm{place}")
        house.theme(f"ht{place}", house.theme("service"))
        facts = {"unit": team, "unit_path": team.path, "starts_on": TODAY}
        Event.objects.create(
            code=f"he{place}", kind=Event.Kind.INCIDENT, name={"fr": "x", "en": "x"}, **facts
        )
        said = house.response(ours, text="x", person=who, satisfaction=1 + place % 5, product="x")
        house.case(said, who)
    for account in apps.get_model("people_accounts", "Account").objects.order_by("pk")[:12]:
        SavedView.objects.create(account=account, name=f"view {account.pk}")


def plant(batch: Sequence[str]) -> int:
    """Write the strings into every column that people write, each column in turn; how many were written."""
    planted = 0
    for model in apps.get_models():
        if not model._meta.label_lower.startswith(_ROOMS):
            continue
        columns = [column for column in model._meta.concrete_fields if _is_written(model, column)]
        if not columns:
            continue
        rows = list(model._default_manager.order_by("pk"))
        for shift, column in enumerate(columns):
            for row, text in zip(rows, cycle([*batch[shift:], *batch[:shift]])):
                setattr(row, column.name, _fitting(column, getattr(row, column.name), text))
                planted += 1
        for row in rows:
            values = {column.name: getattr(row, column.name) for column in columns}
            model._default_manager.filter(pk=row.pk).update(**values)
    return planted


def _is_written(model: type[models.Model], column: models.Field[Any, Any]) -> bool:
    if column.name not in _WRITTEN or isinstance(column, PathField) or column.choices or column.unique:
        return False
    if (model._meta.label_lower, column.name) in _CHOSEN:
        return False
    return isinstance(column, models.CharField | models.TextField | models.JSONField)


def _fitting(column: models.Field[Any, Any], held: Any, text: str) -> Any:
    text = storable(text)
    if isinstance(column, models.JSONField):
        return dict.fromkeys(held, text) if isinstance(held, dict) and {"fr"} <= set(held) else held
    if not held and column.name in {"masked_text", "answer"}:
        return held
    return text[: column.max_length] if column.max_length else text


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


def faults_of_page(html: str, *, styles: bool = False) -> Iterator[str]:
    """Elements, attributes and addresses that no template of the house writes.

    Args:
        html: a page.
        styles: whether inline styles are part of it, as in an e-mail.
    """
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
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


def content_of(answer: HttpResponseBase) -> bytes:
    """All that an answer holds."""
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return bytes(answer.content)  # type: ignore[attr-defined]


_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?[\d\u202f\u00a0 ]+([.,]\d+)?( ?%)?$|-?\d{2}/\d{2}/\d{4}.*$")


def faults_of_csv(content: bytes) -> Iterator[str]:
    """Cells that a spreadsheet would run, rows that are not as long as the header."""
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    for number, row in enumerate(table):
        if len(row) != len(table[0]):
            yield f"row {number} has {len(row)} cells for {len(table[0])}"
        for cell in row:
            if cell.lstrip(" \u00a0").startswith(_LIVE) and not _NUMBER.match(cell):
                yield f"a live cell {cell[:60]!r}"
            if "\0" in cell:
                yield "a NUL"


def faults_of_workbook(content: bytes) -> Iterator[str]:
    """Formulas, links and macros of a workbook; whether another program reads it."""
    import python_calamine as calamine

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        for name in names:
            if "vba" in name.lower() or "externalLink" in name:
                yield f"holds {name}"
            text = packed.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/") and re.search(r"<f[ >]|<hyperlink|<ddeLink", text):
                yield f"a formula or a link in {name}"
    book = calamine.load_workbook(io.BytesIO(content))
    for sheet in book.sheet_names:
        for row in book.get_sheet_by_name(sheet).iter_rows():
            for cell in row:
                if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(_LIVE):
                    yield f"a live cell {cell[:60]!r}"


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
