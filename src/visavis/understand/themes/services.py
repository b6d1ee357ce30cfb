"""Gestures on the taxonomy: starting from a model of one's sector, recognising the sector."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from visavis.core.words import Voice
from visavis.moments.references.models import Edition
from visavis.moments.references.services import (
    SECTORS,
    hold_references,
    install_moments,
    publish_edition,
    starter,
)
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.text import Taxonomy, read
from visavis.understand.themes.models import Theme
from visavis.understand.themes.queries import sheets_in_force
from visavis.understand.themes.sheets import rows_of
from visavis.understand.themes.taxonomies import compile_taxonomy

_COLUMNS = ("code", "name", "voices", "definition", "keywords", "examples", "facing")


def _theme(row: Mapping[str, Any], position: int, parent: Theme | None) -> Theme:
    return Theme(position=position, parent=parent, **{name: row[name] for name in _COLUMNS if name in row})


@transaction.atomic
def install_themes(*, by: Viewer, sector: str, at: dt.datetime) -> int:
    """Start from the themes of a sector: those already there are left as the company made them.

    Args:
        by: who installs; needs the right to change references.
        sector: one of ``SECTORS``.
        at: instant of publication of the edition.

    Returns:
        How many themes were added, of both levels; 0 publishes nothing.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValueError: if the sector has no starter.
    """
    by.must(Right.REFERENCES)
    hold_references()
    known = {theme.code: theme for theme in Theme.objects.order_by("pk")}
    added = 0
    for position, row in enumerate(starter(sector)["themes"]):
        top = known.get(row["code"]) or _theme(row, position, None)
        if top.pk is None:
            top.save()
            added += 1
        leaves = [leaf for leaf in enumerate(row.get("children", ())) if leaf[1]["code"] not in known]
        added += len(Theme.objects.bulk_create([_theme(leaf, place, top) for place, leaf in leaves]))
    if added:
        content = rows_of(sheets_in_force())
        publish_edition(by=by, kind=Edition.Kind.THEMES, content=content, reason=f"starter: {sector}", at=at)
    return added


def install_sector(*, by: Viewer, sector: str, at: dt.datetime) -> None:
    """Start from a whole sector: moments and themes. Lists of exchanges come with ``exchanges.services``.

    Args:
        by: who installs; needs the right to change references.
        sector: one of ``SECTORS``.
        at: instant of publication of the editions.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValueError: if the sector has no starter.
    """
    install_moments(by=by, sector=sector, at=at)
    install_themes(by=by, sector=sector, at=at)


def starter_taxonomy(sector: str, voice: Voice) -> Taxonomy:
    """The taxonomy of a sector's starter, as one voice speaks."""
    rows = []
    for top in starter(sector)["themes"]:
        rows.append({**top, "parent": None, "keywords": {}})
        rows += [{**leaf, "parent": top["code"]} for leaf in top["children"]]
    return compile_taxonomy(rows, voice)


def likely_sector(texts: Sequence[str], *, voice: Voice) -> str:
    """Guess the sector whose starter themes are heard in most texts.

    Args:
        texts: a sample of the company's own texts.
        voice: who wrote them.

    Returns:
        One of ``SECTORS``; the first if nothing tells.
    """

    def heard(sector: str) -> int:
        taxonomy = starter_taxonomy(sector, voice)
        return sum(bool(reading.themes) for reading in read(texts, voice=voice, taxonomy=taxonomy))

    return max(SECTORS, key=heard) if texts else SECTORS[0]
