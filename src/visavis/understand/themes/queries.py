"""Reads of the taxonomy."""

from __future__ import annotations

from django.db.models import F, QuerySet

from visavis.core.words import Voice
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.text import Taxonomy
from visavis.understand.themes.models import Theme
from visavis.understand.themes.taxonomies import compile_taxonomy


def themes(viewer: Viewer) -> QuerySet[Theme]:
    """The themes in force, tops then leaves, in the company's order."""
    if viewer == Viewer():
        return Theme.objects.filter(NOTHING)
    return (
        Theme.objects.filter(retired_in__isnull=True)
        .select_related("parent")
        .order_by("parent__position", "position", "pk")
    )


def taxonomy_in_force(voice: Voice) -> Taxonomy:
    """The engine's view of the themes in force, for the texts of one voice. No person reads: no viewer."""
    rows = (
        Theme.objects.filter(retired_in__isnull=True)
        .order_by("parent__position", "position", "pk")
        .values("code", "keywords", "voices", parent_code=F("parent__code"))
    )
    return compile_taxonomy([{**row, "parent": row["parent_code"]} for row in rows], voice)
