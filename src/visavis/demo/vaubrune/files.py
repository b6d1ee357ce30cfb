"""Writes the columns as CSV files (« ; », UTF-8), the same bytes for the same columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from visavis.demo.vaubrune.world import FIRST_DAY, Array

_EPOCH = np.datetime64(FIRST_DAY.isoformat(), "s")


def write_csv(path: Path, columns: Mapping[str, object]) -> int:
    """Write the columns in their order; nulls become empty cells.

    Returns:
        How many rows were written.
    """
    table = pa.table({name: _plain(column) for name, column in columns.items()})
    options = csv.WriteOptions(delimiter=";", quoting_style="needed", batch_size=65_536)
    csv.write_csv(table, path, options)
    return int(table.num_rows)


def write_parquet(path: Path, columns: Mapping[str, object]) -> int:
    """Write the columns as one Parquet file."""
    from pyarrow import parquet

    table = pa.table(dict(columns))
    parquet.write_table(table, path, compression="zstd")
    return int(table.num_rows)


def _plain(column: object) -> object:
    is_arrow = isinstance(column, pa.Array | pa.ChunkedArray)
    return column if is_arrow else pa.array(column)


def moments(clock: Array) -> object:
    """Local seconds since the first midnight, as « 2025-11-03 09:12:41 »."""
    return pa.array(_EPOCH + clock.astype("timedelta64[s]"))


def dates(day: Array, *, empty_after: int | None = None) -> object:
    """Days since the first one as dates; days after ``empty_after`` stay empty."""
    values = np.datetime64(FIRST_DAY.isoformat(), "D") + day.astype("timedelta64[D]")
    return pa.array(values, mask=None if empty_after is None else day > empty_after)


def named(codes: Sequence[str], index: Array) -> object:
    """Codes looked up by index; -1 stays empty."""
    chosen = pa.array(index.astype(np.int32), mask=index < 0)
    return pc.take(pa.array(codes, pa.string()), chosen)


def numbered(prefix: str, numbers: Array, width: int) -> object:
    """« C0000042 »: a prefix and a number with leading zeros."""
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers.astype(np.int64)), pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, digits, "")


def marks(values: Array, empty: int = 0) -> object:
    """Whole marks; ``empty`` becomes an empty cell."""
    return pa.array(values.astype(np.int64), mask=values == empty)


def yes_no(values: Array) -> object:
    """1 is yes, 0 is no, -1 stays empty."""
    return named(("no", "yes"), values.astype(np.int32))
