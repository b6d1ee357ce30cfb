"""Reads of the taxonomy: in force, in preparation, as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F, QuerySet

from visavis.core.words import Voice
from visavis.moments.references.models import Edition
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.text import Taxonomy, ThemeSpec
from visavis.understand.themes.models import Discovery, Proposal, Rereading, Theme, ThemeDraft
from visavis.understand.themes.sheets import Sheet, by_code, live
from visavis.understand.themes.taxonomies import specs_of

_WRITTEN = ("code", "name", "voices", "position", "definition", "keywords", "examples", "tests", "facing")


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
    return taxonomy_of(sheets_in_force().values(), voice)


def taxonomy_of(sheets: Iterable[Sheet], voice: Voice) -> Taxonomy:
    """The engine's view of the sheets that are heard, for the texts of one voice."""
    return Taxonomy(specs(sheets, voice))


def specs(sheets: Iterable[Sheet], voice: Voice) -> list[ThemeSpec]:
    """The same, theme by theme, before it is made ready."""
    rows = [
        {
            "code": sheet.code,
            "parent": sheet.parent or None,
            "voices": sheet.voices,
            "keywords": sheet.keywords,
            "examples": sheet.examples,
        }
        for sheet in live({sheet.code: sheet for sheet in sheets})
    ]
    return specs_of(rows, voice)


def sheets_in_force() -> dict[str, Sheet]:
    """All that is written of each theme, retired ones included, by code. No person reads: no viewer."""
    rows = Theme.objects.order_by("pk").values(
        *_WRITTEN, "retired_in", parent_code=F("parent__code"), target=F("merged_into__code")
    )
    found = (
        {
            **row,
            "parent": row["parent_code"],
            "retired": bool(row["retired_in"]),
            "merged_into": row["target"],
        }
        for row in rows
    )
    return by_code(found)


def drafted_sheets(in_force: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The taxonomy as it will be once the draft is published."""
    drafts = ThemeDraft.objects.order_by("pk").values_list("sheet", flat=True)
    return dict(in_force) | by_code(drafts)


def may_read(viewer: Viewer) -> bool:
    """Whether the taxonomy has something to tell this viewer's work: those who read returns."""
    return viewer.may(Right.REFERENCES) or viewer.may(Right.RETURNS)


def drafts(viewer: Viewer) -> QuerySet[ThemeDraft]:
    """The themes that somebody changed since the last version, the latest first."""
    if not may_read(viewer):
        return ThemeDraft.objects.filter(NOTHING)
    return ThemeDraft.objects.select_related("account__person").order_by("-saved_at", "pk")


def editions(viewer: Viewer) -> QuerySet[Edition]:
    """The published versions of the taxonomy, the latest first."""
    rows = Edition.objects.filter(kind=Edition.Kind.THEMES)
    if not may_read(viewer):
        return rows.filter(NOTHING)
    return rows.select_related("author__person").order_by("-number")


def sheets_of(edition: Edition | None) -> dict[str, Sheet]:
    """The taxonomy as an edition kept it; empty before the first."""
    return by_code(edition.content) if edition else {}


def rereadings(viewer: Viewer) -> QuerySet[Rereading]:
    """Second readings of the history, the latest first."""
    if not may_read(viewer):
        return Rereading.objects.filter(NOTHING)
    rows = Rereading.objects.select_related("edition", "account__person").defer("edition__content")
    return rows.order_by("-asked_at", "-pk")


def discoveries(viewer: Viewer) -> QuerySet[Discovery]:
    """Searches for new themes, the latest first."""
    if not viewer.may(Right.REFERENCES):
        return Discovery.objects.filter(NOTHING)
    return Discovery.objects.select_related("account__person").order_by("-asked_at", "-pk")


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """What was proposed, the largest first."""
    if not viewer.may(Right.REFERENCES):
        return Proposal.objects.filter(NOTHING)
    return Proposal.objects.defer("centre").select_related("account__person").order_by("-size", "pk")
