"""What the page of the explorer shows of a view: rows, their number, what stands out, what may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from visavis.people.access.viewer import Viewer
from visavis.understand.learning.corrected import Counted, WithoutErrors, without_errors
from visavis.understand.verbatims import counting, explorer
from visavis.understand.verbatims.counting import Heard
from visavis.understand.verbatims.explorer import Ask, Taxonomy
from visavis.understand.verbatims.facets import UNREAD, YES
from visavis.understand.verbatims.panel import Panel, Picture, panel, standing_out
from visavis.understand.verbatims.rows import BareRow, TextRow, bare_rows, text_rows

#: Rows on one page.
PAGE = 25


@dataclass(frozen=True, slots=True)
class Overview:
    """A view without its rows.

    Attributes:
        total: how many rows it has.
        unread: how many of its texts wait for the engine.
        panel: the column of facets.
        picture: the themes that stand out; none when none is heard.
        corrected: shares of themes without the engine's errors, where filters and a theme alone limit it.
    """

    total: int
    unread: int
    panel: Panel
    picture: Picture | None
    corrected: WithoutErrors | None = None


def overview(viewer: Viewer, ask: Ask, taxonomy: Taxonomy, language: str) -> Overview:
    """Count a view.

    Args:
        viewer: who looks.
        ask: what the address asks.
        taxonomy: the themes in force.
        language: "fr" or "en".
    """
    counts = counting.facet_counts(viewer, ask, taxonomy)
    total = counts[""][""]
    if ask.chosen.without:
        return Overview(total, 0, panel(ask, counts, Heard(), taxonomy), None)
    facet = counting.themes_of(viewer, ask, taxonomy)
    heard = counting.heard_in(explorer.texts(viewer, ask, taxonomy), taxonomy) if ask.chosen.theme else facet
    unread = counts[UNREAD.key].get(YES, 0)
    past = counting.before(viewer, ask, taxonomy)
    picture = standing_out(ask, heard, past, total - unread, taxonomy, language)
    corrected = _corrected(viewer, ask, facet, taxonomy, language)
    return Overview(total, unread, panel(ask, counts, facet, taxonomy), picture, corrected)


def _corrected(
    viewer: Viewer, ask: Ask, heard: Heard, taxonomy: Taxonomy, language: str
) -> WithoutErrors | None:
    """Rates checked on all texts hold of those of a branch or a month, not of those of one tone or word."""
    if ask.chosen.words or ask.chosen.search:
        return None
    ordered = sorted(heard.tones, key=lambda pk: (-heard.number(pk), pk))
    named = [taxonomy.themes[pk] for pk in ordered if ask.chosen.theme in {"", taxonomy.themes[pk].code}]
    counted = [Counted(theme.code, theme.label, heard.number(theme.pk)) for theme in named]
    texts = explorer.texts(viewer, ask.but("theme"), taxonomy)
    return without_errors(texts, counted, heard.read, language)


def rows_page(
    viewer: Viewer, ask: Ask, taxonomy: Taxonomy, total: int, number: str | None
) -> tuple[Page[Any], list[TextRow] | list[BareRow]]:
    """One page of a view, already counted.

    Args:
        viewer: who looks.
        ask: what the address asks.
        taxonomy: the themes in force.
        total: how many rows the view has, from ``overview``.
        number: the page as the address gives it; anything that is not one gives the first or the last.

    Returns:
        The page, and its rows as they are shown. Keys are sorted first: a far page sorts no texts.
    """
    if ask.chosen.without:
        page = _page(explorer.bare_returns(viewer, ask), total, number)
        return page, bare_rows(viewer, list(page.object_list))
    keys = _page(explorer.texts(viewer, ask, taxonomy).values_list("pk", flat=True), total, number)
    found = explorer.texts(viewer, ask, taxonomy).filter(pk__in=list(keys.object_list))
    return keys, text_rows(viewer, list(found), ask.words)


def _page(rows: QuerySet[Any], total: int, number: str | None) -> Page[Any]:
    paginator = Paginator(rows, PAGE)
    paginator.count = total  # a cached property: it is known already
    return paginator.get_page(number)
