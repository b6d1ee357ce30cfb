"""Workbooks and Parquet: cells as text, sheets, merged cells, bombs."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

from tests.listen.imports.reading.helpers import good, refusal
from visavis.listen.imports.reading import spool
from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.hints import Hints
from visavis.listen.imports.reading.tables import Row, open_table

MORNING = dt.datetime(2025, 11, 3, 9, 12)  # noqa: DTZ001 - as spreadsheets hold it
Write = Callable[[xlsxwriter.Workbook], None]


def workbook(folder: Path, write: Write) -> Path:
    path = folder / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    write(book)
    book.close()
    return path


def test_cells_of_every_type_become_text(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Contacts")
        sheet.write_row(0, 0, ["code", "date", "quand", "durée", "nombre", "décimal", "vrai", "erreur"])
        sheet.write_string(1, 0, "00123")
        sheet.write_datetime(1, 1, dt.date(2025, 11, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(1, 2, MORNING, book.add_format({"num_format": "dd/mm/yy hh:mm"}))
        sheet.write_number(1, 3, 205 / 86_400, book.add_format({"num_format": "[h]:mm:ss"}))
        sheet.write_number(1, 4, 1562)
        sheet.write_number(1, 5, 7.5)
        sheet.write_boolean(1, 6, True)
        sheet.write_formula(1, 7, "=1/0", None, "#DIV/0!")

    assert good(open_table(workbook(tmp_path, write))) == [
        ["00123", "2025-11-03", "2025-11-03T09:12:00", "0:03:25", "1562", "7.5", "true", ""]
    ]


def test_rows_keep_their_number_in_a_sheet_that_starts_lower_and_further(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(4, 2, ["id", "nom"])
        sheet.write_row(5, 2, ["a", "Loire"])
        sheet.write_row(8, 2, ["b", "Escaut"])

    table = open_table(workbook(tmp_path, write))
    assert table.layout.header.line == 5
    assert list(table.rows()) == [Row(6, ["a", "Loire"]), Row(9, ["b", "Escaut"])]


def test_a_name_merged_down_belongs_to_each_of_its_rows(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 1, ["équipe", "conseiller"])
        sheet.merge_range(1, 1, 3, 1, "Escaut")
        sheet.write_column(1, 2, ["A1", "A2", "A3"])
        sheet.write_row(4, 1, ["Loire", "A4"])

    assert good(open_table(workbook(tmp_path, write))) == [
        ["Escaut", "A1"],
        ["Escaut", "A2"],
        ["Escaut", "A3"],
        ["Loire", "A4"],
    ]


def test_a_header_over_several_lines_is_joined(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "Équipe")
        sheet.merge_range(0, 1, 0, 2, "Satisfaction")
        sheet.write_row(1, 1, ["note", "nombre"])
        sheet.write_row(2, 0, ["Escaut", 4.2, 31])

    table = open_table(workbook(tmp_path, write))
    assert table.header == ("Équipe", "Satisfaction note", "Satisfaction nombre")
    assert good(table) == [["Escaut", "4.2", "31"]]


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Vide")
        hidden = book.add_worksheet("Cachée")
        hidden.write_row(0, 0, ["x", "y"])
        hidden.hide()
        for name in ("Mars", "Avril"):
            book.add_worksheet(name).write_column(0, 0, ["id", name])

    path = workbook(tmp_path, write)
    table = open_table(path)
    assert (table.layout.sheet, table.layout.sheets) == ("Mars", ("Mars", "Avril"))
    assert table.notices[-1].params == {"sheet": "Mars", "others": "Avril"}
    assert good(open_table(path, hints=Hints(sheet="Avril"))) == [["Avril"]]
    assert refusal(path, Hints(sheet="Juin")).code.value == "no_sheet"


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path, lambda book: book.add_worksheet())).code.value == "no_sheet"


def test_parquet_is_read_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "returns.parquet"
    columns = {
        "id": pa.array(["001", "002", None]),
        "quand": pa.array([MORNING] * 3, pa.timestamp("ns", tz="UTC")),
        "jour": pa.array([dt.date(2025, 11, 3), None, None]),
        "note": pa.array([4, None, 5], pa.int8()),
        "mesure": pa.array([7.5, float("nan"), 2.0]),
        "vrai": pa.array([True, False, None]),
        "canal": pa.array(["TEL", "MEL", "TEL"]).dictionary_encode(),
    }
    parquet.write_table(pa.table(columns), path)
    table = open_table(path)
    assert table.header == tuple(columns)
    assert list(table.rows()) == [
        Row(1, ["001", "2025-11-03T09:12:00+00:00", "2025-11-03", "4", "7.5", "true", "TEL"]),
        Row(2, ["002", "2025-11-03T09:12:00+00:00", "", "", "", "false", "MEL"]),
        Row(3, ["", "2025-11-03T09:12:00+00:00", "", "5", "2", "", "TEL"]),
    ]


def _zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = _zipped(
        tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (201 << 20)}
    )
    assert path.stat().st_size < 3_000_000
    refused = refusal(path)
    assert refused.code.value == "bomb"
    assert refused.params["megabytes"] == 211


def test_a_small_file_that_unpacks_a_hundredfold_is_refused(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b" " * (20 << 20)})
    assert refusal(path).code.value == "bomb"


def test_a_bomb_that_lies_about_its_size_meets_the_limits_of_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = workbook(tmp_path, lambda book: book.add_worksheet().write_row(0, 0, ["id", "nom"]))
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(honest) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>' % (n, n)
        for n in range(1, 900_000)
    )
    entries[sheet] = (
        entries[sheet].split(b"<sheetData>")[0] + b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )
    path = _zipped(tmp_path / "liar.xlsx", entries)
    real = len(entries[sheet]).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(real, (1000).to_bytes(4, "little")))
    monkeypatch.setattr(spool, "LIMITS", {**spool.LIMITS, "RLIMIT_AS": 300 << 20, "RLIMIT_CPU": 2})
    assert refusal(path).code.value in {"too_heavy", "damaged"}


def test_a_sheet_that_would_fill_the_disk_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, lambda book: book.add_worksheet().write_column(0, 0, ["id", *("x" * 999) * 99]))
    monkeypatch.setattr(spool, "LIMITS", {**spool.LIMITS, "RLIMIT_FSIZE": 10_000})
    assert refusal(path).code.value == "too_heavy"


def test_a_reading_that_lasts_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, lambda book: book.add_worksheet().write_row(0, 0, ["id", "nom"]))
    monkeypatch.setattr(spool, "DEADLINE_SECONDS", 0.001)
    assert refusal(path).code.value == "too_heavy"


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    assert refusal(_zipped(tmp_path / "data.zip", {"data.csv": b"a;b\n1;2\n"})).code.value == "archive"


def test_the_spool_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = workbook(tmp_path, lambda book: book.add_worksheet().write_column(0, 0, ["id", "a"]))
    table = open_table(path)
    assert not list(folder.iterdir())
    assert good(table) == [["a"]]


@pytest.mark.parametrize("content", ["bonjour", "NOTE;COMMENTAIRE\n", "=1+1\n"])
@pytest.mark.parametrize("ending", [".xlsx", ".XLS", ".ods", ".parquet"])
def test_text_without_a_row_is_no_workbook_whatever_its_name(
    content: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / "stored"
    path.write_text(content)
    with pytest.raises(Refused) as raised:
        open_table(path, name=f"retours{ending}")
    refusal = raised.value.refusal
    assert (refusal.line, refusal.code, refusal.params) == (1, Code.NO_WORKBOOK, {"ending": ending.lower()})
    assert open_table(path, name="retours.csv").count() == 0


def test_text_with_rows_under_the_name_of_a_workbook_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "retours.xlsx"
    path.write_text("NOTE;COMMENTAIRE\n5;Parfait\n4;Bien\n")
    table = open_table(path)
    assert table.count() == 2
    assert [notice.code for notice in table.notices] == [Code.TEXT_ALL_THE_SAME]
    assert not open_table(path, name="retours.csv").notices
