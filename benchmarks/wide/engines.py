"""Who answers: the open copy through DuckDB, SQLite, PostgreSQL, pandas. Each loads the same facts."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from visavis.lake.datasets import MENTIONS, RETURNS, TEXTUAL, Dataset
from visavis.lake.engines import Database, DuckDb
from visavis.lake.files import schema
from visavis.lake.questions import Question
from visavis.lake.statements import Row, Style, cube_statement, in_order, month_of, statement

ASKED = (RETURNS, MENTIONS)


class Contender(Protocol):
    """Loads months of facts, then answers questions."""

    def load(self, dataset: Dataset, facts: pa.Table) -> None:
        """Take in one month."""

    def ready(self) -> None:
        """After the last month: indexes, statistics, sums by month."""

    def ask(self, question: Question, *, cube: bool = False) -> list[Row]:
        """Answer."""
        ...


class Sqlite:
    """A database file with the indexes that a careful administrator would make."""

    def __init__(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "facts.db")
        self.connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000"
        )

    def load(self, dataset: Dataset, facts: pa.Table) -> None:
        self.connection.execute(_create(dataset))
        rows = zip(*(column.to_pylist() for column in facts.columns), strict=True)
        places = ", ".join("?" * facts.num_columns)
        self.connection.executemany(f"INSERT INTO {dataset.name} VALUES ({places})", rows)
        self.connection.commit()

    def ready(self) -> None:
        for dataset in ASKED:
            self.connection.execute(f"CREATE INDEX {dataset.name}_month ON {dataset.name} (month)")
            self.connection.execute(f"CREATE INDEX {dataset.name}_adviser ON {dataset.name} (adviser, month)")
        _fill_cubes(self.connection.cursor(), Style.COLON)
        self.connection.execute("ANALYZE")
        self.connection.commit()

    def ask(self, question: Question, *, cube: bool = False) -> list[Row]:
        return Database(self.connection.cursor(), Style.COLON).ask(statement(question, cube=cube))


class Postgres:
    """A private server on a socket, with the same indexes, parallel workers and no just-in-time compiler."""

    def __init__(self, address: str) -> None:
        import psycopg

        self.connection = psycopg.connect(address, autocommit=True)
        self.connection.execute("SET jit = off; SET work_mem = '128MB'")

    def load(self, dataset: Dataset, facts: pa.Table) -> None:
        self.connection.execute(_create(dataset))
        sheet = io.BytesIO()
        pcsv.write_csv(facts, sheet, pcsv.WriteOptions(include_header=False))
        with (
            self.connection.cursor() as cursor,
            cursor.copy(
                f"COPY {dataset.name} FROM STDIN (FORMAT csv, FORCE_NOT_NULL (unit, product))"
            ) as copy,
        ):
            copy.write(sheet.getbuffer())

    def ready(self) -> None:
        for dataset in ASKED:
            self.connection.execute(f"CREATE INDEX ON {dataset.name} (month)")
            self.connection.execute(f"CREATE INDEX ON {dataset.name} (adviser, month)")
        _fill_cubes(self.connection.cursor(), Style.PERCENT)
        self.connection.execute("VACUUM ANALYZE")

    def ask(self, question: Question, *, cube: bool = False) -> list[Row]:
        with self.connection.cursor() as cursor:
            return Database(cursor, Style.PERCENT).ask(statement(question, cube=cube))


class Copy:
    """The open copy: files that are already there."""

    def __init__(self, folder: Path) -> None:
        files = {
            one: [str(path.relative_to(folder)) for path in sorted((folder / one.name).glob("*.parquet"))]
            for one in ASKED
        }
        self.engine = DuckDb(folder, files)

    def ask(self, question: Question, *, cube: bool = False) -> list[Row]:
        return self.engine.ask(statement(question, cube=cube))


class Pandas:
    """A frame a dataset, read from the same files, each column asked for held in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.frames: dict[str, Any] = {}

    def ask(self, question: Question, *, cube: bool = False) -> list[Row]:
        assert not cube, "frames keep no sums"
        import pandas as pd

        needed = sorted(
            {*map(str, question.dimensions), "month", *_columns(question), *map(str, question.filters)}
        )
        files = sorted((self.folder / question.dataset.name).glob("*.parquet"))
        frame = pd.concat(
            [pq.read_table(path, columns=needed).to_pandas() for path in files if _wanted(path, question)]
        )
        for dimension, codes in question.filters.items():
            frame = frame[frame[str(dimension)].isin(codes)]
        for name in question.measures:
            frame[name] = _added(frame, name)
        names = [str(one) for one in question.dimensions]
        if not names:
            return [tuple(int(frame[name].sum()) for name in question.measures)]
        grouped = (
            frame.groupby(names, dropna=False, observed=True)[list(question.measures)].sum().reset_index()
        )
        return in_order(
            [tuple(_plain(value) for value in row) for row in grouped.itertuples(index=False)], len(names)
        )


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else int(value)


def _wanted(path: Path, question: Question) -> bool:
    month, period = int(path.name[:6]), question.period
    return period is None or month_of(period.first) <= month <= month_of(period.last)


def _columns(question: Question) -> Iterable[str]:
    text = " ".join(question.dataset.measure(name).adds for name in question.measures)
    return [name for name in (*question.dataset.columns, "tone") if name in text]


def _added(frame: Any, name: str) -> Any:
    satisfaction, recommendation, tone = (
        frame.get(one) for one in ("satisfaction", "recommendation", "tone")
    )
    adds: dict[str, Callable[[], Any]] = {
        "returns": lambda: 1, "mentions": lambda: 1,
        "marked": lambda: satisfaction > 0, "satisfied": lambda: satisfaction >= 4,
        "promoters": lambda: recommendation >= 9, "passives": lambda: recommendation.between(7, 8),
        "detractors": lambda: recommendation <= 6, "satisfaction_sum": lambda: satisfaction.fillna(0),
        "satisfaction_squares": lambda: satisfaction.fillna(0) ** 2,
        "negative": lambda: tone == -1, "mixed": lambda: tone == 0, "positive": lambda: tone == 1,
    }  # fmt: skip
    return adds[name]()


def _create(dataset: Dataset) -> str:
    kinds = dict.fromkeys(dataset.columns, "SMALLINT") | dict.fromkeys(map(str, TEXTUAL), "TEXT")
    names = ", ".join(f"{field.name} {kinds.get(field.name, 'BIGINT')}" for field in schema(dataset))
    return f"CREATE TABLE IF NOT EXISTS {dataset.name} ({names})"


def _fill_cubes(cursor: Any, style: Style) -> None:
    from benchmarks.wide.facts import MONTHS

    for dataset in ASKED:
        text = cube_statement(dataset, 0).written(style)
        cursor.execute(f"CREATE TABLE {dataset.cube} AS {text}", {"month": MONTHS[0]})
        for month in MONTHS[1:]:
            cursor.execute(f"INSERT INTO {dataset.cube} {text}", {"month": month})
        cursor.execute(f"CREATE INDEX {dataset.cube}_month ON {dataset.cube} (month)")
