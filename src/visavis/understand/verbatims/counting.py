"""Counts of the explorer: answers to each facet, themes, the period before. A query each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add, itemgetter
from typing import Any, TypeVar

from django.db.models import Case, Count, Model, QuerySet, Value, When
from django.db.models.expressions import Combinable

from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.stored import as_stored
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims.chosen import Chosen, tally
from visavis.understand.verbatims.explorer import Ask, Taxonomy, asked, bare, only_read, texts
from visavis.understand.verbatims.facets import YES, Facet
from visavis.understand.verbatims.heard import from_one_word

Row = TypeVar("Row", bound=Model)


def facet_counts(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> dict[str, dict[str, int]]:
    """Answers to every facet among the rows that the other facets leave; see ``facets.tally``. One query."""
    rows = bare(viewer, ask) if ask.chosen.without else asked(viewer, ask, taxonomy)
    return tally(_cells(rows, ask.chosen), ask.chosen)


def _cells(rows: QuerySet[Row], chosen: Chosen) -> Iterator[Sequence[Any]]:
    """How many rows give each combination of answers, in the order of ``chosen.facets``.

    Databases group rows on one number much faster than on as many columns as there are yes-or-no questions:
    their answers are the bits of one.
    """
    flags = [facet for facet in chosen.facets if facet.holds]
    others = [facet for facet in chosen.facets if not facet.holds]
    columns: dict[str, Combinable] = {"flags": _bits(flags, bare=chosen.without)}
    columns |= {f"by_{facet.key}": facet.column(bare=chosen.without) for facet in others}
    grouped = rows.order_by().values(**columns).annotate(number=Count("*"))
    # Each row is the bits, the other columns, then the number: back to the order of the facets.
    order = [*others, *flags]
    ordered = itemgetter(*(order.index(facet) for facet in chosen.facets), len(order))
    bits = {held: [held >> place & 1 for place in range(len(flags))] for held in range(1 << len(flags))}
    listed = [(place, facet.codes()) for place, facet in enumerate(others) if facet.listed]
    for held, *stored, number in as_stored(grouped.values_list(*columns, "number")):
        for place, codes in listed:
            stored[place] = codes.get(stored[place])
        yield ordered((*stored, *bits[held], number))


def _bits(flags: Sequence[Facet], *, bare: bool) -> Combinable:
    """The answers to yes-or-no questions as one number: the first is its lowest bit."""
    bits = (
        Case(When(facet.condition(YES, bare=bare), then=1 << place), default=0)
        for place, facet in enumerate(flags)
    )
    return reduce(add, bits, Value(0))


@dataclass(frozen=True, slots=True)
class Heard:
    """What a set of texts speaks about.

    Attributes:
        tones: theme's key -> texts that speak of it negatively, neither way, positively.
        tops: key of a top -> texts that speak of it or of what stands under it.
        read: texts that were read, whether anything was heard in them or not.
    """

    tones: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    tops: Mapping[int, int] = field(default_factory=dict)
    read: int = 0

    def number(self, pk: int) -> int:
        """How many texts speak of a theme."""
        return sum(self.tones.get(pk, ()))


def heard_in(rows: QuerySet[Verbatim], taxonomy: Taxonomy) -> Heard:
    """Count the themes of a set of texts, each text once a theme and once a top. One query."""
    told: Counter[tuple[int, int]] = Counter()
    tops: Counter[int] = Counter()
    top_of = {pk: theme.parent_id or pk for pk, theme in taxonomy.themes.items()}
    read = 0
    for word, number in _words(rows):
        read += number
        found = [one for one in from_one_word(word) if one[0] in top_of]
        for one in found:
            told[one] += number
        for top in {top_of[theme] for theme, _ in found}:
            tops[top] += number
    tones: dict[int, list[int]] = {}
    for (theme, tone), number in told.items():
        tones.setdefault(theme, [0, 0, 0])[tone] += number
    return Heard({pk: (found[0], found[1], found[2]) for pk, found in tones.items()}, tops, read)


def _words(rows: QuerySet[Verbatim]) -> Sequence[Sequence[Any]]:
    """The different sets of themes of the texts that were read, with how many texts have each."""
    return as_stored(only_read(rows).order_by().values_list("themes_heard").annotate(number=Count("*")))


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
    read, numbers = 0, Counter[int]()
    for word, number in _words(
        texts(viewer, replace(ask, filters=replace(ask.filters, period=period)), taxonomy)
    ):
        read += number
        for theme, _tone in from_one_word(word):
            numbers[theme] += number
    return Past(read, numbers) if read else None
