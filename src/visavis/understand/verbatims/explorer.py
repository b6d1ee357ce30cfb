"""Reads of the explorer: the rows that the address asks for, and what may be asked of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Count, Exists, Max, Model, OuterRef, Q, QuerySet, TextField
from django.http import QueryDict

from visavis.core.periods import from_text, month_of
from visavis.core.words import Polarity
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.narrowing import narrow, narrow_texts
from visavis.listen.returns.queries import returns, verbatims
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.text.searching import Query, parse
from visavis.understand.search.words import holding
from visavis.understand.themes.models import Theme
from visavis.understand.themes.queries import themes
from visavis.understand.verbatims.facets import Chosen, read_chosen, tally
from visavis.understand.verbatims.models import Annotation
from visavis.web.filters import Filters

_ALONG = (
    "response__unit", "response__channel", "response__reason", "response__level", "response__moment",
    "response__person",
)  # fmt: skip

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Ask:
    """One view of the explorer, whoever looks: the four filters, the facets, the search."""

    filters: Filters
    chosen: Chosen

    @property
    def words(self) -> Query:
        """The words that are searched."""
        return parse(self.chosen.search)

    def but(self, key: str, word: str = "") -> Ask:
        """The same view with another answer to one facet."""
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
    mine = returns(viewer).filter(viewer.within(Right.RETURNS), heard_on__lte=today)
    last: dt.date | None = mine.order_by().aggregate(last=Max("heard_on"))["last"]
    usual = from_text("3m", today)
    return usual.key if last is None or last in usual else month_of(last).key


def texts(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> QuerySet[Verbatim]:
    """The texts of a view, the latest first, with what a list shows of them."""
    return _asked(viewer, ask, taxonomy).filter(ask.chosen.condition("response__")).select_related(*_ALONG)


def _asked(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> QuerySet[Verbatim]:
    """The texts that the filters, the search and the theme leave: what the facets count."""
    rows = narrow_texts(_within(viewer, verbatims(viewer)), ask.filters)
    rows = holding(rows, ask.words)
    if ask.chosen.theme:
        told = _told().filter(theme__in=taxonomy.branch(ask.chosen.theme))
        rows = _read(rows).filter(pk__in=told.order_by().values("verbatim"))
    return rows


def _within(viewer: Viewer, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The explorer holds one's branches; what is about oneself elsewhere has its own page."""
    return rows.filter(viewer.within(Right.RETURNS)) if viewer.may(Right.OWN_RETURNS) else rows


def bare_returns(viewer: Viewer, ask: Ask) -> QuerySet[Response]:
    """The returns without any text, the latest first."""
    return _bare(viewer, ask).filter(ask.chosen.condition(""))


def _bare(viewer: Viewer, ask: Ask) -> QuerySet[Response]:
    said = Exists(Verbatim.objects.filter(response=OuterRef("pk")))
    return narrow(_within(viewer, returns(viewer)), ask.filters).exclude(said)


def _told() -> QuerySet[Annotation]:
    return Annotation.objects.current().filter(theme__isnull=False, refused=False)


def _read(rows: QuerySet[Verbatim]) -> QuerySet[Verbatim]:
    """Texts that were read; where words changed since, what was heard in the old ones does not hold."""
    return rows.filter(read_at__isnull=False)


