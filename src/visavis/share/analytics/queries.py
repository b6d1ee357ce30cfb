"""Reads of the sums. Each takes the viewer first: sums are those of the whole company, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django.db import connection
from django.db.models import Min, QuerySet

from visavis.core.periods import Period
from visavis.lake.datasets import DATASETS, RETURNS
from visavis.lake.engines import Database, DuckDb
from visavis.lake.questions import Question
from visavis.lake.statements import Row, Style, month_of, statement
from visavis.listen.returns.models import ChangedMonth
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.share.analytics.models import PublishedMonth
from visavis.share.analytics.services import copy_folder

#: Over this many returns, figures that changed a moment ago wait for their publication.
LIVE: Final = 200_000


def sees_all(viewer: Viewer, right: Right) -> bool:
    """Whether a right holds on the whole company, figures with it."""
    roots = Unit.objects.filter(parent__isnull=True).order_by("path").values_list("path", flat=True)
    return bool(roots) and all(viewer.may(one, path) for path in roots for one in (right, Right.FIGURES))


def can_answer(viewer: Viewer, right: Right, question: Question) -> bool:
    """Whether the sums by month answer this viewer's question, as ``sums`` would."""
    return question.fits_cube and sees_all(viewer, right) and _fresh(question.period)


def sums(viewer: Viewer, right: Right, question: Question) -> list[Row] | None:
    """Answer from the sums by month.

    Args:
        viewer: who asks.
        right: what the page needs.
        question: about the whole company and whole months.

    Returns:
        Its rows; none where the sums cannot answer, or would be older than the rows of a small company:
        then the rows themselves are counted.
    """
    if not can_answer(viewer, right, question):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return Database(cursor, Style.PERCENT).ask(statement(question, cube=True))
        # Django's cursor would rewrite the places; the engine's own takes names as they are.
        return Database(cursor.connection.cursor(), Style.COLON).ask(statement(question, cube=True))


def wide(viewer: Viewer, right: Right, question: Question) -> list[Row]:
    """Answer any question from the open copy.

    Args:
        viewer: who asks.
        right: what the page needs; must hold on the branch that the question is about.
        question: any.

    Returns:
        Its rows; nothing for who may not.
    """
    reach = question.scope
    if not (
        viewer.may(right, reach) and viewer.may(Right.FIGURES, reach) if reach else sees_all(viewer, right)
    ):
        return []
    names: dict[str, list[str]] = {one.name: [] for one in DATASETS}
    for files in _within(question.period).values_list("files", flat=True):
        for dataset, name in files.items():
            names[dataset].append(name)
    return _copy(tuple((one, tuple(found)) for one, found in sorted(names.items()))).ask(statement(question))


@lru_cache(maxsize=4)
def _copy(files: tuple[tuple[str, tuple[str, ...]], ...]) -> DuckDb:
    """One connection a set of files: a new publication has new names, hence a new connection."""
    found = dict(files)
    return DuckDb(copy_folder(), {one: found[one.name] for one in DATASETS})


def published_at(period: Period | None) -> dt.datetime | None:
    """The instant of the oldest publication among the months of a period; none if nothing is published."""
    oldest: dt.datetime | None = _within(period).aggregate(oldest=Min("published_at"))["oldest"]
    return oldest


def changed(period: Period | None) -> bool:
    """Whether something of a period changed since it was published."""
    return ChangedMonth.objects.filter(**_range(period)).exists()


def _fresh(period: Period | None) -> bool:
    months = _within(period)
    if not PublishedMonth.objects.exists():
        return False
    return not changed(period) or _returns(months.values_list("rows", flat=True)) > LIVE


def _returns(rows: Sequence[dict[str, int]] | QuerySet[PublishedMonth, dict[str, int]]) -> int:
    return sum(int(each.get(RETURNS.name, 0)) for each in rows)


def _within(period: Period | None) -> QuerySet[PublishedMonth]:
    return PublishedMonth.objects.filter(**_range(period)).order_by("month")


def _range(period: Period | None) -> dict[str, int]:
    if period is None:
        return {}
    return {"month__gte": month_of(period.first), "month__lte": month_of(period.last)}
