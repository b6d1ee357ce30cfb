"""One theme as it is written; differences between two taxonomies; files in and out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.core.words import Voice
from visavis.moments.references.services import SECTORS, starter
from visavis.understand.themes.files import COLUMNS, Fault, FileError, as_json, as_rows, read_file
from visavis.understand.themes.queries import taxonomy_of
from visavis.understand.themes.sheets import (
    Sheet,
    Sheets,
    by_code,
    changes,
    live,
    rows_of,
    sheet_of,
    take_over,
    under,
)

BOTH = tuple(voice.value for voice in Voice)
WAIT = Sheet(
    "wait", {"fr": "Attente", "en": "Waiting"}, voices=BOTH, keywords={"fr": ("attente", "patient*")}
)
PHONE = Sheet(
    "wait.phone",
    {"fr": "Au téléphone"},
    "wait",
    BOTH,
    definition={"fr": "Avant que l’on décroche."},
    keywords={"fr": ("mis en attente",), "en": ("on hold",)},
    examples={"fr": ("Dix minutes ; « rien », dit-il.",)},
    tests={"must": ("On m’a mis en attente.",), "must_not": ("Je suis en attente de pièces.",)},
    facing=("load.workload",),
)
BILL = Sheet("bill", {"fr": "Facture"}, voices=BOTH, position=1, retired=True, merged_into="wait")
COMPANY = {sheet.code: sheet for sheet in (WAIT, PHONE, BILL)}

_words = st.dictionaries(
    st.sampled_from(["fr", "en"]),
    st.lists(st.text(min_size=1), max_size=3, unique=True).map(tuple),
    max_size=2,
)


@given(name=st.text(), words=_words, examples=_words, retired=st.booleans())
def test_a_sheet_written_and_read_back_is_the_same(
    name: str, words: dict[str, tuple[str, ...]], examples: dict[str, tuple[str, ...]], retired: bool
) -> None:
    sheet = Sheet("a", {"fr": name}, keywords=words, examples=examples, retired=retired)
    again = sheet_of(json.loads(json.dumps(sheet.as_row())))
    said = [{key: many for key, many in each.items() if many} for each in (words, examples)]
    assert again == replace(sheet, keywords=said[0], examples=said[1])
    assert again.stamp == sheet.stamp


def test_a_stamp_tells_any_difference() -> None:
    stamps = {
        PHONE.stamp,
        replace(PHONE, name={"fr": "Téléphone"}).stamp,
        replace(PHONE, parent="").stamp,
        replace(PHONE, tests={}).stamp,
        replace(PHONE, retired=True).stamp,
    }
    assert len(stamps) == 5


def test_themes_heard_come_tops_first_in_the_order_of_the_company() -> None:
    late = Sheet("a.late", parent="a", position=2)
    early = Sheet("z.early", parent="z", position=9)
    sheets = by_code(each.as_row() for each in (late, early, Sheet("a", position=2), Sheet("z", position=1)))
    assert [each.code for each in live(sheets)] == ["z", "a", "z.early", "a.late"]
    assert under(sheets, "a") == [late]


def test_differences_say_what_was_added_retired_renamed_and_which_words_came_and_went() -> None:
    after = {
        "wait": replace(WAIT, name={"fr": "Délais"}, keywords={"fr": ("attente", "délai*")}),
        "wait.phone": replace(PHONE, retired=True),
        "bill": replace(BILL, retired=False, merged_into=""),
        "fresh": Sheet("fresh", voices=BOTH),
    }
    found = {change.code: change for change in changes(COMPANY, after)}
    assert found["fresh"].added
    assert found["wait.phone"].retired
    assert found["bill"].reinstated
    wait = found["wait"]
    assert wait.turned("name")
    assert not wait.turned("parent")
    assert (wait.gained("keywords"), wait.lost("keywords")) == ([("fr", "délai*")], [("fr", "patient*")])
    assert not changes(after, after)


def test_themes_retired_before_and_after_are_not_told() -> None:
    assert changes({"bill": BILL}, {"bill": replace(BILL, name={"fr": "Prix"})}) == []


def test_taking_over_keeps_each_word_once() -> None:
    one = take_over(WAIT, replace(PHONE, keywords={"fr": ("attente", "décroch*")}))
    assert one.keywords["fr"] == ("attente", "patient*", "décroch*")
    assert one.examples == PHONE.examples
    assert one.code == "wait"


def _csv(sheets: Sheets, between: str = ";") -> bytes:
    import csv
    import io

    told = io.StringIO()
    writer = csv.writer(told, delimiter=between, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows(as_rows(sheets))
    return told.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("between", [";", ","])
def test_a_taxonomy_comes_back_from_its_csv(between: str) -> None:
    kept = {code: replace(sheet, merged_into="", position=0) for code, sheet in COMPANY.items()}
    again = read_file(_csv(COMPANY, between))
    assert {code: replace(sheet, position=0) for code, sheet in again.items()} == kept


def test_a_taxonomy_comes_back_from_its_json_whole() -> None:
    assert read_file(as_json(COMPANY).encode()) == COMPANY


@pytest.mark.parametrize("sector", SECTORS)
def test_starters_are_read_as_files_and_heard(sector: str) -> None:
    found = read_file(json.dumps(starter(sector)["themes"]).encode())
    assert sum(bool(sheet.parent) for sheet in found.values()) == sum(
        len(top["children"]) for top in starter(sector)["themes"]
    )
    for voice in Voice:
        assert len(taxonomy_of(found.values(), voice).slugs) > 10


def test_a_file_of_two_columns_is_enough() -> None:
    found = read_file(b"theme,keywords\nwait,attente|file d'attente\n")
    assert found["wait"].keywords == {"fr": ("attente", "file d'attente")}
    assert (found["wait"].voices, found["wait"].name) == (BOTH, {"fr": "wait"})


def test_what_a_file_does_not_say_of_a_known_theme_stays() -> None:
    found = read_file(b"theme;language;keywords\nwait.phone;en;hold|queue\n", COMPANY)
    phone = found["wait.phone"]
    assert phone.keywords == {"fr": ("mis en attente",), "en": ("hold", "queue")}
    assert (phone.parent, phone.tests, phone.definition) == (PHONE.parent, PHONE.tests, PHONE.definition)


@pytest.mark.parametrize(
    ("data", "fault", "line"),
    [
        (b"\xff\xfe\x00", Fault.NOT_TEXT, 0),
        (b"", Fault.NO_THEME_COLUMN, 1),
        (b"theme;keywords\n", Fault.EMPTY, 0),
        (b"name;keywords\na;b\n", Fault.NO_THEME_COLUMN, 1),
        ("theme;keywords\nÀ l’heure;x\n".encode(), Fault.BAD_CODE, 2),
        (b"theme;voice\nwait;robot\n", Fault.BAD_VOICE, 2),
        (b"theme;language\nwait;french\n", Fault.BAD_LANGUAGE, 2),
        (b"theme;parent\nwait;nowhere\n", Fault.NO_PARENT, 0),
        (b"theme;parent\na;\nb;a\nc;b\n", Fault.THREE_LEVELS, 0),
        (b"theme;parent\na;a\n", Fault.THREE_LEVELS, 0),
        (b'[{"code": "a", "retired": true, "parent": "nowhere"}]', Fault.NO_PARENT, 0),
        (b'[{"code": "a", "retired": true, "merged_into": "b"}]', Fault.NO_TARGET, 0),
        (b'[{"code": "a", "retired": true, "merged_into": "a"}]', Fault.NO_TARGET, 0),
        (b"theme;keywords\nwait;!\n", Fault.BAD_WORDS, 0),
        (b"{", Fault.NOT_JSON, 1),
        (b"[" * 100_000, Fault.NOT_JSON, 0),
        (b'{"themes": 3}', Fault.BAD_SHAPE, 0),
        (b'[{"code": "a", "name": "A"}]', Fault.BAD_SHAPE, 1),
        (b'[{"code": "a", "position": -1}]', Fault.BAD_SHAPE, 1),
        (b"[7]", Fault.BAD_SHAPE, 1),
        (b"x" * 2_000_001, Fault.TOO_LARGE, 0),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_bad_file_is_refused_with_its_fault_and_its_line(data: bytes, fault: Fault, line: int) -> None:
    with pytest.raises(FileError) as refused:
        read_file(data)
    assert (refused.value.problems[0].fault, refused.value.problems[0].line) == (fault, line)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_does_more_than_be_refused(data: bytes) -> None:
    try:
        found = read_file(b"theme;keywords\n" + data)
    except FileError:
        return
    assert by_code(rows_of(found)) == found