def facet_counts(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> dict[str, dict[str, int]]:
    """Answers to every facet among the rows that the other facets leave; see ``facets.tally``. One query."""
    if ask.chosen.without:
        return tally(_cells(_bare(viewer, ask), ask.chosen, ""), ask.chosen)
    return tally(_cells(_asked(viewer, ask, taxonomy), ask.chosen, "response__"), ask.chosen)


def _cells(rows: QuerySet[Row], chosen: Chosen, at: str) -> Sequence[Sequence[Any]]:
    columns = {f"by_{facet.key}": facet.column(at) for facet in chosen.facets}
    grouped = rows.order_by().values(**columns).annotate(number=Count("*"))
    return _as_stored(grouped.values_list(*columns, "number"), "{}")


def _as_stored(rows: QuerySet[Any, Any], around: str) -> Sequence[Sequence[Any]]:
    """Rows as the database gives them: turning thousands of values into Python's costs more than counting.

    Args:
        rows: what is asked.
        around: a statement about them, ``{}`` in their place.
    """
    try:
        inner, words = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(around.format(inner), words)
        found: Sequence[Sequence[Any]] = cursor.fetchall()
        return found


@dataclass(frozen=True, slots=True)
class Heard:
    """What a set of texts speaks about.

    Attributes:
        tones: theme's key -> texts that speak of it negatively, neither way, positively.
        tops: key of a top -> texts that speak of it or of what stands under it.
    """

    tones: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    tops: Mapping[int, int] = field(default_factory=dict)

    def number(self, pk: int) -> int:
        """How many texts speak of a theme."""
        return sum(self.tones.get(pk, ()))


_PLACE = {Polarity.NEGATIVE.value: 0, Polarity.POSITIVE.value: 2}


class _Sets(Aggregate):
    """Themes of a group with their tones, side by side: ``7:negative,9:``, in any order."""

    function = "GROUP_CONCAT"
    arg_joiner = " || ':' || "
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same in PostgreSQL's words."""
        return super().as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **extra)


def heard_in(rows: QuerySet[Verbatim], taxonomy: Taxonomy) -> Heard:
    """Count the themes of a set of texts, each text once a theme and once a top. One query.

    The database writes the themes of each text as one word, then counts the different words.
    """
    told: Counter[str] = Counter()
    tops: Counter[int] = Counter()
    top_of = {str(pk): theme.parent_id or pk for pk, theme in taxonomy.themes.items()}
    for heard, number in _different(rows):
        found = heard.split(",")
        for one in found:
            told[one] += number
        for top in {top_of.get(one[: one.index(":")], 0) for one in found}:
            tops[top] += number
    tones: dict[int, list[int]] = {}
    for one, number in told.items():
        theme, _, tone = one.partition(":")
        if theme in top_of:
            tones.setdefault(int(theme), [0, 0, 0])[_PLACE.get(tone, 1)] += number
    return Heard({pk: (found[0], found[1], found[2]) for pk, found in tones.items()}, tops)


def _different(rows: QuerySet[Verbatim]) -> Sequence[Sequence[Any]]:
    """The different sets of themes of the texts, with how many texts have each."""
    # Without "of a theme" here: an index of readings of the whole would be preferred, and is slower.
    told = Annotation.objects.current().filter(
        refused=False, verbatim__in=_read(rows).order_by().values("pk")
    )
    sets = told.order_by().values("verbatim_id").annotate(heard=_Sets("theme_id", "polarity")).values("heard")
    return _as_stored(sets, "SELECT heard, COUNT(*) FROM ({}) AS sets WHERE heard IS NOT NULL GROUP BY heard")


def themes_of(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> Heard:
    """Themes of the texts that everything but the theme itself leaves: what the theme facet counts."""
    return heard_in(texts(viewer, ask.but("theme"), taxonomy), taxonomy)


@dataclass(frozen=True, slots=True)
class Past:
    """The period before, to compare with: how many texts were read, how many speak of each theme."""

    read: int
    numbers: Mapping[int, int]


def before(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> Past | None:
    """The same view over the period before; none if nothing can come before, or nothing was read."""
    period = ask.filters.period.previous()
    if period is None:
        return None
    rows = _read(texts(viewer, replace(ask, filters=replace(ask.filters, period=period)), taxonomy))
    read = rows.count()
    if not read:
        return None
    told = _told().filter(verbatim__in=rows.order_by().values("pk")).order_by()
    return Past(read, dict(told.values_list("theme").annotate(number=Count("pk"))))


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
