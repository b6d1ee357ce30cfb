"""Tables that leave the house: CSV for a French spreadsheet, XLSX, never a live formula."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from io import BytesIO
from typing import Any, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override

Arguments = ParamSpec("Arguments")
Cell = str | int | float | dt.date | dt.datetime | None


class Share(float):
    """A share from 0 to 1: a percentage in a workbook, a number out of a hundred in a CSV file."""


class Points(float):
    """A difference or a net score, in points: written with its sign in a workbook."""


#: First characters that a spreadsheet takes for a formula, full-width look-alikes included (ASVS 1.2.10).
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: A spreadsheet cell holds no more.
_LONGEST = 32_767


#: What a workbook says of its creation when its rows have no instant of their own; its parts say it too.
UNDATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def harmless(text: str) -> str:
    """Make a text that a spreadsheet shows and never runs, by an apostrophe before a live start."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_LIVE) else text


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell.replace("\0", ""))
        case dt.datetime():
            return f"{cell:%d/%m/%Y %H:%M:%S}"
        case dt.date():
            return f"{cell:%d/%m/%Y}"
        case float():
            value = round(100 * cell, 2) if isinstance(cell, Share) else cell
            return f"{value:.10g}".replace(".", ",")
        case _:
            return str(cell)


class _Echo:
    """What ``csv`` writes to when each line is sent on at once."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write a table as a French spreadsheet opens it: UTF-8 with its mark, semicolons, decimal commas.

    Every cell stands between quotation marks. Rows may be made as they are sent: they speak the
    language in force when this is called.

    Args:
        header: names of the columns.
        rows: cells; instants must already be in the company's zone.

    Returns:
        One encoded line at a time.
    """
    return _spoken(get_language(), _csv_lines(header, rows))


def _csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    yield "\ufeff".encode()
    yield _line(writer, header)
    yield from (_line(writer, row) for row in rows)


def _spoken(language: str | None, lines: Iterator[bytes]) -> Iterator[bytes]:
    """Make each line in the language of the request, which has left by the time it is sent."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _line(writer: Any, row: Sequence[Cell]) -> bytes:
    line: str = writer.writerow([_written(cell) for cell in row])
    return line.encode("utf-8", "replace")


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """Send a table as a CSV file, line by line."""
    answer = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
    return answer


def told_once_taken(view: Callable[Arguments, HttpResponseBase]) -> Callable[Arguments, HttpResponseBase]:
    """Mark a view that sends a file and has the journal tell it: a HEAD takes nothing and is not told.

    Headers and refusals are those of a GET; what the view writes is undone.
    """

    @wraps(view)
    def answered(*args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        request = args[0]
        if not isinstance(request, HttpRequest) or request.method != "HEAD":
            return view(*args, **kwargs)
        with transaction.atomic():
            answer = view(*args, **kwargs)
            transaction.set_rollback(True)
        if isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = ()
        return answer

    return answered


def pdf_answer(name: str, content: bytes) -> HttpResponse:
    """Send a printed document; ``name`` without its ending."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf") or ""
    return answer


def xlsx_answer(
    name: str,
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]],
    title: str = "",
    at: dt.datetime = UNDATED,
) -> HttpResponse:
    """Send sheets as a workbook: typed cells, frozen headers, filters, and texts that are texts.

    Args:
        name: name of the file, without its ending.
        sheets: (title, header, rows) of each sheet.
        title: title of the document.
        at: from when its figures are; the same rows from the same instant are the same bytes.
    """
    answer = HttpResponse(
        workbook(sheets, title, at),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
    return answer


#: How a workbook shows each type; the most telling one first.
_SHOWN: dict[type, str] = {
    dt.datetime: "dd/mm/yyyy hh:mm",
    dt.date: "dd/mm/yyyy",
    Share: "0.0%",
    Points: "+0.00;-0.00;0.00",
    int: "#,##0",
    float: "#,##0.00",
}
#: Columns are as wide as what they hold, between these; a text that is wider goes to the line.
_NARROWEST, _WIDEST = 9, 60
_A4 = 9


def workbook(
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]],
    title: str = "",
    at: dt.datetime = UNDATED,
) -> bytes:
    """Write sheets as the bytes of a workbook, ready to filter and to print; see ``xlsx_answer``."""
    import xlsxwriter

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "created": at.astimezone(dt.UTC)})
        head = {"bold": True, "bottom": 1, "bg_color": "#F1F0EC", "text_wrap": True, "valign": "top"}
        formats: dict[object, Any] = {
            kind: book.add_format({"num_format": shown, "valign": "top"}) for kind, shown in _SHOWN.items()
        }
        formats["head"] = book.add_format(head)
        formats[str] = book.add_format({"text_wrap": True, "valign": "top"})
        for name, header, rows in sheets:
            _sheet(book.add_worksheet(name[:31]), header, rows, formats)
    return buffer.getvalue()


def _sheet(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[Cell]], formats: Any) -> None:
    widths: dict[int, int] = defaultdict(int)
    for place, name in enumerate(header):
        sheet.write_string(0, place, name, formats["head"])
        widths[place] = max(map(len, name.split()), default=0) + 4
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            _cell(sheet, last, place, cell, formats)
            widths[place] = max(widths[place], _width(cell))
    for place, width in widths.items():
        sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, width)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(0, len(header) - 1))
    _printed(sheet)


def _printed(sheet: Any) -> None:
    """A4, on its side, as wide as the sheet, the header on each page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _width(cell: Cell) -> int:
    """How many characters a cell asks for."""
    match cell:
        case str():
            return round(1.05 * max(map(len, cell.split("\n")))) + 3
        case dt.datetime():
            return 18
        case dt.date():
            return 12
        case _:
            return 0


def _cell(sheet: Any, row: int, column: int, cell: Cell, formats: Any) -> None:
    match cell:
        case None | "":
            return
        case str():
            text = harmless(cell.replace("\0", ""))[:_LONGEST]
            sheet.write_string(row, column, text, formats[str] if _width(text) > _WIDEST else None)
        case dt.datetime():
            sheet.write_datetime(row, column, cell.replace(tzinfo=None), formats[dt.datetime])
        case dt.date():
            sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), formats[dt.date])
        case _:
            sheet.write_number(row, column, cell, formats.get(type(cell)))
