"""``visavis understand``: every format in and out, nothing lost, nothing half written."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import subprocess
import sys
from decimal import Decimal
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.shared import shared_path, skip
from visavis.core.words import Voice
from visavis.understand.verbatims.files import sinks
from visavis.understand.verbatims.files.readings import COLUMNS, LOT
from visavis.understand.verbatims.files.run import Wish, understand
from visavis.understand.verbatims.files.sinks import safe
from visavis.understand.verbatims.files.sources import open_source
from visavis.understand.verbatims.files.taxonomies import read_taxonomy

TEXTS = [
    "accueil parfait mais trois appels pour rien",
    "",
    "Merci à Nadège, joignable au 06 12 34 56 78",
    "- trop cher",
    "=SUM(A1:A2)",
    "Délai trop long !\nJe pars ailleurs",
]
ENDINGS = (".csv", ".xlsx", ".parquet")


@pytest.fixture(autouse=True)
def _in_french() -> Any:
    with translation.override("fr"):
        yield


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8", separator: str = ";") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def sample(folder: Path) -> Path:
    rows = [[str(number), text, "x"] for number, text in enumerate(TEXTS, 1)]
    return write_csv(folder / "in.csv", [["id", "avis", "fin"], *rows])


def run(path: Path, out: Path, *more: str, column: str = "avis") -> dict[str, Any]:
    told = StringIO()
    call_command(
        "understand",
        str(path),
        "--text",
        column,
        "--out",
        str(out),
        "--json",
        *more,
        stdout=told,
        stderr=StringIO(),
    )
    summary: dict[str, Any] = json.loads(told.getvalue())
    return summary


def rows_of(path: Path) -> list[dict[str, Any]]:
    source = open_source(path)
    return [dict(zip(source.names, row, strict=True)) for lot in source.lots() for row in lot.rows]


def refusal(path: Path, out: Path, *more: str, column: str = "avis") -> str:
    with pytest.raises(CommandError) as refused:
        run(path, out, *more, column=column)
    assert list(out.parent.glob(f"*{out.name}*")) == []
    assert refused.value.returncode == 2
    return str(refused.value)


@pytest.mark.parametrize("second", ENDINGS)
@pytest.mark.parametrize("first", ENDINGS)
def test_every_format_gives_every_other(tmp_path: Path, first: str, second: str) -> None:
    middle, end = tmp_path / f"middle{first}", tmp_path / f"end{second}"
    run(sample(tmp_path), middle)
    summary = run(middle, end)
    rows = rows_of(end)
    assert summary["rows"] == len(rows) == len(TEXTS)
    assert [str(row["id"]).removesuffix(".0") for row in rows] == ["1", "2", "3", "4", "5", "6"]
    shown = [str(row["avis"] or "").removeprefix("'") for row in rows]
    assert shown == TEXTS
    for row in rows:
        for column in COLUMNS:
            before, again = (str(row[name] or "") for name in (column, f"{column}_visavis"))
            assert before.removesuffix(".0") == again.removesuffix(".0")


def test_the_words_and_the_values_are_written(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    taxonomy = tmp_path / "themes.csv"
    write_csv(taxonomy, [["thème", "parent", "mots-clés"], ["accueil", "relation", "accueil|aimable*"],
                         ["répétition", "", "appel*|relanc*"]])  # fmt: skip
    summary = run(sample(tmp_path), out, "--taxonomy", str(taxonomy))
    assert summary["read"] == 5
    assert sum(summary["languages"].values()) == 5
    first, empty = rows_of(out)[:2]
    themes = json.loads(first["themes"])
    assert [(each["theme"], each["polarity"]) for each in themes] == [
        ("accueil", "positive"),
        ("répétition", "negative"),
    ]
    assert all(words in TEXTS[0] for each in themes for words in each["evidence"])
    assert first["polarity"] == "mixed"
    assert -1 <= float(first["sentiment"]) <= 1
    assert 0 <= float(first["certainty"]) <= 1
    assert int(first["intensity"]) in range(5)
    assert isinstance(json.loads(first["emotions"]), list)
    assert isinstance(json.loads(first["signals"]), list)
    assert first["language"] == "fr"
    assert [empty[column] for column in COLUMNS] == [""] * len(COLUMNS)


def test_of_employees_only_language_and_themes_are_told(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run(sample(tmp_path), out, "--voice", "employee")
    for row in rows_of(out):
        told = {column for column in COLUMNS if row[column]}
        assert told <= {"language", "themes"}
        assert "positive" not in row["themes"]
        assert "negative" not in row["themes"]
    assert rows_of(out)[0]["language"] == "fr"


def test_masked_texts_are_masked_in_the_words_too(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    taxonomy = tmp_path / "themes.json"
    taxonomy.write_text(json.dumps([{"theme": "joindre", "keywords": ["joignable", "Nadège"]}]), "utf-8")
    summary = run(sample(tmp_path), out, "--mask", "--taxonomy", str(taxonomy))
    row = rows_of(out)[2]
    assert row["avis"] == "Merci à [nom], joignable au [téléphone]"
    assert "joignable" in row["themes"]
    assert "Nadège" not in "".join(map(str, row.values()))
    assert summary["masked"] == 1


def test_a_workbook_keeps_its_types(tmp_path: Path) -> None:
    path, out, again = tmp_path / "in.xlsx", tmp_path / "out.xlsx", tmp_path / "out.parquet"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, date = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for place, name in enumerate(["id", "avis", "jour", "note", "vrai", "mêlé"]):
            sheet.write(0, place, name)
        for row, text in enumerate(["Très bien", "Nul"], 1):
            sheet.write_number(row, 0, row)
            sheet.write_string(row, 1, text)
            sheet.write_datetime(row, 2, dt.datetime(2024, 3, row), date)  # noqa: DTZ001
            sheet.write_number(row, 3, row + 0.5)
            sheet.write_boolean(row, 4, row == 1)
            sheet.write(row, 5, "07" if row == 1 else 8)
    run(path, out)
    run(path, again)
    for one in (out, again):
        first, second = rows_of(one)
        assert (first["id"], first["note"], first["vrai"]) == (1, 1.5, True)
        assert str(first["jour"])[:10] == "2024-03-01"
        assert (first["mêlé"], str(second["mêlé"]).removesuffix(".0")) == ("07", "8")
        assert isinstance(second["sentiment"], float)


def test_a_parquet_file_keeps_its_schema_and_its_cells(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table(
        {
            "avis": pa.array(["=1+1", None, "Très bien"]),
            "prix": pa.array([Decimal("1.10"), None, Decimal("-2.00")], pa.decimal128(8, 2)),
            "instant": pa.array([1_700_000_000_123_456_789, None, 0], pa.timestamp("ns", "Europe/Paris")),
            "liste": pa.array([["a"], [], None], pa.list_(pa.string())),
            "mot": pa.array(["x", "y", "x"]).dictionary_encode(),
            "entier": pa.array([2**60, 1, None], pa.int64()),
        }
    ).replace_schema_metadata({"origine": "enquête"})
    parquet.write_table(table, path)
    run(path, out)
    written = parquet.read_table(out)
    assert written.select(table.column_names).equals(table)
    assert written.schema.metadata[b"origine"] == "enquête".encode()
    assert written.column_names == [*table.column_names, *COLUMNS]
    run(path, tmp_path / "out.csv")
    assert rows_of(tmp_path / "out.csv")[0]["prix"] == "1.10"
    run(path, tmp_path / "out.xlsx")
    assert str(rows_of(tmp_path / "out.xlsx")[0]["entier"]) == str(2**60)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_odd_encodings_and_separators_are_read(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["clé", "avis"], ["é1", "Délai trop long, à éviter"], ["2", 'Il a dit "non" ; tant pis']]
    out = tmp_path / "out.csv"
    run(write_csv(tmp_path / "in.csv", rows, encoding, separator), out)
    assert [[row["clé"], row["avis"]] for row in rows_of(out)] == rows[1:]
    marked = out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert marked == (encoding == "utf-8-sig")


def test_one_row_and_short_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id;avis;fin\n1;Très bien\n", "utf-8")
    out = tmp_path / "out.csv"
    assert run(path, out)["rows"] == 1
    [row] = rows_of(out)
    assert (row["avis"], row["fin"]) == ("Très bien", "")


def test_a_header_alone_gives_a_header(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("id;avis\n", "utf-8")
    assert run(path, out)["rows"] == 0
    assert out.read_text("utf-8").strip() == ";".join(["id", "avis", *COLUMNS])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.touch()
    assert "vide" in refusal(path, tmp_path / "out.csv") or "rien" in refusal(path, tmp_path / "out.csv")


def test_columns_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "in.csv", [["avis", "avis"], ["Très bien", "Nul"]])
    out = tmp_path / "out.csv"
    run(path, out, column="avis (2)")
    [row] = rows_of(out)
    assert (row["avis"], row["avis (2)"], row["polarity"]) == ("Très bien", "Nul", "negative")


def test_a_very_long_cell_is_kept_whole(tmp_path: Path) -> None:
    long = "Service nul, délai trop long. " * 667
    path = write_csv(tmp_path / "in.csv", [["avis"], [long]])
    for ending in ENDINGS:
        out = tmp_path / f"out{ending}"
        run(path, out)
        assert rows_of(out)[0]["avis"] == long


def test_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    told = refusal(sample(tmp_path), tmp_path / "out.csv", column="texte")
    assert "texte" in told
    assert "id, avis, fin" in told


def test_a_row_too_long_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id;avis\n1;bien\n2;mal\n3;bien;perdu\n", "utf-8")
    assert "4" in refusal(path, tmp_path / "out.csv").replace("in.csv", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[{]", "1"),
        ('{"x": 1}', "themes.json"),
        ('[{"keywords": ["a"]}]', "themes.json[1]"),
        ('[{"theme": "a", "keywords": 5}]', "keywords"),
        ('[{"theme": "a", "parent": "a"}]', "themes.json[1]"),
        ('[{"theme": "a", "keywords": ["x"]}, {"theme": "a", "keywords": ["y"]}]', "themes.json[2]"),
        ("[]", ""),
    ],
)
def test_a_taxonomy_that_cannot_be_used_says_where(tmp_path: Path, content: str, said: str) -> None:
    taxonomy = tmp_path / "themes.json"
    taxonomy.write_text(content, "utf-8")
    assert said in refusal(sample(tmp_path), tmp_path / "out.csv", "--taxonomy", str(taxonomy))


HOUSE_HEADER = ["theme", "voice", "keywords", "examples", "retired"]


def test_a_taxonomy_of_the_house_is_read_for_the_voice_of_the_texts(tmp_path: Path) -> None:
    """A theme of the other voice is not heard, nor one retired; a ``;`` of an example stays in it."""
    taxonomy = tmp_path / "themes.csv"
    write_csv(taxonomy, [HOUSE_HEADER, ["welcome", "customer", "accueil", "Bien reçu ; merci.", ""],
                         ["calls", "employee", "appel*", "", ""],
                         ["again", "customer|employee", "rien", "", "yes"]])  # fmt: skip
    heard = {}
    for voice in Voice:
        out = tmp_path / f"{voice.value}.csv"
        run(sample(tmp_path), out, "--taxonomy", str(taxonomy), "--voice", voice.value)
        heard[voice] = {each["theme"] for each in json.loads(rows_of(out)[0]["themes"])}
    assert heard == {Voice.CUSTOMER: {"welcome"}, Voice.EMPLOYEE: {"calls"}}
    [spec] = read_taxonomy(taxonomy, "fr", Voice.CUSTOMER).themes
    assert list(spec.examples["fr"]) == ["Bien reçu ; merci."]


def test_faults_of_a_taxonomy_of_the_house_are_told_line_by_line(tmp_path: Path) -> None:
    taxonomy = tmp_path / "themes.csv"
    write_csv(taxonomy, [HOUSE_HEADER, ["À l’heure", "", "", "", ""], ["bill", "robot", "", "", ""]])
    told = refusal(sample(tmp_path), tmp_path / "out.csv", "--taxonomy", str(taxonomy)).replace("\u00a0", " ")
    assert told.startswith("themes.csv : ")
    assert "Ligne 2 :" in told
    assert "Ligne 3 :" in told


def test_a_taxonomy_of_the_house_without_a_theme_of_this_voice_is_refused(tmp_path: Path) -> None:
    taxonomy = tmp_path / "themes.csv"
    write_csv(taxonomy, [HOUSE_HEADER, ["welcome", "customer", "accueil", "", ""]])
    more = ("--taxonomy", str(taxonomy), "--voice", "employee")
    assert "thème" in refusal(sample(tmp_path), tmp_path / "out.csv", *more)


def test_the_file_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    path = sample(tmp_path)
    before = path.read_bytes()
    with pytest.raises(CommandError):
        run(path, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("out", ["out.json", "out", "nowhere/out.csv"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, out: str) -> None:
    assert refusal(sample(tmp_path), tmp_path / out)


def test_too_many_rows_for_a_workbook_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "MOST_ROWS", 4)
    assert refusal(sample(tmp_path), tmp_path / "out.xlsx")


def test_an_interruption_leaves_no_half_file(tmp_path: Path) -> None:
    path, out = sample(tmp_path), tmp_path / "out.csv"
    out.write_text("before", "utf-8")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        understand(open_source(path), out, Wish("avis", Voice.CUSTOMER), progress=stop)
    assert out.read_text("utf-8") == "before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_several_processes_write_the_same_file(tmp_path: Path) -> None:
    rows = [[str(number), f"{TEXTS[number % len(TEXTS)]} {number}"] for number in range(2 * LOT + 300)]
    path = write_csv(tmp_path / "in.csv", [["id", "avis"], *rows])
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    run(path, one, "--processes", "1")
    run(path, two, "--processes", "2")
    assert one.read_bytes() == two.read_bytes()
    assert [row["id"] for row in rows_of(two)] == [row[0] for row in rows]


def test_it_runs_from_the_shell_without_an_instance_nor_an_entry(tmp_path: Path) -> None:
    path, out = sample(tmp_path), tmp_path / "out.csv"
    command = (
        f'exec "{sys.executable}" -m visavis.site.command understand "{path}" --text avis --out "{out}" <&-'
    )
    environment = {name: value for name, value in os.environ.items() if name != "VISAVIS_DATA"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "6" in done.stdout
    assert len(rows_of(out)) == len(TEXTS)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Read in another process, of which the kernel keeps the largest size."""
    if not Path("/proc/self/status").exists():
        skip("the largest size of a process is read from /proc")
    code = (
        "import sys, django; django.setup(); from pathlib import Path;"
        "from visavis.core.words import Voice;"
        "from visavis.understand.verbatims.files.run import Wish, understand;"
        "from visavis.understand.verbatims.files.sources import open_source;"
        "from visavis.text import Taxonomy;"
        "p = Path(sys.argv[1]);"
        "wish = Wish('avis', Voice.CUSTOMER, 'fr', Taxonomy([]));"
        "understand(open_source(p), p.with_suffix('.out.csv'), wish);"
        "status = Path('/proc/self/status').read_text();"
        "print(status.split('VmHWM:')[1].split()[0])"
    )
    peaks = []
    for count in (8_000, 24_000):
        path = write_csv(
            tmp_path / f"{count}.csv",
            [["id", "avis"], *([str(n), f"Bien {'x' * 1_500} {n}"] for n in range(count))],
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=300, check=True
        )
        peaks.append(int(done.stdout))
    assert all(after - before < 12_000 for before, after in pairwise(peaks)), peaks  # KiB, for 24 MB more


def test_formulas_of_others_do_not_run() -> None:
    payloads = [
        json.loads(line)["s"]
        for path in sorted(shared_path("data", "trust", "csv-injection").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    assert payloads
    for payload in payloads:
        assert not safe(payload).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))
        assert not safe(payload).lstrip().startswith(("=", "@", "\t", "\r"))
    assert safe("- trop cher, 20 min d'attente") == "'- trop cher, 20 min d'attente"
    assert safe("-2+3") == "'-2+3"
    assert (safe("-3,5"), safe("+12")) == ("-3,5", "+12")
    assert safe("\t=1+1") == "'\t=1+1"
    assert safe("-SUM(1;2)") == "'-SUM(1;2)"
