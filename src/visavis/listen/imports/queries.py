"""Reads of imports: only for those who may bring files in."""

from __future__ import annotations

from django.db.models import QuerySet

from visavis.listen.imports.models import ImportRun, Kind, RejectedRow, SavedMapping
from visavis.listen.imports.reasons import Reason
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.people.units.queries import company


def may_import(viewer: Viewer, right: Right = Right.IMPORT) -> bool:
    """Whether files may be brought in: they write everywhere, so the right must hold at the root.

    Args:
        viewer: who asks.
        right: the right in question, for what others than importers may bring in too.

    Returns:
        Whether it holds at the root; anywhere, while the company has no root yet.
    """
    if not viewer.may(right):
        return False
    root = company()
    return root is None or viewer.may(right, root.path)


def imports(viewer: Viewer) -> QuerySet[ImportRun]:
    """All imports, the latest first."""
    if not may_import(viewer):
        return ImportRun.objects.filter(NOTHING)
    return ImportRun.objects.select_related("account").order_by("-pk")


def rejected_rows(viewer: Viewer, run: ImportRun) -> QuerySet[RejectedRow]:
    """The rows that an import refused, in the order of the file."""
    if not may_import(viewer):
        return RejectedRow.objects.filter(NOTHING)
    return RejectedRow.objects.filter(run=run).order_by("row", "column", "code")


def erased_rows(viewer: Viewer, run: ImportRun) -> int:
    """How many rows an import refused because whom they are about was erased."""
    return rejected_rows(viewer, run).filter(code=Reason.ERASED).order_by().count()


def returns_under_way() -> bool:
    """Whether customers' returns are coming in right now. No person reads: no viewer."""
    open_ones = (ImportRun.Status.QUEUED, ImportRun.Status.RUNNING)
    return ImportRun.objects.filter(kind__in=(Kind.RETURNS, Kind.REVIEWS), status__in=open_ones).exists()


def saved_mappings(viewer: Viewer, kind: str) -> QuerySet[SavedMapping]:
    """The mappings that somebody named, by name."""
    if not may_import(viewer):
        return SavedMapping.objects.filter(NOTHING)
    return SavedMapping.objects.filter(kind=kind).order_by("name")
