"""Every hostile file that others wrote is the right table, or is refused with its line and its cause.

The decisions stand in the tables below, one line a file. Rows are compared with what the plain ``csv`` module
(or the workbook library) reads once it is told everything that this package has to find out by itself.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import python_calamine

from tests.listen.imports.reading.helpers import problems, refusal
from tests.shared import SHARED, shared_path
from visavis.listen.imports.reading.tables import Row, open_table

FOLDER = ("data", "trust", "csv", "frictionless")


class Text(NamedTuple):
    """How a text file must be read: the rest of its lines are rows, save the problems (line → code)."""

    rows: int
    separator: str = ","
    encoding: str = "utf-8"
    header_line: int = 1
    problems: dict[int, str] = {}


class Sheet(NamedTuple):
    """How a workbook must be read."""

    rows: int
    header: str
    body_line: int = 2


class Refuse(NamedTuple):
    """Why a file must be refused, and at which line."""

    code: str
    line: int = 0


DECISIONS: dict[str, Text | Sheet | Refuse] = {
    "accent.csv": Text(2, ";"),
    "ascii-notvalid.csv": Text(1),
    "blank-rows-multiple.csv": Text(2),  # rows of separators only are blank
    "blank-rows-no-fields.csv": Text(2),
    "bom.csv": Text(2, encoding="utf-8-sig"),
    "capital-3.csv": Text(5),
    # Two columns of one name are numbered; one row is short; one is long after a blank line.
    "capital-invalid.csv": Text(10, problems={10: "missing_cells", 12: "extra_cells"}),
    "capitals.csv": Text(5),
    "cast-int-to-string-issue-1251.xls": Sheet(2, "A B C D E"),  # leading zeros kept
    "chunk1.csv": Text(1),
    "compression__implicit-gz.csv": Refuse("compressed"),
    "country-3.csv": Text(5),
    "data.csv": Text(2),
    "data2.csv": Text(3),
    "delimiter.csv": Text(2, ";"),
    "duplicate-rows.csv": Text(3),  # telling doubles apart is the database's affair
    "encoding-issue-274.csv": Text(507),
    "floats.csv": Text(5),
    "infer__data.csv": Text(2),
    "infer__data2.csv": Text(3),
    "invalid.csv": Text(3, problems={2: "missing_cells", 3: "missing_cells", 5: "extra_cells"}),
    "invalid__data2.csv": Text(3),
    "issue-1004-data2.csv": Text(3, problems={2: "missing_cells", 3: "missing_cells", 5: "extra_cells"}),
    "issue-1066-largecellsize.csv": Text(19),  # the limit of texts is applied to mapped columns, later
    "issue-1066-smallcellsize.csv": Text(12),
    "issue-1100.csv": Text(2, ";"),
    "issue-1341.csv": Text(99),
    "issue-1478__table.csv": Refuse("no_header", 1),  # dates and names of places in every line
    "issue-305.csv": Text(338),
    "issue-313.xlsx": Sheet(2, "Column_1 Column_3 Column_2 Column_4 Column_5"),
    # A report with groups of columns: the lowest line of names counts, equal names are numbered.
    "issue-320.xlsx": Sheet(48, "", 13),
    "issue-870.xlsx": Sheet(9, "0 First Name Last Name Gender Country Age Date Id"),
    "issue-905__ok2.csv": Text(1),
    "latin1.csv": Text(2, encoding="cp1252"),
    "long.csv": Text(6),
    "matrix-with-comment.csv": Text(4, header_line=2),
    "merged-cells-boolean.xls": Refuse("no_header", 1),  # one cell, a value
    "merged-cells.xls": Sheet(0, "data"),  # one cell, a word: a header without rows
    "multiline-headers.xlsx": Sheet(
        1,
        "Region Caloric contribution (%) Cumulative impact of changes on cost of food basket from previous "
        "quarter Cumulative impact of changes on cost of food basket from baseline (%)",
        6,
    ),
    "nested-invalid.csv": Text(5),
    "number-format-multicode.xlsx": Sheet(3, "col1"),
    "numeric-labels.csv": Text(3),  # numbers as names: the body is of another type
    "package__data2.csv": Text(3),
    "schema-errors.csv": Text(4, problems={5: "extra_cells"}),
    "sheet2.xlsx": Sheet(2, "id name"),  # the first sheet is empty
    "skip-blank-at-the-end.csv": Text(2, problems={2: "missing_cells"}),
    "skip-rows-before-headers.csv": Text(2, header_line=2),
    "skip-rows.csv": Text(3, header_line=2, problems={4: "missing_cells"}),
    "skip-rows.xlsx": Sheet(2, "A B", 3),  # a merged title above the names
    "table-infer-boolean.xlsx": Sheet(2, "number string boolean"),
    "table-infer-missing-values.csv": Text(7),
    "table-infer-utf8.csv": Text(5),
    "table-output.ods": Sheet(2, "id name"),
    "table-output.xlsx": Sheet(2, "id name"),
    "table-reverse.csv": Text(2),
    "table-with-booleans.xls": Sheet(2, "id boolean"),
    "table-with-ints-floats-dates.ods": Sheet(3, "Int Float Date Datetime"),
    "table-with-two-sheets.ods": Sheet(2, "id name"),  # the first that holds something; the other is told
    "table_with_data.csv": Text(2),
    "tables__chunk1.csv": Text(1),
    "transpose.csv": Text(2),
    "without-headers-extra.csv": Refuse("no_header", 1),
    "without-headers.csv": Refuse("no_header", 1),
    "without-rows.csv": Text(0),
    "zipped-resources__ogd10_energieforschungstatistik_ch.csv": Text(2311),
    "Таблица.csv": Text(2),
}


def test_every_file_has_a_decision() -> None:
    assert {path.name for path in shared_path(*FOLDER).iterdir()} == set(DECISIONS)


@pytest.mark.parametrize("name", [name for name, each in DECISIONS.items() if isinstance(each, Text)])
def test_a_text_file_is_the_right_table(name: str) -> None:
    path, expected = shared_path(*FOLDER, name), DECISIONS[name]
    assert isinstance(expected, Text)
    header, rows = _plain(path, expected)

    table = open_table(path)

    assert [name.removesuffix(" (2)") or "" for name in table.header] == [
        " ".join(cell.split()) or f"column {at}" for at, cell in enumerate(header, start=1)
    ]
    assert len(set(table.header)) == len(table.header)
    assert table.layout.encoding == expected.encoding
    assert table.count() == expected.rows == len(rows) + len(expected.problems)
    assert problems(table) == expected.problems
    assert [(item.line, item.cells) for item in table.rows() if isinstance(item, Row)] == rows


def _plain(path: Path, expected: Text) -> tuple[list[str], list[tuple[int, list[str]]]]:
    with path.open(encoding=expected.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=expected.separator)
        records, line = [], 1
        for cells in reader:
            records.append((line, cells))
            line = reader.line_num + 1
    header = next(cells for line, cells in records if line == expected.header_line)
    rows = [
        (line, cells)
        for line, cells in records
        if line > expected.header_line and line not in expected.problems and any(cells)
    ]
    return header, rows


@pytest.mark.parametrize("name", [name for name, each in DECISIONS.items() if isinstance(each, Sheet)])
def test_a_workbook_is_the_right_table(name: str) -> None:
    path, expected = shared_path(*FOLDER, name), DECISIONS[name]
    assert isinstance(expected, Sheet)

    table = open_table(path)

    if expected.header:
        assert " ".join(table.header) == expected.header
    items = list(table.rows())
    assert len(items) == expected.rows
    book = python_calamine.load_workbook(path)
    grid = book.get_sheet_by_name(table.layout.sheet).to_python(skip_empty_area=False)
    assert [item.cells for item in items if isinstance(item, Row)] == [
        list(map(_as_text, cells))
        for cells in grid[expected.body_line - 1 :]
        if any(cell != "" for cell in cells)
    ]
    assert not items or items[0].line == expected.body_line


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) else repr(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@pytest.mark.parametrize("name", [name for name, each in DECISIONS.items() if isinstance(each, Refuse)])
def test_a_file_that_is_no_table_is_refused_with_line_and_cause(name: str) -> None:
    refused = refusal(shared_path(*FOLDER, name))
    assert (refused.code.value, refused.line) == DECISIONS[name]


SPECTRUM = sorted(path.stem for path in SHARED.glob("data/trust/csv/csv-spectrum/*.csv")) or ["empty"]


@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum_reads_as_its_authors_expect(name: str) -> None:
    path = shared_path("data", "trust", "csv", "csv-spectrum", f"{name}.csv")
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    expected = [expected] if isinstance(expected, dict) else expected
    table = open_table(path)
    found = [dict(zip(table.header, row.cells, strict=True)) for row in table.rows() if isinstance(row, Row)]
    if name == "location_coordinates":  # upstream changed the phone number in one of the two files
        for row in (*expected, *found):
            del row["Contact Phone Number"]
    assert found == expected
