"""The same question gives the same answer everywhere: by hand, SQLite, DuckDB over files, PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lake.facts import Fact, by_hand, facts_of, load, questions
from visavis.core.periods import Period
from visavis.lake.datasets import DATASETS, MENTIONS, RETURNS, Dataset, Dimension
from visavis.lake.engines import Database, DuckDb
from visavis.lake.files import schema, write_month
from visavis.lake.questions import Question
from visavis.lake.statements import Style, cube_statement, in_order, statement

NOVEMBER = Period(date(2025, 11, 1), date(2025, 12, 1), "2025-11")
SPAN = Period(date(2025, 10, 31), date(2025, 12, 2), "2025-10-31..2025-12-01")
PERIODS = (None, NOVEMBER, SPAN)
ASKED = st.sampled_from(DATASETS).flatmap(lambda one: st.tuples(questions(one, PERIODS), facts_of(one)))


def sqlite(dataset: Dataset, facts: Sequence[Fact]) -> Database:
    cursor = sqlite3.connect(":memory:").cursor()
    load(cursor, dataset, facts, ":{}".format)
    return Database(cursor, Style.COLON)


def duck(folder: Path, dataset: Dataset, facts: Sequence[Fact]) -> DuckDb:
    names = []
    for month in sorted({fact["month"] for fact in facts}):
        rows = [fact for fact in facts if fact["month"] == month]
        table = pa.Table.from_pylist(rows, schema=schema(dataset))
        names.append(write_month(table, folder, dataset, month).name)
    return DuckDb(folder, {dataset: names})


@given(ASKED)
@settings(max_examples=60, deadline=None)
def test_sqlite_answers_as_by_hand(asked: tuple[Question, list[Fact]]) -> None:
    question, facts = asked
    assert sqlite(question.dataset, facts).ask(statement(question)) == by_hand(question, facts)


@given(ASKED)
@settings(max_examples=15, deadline=None)
def test_duckdb_over_files_answers_as_by_hand(asked: tuple[Question, list[Fact]]) -> None:
    question, facts = asked
    with TemporaryDirectory() as folder:
        engine = duck(Path(folder), question.dataset, facts)
        assert engine.ask(statement(question)) == by_hand(question, facts)
        engine.close()


@pytest.mark.skipif(
    os.environ.get("VISAVIS_TEST_DATABASE") != "postgres",
    reason="asked of PostgreSQL in the run that has one",
)
@pytest.mark.django_db
@given(ASKED)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_postgresql_answers_as_by_hand(asked: tuple[Question, list[Fact]]) -> None:
    question, facts = asked
    with connection.cursor() as cursor:
        load(cursor, question.dataset, facts, "%({})s".format)
        assert Database(cursor, Style.PERCENT).ask(statement(question)) == by_hand(question, facts)


@given(st.sampled_from(DATASETS).flatmap(lambda one: st.tuples(st.just(one), facts_of(one))))
@settings(max_examples=40, deadline=None)
def test_sums_by_month_answer_as_the_facts(given_: tuple[Dataset, list[Fact]]) -> None:
    dataset, facts = given_
    engine = sqlite(dataset, facts)
    kept = [*map(str, dataset.kept), *(one.name for one in dataset.measures)]
    engine.cursor.execute(f"CREATE TABLE {dataset.cube} ({', '.join(kept)})", {})
    for month in (202510, 202511, 202512):
        for row in engine.ask(cube_statement(dataset, month)):
            places = ", ".join(f":{name}" for name in kept)
            engine.cursor.execute(
                f"INSERT INTO {dataset.cube} VALUES ({places})", dict(zip(kept, row, strict=True))
            )
    measures = tuple(one.name for one in dataset.measures)
    for dimensions in [(), (Dimension.CHANNEL,), (Dimension.MONTH, Dimension.REASON)]:
        question = Question(dataset, measures, dimensions, NOVEMBER)
        assert engine.ask(statement(question, cube=True)) == by_hand(question, facts)


def test_the_text_is_one_and_only_places_change() -> None:
    question = Question(
        RETURNS, ("returns", "marked"), (Dimension.CHANNEL,), SPAN, "/v/", {Dimension.LEVEL: (1, None)}
    )
    text = statement(question).text
    assert text == statement(question).written(Style.COLON)
    assert statement(question).written(Style.DOLLAR) == text.replace(":v", "$v")
    assert "'" not in text


@pytest.mark.parametrize(
    "made",
    [
        lambda: Question(RETURNS, ()),
        lambda: Question(RETURNS, ("returns); DROP TABLE returns --",)),
        lambda: Question(RETURNS, ("returns", "returns")),
        lambda: Question(RETURNS, ("returns",), (Dimension.THEME,)),
        lambda: Question(RETURNS, ("returns",), scope="nord"),
        lambda: Question(RETURNS, ("returns",), filters={Dimension.CHANNEL: ()}),
        lambda: Question(RETURNS, ("returns",), filters={Dimension.CHANNEL: ("1",)}),
        lambda: Question(MENTIONS, ("marked",)),
    ],
)
def test_what_cannot_be_asked_is_refused(made: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says why in its own words
        made()  # type: ignore[operator]


def test_sums_by_month_refuse_what_they_cannot_tell() -> None:
    for question in (
        Question(RETURNS, ("returns",), period=SPAN),
        Question(RETURNS, ("returns",), scope="/v/"),
        Question(RETURNS, ("returns",), (Dimension.ADVISER,)),
    ):
        with pytest.raises(ValueError, match="ask the facts"):
            statement(question, cube=True)


def test_a_value_never_becomes_sql() -> None:
    facts = [
        {
            **dict.fromkeys(schema(RETURNS).names),
            "day": 20251101,
            "month": 202511,
            "unit": "/v/",
            "product": "auto",
        }
    ]
    question = Question(RETURNS, ("returns",), filters={Dimension.PRODUCT: ("auto' OR '1'='1", "--")})
    assert sqlite(RETURNS, facts).ask(statement(question)) == [(0,)]


def test_a_month_written_twice_has_one_name_and_another_month_is_refused(tmp_path: Path) -> None:
    fact = {
        **dict.fromkeys(schema(RETURNS).names),
        "day": 20251101,
        "month": 202511,
        "unit": "/v/",
        "product": "",
    }
    table = pa.Table.from_pylist([fact], schema=schema(RETURNS))
    first, again = (write_month(table, tmp_path, RETURNS, 202511) for _ in range(2))
    assert first == again
    assert [path.name for path in (tmp_path / "returns").iterdir()] == [Path(first.name).name]
    with pytest.raises(ValueError, match="other months"):
        write_month(table, tmp_path, RETURNS, 202512)


def test_duckdb_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("a\n1\n")
    folder = tmp_path / "copy"
    folder.mkdir()
    engine = DuckDb(folder, {RETURNS: []})
    assert engine.ask(statement(Question(RETURNS, ("returns",)))) == [(0,)]
    for order in (
        f"SELECT * FROM read_csv('{outside}')",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ):
        with pytest.raises(Exception, match=r"(?i)permission|locked|disabled|cannot"):
            engine.connection.execute(order)


def test_what_has_no_value_comes_last() -> None:
    assert in_order([(None, 1), (2, 1), (1, 1)], 1) == [(1, 1), (2, 1), (None, 1)]
