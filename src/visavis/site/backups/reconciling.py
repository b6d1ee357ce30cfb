"""Published sums beside the rows they were made from, counted by the database alone (no file, no DuckDB)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear

from visavis.listen.returns.models import Answer, ChangedMonth, Response, Verbatim
from visavis.listen.returns.queries import STUDY
from visavis.listen.surveys.models import Question
from visavis.people.access.policy import SHOWN_VOICES
from visavis.share.analytics.models import AnswerSums, MentionSums, PublishedMonth, ReturnSums, TextSums
from visavis.understand.verbatims.models import Annotation

#: month, channel, reason → the sums of the cell.
Cells = dict[tuple[Any, ...], tuple[int, ...]]


class Gap(NamedTuple):
    """A cell whose published sums are not those of its rows."""

    month: int
    what: str
    published: tuple[int, ...]
    rows: tuple[int, ...]


def _of_returns(using: str) -> Any:
    rows = Response.objects.using(using).filter(voice__in=SHOWN_VOICES).exclude(source=STUDY)
    return _by_month(rows, "").annotate(
        a=Count("pk"),
        b=Count("satisfaction"),
        c=Coalesce(Sum("satisfaction"), 0),
        d=Count("pk", filter=Q(satisfaction__gte=4)),
        e=Count("pk", filter=Q(recommendation__gte=9)),
        f=Count("pk", filter=Q(recommendation__lte=6)),
    )


def _of_texts(using: str) -> Any:
    rows = Verbatim.objects.using(using).filter(voice__in=SHOWN_VOICES).exclude(source=STUDY)
    return _by_month(rows, "response__").annotate(a=Count("pk"), b=Count("read_at"))


def _of_mentions(using: str) -> Any:
    heard = (
        Annotation.objects.using(using)
        .filter(
            current=True,
            refused=False,
            theme__isnull=False,
            verbatim__voice__in=SHOWN_VOICES,
            verbatim__read_at__isnull=False,
        )
        .exclude(verbatim__source=STUDY)
    )
    negative, positive = (Count("pk", filter=Q(polarity=tone)) for tone in ("negative", "positive"))
    return _by_month(heard, "verbatim__response__").annotate(a=Count("pk"), b=negative, c=positive)


def _of_answers(using: str) -> Any:
    asked = Question.objects.using(using).filter(scale=Question.Scale.ONE_FIVE).values("pk")
    given = (
        Answer.objects.using(using)
        .filter(question__in=asked, value__isnull=False, response__voice__in=SHOWN_VOICES)
        .exclude(response__source=STUDY)
    )
    marks = Sum(Cast("value", IntegerField()))
    return _by_month(given, "response__").annotate(a=Count("pk"), b=marks)


def _by_month(rows: Any, at: str) -> Any:
    day = f"{at}heard_on"
    cell = {"m": ExtractYear(day) * 100 + ExtractMonth(day), "ch": F(f"{at}channel_id")}
    return rows.order_by().values(**cell, re=F(f"{at}reason_id"))


#: What is compared: the rows, the published table, the columns that hold the same sums.
_SETS: Mapping[str, tuple[Callable[[str], Any], type[Any], tuple[str, ...]]] = {
    "returns": (
        _of_returns,
        ReturnSums,
        ("returns", "marked", "satisfaction_sum", "satisfied", "promoters", "detractors"),
    ),
    "texts": (_of_texts, TextSums, ("texts", "heard")),
    "mentions": (_of_mentions, MentionSums, ("mentions", "negative", "positive")),
    "answers": (_of_answers, AnswerSums, ("answers", "mark_sum")),
}


def gaps(using: str) -> Iterator[Gap]:
    """Compare every published cell (month, channel, reason) with its rows.

    Args:
        using: the alias of the database.

    Yields:
        A gap for each cell that differs. A month that waits to be published again is not compared.
    """
    pending = set(ChangedMonth.objects.using(using).order_by().values_list("month", flat=True))
    published = set(PublishedMonth.objects.using(using).order_by().values_list("month", flat=True)) - pending
    for name, (rows, model, columns) in _SETS.items():
        told = model.objects.using(using).filter(month__in=published).order_by()
        sums = {f"s_{column}": Sum(column) for column in columns}
        theirs = _cells(told.values("month", "channel", "reason").annotate(**sums))
        ours = _cells(rows(using))
        for cell in sorted(theirs.keys() | ours.keys(), key=str):
            zero = (0,) * len(columns)
            if cell[0] in published and theirs.get(cell, zero) != ours.get(cell, zero):
                yield Gap(cell[0], name, theirs.get(cell, zero), ours.get(cell, zero))


def _cells(rows: Any) -> Cells:
    told = (tuple(row.values()) for row in rows)
    return {row[:3]: tuple(int(value or 0) for value in row[3:]) for row in told}
