"""Reads of imports: only for those who may bring files in."""

from __future__ import annotations

from django.db.models import QuerySet

from visavis.listen.imports.models import ImportRun, RejectedRow, SavedMapping
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer


def imports(viewer: Viewer) -> QuerySet[ImportRun]:
    """All imports, the latest first."""
    if not viewer.may(Right.IMPORT):
        return ImportRun.objects.filter(NOTHING)
    return ImportRun.objects.select_related("account").order_by("-pk")


def rejected_rows(viewer: Viewer, run: ImportRun) -> QuerySet[RejectedRow]:
    """The rows that an import refused, in the order of the file."""
    if not viewer.may(Right.IMPORT):
        return RejectedRow.objects.filter(NOTHING)
    return RejectedRow.objects.filter(run=run).order_by("row", "column", "code")


def saved_mappings(viewer: Viewer, kind: str) -> QuerySet[SavedMapping]:
    """The mappings that somebody named, by name."""
    if not viewer.may(Right.IMPORT):
        return SavedMapping.objects.filter(NOTHING)
    return SavedMapping.objects.filter(kind=kind).order_by("name")
