"""What an import refused, told to people: sentences, and a table to correct and import again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from visavis.listen.imports import queries
from visavis.listen.imports.models import ImportRun, RejectedRow
from visavis.listen.imports.reasons import sentence
from visavis.people.access.viewer import Viewer
from visavis.web.downloads import Cell


def rejects_table(viewer: Viewer, run: ImportRun) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
    """The rejected rows as a table: line, column, reason, row as received.

    Args:
        viewer: who reads; sees nothing without the right to import.
        run: the import.

    Returns:
        Names of the columns, and rows; reasons in the language in force.
    """
    header = [_("Line"), _("Column"), _("Reason"), _("Row as received")]
    rows = queries.rejected_rows(viewer, run).iterator(2000)
    return header, ([row.line, row.column, reason_of(row), row.raw] for row in rows)


def reason_of(row: RejectedRow) -> str:
    """Why a row was rejected, in the language in force."""
    return sentence(row.code, row.params)


def refusal_sentence(run: ImportRun) -> str:
    """Why a whole file was refused, in the language in force; empty if it was not."""
    return sentence(run.refusal["code"], run.refusal["params"]) if run.refusal else ""
