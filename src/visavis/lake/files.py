"""The open copy: one immutable Parquet file a dataset and month, sorted by adviser, and its sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from visavis.lake.datasets import TEXTUAL, Dataset, Dimension

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows that are read or skipped together: small enough that one adviser's page skips most of a month.
GROUP: Final = 120_000


#: Rows made into columns at a time; with more, looking for cycles among them takes longer than the work.
_AT_ONCE: Final = 5_000
#: Dates and tones; the rest are numbers of rows of other tables.
_SMALL: Final = frozenset({Dimension.MONTH, Dimension.WEEK, Dimension.DAY, Dimension.TONE})


@dataclass(frozen=True, slots=True)
class MonthFile:
    """A written file, as the manifest keeps it.

    Attributes:
        name: of the file, under the folder of the copy; never reused for other contents.
        month: 202511.
        rows: how many facts.
        size: in bytes.
    """

    dataset: str
    month: int
    name: str
    rows: int
    size: int


def schema(dataset: Dataset) -> pa.Schema:
    """The columns of a dataset's files: dimensions, then the rest."""
    import pyarrow as pa

    dimensions = [(str(one), _type(one)) for one in dataset.dimensions]
    return pa.schema([*dimensions, *((name, pa.int16()) for name in dataset.columns)])


def _type(dimension: Dimension) -> pa.DataType:
    import pyarrow as pa

    if dimension in TEXTUAL:
        return pa.string()
    return pa.int32() if dimension in _SMALL else pa.int64()


def table_of(dataset: Dataset, rows: Iterable[Sequence[object]]) -> pa.Table:
    """Facts as an Arrow table, some thousands at a time: what passes through Python stays small.

    Args:
        dataset: whose facts.
        rows: values in the order of ``schema(dataset)``.
    """
    import pyarrow as pa

    wanted, coming, batches = schema(dataset), iter(rows), []
    while lot := list(islice(coming, _AT_ONCE)):
        columns = zip(zip(*lot, strict=True), wanted, strict=True)
        batches.append(
            pa.record_batch([pa.array(values, one.type) for values, one in columns], schema=wanted)
        )
    return pa.Table.from_batches(batches, schema=wanted)


def write_month(facts: pa.Table, folder: Path, dataset: Dataset, month: int) -> MonthFile:
    """Write a month of facts under a new name; readers of the old one are not disturbed.

    Args:
        facts: with the columns of ``schema(dataset)``, all of one month.
        folder: of the copy; made if missing.
        dataset: whose facts.
        month: 202511.

    Returns:
        What the manifest keeps of it. The same facts give the same name.

    Raises:
        ValueError: if a column is missing or a fact is of another month.
    """
    import pyarrow.compute as pc
    from pyarrow import parquet

    table = facts.select(schema(dataset).names).cast(schema(dataset))
    if table.num_rows and pc.min_max(table["month"]).as_py() != {"min": month, "max": month}:
        raise ValueError(f"facts of other months than {month}")
    table = table.sort_by([("adviser", "ascending"), ("day", "ascending")])
    target = folder / dataset.name
    target.mkdir(parents=True, exist_ok=True)
    # Two workers may write the same month, and bear the same number on two machines.
    draft = target / f".{month}.{uuid4().hex}.part"
    parquet.write_table(table, draft, compression="snappy", row_group_size=GROUP)
    name = f"{dataset.name}/{month}-{_digest(draft)}.parquet"
    size = draft.stat().st_size
    draft.replace(folder / name)
    return MonthFile(dataset.name, month, name, table.num_rows, size)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        whole = blake2b(digest_size=8)
        while piece := file.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()
