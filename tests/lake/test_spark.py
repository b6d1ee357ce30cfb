"""The same questions, asked of Spark SQL. Not part of the suite: ``make test-spark``, every night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lake.facts import Fact, by_hand, facts_of, questions
from visavis.core.periods import Period
from visavis.lake.datasets import DATASETS, TEXTUAL
from visavis.lake.engines import Spark
from visavis.lake.files import schema
from visavis.lake.questions import Question
from visavis.lake.statements import statement

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.spark, pytest.mark.enable_socket]
PERIODS = (
    None,
    Period(date(2025, 11, 1), date(2025, 12, 1), "2025-11"),
    Period(date(2025, 10, 31), date(2025, 12, 2), "2025-10-31..2025-12-01"),
)
ASKED = st.sampled_from(DATASETS).flatmap(lambda one: st.tuples(questions(one, PERIODS), facts_of(one)))


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """Spark in one process on this machine, with nothing but memory."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: make test-spark")
    made = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield made
    made.stop()


@given(asked=ASKED)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_spark_sql_answers_as_by_hand(session: SparkSession, asked: tuple[Question, list[Fact]]) -> None:
    question, facts = asked
    names = schema(question.dataset).names
    kinds = ", ".join(f"{name} {'string' if name in TEXTUAL else 'bigint'}" for name in names)
    rows = [tuple(fact[name] for name in names) for fact in facts]
    session.createDataFrame(rows, kinds).createOrReplaceTempView(question.dataset.name)
    assert Spark(session).ask(statement(question)) == by_hand(question, facts)
