"""From the rows of a month to its facts: cut by the company's days, without any text or key of a customer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from visavis.core.words import Polarity
from visavis.lake.datasets import ANSWERS, MENTIONS, RETURNS, TEXTS, Dataset
from visavis.lake.files import table_of
from visavis.lake.statements import day_of
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.queries import STUDY
from visavis.listen.surveys.models import Question
from visavis.people.access.policy import SHOWN_VOICES
from visavis.understand.verbatims.heard import from_one_word

if TYPE_CHECKING:
    import pyarrow as pa

_RETURN: Final = ("unit_path", "person_id", "channel_id", "reason_id", "level_id", "moment_id", "product")
#: The same, as they are copied beside each text; who was met is not.
_COPIED: Final = (
    "unit_path", "response__person_id", "channel_id", "reason_id", "level_id", "given_moment_id", "product",
)  # fmt: skip
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


def _returns(month: int) -> Rows:
    rows = Response.objects.filter(voice__in=SHOWN_VOICES, **_days(month)).exclude(source=STUDY)
    return _fetched(rows, "heard_on", *_RETURN, "satisfaction", "recommendation")


def _texts(month: int) -> Rows:
    rows = Verbatim.objects.filter(voice__in=SHOWN_VOICES, **_days(month)).exclude(source=STUDY)
    for *place, polarity, read_at in _fetched(rows, "heard_on", *_COPIED, "polarity", "read_at"):
        yield (*place, _TONES.get(polarity, 0), int(read_at is not None))


def _mentions(month: int) -> Rows:
    """What is written beside each text: a third of the time that its readings take."""
    read = Verbatim.objects.filter(voice__in=SHOWN_VOICES, read_at__isnull=False, **_days(month))
    rows = read.exclude(source=STUDY).exclude(themes_heard="")
    for *place, word in _fetched(rows, "heard_on", *_COPIED, "themes_heard"):
        for theme, tone in from_one_word(word):
            yield (*place, theme, tone - 1)


def _answers(month: int) -> Rows:
    asked = Question.objects.filter(scale=Question.Scale.ONE_FIVE).order_by().values("pk")
    rows = Answer.objects.filter(
        question__in=asked,
        value__isnull=False,
        response__voice__in=SHOWN_VOICES,
        **_days(month, "response__"),
    ).exclude(response__source=STUDY)
    along = [f"response__{name}" for name in ("heard_on", *_RETURN)]
    for *rest, value in _fetched(rows, *along, "question_id", "value"):
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
    days = _Days()
    return table_of(dataset, ((*days[day], *rest) for day, *rest in _SOURCES[dataset.name](month)))


class _Days(dict[dt.date, tuple[int, int, int]]):
    """Month, Monday and day of each day, as facts write them; worked out once a day."""

    def __missing__(self, day: dt.date) -> tuple[int, int, int]:
        monday = day - dt.timedelta(day.weekday())
        found = self[day] = (day_of(day) // 100, day_of(monday), day_of(day))
        return found
