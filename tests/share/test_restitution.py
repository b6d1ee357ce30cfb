"""The Direction's month and the operations' day: the same rows, honest figures, the same filters in files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests import house
from visavis.core.words import Role, Voice
from visavis.people.units.models import Unit
from visavis.web.downloads import harmless

pytestmark = pytest.mark.django_db

MONTH = dt.date(2025, 11, 3)


def _returns(where: Unit, satisfied: int, others: int, on: dt.date = MONTH, **fields: Any) -> None:
    for mark, times in ((5, satisfied), (1, others)):
        for _ in range(times):
            house.response(where, on=on, satisfaction=mark, **fields)


def _csv(answer: object) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_month_says_its_figures_with_n_and_interval() -> None:
    team = house.unit()
    _returns(team, 40, 10, reason=house.reason())
    reader = house.member(team, Role.DIRECTION)
    page = reader.client.get("/comprendre/rapports/2025-11/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "80\u00a0%" in text
    assert "50\u00a0réponses" in text
    house.assert_scores_carry_n_and_interval(page.content)


def test_a_change_that_its_interval_does_not_carry_is_not_a_trend() -> None:
    team = house.unit()
    _returns(team, 40, 10)
    _returns(team, 42, 8, on=dt.date(2025, 10, 6))
    reader = house.member(team, Role.DIRECTION)
    text = reader.client.get("/comprendre/rapports/2025-11/").content.decode()
    assert "as encore concluant" in text
    assert "▼" not in text


def test_under_five_answers_no_figure_is_shown() -> None:
    team = house.unit()
    _returns(team, 2, 1)
    reader = house.member(team, Role.DIRECTION)
    page = reader.client.get("/comprendre/rapports/2025-11/")
    assert "67" not in "".join(page.content.decode().split("<main")[1:])
    rows = _csv(reader.client.get("/comprendre/rapports/export.csv?periode=2025-11"))
    assert [row["Valeur"] for row in rows if row["n"] == "3"] == [""]


def test_an_empty_month_says_what_will_come() -> None:
    reader = house.member(house.unit(), Role.DIRECTION)
    page = reader.client.get("/comprendre/rapports/2024-02/")
    assert page.status_code == 200
    assert "Aucun retour" in page.content.decode()


def test_the_daily_files_of_a_month_hold_its_returns_row_for_row() -> None:
    team = house.unit()
    for day in range(1, 31):
        _returns(team, day % 3, day % 2, on=dt.date(2025, 11, day))
    reader = house.member(team, Role.QUALITY)
    days = [
        row["Retour"]
        for day in range(1, 31)
        for row in _csv(reader.client.get(f"/ecouter/fichier-du-jour/export.csv?periode=2025-11-{day:02d}"))
    ]
    month = [
        row["Retour"]
        for row in _csv(reader.client.get("/ecouter/fichier-du-jour/export.csv?periode=2025-11"))
    ]
    figures = _csv(reader.client.get("/comprendre/rapports/export.csv?periode=2025-11"))
    assert days == month
    assert len(month) == int(figures[0]["Retours"])


def test_filters_hold_alike_on_the_page_and_in_the_files() -> None:
    region = house.unit("north")
    ours, theirs = house.unit("lys", region), house.unit("aa", region)
    phone, mail = house.channel("phone"), house.channel("mail")
    _returns(ours, 6, 1, channel=phone)
    _returns(ours, 3, 2, channel=mail)
    _returns(theirs, 9, 9, channel=phone)
    reader = house.member(region, Role.QUALITY)
    query = "periode=2025-11&perimetre=lys&canal=phone"
    page = reader.client.get(f"/ecouter/fichier-du-jour/?{query}").content.decode()
    assert "7 retours" in page.replace("\u00a0", " ")
    assert f"export.csv?{query.split('&')[1]}&{query.split('&', maxsplit=1)[0]}" in page.replace("&amp;", "&")
    assert len(_csv(reader.client.get(f"/ecouter/fichier-du-jour/export.csv?{query}"))) == 7


def test_a_neighbour_reads_her_own_branch_and_a_stranger_nothing() -> None:
    them = house.cast(Role.DIRECTION)
    _returns(them.ours, 30, 3)
    for url in ("/comprendre/rapports/2025-11/", "/ecouter/fichier-du-jour/?periode=2025-11"):
        assert "33" in them.owner.client.get(url).content.decode()
        assert "33 ret" not in them.neighbour.client.get(url).content.decode().replace("\u00a0", " ")
        assert them.stranger.client.get(url).status_code == 404
    asked = [
        BeautifulSoup(
            them.neighbour.client.get(f"/comprendre/rapports/2025-11/?perimetre={code}").content,
            "html.parser",
        )
        for code in (them.ours.code, "nowhere")
    ]
    said = [page.get_text() for soup in asked if (page := soup.select_one("main"))]
    assert len(said) == 2
    assert said[0] == said[1]


def test_no_employee_figure_enters_a_report() -> None:
    team = house.unit()
    for _ in range(40):
        house.response(team, Voice.EMPLOYEE, on=MONTH, author=house.person(), satisfaction=5)
    reader = house.member(team, Role.DIRECTION)
    assert "Aucun retour" in reader.client.get("/comprendre/rapports/2025-11/").content.decode()


def test_who_may_not_read_texts_gets_figures_without_them() -> None:
    team = house.unit()
    said = house.response(team, on=MONTH, satisfaction=1)
    house.verbatim(
        said, "Un texte que la lectrice ne doit pas voir, assez long pour être choisi dans le rapport."
    )
    reader = house.member(team, Role.READER)
    page = reader.client.get("/comprendre/rapports/2025-11/")
    assert page.status_code == 200
    assert "ne doit pas voir" not in page.content.decode()
    assert reader.client.get("/ecouter/fichier-du-jour/").status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "＝", " =", "\u00a0@"])
def test_no_cell_is_ever_a_formula(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_the_workbook_opens_with_typed_cells_and_no_formula() -> None:
    from python_calamine import CalamineWorkbook

    team = house.unit()
    said = house.response(team, on=MONTH, satisfaction=4, heard_at=None)
    house.verbatim(said, '=HYPERLINK("http://x")')
    reader = house.member(team, Role.QUALITY)
    answer = reader.client.get("/ecouter/fichier-du-jour/export.xlsx?periode=2025-11-03")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == MONTH
    assert rows[1][10] == 4
    assert rows[1][13] == '\'=HYPERLINK("http://x")'


def test_under_five_answers_no_line_says_the_figure_either() -> None:
    team = house.unit()
    _returns(team, 1, 3, reason=house.reason())
    _returns(team, 40, 10, on=dt.date(2025, 12, 1))
    reader = house.member(team, Role.DIRECTION)
    for month in ("2025-11", "2025-12"):
        page = reader.client.get(f"/comprendre/rapports/{month}/").content.decode().replace("\u00a0", " ")
        assert "25 %" not in page
        assert "25,0 %" not in page


def test_a_long_text_of_the_day_is_cut_and_leads_to_its_return() -> None:
    team = house.unit()
    said = house.response(team, on=MONTH, text="Attente trop longue. " * 40)
    reader = house.member(team, Role.QUALITY)
    page = BeautifulSoup(
        reader.client.get("/ecouter/fichier-du-jour/?periode=2025-11-03").content, "html.parser"
    )
    link = page.select_one("blockquote a")
    assert link is not None
    assert link["href"] == f"/ecouter/retours/{said.pk}/"
    assert len(link.get_text()) < 340
