"""From the rows of a month to its facts: cut by the company's days, without any text or key of a customer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from visavis.core.words import Polarity
from visavis.lake.datasets import ANSWERS, MENTIONS, RETURNS, TEXTS, Dataset
from visavis.lake.files import schema
from visavis.lake.statements import day_of
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.surveys.models import Question
from visavis.people.access.policy import SHOWN_VOICES
from visavis.understand.verbatims.models import Annotation

if TYPE_CHECKING:
    import pyarrow as pa

_RETURN: Final = ("unit_path", "person_id", "channel_id", "reason_id", "level_id", "moment_id", "product")
_TONES: Final[Mapping[str, int]] = {Polarity.NEGATIVE: -1, Polarity.POSITIVE: 1}
#: Rows fetched at a time.
_AT_ONCE: Final = 20_000

Rows = Iterable[tuple[Any, ...]]


def first_day(month: int) -> dt.date:
    """The first day of a month written 202511."""
    return dt.date(month // 100, month % 100, 1)


def next_month(month: int) -> int:
    """The month after.

    >>> next_month(202512)
    202601
    """
    return month + 1 if month % 100 < 12 else month + 89


def _days(month: int, at: str = "") -> dict[str, dt.date]:
    return {f"{at}heard_on__gte": first_day(month), f"{at}heard_on__lt": first_day(next_month(month))}


def _through(at: str) -> list[str]:
    return [f"{at}{name}" for name in _RETURN]


def _returns(month: int) -> Rows:
    rows = Response.objects.filter(voice__in=SHOWN_VOICES, **_days(month))
    return _fetched(rows, "heard_on", *_RETURN, "satisfaction", "recommendation")


def _texts(month: int) -> Rows:
    rows = Verbatim.objects.filter(voice__in=SHOWN_VOICES, **_days(month))
    for *place, polarity, read_at in _fetched(
        rows, "heard_on", *_through("response__"), "polarity", "read_at"
    ):
        yield (*place, _TONES.get(polarity, 0), int(read_at is not None))


def _mentions(month: int) -> Rows:
    rows = Annotation.objects.current().filter(
        theme__isnull=False,
        refused=False,
        verbatim__voice__in=SHOWN_VOICES,
        verbatim__read_at__isnull=False,
        **_days(month, "verbatim__"),
    )
    along = ("verbatim__heard_on", *_through("verbatim__response__"), "theme_id", "polarity")
    for *rest, polarity in _fetched(rows, *along):
        yield (*rest, _TONES.get(polarity, 0))


def _answers(month: int) -> Rows:
    asked = Question.objects.filter(scale=Question.Scale.ONE_FIVE).order_by().values("pk")
    rows = Answer.objects.filter(
        question__in=asked,
        value__isnull=False,
        response__voice__in=SHOWN_VOICES,
        **_days(month, "response__"),
    )
    along = ("response__heard_on", *_through("response__"), "question_id", "value")
    for *rest, value in _fetched(rows, *along):
        yield (*rest, round(value))


def _fetched(rows: Any, *names: str) -> Rows:
    found: Rows = rows.order_by().values_list(*names).iterator(chunk_size=_AT_ONCE)
    return found


_SOURCES: Final[Mapping[str, Callable[[int], Rows]]] = {
    RETURNS.name: _returns,
    TEXTS.name: _texts,
    MENTIONS.name: _mentions,
    ANSWERS.name: _answers,
}


def facts_of(dataset: Dataset, month: int) -> pa.Table:
    """Gather the facts of a month.

    Args:
        dataset: which.
        month: 202511.

    Returns:
        An Arrow table with the columns of ``lake.files.schema(dataset)``.
    """
    import pyarrow as pa

    wanted = schema(dataset)
    columns: Sequence[Sequence[Any]] = list(zip(*_SOURCES[dataset.name](month), strict=True))
    if not columns:
        return pa.table([pa.array([], one.type) for one in wanted], schema=wanted)
    days = _calendar(columns[0])
    arrays = [*days, *map(list, columns[1:])]
    return pa.table(
        [pa.array(values, one.type) for values, one in zip(arrays, wanted, strict=True)], schema=wanted
    )


def _calendar(days: Sequence[dt.date]) -> tuple[list[int], list[int], list[int]]:
    """Month, Monday and day of each, as facts write them; worked out once a day."""
    known = {
        day: (day_of(day) // 100, day_of(day - dt.timedelta(day.weekday())), day_of(day)) for day in set(days)
    }
    months, weeks, numbers = zip(*map(known.__getitem__, days), strict=True)
    return list(months), list(weeks), list(numbers)
