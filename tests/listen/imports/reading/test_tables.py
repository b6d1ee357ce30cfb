"""A file as one table: layout, lines, resuming, round trips."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tests.listen.imports.reading.helpers import good, problems, refusal, save, save_text
from tests.listen.imports.reading.polluter import pollute
from tests.shared import shared_path
from visavis.listen.imports.reading.codes import Problem
from visavis.listen.imports.reading.hints import DateOrder, Hints
from visavis.listen.imports.reading.tables import Row, Table, open_table

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=12)
LATIN = st.text("abcé àÉ;,|\t\"'\n\r0189.-", max_size=12)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str] = CELLS) -> list[list[str]]:
    width = draw(st.integers(1, 5))
    row = st.lists(cells, min_size=width, max_size=width).filter(lambda cells: any(map(str.strip, cells)))
    return draw(st.lists(row, max_size=8))


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    rows=tables(),
    separator=st.sampled_from(";,\t|"),
    quote=st.sampled_from("\"'"),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]),
)
def test_any_table_of_strings_comes_back_equal(
    tmp_path: Path,
    rows: list[list[str]],
    separator: str,
    quote: str,
    ends: str,
    quoting: Literal[0, 1, 2],
    encoding: str,
) -> None:
    # `csv.writer` leaves the line ends of other systems bare in unquoted cells: they look like rows.
    assume(
        quoting != csv.QUOTE_MINIMAL
        or ends == "\r\n"
        or not re.search(r"[\r\n]", "".join(map("".join, rows)))
    )
    header = [f"nom {at}" for at in range(len(rows[0]) if rows else 2)]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quotechar=quote, lineterminator=ends, quoting=quoting)
    writer.writerows([header, *rows])
    path = save_text(tmp_path, text.getvalue(), encoding=encoding)
    hints = Hints(encoding=encoding, separator=separator, quote=quote, header_line=1)
    read = list(open_table(path, hints=hints).rows())
    expected = [row for row in rows if row != header]
    assert [item.cells for item in read if isinstance(item, Row)] == expected


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    rows=tables(LATIN),
    separator=st.sampled_from(";,\t|"),
    ends=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["cp1252", "utf-8", "utf-8-sig", "utf-16"]),
)
@example(rows=[["7,5", "1"], ["8,5", "2"]], separator=";", ends="\n", encoding="cp1252")
@example(rows=[["a;b", "c;d"]], separator=",", ends="\n", encoding="utf-8")
def test_a_fully_quoted_table_comes_back_equal_without_help(
    tmp_path: Path, rows: list[list[str]], separator: str, ends: str, encoding: str
) -> None:
    width = len(rows[0]) if rows else 2
    if width == 1:
        return  # one quoted column has no separator to find: the test above covers it
    header = [f"Colonne {'abcde'[at]}" for at in range(width)]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows(
        [header, *rows]
    )
    table = open_table(save_text(tmp_path, text.getvalue(), encoding=encoding))
    assert list(table.header) == header
    assert good(table) == rows
    assert table.layout.dialect.separator == separator


def test_each_row_knows_the_physical_line_on_which_it_begins(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, 'a;b\n1;"x\ny\nz"\n\n2;"u\r\nv"\n3;w\n'))
    assert [(item.line, item.cells) for item in table.rows() if isinstance(item, Row)] == [
        (2, ["1", "x\ny\nz"]),
        (6, ["2", "u\r\nv"]),
        (8, ["3", "w"]),
    ]


@pytest.mark.parametrize("seed", range(60))
def test_resuming_from_any_row_equals_continuing(tmp_path: Path, seed: int) -> None:
    broken = pollute(seed)
    path = tmp_path / "file.csv"
    path.write_bytes(broken.data)
    if broken.refusable:
        return
    table = open_table(path)
    whole = list(table.rows())
    assert table.count() == len(whole)
    for start in range(len(whole) + 1):
        assert list(table.rows(start)) == whole[start:]
    for size in (1, 3, 1000):
        lots = list(table.chunks(size))
        assert [item for lot in lots for item in lot.items] == whole
        assert all(list(table.chunks(size, lot.next_start)) == lots[at + 1 :] for at, lot in enumerate(lots))


def test_the_real_file_resumes_in_the_middle_of_its_multi_line_texts() -> None:
    table = open_table(shared_path("data", "real", "avis-assurance.csv"))
    whole = list(table.rows())
    assert len(whole) == 30_333
    assert all(isinstance(item, Row) for item in whole)
    for start in (1, 7_777, 29_999):
        assert next(table.chunks(500, start)).items == whole[start : start + 500]


def test_what_stands_above_the_header_is_left_out_and_told(tmp_path: Path) -> None:
    table = open_table(
        save_text(tmp_path, "Export des contacts\nPériode;novembre\n\nid;canal;durée\n1;TEL;205\n")
    )
    assert table.header == ("id", "canal", "durée")
    assert [(notice.code.value, notice.params) for notice in table.notices] == [("preamble", {"count": 2})]
    assert table.layout.header.line == 4


def test_a_person_may_say_where_the_header_is_or_that_there_is_none(tmp_path: Path) -> None:
    path = save_text(tmp_path, "1;anglais\n2;chinois\n3;allemand\n")
    assert refusal(path).code.value == "no_header"
    numbered = open_table(path, hints=Hints(header_line=0))
    assert numbered.header == ("column 1", "column 2")
    assert len(good(numbered)) == 3
    named = open_table(save_text(tmp_path, "x;y\nid;nom\n1;a\n"), hints=Hints(header_line=2))
    assert (named.header, good(named)) == (("id", "nom"), [["1", "a"]])
    assert refusal(path, Hints(header_line=9)).code.value == "unclear_header"


def test_a_first_line_that_looks_like_values_is_never_taken_for_names(tmp_path: Path) -> None:
    for text in ("12;03/11/2025\n", "A1;03/11/2025;4\nA2;04/11/2025;5\nA3;05/11/2025;1\n"):
        refused = refusal(save_text(tmp_path, text))
        assert (refused.code.value, refused.line) == ("no_header", 1)


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, "id;nom;note\n"))
    assert (table.header, table.count()) == (("id", "nom", "note"), 0)


def test_one_column_of_sentences_has_no_separator(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, "avis\nBonjour, merci\nOui, bien\nTrès, très bien\n"))
    assert good(table) == [["Bonjour, merci"], ["Oui, bien"], ["Très, très bien"]]


def test_column_names_are_made_unique_even_against_each_other(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, "note;note;note (2);;column 4\na;b;c;d;e\n"))
    assert table.header == ("note", "note (3)", "note (2)", "column 4 (2)", "column 4")


def test_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    body = "".join(f"{n};texte;Loire\n" for n in range(5, 3000))
    table = open_table(
        save_text(tmp_path, f'id;avis;équipe\n1;a;b\n2;"jamais fermé;b\n3;c;d\n4;"x\ny";d\n{body}')
    )
    assert problems(table) == {3: "stray_quote"}
    assert table.count() == 2 + 2 + 2995


def test_a_quote_that_leaves_no_way_to_tell_rows_from_text_refuses_the_file_at_its_line(
    tmp_path: Path,
) -> None:
    refused = refusal(save_text(tmp_path, 'avis\nbien\n"jamais fermé\nsuite\nautre\n'))
    assert (refused.code.value, refused.line) == ("open_quote", 3)


def test_a_cell_longer_than_any_text_is_a_problem_of_its_line(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, f"id;avis\n1;bien\n2;{'x' * 1_100_000}\n3;bien\n"))
    assert problems(table) == {3: "giant_cell"}
    assert table.count() == 3


def test_a_second_table_and_what_follows_are_refused_line_by_line(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, "id;note\n1;4\n2;5\n\ncanal;total\nTEL;3\nMEL;2\n"))
    assert problems(table) == {5: "second_table", 6: "after_second_table", 7: "after_second_table"}


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    import tracemalloc

    peaks = []
    for rows in (15_000, 60_000):
        path = save(tmp_path, [["id", "avis"], *([str(n), "un texte " * 10] for n in range(rows))])
        tracemalloc.start()
        assert sum(1 for _ in open_table(path).rows()) == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


@pytest.mark.parametrize("name", ["blns", "nullbytes", "terminal-escapes", "format"])
def test_naughty_strings_come_back_as_they_were(tmp_path: Path, name: str) -> None:
    lines = shared_path("data", "trust", "strings", f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    strings = [str(json.loads(line)["s"]) for line in lines]
    whole = [text for text in strings if not any("\ud800" <= letter <= "\udfff" for letter in text)]
    rows = [[str(number), text, "Loire"] for number, text in enumerate(whole)]
    path = save(tmp_path, [["id", "avis", "équipe"], *rows])
    assert good(open_table(path)) == rows


def test_nothing_here_needs_django() -> None:
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from visavis.listen.imports.reading import proposals, rows\n"
        "assert not [name for name in sys.modules if name.startswith('pyarrow')]"
    )
    path = os.pathsep.join(each for each in sys.path if each)
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, "PYTHONPATH": path})


def test_hints_go_to_json_and_back() -> None:
    hints = Hints(
        encoding="cp1252",
        separator=";",
        date_order=DateOrder.MONTH_FIRST,
        header_line=0,
        zone="Europe/Brussels",
    )
    assert Hints.from_json(hints.to_json()) == hints
    assert Hints.from_json({"later": 1}) == Hints()


def test_what_was_detected_reads_the_file_again_the_same_way(tmp_path: Path) -> None:
    path = save(tmp_path, [["id", "avis"], ["1", "déjà, vu"], ["2", "7,5"]], encoding="cp1252")
    first = open_table(path)
    again: Table = open_table(path, hints=first.hints)
    assert (again.header, list(again.rows())) == (first.header, list(first.rows()))
    assert not [item for item in again.rows() if isinstance(item, Problem)]
