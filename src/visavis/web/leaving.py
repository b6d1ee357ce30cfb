"""Rows about people leave as a file for a reason, in a number that is capped, and marked on each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.people.access.models import JournalEntry
from visavis.web.downloads import Cell, csv_answer, xlsx_answer


class ReasonForm(forms.Form):
    """Why rows leave the product."""

    pourquoi = forms.CharField(
        label=gettext_lazy("What the file is for"),
        min_length=8,
        max_length=200,
        help_text=gettext_lazy(
            "A few words, kept in the journal beside your name. Name no customer in them."
        ),
    )


@dataclass(frozen=True, slots=True)
class Leaving:
    """A table that is about to leave.

    Attributes:
        name: of the file, without its ending.
        title: of its sheet.
        header: names of the columns.
        rows: their cells.
        number: how many rows there are.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    number: int


def leave(
    request: HttpRequest, form: str, table: Leaving, *, tell: Callable[[str], JournalEntry]
) -> HttpResponseBase:
    """Ask for the reason, then send the file; a table that is too long is refused in a sentence.

    Args:
        request: ``GET`` shows the page that asks, ``POST`` brings the reason.
        form: ``csv`` or ``xlsx``.
        table: what would leave.
        tell: writes the line of the journal for a reason.

    Returns:
        The page or the file; each row of it says who took it, when, and under which line of the journal.
    """
    asked = ReasonForm(request.POST if request.method == "POST" else None)
    most: int = settings.EXPORT_ROWS
    if table.number <= most and asked.is_valid():
        return _file(
            request, form, table, tell(asked.cleaned_data["pourquoi"]), asked.cleaned_data["pourquoi"]
        )
    context = {"form": asked, "table": table, "kind": form.upper(), "most": most, "long": table.number > most}
    status = 422 if request.method == "POST" or table.number > most else 200
    return render(request, "web/leaving.html", context, status=status)


def _file(
    request: HttpRequest, form: str, table: Leaving, told: JournalEntry, reason: str
) -> HttpResponseBase:
    reference = f"J-{told.pk}"
    at = timezone.localtime(told.at)
    who = str(request.user)
    mark = f"{reference} · {who} · {at:%d/%m/%Y %H:%M}"
    header = [*table.header, _("Taken out")]
    rows = _marked(table.rows, mark)
    name = f"{table.name}-{reference}"
    if form == "csv":
        return csv_answer(name, header, rows)
    about: list[Sequence[Cell]] = [
        (_("Taken by"), who),
        (_("Taken at"), at),
        (_("What the file is for"), reason),
        (_("Line of the journal"), reference),
        (_("Rows"), table.number),
    ]
    sheets: list[tuple[str, list[str], Iterable[Sequence[Cell]]]] = [
        (table.title, header, rows),
        (_("Origin"), [_("Fact"), _("Value")], about),
    ]
    answer: HttpResponse = xlsx_answer(name, sheets, title=mark)
    return answer


def _marked(rows: Iterable[Sequence[Cell]], mark: str) -> Iterator[Sequence[Cell]]:
    return ((*row, mark) for row in rows)
