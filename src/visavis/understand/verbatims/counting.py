"""Counts of the explorer: answers to each facet, themes, the period before. A query each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add, itemgetter
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Case, Count, F, Model, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable

from visavis.core.words import Polarity
from visavis.listen.returns.models import Verbatim
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims.chosen import Chosen, tally
from visavis.understand.verbatims.explorer import Ask, Taxonomy, asked, bare, heard_now, only_read, texts
from visavis.understand.verbatims.facets import YES, Facet
from visavis.understand.verbatims.models import Annotation

Row = TypeVar("Row", bound=Model)


def facet_counts(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> dict[str, dict[str, int]]:
    """Answers to every facet among the rows that the other facets leave; see ``facets.tally``. One query."""
    if ask.chosen.without:
        return tally(_cells(bare(viewer, ask), ask.chosen, ""), ask.chosen)
    return tally(_cells(asked(viewer, ask, taxonomy), ask.chosen, "response__"), ask.chosen)


def _cells(rows: QuerySet[Row], chosen: Chosen, at: str) -> Iterator[Sequence[Any]]:
    """How many rows give each combination of answers, in the order of ``chosen.facets``.

    Databases group rows on one number much faster than on as many columns as there are yes-or-no questions:
    their answers are the bits of one.
    """
    flags = [facet for facet in chosen.facets if facet.holds]
    named = {f"by_{facet.key}": facet.column(at) for facet in chosen.facets if not facet.holds}
    columns: dict[str, Combinable] = {"flags": _bits(flags, at), **named}
    grouped = rows.order_by().values(**columns).annotate(number=Count("*"))
    # Each row is its own columns, then the bits, then the number: back to the order of the facets.
    order = [*(facet for facet in chosen.facets if not facet.holds), *flags]
    ordered = itemgetter(*(order.index(facet) for facet in chosen.facets), len(order))
    bits = {held: [held >> place & 1 for place in range(len(flags))] for held in range(1 << len(flags))}
    for held, *stored, number in _as_stored(grouped.values_list(*columns, "number"), "{}"):
        yield ordered((*stored, *bits[held], number))


def _bits(flags: Sequence[Facet], at: str) -> Combinable:
    """The answers to yes-or-no questions as one number: the first is its lowest bit."""
    bits = (
        Case(When(facet.condition(YES, at), then=1 << place), default=0) for place, facet in enumerate(flags)
    )
    return reduce(add, bits, Value(0))


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


#: A theme with its tone is one number: four times the theme's key, plus the place of the tone.
_TONES = 4
_TONE = Case(When(polarity=Polarity.NEGATIVE, then=0), When(polarity=Polarity.POSITIVE, then=2), default=1)


class _Sets(Aggregate):
    """Themes of a group with their tones, side by side: ``28,37``, in any order."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same in PostgreSQL's words."""
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return super().as_sql(compiler, connection, template=template, **extra)


def heard_in(rows: QuerySet[Verbatim], taxonomy: Taxonomy) -> Heard:
    """Count the themes of a set of texts, each text once a theme and once a top. One query.

    The database writes the themes of each text as one word, then counts the different words.
    """
    told: Counter[int] = Counter()
    tops: Counter[int] = Counter()
    top_of = {pk: theme.parent_id or pk for pk, theme in taxonomy.themes.items()}
    for heard, number in _different(rows):
        found = [one for one in map(int, heard.split(",")) if one // _TONES in top_of]
        for one in found:
            told[one] += number
        for top in {top_of[one // _TONES] for one in found}:
            tops[top] += number
    tones: dict[int, list[int]] = {}
    for one, number in told.items():
        theme, tone = divmod(one, _TONES)
        tones.setdefault(theme, [0, 0, 0])[tone] += number
    return Heard({pk: (found[0], found[1], found[2]) for pk, found in tones.items()}, tops)


def _different(rows: QuerySet[Verbatim]) -> Sequence[Sequence[Any]]:
    """The different sets of themes of the texts, with how many texts have each."""
    # Without "of a theme" here: an index of readings of the whole would be preferred, and is slower.
    told = Annotation.objects.current().filter(
        refused=False, verbatim__in=only_read(rows).order_by().values("pk")
    )
    sets = (
        told.order_by()
        .values("verbatim_id")
        .annotate(heard=_Sets(F("theme_id") * _TONES + _TONE))
        .values("heard")
    )
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
