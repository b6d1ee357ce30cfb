"""Parquet files with strings of others in every place: word for word, or refused; never a crash."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import call_command
from pyarrow import parquet

from tests import hostile, hostile_parquet
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reading.tables import Row, open_table

TEXTS = list(hostile.FEW)


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".xlsx"])
def test_words_of_others_stay_words(ending: str, tmp_path: Path) -> None:
    assert not list(hostile_parquet.understood(tmp_path, TEXTS, ending))


@pytest.mark.parametrize("column", ["few", "large"])
def test_a_column_of_texts_of_any_kind_is_masked_as_what_it_is(column: str, tmp_path: Path) -> None:
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(hostile_parquet.table(["Rappelez-moi au 06 12 34 56 78."]), path)
    told = {"text": column, "out": out, "mask": True, "processes": 1, "stderr": io.StringIO()}
    call_command("understand", path, stdout=io.StringIO(), **told)
    written = parquet.read_table(out)
    assert "06 12" not in written[column].to_pylist()[0]
    assert written.schema.field(column).type == parquet.read_schema(path).field(column).type


def test_what_cannot_be_said_is_refused(tmp_path: Path) -> None:
    assert not list(hostile_parquet.refused(tmp_path))


def test_a_torn_file_ends_no_process(tmp_path: Path) -> None:
    assert not list(hostile_parquet.torn(tmp_path, TEXTS[:4], 16, seed=5))


def test_an_import_reads_them_word_for_word_or_refuses_them(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    parquet.write_table(hostile_parquet.table(TEXTS), path)
    read = open_table(path)
    place = read.header.index("text")
    rows = [one for one in read.rows() if isinstance(one, Row)]
    assert [row.cells[place] for row in rows] == [hostile.storable(text) for text in TEXTS]
    for _name, found in hostile_parquet.beyond():
        parquet.write_table(found, path)
        with suppress(Refused):
            list(open_table(path).rows())
