"""What an import refused, told to people: sentences, and a table to correct and import again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from visavis.listen.imports import queries
from visavis.listen.imports.models import ImportRun, RejectedRow
from visavis.listen.imports.reasons import sentence
from visavis.people.access.viewer import Viewer

#: First characters that make a spreadsheet compute a cell.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def rejects_csv(viewer: Viewer, run: ImportRun) -> Iterator[str]:
    """The rejected rows as a table that any spreadsheet opens: line, column, reason, row as received.

    Args:
        viewer: who reads; sees nothing without the right to import.
        run: the import.

    Returns:
        Pieces of a CSV file to be encoded as UTF-8: byte order mark, ``;``, reasons in the language in
        force, cells that a spreadsheet would compute made harmless.
    """
    yield "\ufeff" + _line([_("Line"), _("Column"), _("Reason"), _("Row as received")])
    for row in queries.rejected_rows(viewer, run).iterator(2000):
        yield _line([str(row.line), row.column, reason_of(row), row.raw])


def reason_of(row: RejectedRow) -> str:
    """Why a row was rejected, in the language in force."""
    return sentence(row.code, row.params)


def refusal_sentence(run: ImportRun) -> str:
    """Why a whole file was refused, in the language in force; empty if it was not."""
    return sentence(run.refusal["code"], run.refusal["params"]) if run.refusal else ""


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(map(_harmless, cells))
    return text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
