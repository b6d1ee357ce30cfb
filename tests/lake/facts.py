"""Small sets of facts, the tables that hold them, and the answers worked out by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from visavis.lake.datasets import Dataset, Dimension
from visavis.lake.engines import Cursor
from visavis.lake.questions import Question
from visavis.lake.statements import Row, day_of, in_order, month_of

Fact = dict[str, Any]
UNITS = ("/v/", "/v/nord/", "/v/nord/lys/", "/v/nordique/", "/v/sud/")
_CODES = st.sampled_from([None, 1, 2, 3])


def facts_of(dataset: Dataset) -> st.SearchStrategy[list[Fact]]:
    """Facts of three months, with holes."""
    days = st.sampled_from([20251031, 20251101, 20251130, 20251201, 20251215])
    values: dict[str, st.SearchStrategy[Any]] = {
        "day": days,
        "week": st.just(20251103),
        "unit": st.sampled_from(UNITS),
        "product": st.sampled_from(["", "auto", "santé d'été"]),
        "tone": st.sampled_from([-1, 0, 1]),
        "satisfaction": st.sampled_from([None, 1, 3, 4, 5]),
        "recommendation": st.sampled_from([None, 0, 6, 7, 8, 9, 10]),
        "mark": st.sampled_from([1, 2, 5]),
        "is_read": st.sampled_from([0, 1]),
    }
    names = [*map(str, dataset.dimensions), *dataset.columns]
    row = st.fixed_dictionaries({name: values.get(name, _CODES) for name in names if name != "month"})
    return st.lists(row.map(lambda fact: {**fact, "month": fact["day"] // 100}), max_size=30)


def load(cursor: Cursor, dataset: Dataset, facts: Sequence[Fact], place: Callable[[str], str]) -> None:
    """Make the table of a dataset and fill it; ``place`` writes the place of a named value."""
    names = [*map(str, dataset.dimensions), *dataset.columns]
    kinds = {"unit": "TEXT", "product": "TEXT"}
    cursor.execute(f"DROP TABLE IF EXISTS {dataset.name}", {})
    columns = ", ".join(f"{name} {kinds.get(name, 'BIGINT')}" for name in names)
    cursor.execute(f"CREATE TABLE {dataset.name} ({columns})", {})
    for fact in facts:
        cursor.execute(f"INSERT INTO {dataset.name} VALUES ({', '.join(map(place, names))})", fact)


#: What each measure adds for one fact, in Python.
ADDS: Mapping[str, Callable[[Fact], int]] = {
    "returns": lambda _: 1,
    "texts": lambda _: 1,
    "mentions": lambda _: 1,
    "heard": lambda fact: int(fact["is_read"]),
    "marked": lambda fact: int(fact["satisfaction"] is not None),
    "satisfied": lambda fact: int((fact["satisfaction"] or 0) >= 4),
    "promoters": lambda fact: int((fact["recommendation"] or 0) >= 9),
    "passives": lambda fact: int(fact["recommendation"] in {7, 8}),
    "detractors": lambda fact: int(fact["recommendation"] is not None and fact["recommendation"] <= 6),
    "satisfaction_sum": lambda fact: fact["satisfaction"] or 0,
    "satisfaction_squares": lambda fact: (fact["satisfaction"] or 0) ** 2,
    "negative": lambda fact: int(fact["tone"] == -1),
    "mixed": lambda fact: int(fact["tone"] == 0),
    "positive": lambda fact: int(fact["tone"] == 1),
    "answers": lambda _: 1,
    "mark_sum": lambda fact: fact["mark"],
    "mark_squares": lambda fact: fact["mark"] ** 2,
}


def by_hand(question: Question, facts: Sequence[Fact]) -> list[Row]:
    """The answer, counted one fact at a time."""
    groups: dict[Row, list[int]] = defaultdict(lambda: [0] * len(question.measures))
    if not question.dimensions:
        groups[()] = [0] * len(question.measures)
    for fact in filter(lambda fact: _asked(question, fact), facts):
        sums = groups[tuple(fact[name] for name in question.dimensions)]
        for place, name in enumerate(question.measures):
            sums[place] += ADDS[name](fact)
    return in_order([(*key, *sums) for key, sums in groups.items()], len(question.dimensions))


def _asked(question: Question, fact: Fact) -> bool:
    period = question.period
    inside = period is None or day_of(period.first) <= fact["day"] <= day_of(period.last)
    kept = all(fact[dimension] in codes for dimension, codes in question.filters.items())
    return inside and kept and fact["unit"].startswith(question.scope)


def questions(dataset: Dataset, periods: Sequence[Any]) -> st.SearchStrategy[Question]:
    """Any question to a dataset."""
    codes = {
        Dimension.UNIT: st.sampled_from(UNITS),
        Dimension.PRODUCT: st.sampled_from(["", "auto"]),
        Dimension.MONTH: st.sampled_from([month_of(period.first) for period in periods if period]),
    }
    filters = st.dictionaries(st.sampled_from(dataset.dimensions), st.just(()), max_size=2).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {
                one: st.lists(codes.get(one, _CODES), min_size=1, max_size=2, unique=True).map(tuple)
                for one in chosen
            }
        )
    )
    return st.builds(
        Question,
        st.just(dataset),
        st.lists(st.sampled_from([one.name for one in dataset.measures]), min_size=1, unique=True).map(tuple),
        st.lists(st.sampled_from(dataset.dimensions), max_size=3, unique=True).map(tuple),
        st.sampled_from(periods),
        st.sampled_from(["", "/v/nord/", "/v/"]),
        filters,
    )
