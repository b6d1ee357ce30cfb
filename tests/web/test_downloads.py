"""Workbooks: the same rows from the same instant are the same bytes, whenever they are written."""

from __future__ import annotations

import ast
import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import visavis
from tests import house
from visavis.core.words import Role
from visavis.people.access.models import JournalEntry
from visavis.web.downloads import UNDATED, workbook

NOON = dt.datetime(2025, 11, 3, 9, 12, tzinfo=ZoneInfo("Europe/Paris"))


def test_a_workbook_says_from_when_its_figures_are_and_nothing_of_when_it_was_made() -> None:
    for at, told in ((NOON, "2025-11-03T08:12:00Z"), (UNDATED, "1980-01-01T00:00:00Z")):
        with zipfile.ZipFile(io.BytesIO(workbook([("Feuille", ["n"], [[1]])], "", at))) as folded:
            properties = folded.read("docProps/core.xml").decode()
            assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", properties)) == {told}
            assert {one.date_time[0] for one in folded.infolist()} == {1980}


def _says(node: ast.AST) -> set[str]:
    return {getattr(each, "attr", getattr(each, "id", "")) for each in ast.walk(node)}


def test_every_view_that_tells_a_taking_while_it_answers_get_tells_nothing_of_a_head() -> None:
    told, bare = 0, []
    for path in Path(visavis.__file__).parent.rglob("*views.py"):
        for view in ast.parse(path.read_text()).body:
            if not isinstance(view, ast.FunctionDef):
                continue
            marks = set().union(*map(_says, view.decorator_list))
            tells = any(re.match(r"(tell|take)_", word) for word in _says(view))
            if "require_safe" in marks and tells:
                told += 1
                bare += [] if "told_once_taken" in marks else [f"{path.name}: {view.name}"]
    assert told >= 9
    assert not bare


@pytest.mark.django_db
def test_a_head_says_what_a_get_would_send_and_leaves_no_line_in_the_journal() -> None:
    client = house.member(house.company(), Role.ADMIN).client
    url = "/admin/journal/export.csv"
    head = client.head(url)
    assert (head.status_code, head["Content-Disposition"]) == (200, 'attachment; filename="journal.csv"')
    assert not JournalEntry.objects.filter(verb="settings.journal_exported").exists()
    client.get(url)
    assert JournalEntry.objects.filter(verb="settings.journal_exported").count() == 1
    assert house.member(house.company(), Role.DIRECTION).client.head(url).status_code == 404
