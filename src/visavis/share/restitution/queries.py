"""Reads of the two restitutions: the Direction's month and the operations' day, from the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import F, Manager, Q, QuerySet
from django.db.models.functions import Length

from visavis.core.periods import Period
from visavis.core.words import Polarity
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.queries import in_questions_order
from visavis.moments.exchanges.models import Channel, Level, Reason
from visavis.moments.references.models import Moment
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.share.restitution.comparisons import channels, decomposed
from visavis.share.restitution.counting import Slice
from visavis.share.restitution.figures import (
    Change,
    Cube,
    Line,
    count_by,
    lines,
    mark_change,
    recommendation_change,
    satisfaction_change,
)
from visavis.share.restitution.reports import HEAD_LEVEL, Report, settled
from visavis.share.restitution.themes import ThemeLine, priority_axes, theme_lines
from visavis.understand.learning.corrected import Counted, WithoutErrors, without_errors
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


def report(viewer: Viewer, filters: Filters) -> Report:
    """Everything the monthly report says about the period, scope, channel and reason of ``filters``.

    Args:
        viewer: who reads; sees the branches where the right to the report holds, and nothing without it.
        filters: read against this viewer's choices.

    Returns:
        The report; all counts are 0 when nothing was heard.
    """
    here = Slice(viewer, filters)
    past = here.before()
    now, before = here.cube(), past.cube() if past else Cube()
    heard = here.heard()
    themes = theme_lines(heard, past.heard() if past else None)
    breakdowns = {name: _breakdown(now, before, name) for name in _BREAKDOWNS}
    found = Report(
        filters=filters,
        counts=now.total,
        satisfaction=satisfaction_change(now.total, before.total),
        decomposition=decomposed(now, before),
        recommendation=recommendation_change(now.total, before.total),
        marks=_marks(here, past),
        breakdowns=breakdowns,
        products=_products(now, before),
        channels=channels(now, breakdowns["channel"]),
        themes=themes,
        axes=priority_axes(themes),
        verbatims=_chosen(here),
        unread=heard.unread,
    )
    return settled(found, partial(decomposed, now, before))


def corrected(viewer: Viewer, shown: Report, language: str) -> WithoutErrors | None:
    """The themes of a report without the engine's errors; none while too few readings were checked."""
    texts = Slice(viewer, shown.filters).texts()
    if not shown.themes:
        return None
    counted = [Counted(line.code, line.label, line.heard) for line in shown.themes]
    return without_errors(texts, counted, shown.themes[0].share.n, language)


def headline(viewer: Viewer, period: Period) -> Change:
    """Satisfaction over a period against the one before, and nothing else: for a first page."""
    here = Slice(viewer, Filters(period))
    past = here.before()
    change = satisfaction_change(here.cube().total, past.cube().total if past else None)
    return change.at(HEAD_LEVEL)


def axes(viewer: Viewer, period: Period) -> list[ThemeLine]:
    """The priority axes of a period, and nothing else: for a first page."""
    return priority_axes(theme_lines(Slice(viewer, Filters(period)).heard()))


def scope_path(viewer: Viewer, filters: Filters) -> str:
    """The path of the unit that a report is limited to; empty where it is not, or not open to the viewer."""
    if not filters.scope:
        return ""
    units = Unit.objects.filter(viewer.within(Right.REPORT, "path"), code=filters.scope)
    return units.values_list("path", flat=True).first() or ""


def _marks(here: Slice, past: Slice | None) -> dict[str, Change]:
    now, before = here.marks(), past.marks() if past else {}
    changes = {key: mark_change(sums, before.get(key)) for key, sums in now.items()}
    return {key: change for key, change in changes.items() if change}


def _breakdown(now: Cube, before: Cube, name: str) -> list[Line]:
    counts = now.by(f"{name}_id")
    named = _BREAKDOWNS[name].filter(pk__in=list(counts)).order_by("position", "pk")
    return lines(
        counts,
        before.by(f"{name}_id"),
        [(row.pk, row.code, row.label) for row in named],
        now.total.returns,
    )


def _products(now: Cube, before: Cube) -> list[Line]:
    counts = now.by("product")
    ordered = sorted(counts, key=lambda value: (-counts[value].returns, value))
    return lines(
        counts, before.by("product"), [(value, value, value) for value in ordered], now.total.returns
    )


def _chosen(here: Slice) -> dict[str, list[Verbatim]]:
    """Texts that say most in few words, for whoever may read texts at all."""
    readable = here.texts().filter(here.viewer.within(Right.RETURNS))
    return {tone: _telling(readable, tone) for tone in (Polarity.POSITIVE, Polarity.NEGATIVE)}


def correctable(viewer: Viewer, shown: Report) -> set[int]:
    """The texts of a report, once read, of which this viewer may say that they are read wrong."""
    texts = (text for tone in shown.verbatims.values() for text in tone)
    return {text.pk for text in texts if text.read_at and viewer.may(Right.CORRECT, text.unit_path)}


def _telling(texts: QuerySet[Verbatim], tone: Polarity) -> list[Verbatim]:
    strong = texts.filter(polarity=tone, certainty__gte=0.8).annotate(length=Length("text"))
    telling = strong.filter(length__gte=60, length__lte=400).order_by("-intensity", "-certainty", "pk")
    best = list(telling.values_list("pk", flat=True)[:CHOSEN])
    rows = Verbatim.objects.filter(pk__in=best).select_related(
        "response__channel", "response__reason", "response__unit"
    )
    return list(rows.order_by("-intensity", "-certainty", "pk"))


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
        Returns by day, team, then instant (those without one last), with all that the file shows of them.
    """
    rows = Slice(viewer, filters, Right.DAILY).returns().select_related(*_ALONG)
    return rows.order_by("heard_on", "unit_path", F("heard_at").asc(nulls_last=True), "pk")


def daily_after(last: Response) -> Q:
    """The rows of the daily file that follow one of them, in its order."""
    later = Q(heard_at__isnull=True)
    if last.heard_at:
        later = later | Q(heard_at__gt=last.heard_at) | Q(heard_at=last.heard_at, pk__gt=last.pk)
    else:
        later &= Q(pk__gt=last.pk)
    same_day = Q(unit_path__gt=last.unit_path) | (Q(unit_path=last.unit_path) & later)
    return Q(heard_on__gte=last.heard_on) & (Q(heard_on__gt=last.heard_on) | same_day)


def with_texts(viewer: Viewer, rows: Sequence[Response]) -> list[DayRow]:
    """Put the texts beside the returns, for whoever may read texts on their branch."""
    texts: dict[int, list[Verbatim]] = defaultdict(list)
    readable = Verbatim.objects.filter(viewer.within(Right.RETURNS), response__in=[row.pk for row in rows])
    for text in in_questions_order(readable):
        texts[text.response_id].append(text)
    return [DayRow(row, tuple(texts[row.pk])) for row in rows]


def figures_by_unit(viewer: Viewer, filters: Filters) -> list[Line]:
    """Satisfaction of the day by unit, in the order of the tree."""
    rows = Slice(viewer, filters, Right.DAILY).returns()
    counts = count_by(rows, "unit__path")
    named = rows.order_by("unit__path").values_list("unit__path", "unit__code", "unit__name").distinct()
    return lines(counts, {}, list(named), sum(one.returns for one in counts.values()))
