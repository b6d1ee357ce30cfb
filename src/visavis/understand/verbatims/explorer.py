"""Reads of the explorer: the rows that the address asks for, and what may be asked of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import (
    Case,
    Exists,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from visavis.core.periods import from_text, month_of
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.narrowing import narrow, narrow_texts
from visavis.listen.returns.queries import STUDY, returns, verbatims
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.text.searching import Query, parse
from visavis.understand.search.queries import nearest_to_words
from visavis.understand.search.words import holding, relevance
from visavis.understand.themes.models import Theme
from visavis.understand.themes.queries import themes
from visavis.understand.verbatims.chosen import Chosen, read_chosen
from visavis.understand.verbatims.models import Annotation
from visavis.web.filters import Filters

_ALONG = (
    "response__unit", "response__channel", "response__reason", "response__level", "response__moment",
    "response__person", "moment",
)  # fmt: skip

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Ask:
    """One view of the explorer: the four filters, the facets, the search.

    Attributes:
        filters: the filters.
        chosen: the facets and the search.
        near: keys of the texts nearest in meaning to what is searched; none when no meaning is.
    """

    filters: Filters
    chosen: Chosen
    near: tuple[int, ...] | None = None

    @property
    def words(self) -> Query:
        """The words that are searched; none when a meaning is."""
        return Query() if self.chosen.meaning else parse(self.chosen.search)

    def but(self, key: str, word: str = "") -> Ask:
        """The same view with another answer to one facet; what is near stays, but for another search."""
        return replace(self, chosen=self.chosen.but(key, word))

    def query(self, **extra: str) -> str:
        """The query string of this view."""
        return self.filters.query(**(self.chosen.pairs() | extra))


class Taxonomy:
    """The themes in force, held once for a page: tops, leaves, and what stands under what."""

    def __init__(self, viewer: Viewer) -> None:
        self.themes = {theme.pk: theme for theme in themes(viewer)}
        self.by_code = {theme.code: theme for theme in self.themes.values()}

    def branch(self, code: str) -> list[int]:
        """The keys of a theme and of those under it."""
        top = self.by_code[code]
        return [pk for pk, theme in self.themes.items() if top.pk in {pk, theme.parent_id}]

    def grouped(self) -> list[tuple[Theme, list[Theme]]]:
        """Tops in the company's order, each with its leaves."""
        tops = sorted(
            (theme for theme in self.themes.values() if theme.parent_id is None),
            key=lambda theme: (theme.position, theme.pk),
        )
        under: dict[int | None, list[Theme]] = {}
        for theme in self.themes.values():
            under.setdefault(theme.parent_id, []).append(theme)
        return [(top, under.get(top.pk, [])) for top in tops]


def read_ask(query: QueryDict, filters: Filters, taxonomy: Taxonomy) -> Ask:
    """Read what the address asks; what cannot be understood is told among the problems of the filters."""
    chosen = read_chosen(query, taxonomy.by_code)
    return Ask(replace(filters, problems=filters.problems + chosen.problems), chosen)


def latest_period(viewer: Viewer, today: dt.date) -> str:
    """What stands when the address names no period: the last three months, or the last month with returns."""
    mine = returns(viewer).filter(viewer.within(Right.RETURNS), ~Q(source=STUDY), heard_on__lte=today)
    last: dt.date | None = mine.order_by().aggregate(last=Max("heard_on"))["last"]
    usual = from_text("3m", today)
    return usual.key if last is None or last in usual else month_of(last).key


def texts(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> QuerySet[Verbatim]:
    """The texts of a view, with what a list shows of them: nearest to what is searched, then the latest."""
    rows = asked(viewer, ask, taxonomy).filter(ask.chosen.condition()).select_related(*_ALONG)
    if ask.near:
        places = (When(pk=key, then=place) for place, key in enumerate(ask.near))
        return rows.order_by(Case(*places, default=len(ask.near)), "pk")
    if ask.words.wanted:
        return rows.order_by(OrderBy(relevance(ask.words), descending=True), "-heard_on", "pk")
    return rows


def by_meaning(viewer: Viewer, ask: Ask) -> Ask:
    """The view with the texts that are nearest to the meaning it asks for, if it does.

    They are chosen among the texts that the filters leave; the facets then refine among them.
    """
    if not (ask.chosen.search and ask.chosen.meaning):
        return ask
    rows = narrow_texts(_within(viewer, verbatims(viewer)), ask.filters)
    return replace(ask, near=tuple(nearest_to_words(rows, ask.chosen.search)))


def asked(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> QuerySet[Verbatim]:
    """The texts that the filters, the search and the theme leave: what the facets count."""
    rows = narrow_texts(_within(viewer, verbatims(viewer)), ask.filters)
    rows = rows.filter(pk__in=ask.near) if ask.near is not None else holding(rows, ask.words)
    if ask.chosen.theme:
        told = heard_now().filter(theme__in=taxonomy.branch(ask.chosen.theme))
        rows = only_read(rows).filter(pk__in=told.order_by().values("verbatim"))
    return rows


def _within(viewer: Viewer, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The explorer holds one's branches; what is about oneself elsewhere has its own page."""
    return rows.filter(viewer.within(Right.RETURNS)) if viewer.may(Right.OWN_RETURNS) else rows


def bare_returns(viewer: Viewer, ask: Ask) -> QuerySet[Response]:
    """The returns without any text, the latest first."""
    return bare(viewer, ask).filter(ask.chosen.condition())


def bare(viewer: Viewer, ask: Ask) -> QuerySet[Response]:
    """The returns without text that the filters leave: what the facets count of them."""
    said = Exists(Verbatim.objects.filter(response=OuterRef("pk")))
    return narrow(_within(viewer, returns(viewer)), ask.filters).exclude(said)


def heard_now() -> QuerySet[Annotation]:
    """The themes that hold today."""
    return Annotation.objects.current().filter(theme__isnull=False, refused=False)


def only_read(rows: QuerySet[Verbatim]) -> QuerySet[Verbatim]:
    """Texts that were read; where words changed since, what was heard in the old ones does not hold."""
    return rows.filter(read_at__isnull=False)


def correctable(viewer: Viewer) -> QuerySet[Verbatim]:
    """Texts whose reading the viewer may correct."""
    return verbatims(viewer).filter(viewer.within(Right.CORRECT)).select_related(*_ALONG)


def readings(rows: Sequence[Verbatim]) -> dict[int, list[Annotation]]:
    """What holds of each text, the surest first: its themes, and the tone of the whole if a person said it.

    Nothing holds of a text that waits to be read.

    Args:
        rows: texts from a read of the viewer who will see them.
    """
    told = Annotation.objects.current().filter(
        verbatim__in=[row.pk for row in rows if row.read_at], refused=False
    )
    found: dict[int, list[Annotation]] = {row.pk: [] for row in rows}
    for annotation in told.select_related("theme").order_by("-certainty", "pk"):
        found[annotation.verbatim_id].append(annotation)
    return found


def any_return(viewer: Viewer) -> bool:
    """Whether the viewer has anything to explore at all, whatever the filters."""
    mine = Q(voice__in=LISTED_VOICES) & viewer.within(Right.RETURNS)
    return Response.objects.filter(mine).exists()
