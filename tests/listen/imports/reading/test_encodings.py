"""French files are read right by default, however small, in the encodings that offices write."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from tests.listen.imports.reading.helpers import good, refusal, save, save_text
from visavis.listen.imports.reading.hints import Hints
from visavis.listen.imports.reading.tables import open_table

HEADER = ["Date réponse", "Équipe", "Note", "Durée", "Commentaire"]
SENTENCES = [
    "Très déçue : l'échéance a augmenté de 12 %, sans un mot…",
    "Conseillère à l'écoute, réponse claire ; merci !",
    "Où est passé mon dossier ? Ça fait 3 semaines, c'est long.",
    "Rien à dire",
    "Remboursé de 7,5 € au lieu de 75 €\nAppelé 2 fois, n'a pas rappelé",
]
ENCODINGS = {
    "cp1252": "cp1252",
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}


def french(rows: int) -> list[list[str]]:
    body = [
        [
            f"{day % 28 + 1:02d}/11/2025 09:12",
            f"Équipe {day % 3}",
            str(day % 5 + 1),
            f"{day % 7},5",
            SENTENCES[day % 5],
        ]
        for day in range(rows)
    ]
    return [HEADER, *body]


@pytest.mark.parametrize("rows", [1, 5, 50])
@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_french_file_needs_no_help(tmp_path: Path, encoding: str, separator: str, rows: int) -> None:
    expected = french(rows)
    table = open_table(save(tmp_path, expected, encoding=encoding, separator=separator))
    assert [list(table.header), *good(table)] == expected
    assert table.layout.encoding == ENCODINGS[encoding]
    assert table.layout.dialect.separator == separator


def test_utf_16_big_endian_with_its_mark(tmp_path: Path) -> None:
    path = save(tmp_path, french(1), encoding="utf-16-be")
    path.write_bytes(codecs.BOM_UTF16_BE + path.read_bytes())
    assert [list(open_table(path).header), *good(open_table(path))] == french(1)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_the_three_systems(tmp_path: Path, ends: str) -> None:
    expected = [row[:4] for row in french(5)]
    table = open_table(save(tmp_path, expected, ends=ends))
    assert [list(table.header), *good(table)] == expected
    assert [item.line for item in table.rows()] == [2, 3, 4, 5, 6]


def test_a_person_may_choose_the_encoding(tmp_path: Path) -> None:
    path = save(tmp_path, french(2), encoding="mac_roman")
    assert good(open_table(path, hints=Hints(encoding="mac_roman"))) == french(2)[1:]


@pytest.mark.parametrize("text", ["LIBERTÉ\u00a0!", "LA VÉRITÉ…", "L'É…"])
def test_capitals_before_a_sign_are_not_taken_for_utf_8(tmp_path: Path, text: str) -> None:
    table = open_table(save(tmp_path, [["id", "avis"], ["1", text]], encoding="cp1252"))
    assert good(table) == [["1", text]]


def test_a_file_that_mixes_two_encodings_is_refused_at_the_first_foreign_line(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes("nom;ville\nÉlodie;Évry\n".encode() + "Zoé;Orléans\n".encode("cp1252"))
    refused = refusal(path)
    assert (refused.code.value, refused.line) == ("mixed_encoding", 3)


def test_half_a_character_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "half.csv"
    path.write_bytes(b"a;b\n1;ok\n2;\xed\xa0\xbd\n")
    refused = refusal(path)
    assert (refused.code.value, refused.line) == ("surrogate", 3)


def test_a_byte_that_no_encoding_allows_is_located(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(b"a;b\n1;caf\xe9\n2;\x81\n")
    refused = refusal(path)
    assert (refused.code.value, refused.line) == ("undecodable", 3)


def test_a_file_cut_in_the_middle_of_a_character_is_refused_at_its_last_line(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_bytes("a;b\n1;é\n2;é".encode()[:-1])
    refused = refusal(path)
    assert (refused.code.value, refused.line) == ("mixed_encoding", 3)


def test_the_line_is_right_beyond_the_first_block(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a;b\n" + b"1;ok\n" * 300_000 + b"2;caf\xe9\n3;\x81\n")
    assert refusal(path).line == 300_003


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\r\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"\x1f\x8b\x08\x00rest", "compressed"),
        (b"BZh91AY", "compressed"),
        (b"%PDF-1.7\n", "pdf"),
        (b"<!DOCTYPE html><table>", "html"),
        (b'  <?xml version="1.0"?><Workbook/>', "html"),
        (b'[{"a": 1}]', "json"),
        (b'{"a": 1}', "json"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "binary"),
        (b"PK\x03\x04 not a zip at all", "damaged"),
        (b"PAR1 not parquet", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a workbook", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    assert refusal(path).code.value == code


def test_an_endless_line_is_refused_without_filling_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    path.write_bytes(b"a;b\n" + b"x" * (9 << 20))
    assert refusal(path).code.value == "endless_line"


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    assert (
        refusal(save_text(tmp_path, "a;b\n1;2\n"), Hints(encoding="klingon")).code.value == "unknown_encoding"
    )
