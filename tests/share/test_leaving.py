"""Rows about people leave for a reason, not too many at once, and each says who took it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from tests import house
from visavis.core.words import Role
from visavis.people.access.models import JournalEntry

pytestmark = pytest.mark.django_db

FILES = ["/ecouter/retours/export.csv", "/ecouter/fichier-du-jour/export.csv"]
MONTH = "?periode=2025-11"


@pytest.fixture
def reader() -> house.Member:
    team = house.unit()
    for number in range(6):
        said = house.response(team, on=house.TODAY.replace(month=11, day=3), satisfaction=1 + number % 5)
        house.verbatim(said, f"Attente trop longue, {number}.")
    return house.member(team, Role.QUALITY)


def rows(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("said", ["", "bof", "x" * 201])
def test_without_a_reason_nothing_leaves(path: str, said: str, reader: house.Member) -> None:
    page = reader.client.post(path + MONTH, {"pourquoi": said})
    assert page.status_code == 422
    assert b"Attente trop" not in page.content
    assert not JournalEntry.objects.filter(verb__endswith=".taken").exists()


@pytest.mark.parametrize("path", FILES)
def test_each_row_says_who_took_it_when_and_under_which_line(path: str, reader: house.Member) -> None:
    answer = house.taken(reader.client, path + MONTH)
    told = JournalEntry.objects.get(verb__endswith=".taken")
    assert told.words["reason"] == house.PURPOSE
    assert told.words["number"] == 6
    found = rows(answer)
    assert len(found) == 6
    for row in found:
        assert row["Emporté"].startswith(f"J-{told.pk} · {reader.account.email} · ")
    assert f"-J-{told.pk}.csv" in answer["Content-Disposition"]


def test_a_workbook_has_its_rows_first_and_says_where_it_comes_from(reader: house.Member) -> None:
    answer = house.taken(reader.client, "/ecouter/retours/export.xlsx" + MONTH)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    first, origin = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert len(first) == 7
    assert first[0][-1] == "Emporté"
    facts = {row[0]: row[1] for row in origin}
    assert facts["À quoi sert le fichier"] == house.PURPOSE
    assert facts["Emporté par"] == reader.account.email
    assert facts["Lignes"] == 6


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_too_long_is_refused_in_a_sentence(
    path: str, reader: house.Member, settings: Any
) -> None:
    settings.EXPORT_ROWS = 5
    for answer in (
        reader.client.get(path + MONTH),
        reader.client.post(path + MONTH, {"pourquoi": house.PURPOSE}),
    ):
        assert answer.status_code == 422
        assert "5 lignes au plus" in answer.content.decode().replace("\u00a0", " ")
        assert BeautifulSoup(answer.content, "html.parser").find("input", {"name": "pourquoi"}) is None
    settings.EXPORT_ROWS = 6
    assert len(rows(house.taken(reader.client, path + MONTH))) == 6


def test_the_page_that_asks_speaks_english_too(reader: house.Member) -> None:
    reader.client.post("/preferences/", {"language": "en"})
    page = reader.client.get(FILES[0] + MONTH).content.decode()
    assert "What the file is for" in page
    assert "6 rows" in page
    found = rows(house.taken(reader.client, FILES[0] + MONTH))
    assert "Taken out" in found[0]
