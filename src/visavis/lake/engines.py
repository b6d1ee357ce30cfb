"""Who answers: the same SQL, run by DuckDB over the open copy, or by SQLite, PostgreSQL or Spark SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from visavis.lake.datasets import TEXTUAL, Dataset
from visavis.lake.statements import Row, Statement, Style, in_order

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Engine(Protocol):
    """Runs statements over tables named as the datasets."""

    def ask(self, statement: Statement) -> list[Row]:
        """The rows of a statement, by their dimensions, what has no value last."""
        ...


class Cursor(Protocol):
    """A cursor of Python's database interface (PEP 249)."""

    def execute(self, text: str, values: Any, /) -> Any:
        """Run one statement."""
        ...

    def fetchall(self) -> Iterable[Sequence[Any]]:
        """All its rows."""
        ...


class Database:
    """SQLite or PostgreSQL, by a cursor of its own interface."""

    def __init__(self, cursor: Cursor, style: Style) -> None:
        """Ask through ``cursor``; ``style`` is ``COLON`` for SQLite, ``PERCENT`` for psycopg."""
        self.cursor, self.style = cursor, style

    def ask(self, statement: Statement) -> list[Row]:
        """See ``Engine``."""
        self.cursor.execute(statement.written(self.style), statement.values)
        return in_order(map(tuple, self.cursor.fetchall()), statement.keys)


class DuckDb:
    """DuckDB in this process, over the Parquet files of the open copy; loaded on first use."""

    def __init__(
        self, folder: Path, files: Mapping[Dataset, Sequence[str]], *, memory: str = "256MB", threads: int = 2
    ) -> None:
        """Look at files.

        Args:
            folder: of the open copy; nothing outside can be read.
            files: names under it, by dataset; a dataset without files answers as an empty table.
            memory: most that DuckDB may hold.
            threads: most threads.
        """
        import duckdb

        self.connection = duckdb.connect(config={"memory_limit": memory, "threads": threads})
        for setting in (
            f"allowed_directories = [{_quoted(str(folder))}]",
            "enable_external_access = false",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "lock_configuration = true",
        ):
            self.connection.execute(f"SET {setting}")
        for dataset, names in files.items():
            self.connection.execute(f"CREATE VIEW {dataset.name} AS {_over(folder, dataset, names)}")

    def ask(self, statement: Statement) -> list[Row]:
        """See ``Engine``; safe from several threads."""
        cursor = self.connection.cursor()
        try:
            rows = cursor.execute(statement.written(Style.DOLLAR), statement.values).fetchall()
        finally:
            cursor.close()
        return in_order(rows, statement.keys)

    def close(self) -> None:
        """Let go of files and memory."""
        self.connection.close()


def _over(folder: Path, dataset: Dataset, names: Sequence[str]) -> str:
    if not names:
        columns = [
            f"CAST(NULL AS {'VARCHAR' if one in TEXTUAL else 'BIGINT'}) AS {one}"
            for one in dataset.dimensions
        ]
        columns += [f"CAST(NULL AS SMALLINT) AS {name}" for name in dataset.columns]
        return f"SELECT {', '.join(columns)} WHERE FALSE"
    listed = ", ".join(_quoted(str(folder / name)) for name in names)
    return f"SELECT * FROM read_parquet([{listed}])"  # noqa: S608 - quoted


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class Spark:
    """Somebody's Spark cluster, whose tables or views are named as the datasets."""

    def __init__(self, session: SparkSession) -> None:
        """Ask through ``session``."""
        self.session = session

    def ask(self, statement: Statement) -> list[Row]:
        """See ``Engine``."""
        rows = self.session.sql(statement.written(Style.COLON), args=statement.values).collect()
        return in_order(map(tuple, rows), statement.keys)
