"""Small files that unfold beyond memory or disk: refused in a sentence, and nothing is left."""

from __future__ import annotations

import resource
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.detect import MAX_UNPACKED
from visavis.understand.verbatims.files.sources import ROWS, open_source


def _corners(path: Path) -> None:
    """Two cells, as far apart as a sheet is large."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "avis")
        sheet.write(1_048_575, 16_383, "bien")


def _one_text(path: Path) -> None:
    """One long text that each row repeats."""
    place = pa.array([0] * ROWS, pa.int32())
    texts = pa.DictionaryArray.from_arrays(place, pa.array(["trop long " * 50_000]))
    parquet.write_table(pa.table({"avis": texts}), path)


def _nothings(path: Path) -> None:
    """Rows without end that say nothing."""
    parquet.write_table(pa.table({"avis": pa.nulls(MAX_UNPACKED + 1)}), path, row_group_size=MAX_UNPACKED + 1)


def _slowly(path: Path) -> None:
    """A text that a lot may hold, repeated until the whole is a thousand times the file."""
    place = pa.array([0] * (20 * ROWS), pa.int32())
    texts = pa.DictionaryArray.from_arrays(place, pa.array(["long " * 2_000]))
    parquet.write_table(pa.table({"avis": texts}), path)


@pytest.mark.parametrize(
    ("made", "ending", "code"),
    [
        (_corners, "xlsx", Code.TOO_HEAVY),
        (_one_text, "parquet", Code.TOO_HEAVY),
        (_nothings, "parquet", Code.BOMB),
        (_slowly, "parquet", Code.BOMB),
    ],
)
def test_a_file_that_unfolds_is_refused(
    tmp_path: Path, made: Callable[[Path], None], ending: str, code: Code
) -> None:
    path = tmp_path / f"avis.{ending}"
    made(path)
    assert path.stat().st_size < 1_000_000
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(Refused) as refused:
        deque(open_source(path).lots(), maxlen=0)
    assert refused.value.refusal.code is code
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_file_of_the_same_size_that_unfolds_little_is_read(tmp_path: Path) -> None:
    path = tmp_path / "avis.parquet"
    texts = [f"Bien {number} " * 40 for number in range(3 * ROWS)]
    parquet.write_table(pa.table({"avis": texts}), path)
    assert [row for lot in open_source(path).lots() for row in lot.rows] == [[text] for text in texts]
