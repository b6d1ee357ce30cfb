"""Counts of the explorer: answers to each facet, themes, the period before. A query each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Count, Model, QuerySet, TextField

from visavis.core.words import Polarity
from visavis.listen.returns.models import Verbatim
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims.chosen import Chosen, tally
from visavis.understand.verbatims.explorer import Ask, Taxonomy, asked, bare, heard_now, only_read, texts
from visavis.understand.verbatims.models import Annotation

Row = TypeVar("Row", bound=Model)


def facet_counts(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> dict[str, dict[str, int]]:
    """Answers to every facet among the rows that the other facets leave; see ``facets.tally``. One query."""
    if ask.chosen.without:
        return tally(_cells(bare(viewer, ask), ask.chosen, ""), ask.chosen)
    return tally(_cells(asked(viewer, ask, taxonomy), ask.chosen, "response__"), ask.chosen)


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
        refused=False, verbatim__in=only_read(rows).order_by().values("pk")
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
    rows = only_read(texts(viewer, replace(ask, filters=replace(ask.filters, period=period)), taxonomy))
    read = rows.count()
    if not read:
        return None
    told = heard_now().filter(verbatim__in=rows.order_by().values("pk")).order_by()
    return Past(read, dict(told.values_list("theme").annotate(number=Count("pk"))))
