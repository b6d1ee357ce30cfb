"""Reads of the two restitutions: the Direction's month and the operations' day, from the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Manager, QuerySet
from django.db.models.functions import Length

from visavis.core.periods import Period
from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.narrowing import narrow
from visavis.listen.returns.queries import counted
from visavis.moments.exchanges.models import Channel, Level, Reason
from visavis.moments.references.models import Moment
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.share.restitution.figures import (
    Change,
    Counts,
    Line,
    count,
    count_by,
    lines,
    mark_change,
    mark_sums,
    recommendation_change,
    satisfaction_change,
)
from visavis.share.restitution.themes import ThemeLine, priority_axes, theme_lines
from visavis.web.filters import Filters

#: Texts chosen for the report, of each tone.
CHOSEN = 3
_ALONG = ("unit", "channel", "reason", "level", "moment", "person", "interaction")
_BREAKDOWNS: dict[str, Manager[Any]] = {
    "reason": Reason.objects,
    "channel": Channel.objects,
    "level": Level.objects,
    "moment": Moment.objects,
}


@dataclass(frozen=True, slots=True)
class Report:
    """A period as the Direction reads it. Employees' figures wait for the anonymity gateway."""

    filters: Filters
    counts: Counts
    satisfaction: Change
    recommendation: Change
    marks: Mapping[str, Change]
    breakdowns: Mapping[str, list[Line]]
    products: list[Line]
    themes: list[ThemeLine]
    axes: list[ThemeLine]
    verbatims: Mapping[str, list[Verbatim]]
    unread: int


def _rows(viewer: Viewer, filters: Filters, right: Right) -> QuerySet[Response]:
    """Customers' returns that may enter this viewer's report or daily file."""
    allowed = viewer.within(right)
    return narrow(counted(viewer, Voice.CUSTOMER).filter(allowed), filters)


def _before(viewer: Viewer, filters: Filters) -> QuerySet[Response] | None:
    period = filters.period.previous()
    return _rows(viewer, replace(filters, period=period), Right.REPORT) if period else None


def report(viewer: Viewer, filters: Filters) -> Report:
    """Everything the monthly report says about the period, scope, channel and reason of ``filters``.

    Args:
        viewer: who reads; sees the branches where the right to the report holds, and nothing without it.
        filters: read against this viewer's choices.

    Returns:
        The report; all counts are 0 when nothing was heard.
    """
    rows, past = _rows(viewer, filters, Right.REPORT), _before(viewer, filters)
    now, before = count(rows), count(past) if past is not None else None
    themes = theme_lines(rows, past)
    return Report(
        filters=filters,
        counts=now,
        satisfaction=satisfaction_change(now, before),
        recommendation=recommendation_change(now, before),
        marks=_marks(rows, past),
        breakdowns={field: _breakdown(rows, past, field) for field in _BREAKDOWNS},
        products=_products(rows, past),
        themes=themes,
        axes=priority_axes(themes),
        verbatims=_chosen(viewer, rows),
        unread=Verbatim.objects.unread().filter(response__in=rows.order_by()).count(),
    )


def headline(viewer: Viewer, period: Period) -> Change:
    """Satisfaction over a period against the one before, and nothing else: for a first page."""
    filters = Filters(period)
    past = _before(viewer, filters)
    before = count(past) if past is not None else None
    return satisfaction_change(count(_rows(viewer, filters, Right.REPORT)), before)


def _marks(rows: QuerySet[Response], past: QuerySet[Response] | None) -> dict[str, Change]:
    now, before = mark_sums(rows), mark_sums(past) if past is not None else {}
    changes = {key: mark_change(sums, before.get(key)) for key, sums in now.items()}
    return {key: change for key, change in changes.items() if change}


def _breakdown(rows: QuerySet[Response], past: QuerySet[Response] | None, field: str) -> list[Line]:
    column = f"{field}_id"
    now = {value: counts for value, counts in count_by(rows, column).items() if value is not None}
    named = _BREAKDOWNS[field].filter(pk__in=now).order_by("position", "pk")
    before = count_by(past, column) if past is not None else {}
    return lines(now, before, [(row.pk, row.code, row.label) for row in named])


def _products(rows: QuerySet[Response], past: QuerySet[Response] | None) -> list[Line]:
    now = {value: counts for value, counts in count_by(rows, "product").items() if value}
    before = count_by(past, "product") if past is not None else {}
    ordered = sorted(now, key=lambda value: (-now[value].returns, value))
    return lines(now, before, [(value, value, value) for value in ordered])


def _chosen(viewer: Viewer, rows: QuerySet[Response]) -> dict[str, list[Verbatim]]:
    """Texts that say most in few words, for whoever may read texts at all."""
    readable = Verbatim.objects.filter(viewer.within(Right.RETURNS), response__in=rows.order_by())
    return {tone: _telling(readable, tone) for tone in (Polarity.POSITIVE, Polarity.NEGATIVE)}


def _telling(texts: QuerySet[Verbatim], tone: Polarity) -> list[Verbatim]:
    strong = texts.filter(polarity=tone, certainty__gte=0.8).select_related(
        "response__channel", "response__reason", "response__unit"
    )
    telling = strong.annotate(length=Length("text")).filter(length__gte=60, length__lte=400)
    return list(telling.order_by("-intensity", "-certainty", "pk")[:CHOSEN])


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line of the daily file: a return and its texts."""

    response: Response
    texts: tuple[Verbatim, ...]


def daily_rows(viewer: Viewer, filters: Filters) -> QuerySet[Response]:
    """The returns of the daily file, row for row those that the month counts.

    Args:
        viewer: who reads; needs the right to the daily file on the branch.
        filters: their period is a day; any other period gives the concatenation of its days.

    Returns:
        Returns by day, team, then instant, with all that the file shows of them.
    """
    rows = _rows(viewer, filters, Right.DAILY).select_related(*_ALONG)
    return rows.order_by("heard_on", "unit_path", "heard_at", "pk")


def with_texts(viewer: Viewer, rows: Sequence[Response]) -> list[DayRow]:
    """Put the texts beside the returns, for whoever may read texts on their branch."""
    texts: dict[int, list[Verbatim]] = defaultdict(list)
    readable = Verbatim.objects.filter(viewer.within(Right.RETURNS), response__in=[row.pk for row in rows])
    for text in readable.order_by("pk"):
        texts[text.response_id].append(text)
    return [DayRow(row, tuple(texts[row.pk])) for row in rows]


def figures_by_unit(viewer: Viewer, filters: Filters) -> list[Line]:
    """Satisfaction of the day by unit, in the order of the tree."""
    rows = _rows(viewer, filters, Right.DAILY)
    counts = count_by(rows, "unit__path")
    named = rows.order_by("unit__path").values_list("unit__path", "unit__code", "unit__name").distinct()
    return lines(counts, {}, list(named))
