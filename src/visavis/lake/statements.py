"""From a question to SQL that every engine understands alike: one text, values bound, names of ours only.

Sums of whole numbers and nothing else: no mean, quantile, text function, time zone or order is asked of an
engine, for there they differ. Rows are put in order here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from visavis.lake.datasets import Dataset, Dimension
from visavis.lake.questions import Code, Question

Values = dict[str, int | str]
Row = tuple[Code, ...]


class Style(StrEnum):
    """How an engine writes the place of a bound value."""

    COLON = "colon"  # :name      SQLite, Spark SQL
    DOLLAR = "dollar"  # $name     DuckDB
    PERCENT = "percent"  # %(name)s  psycopg


_PLACES: Final[Mapping[Style, str]] = {Style.COLON: r":\1", Style.DOLLAR: r"$\1", Style.PERCENT: r"%(\1)s"}
_PLACE: Final = re.compile(r":(\w+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with ``:name`` places, their values, and how many leading columns are dimensions."""

    text: str
    values: Values
    keys: int

    def written(self, style: Style) -> str:
        """The text as an engine of this ``style`` wants it."""
        return _PLACE.sub(_PLACES[style], self.text)


def statement(question: Question, *, cube: bool = False) -> Statement:
    """Write a question down.

    Args:
        question: what is asked.
        cube: ask the sums by month instead of the facts.

    Returns:
        A statement whose rows are the dimensions asked, then the sums asked, in the order of the question.

    Raises:
        ValueError: if the cube cannot answer it.
    """
    if cube and not question.fits_cube:
        raise ValueError("the sums by month cannot answer this: ask the facts")
    dataset, values = question.dataset, Values()
    names = [str(dimension) for dimension in question.dimensions]
    sums = [_sum(dataset, name, cube=cube) for name in question.measures]
    lines = [f"SELECT {', '.join([*names, *sums])}", f"FROM {dataset.cube if cube else dataset.name}"]
    conditions = list(_conditions(question, values))
    if conditions:
        lines.append("WHERE " + " AND ".join(conditions))
    if names:
        lines.append("GROUP BY " + ", ".join(names))
    return Statement("\n".join(lines), values, len(names))


def cube_statement(dataset: Dataset, month: int) -> Statement:
    """The sums of one month of facts, as rows of the cube: its dimensions, then all its measures."""
    names = ", ".join(map(str, dataset.kept))
    sums = ", ".join(_sum(dataset, one.name, cube=False) for one in dataset.measures)
    text = f"SELECT {names}, {sums}\nFROM {dataset.name}\nWHERE month = :month\nGROUP BY {names}"
    return Statement(text, {"month": month}, len(dataset.kept))


def in_order(rows: Iterable[Row], keys: int) -> list[Row]:
    """Rows by their dimensions, what has no value last: engines disagree on both."""
    return sorted(rows, key=lambda row: [(code is None, _number(code), str(code)) for code in row[:keys]])


def _number(code: Code) -> int:
    return code if isinstance(code, int) else 0


def _sum(dataset: Dataset, name: str, *, cube: bool) -> str:
    adds = name if cube else dataset.measure(name).adds
    return f"CAST(COALESCE(SUM({adds}), 0) AS BIGINT) AS {name}"


def _conditions(question: Question, values: Values) -> Iterator[str]:
    bind = _binder(values)
    if question.period is not None:
        first, last = question.period.first, question.period.last
        yield f"month BETWEEN {bind(month_of(first))} AND {bind(month_of(last))}"
        if not question.whole_months:
            yield f"day BETWEEN {bind(day_of(first))} AND {bind(day_of(last))}"
    if question.scope:
        yield f"SUBSTR(unit, 1, {bind(len(question.scope))}) = {bind(question.scope)}"
    for dimension in sorted(question.filters):
        yield _kept(dimension, question.filters[dimension], bind)


def _kept(dimension: Dimension, codes: tuple[Code, ...], bind: Callable[[int | str], str]) -> str:
    places = ", ".join(bind(code) for code in codes if code is not None)
    either = [f"{dimension} IN ({places})"] if places else []
    either += [f"{dimension} IS NULL"] if None in codes else []
    return f"({' OR '.join(either)})"


def _binder(values: Values) -> Callable[[int | str], str]:
    def bind(value: int | str) -> str:
        values[f"v{len(values)}"] = value
        return f":v{len(values) - 1}"

    return bind


def month_of(day: date) -> int:
    """A day's month as the facts write it.

    >>> month_of(date(2025, 11, 30))
    202511
    """
    return day.year * 100 + day.month


def day_of(day: date) -> int:
    """A day as the facts write it.

    >>> day_of(date(2025, 11, 3))
    20251103
    """
    return month_of(day) * 100 + day.day
