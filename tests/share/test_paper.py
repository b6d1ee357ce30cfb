"""The report as PDF and workbook: the figures of the page, for the same people, from a stated instant."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from tests import house
from tests.printed import facts_of, words_of
from visavis.core import periods
from visavis.core.words import Role
from visavis.listen.returns.services import mark_changed
from visavis.people.access import journal
from visavis.people.access.models import JournalEntry
from visavis.people.units.models import Unit
from visavis.share.analytics import services as analytics
from visavis.share.restitution import freshness
from visavis.site.options import Instance
from visavis.web.downloads import Cell, Points, Share, csv_lines, workbook
from visavis.web.filters import Filters

pytestmark = pytest.mark.django_db

URL = "/comprendre/rapports/export"
NOVEMBER = periods.month(2025, 11)
NOW = dt.datetime(2025, 12, 1, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.INSTANCE = Instance(tmp_path)


def _month(where: Unit) -> None:
    """Two months with everything that a report breaks down, texts and themes."""
    phone, mail = house.channel("phone"), house.channel("mail")
    reason, level, moment = house.reason(), house.level(), house.moment()
    delay = house.theme("delay")
    for month, good in ((11, 33), (10, 39)):
        for turn in range(48):
            said = house.response(
                where,
                on=dt.date(2025, month, 1 + turn % 28),
                channel=phone if turn % 3 else mail,
                reason=reason,
                level=level,
                moment=moment,
                product="auto" if turn % 2 else "",
                satisfaction=5 if turn < good else 1,
                recommendation=turn % 11,
            )
            if turn < 7:
                words = (
                    f"Texte n° {turn}, assez long pour être choisi dans le rapport du mois de la direction."
                )
                text = house.verbatim(
                    said, words, read_at=timezone.now(), polarity="negative", certainty=0.95, intensity=3
                )
                house.annotation(text, delay, polarity="negative")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _tables(page: bytes) -> list[list[str]]:
    soup = BeautifulSoup(page, "html.parser")
    return [
        [_flat(cell.get_text()) for cell in row.find_all(["td", "th"])]
        for row in soup.select("main figure table tbody tr")
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_of_the_page_is_on_paper(language: str) -> None:
    team = house.unit()
    _month(team)
    reader = house.member(team, Role.DIRECTION)
    reader.client.post("/preferences/", {"language": language})
    screen = reader.client.get("/comprendre/rapports/2025-11/").content
    answer = reader.client.get(f"{URL}.pdf?periode=2025-11")
    assert answer["Content-Type"] == "application/pdf"
    assert "rapport-2025-11.pdf" in answer["Content-Disposition"]
    said = words_of(answer.content)
    rows = _tables(screen)
    assert len(rows) >= 8
    for row in rows:
        assert " ".join(filter(None, row)) in said
    soup = BeautifulSoup(screen, "html.parser")
    markers = [_flat(one.get_text()) for one in soup.select(".marker-figure strong")]
    assert len(markers) == 2
    assert all(one in said for one in markers)
    reading = [_flat(one.get_text()) for one in soup.select("main .sentence")]
    assert len(reading) == 1
    assert reading[0] in _flat(said)
    assert f"/Lang({language})".encode() in answer.content


def test_the_filters_of_the_page_are_those_of_the_paper() -> None:
    region = house.unit("north")
    ours, theirs = house.unit("lys", region), house.unit("aa", region)
    _month(ours)
    for _ in range(9):
        house.response(theirs, on=dt.date(2025, 11, 3), satisfaction=5)
    reader = house.member(region, Role.DIRECTION)
    whole = words_of(reader.client.get(f"{URL}.pdf?periode=2025-11").content)
    part = words_of(reader.client.get(f"{URL}.pdf?periode=2025-11&perimetre=lys&canal=mail").content)
    assert region.name in whole.splitlines()[0]
    assert "Retours : 57" in whole
    assert ours.name in part.splitlines()[0]
    assert "Retours : 16" in part
    assert "Canal : " in part


def test_who_may_not_read_texts_gets_paper_without_them() -> None:
    team = house.unit()
    _month(team)
    seen = {
        role: words_of(house.member(team, role).client.get(f"{URL}.pdf?periode=2025-11").content)
        for role in (Role.DIRECTION, Role.READER)
    }
    assert "Texte n° " in seen[Role.DIRECTION]
    assert "Texte n° " not in seen[Role.READER]


def test_paper_is_refused_like_the_page_and_told_in_the_journal() -> None:
    them = house.cast(Role.DIRECTION)
    _month(them.ours)
    assert house.member(them.ours, Role.ADVISER).client.get(f"{URL}.pdf").status_code == 404
    assert them.stranger.client.get(f"{URL}.pdf").status_code == 404
    assert JournalEntry.objects.count() == 0
    assert "Retours : 48" not in words_of(them.neighbour.client.get(f"{URL}.pdf?periode=2025-11").content)
    assert "Retours : 48" in words_of(them.owner.client.get(f"{URL}.pdf?periode=2025-11").content)
    last = JournalEntry.objects.order_by("-pk").first()
    assert last is not None
    with translation.override("fr"):
        assert journal.sentence(last) == "a exporté le fichier rapport-2025-11.pdf (retours\u00a0: 48)"
    assert them.owner.client.get("/ecouter/fichier-du-jour/export.pdf").status_code == 404


def test_an_empty_month_prints_a_page_that_says_so() -> None:
    reader = house.member(house.unit(), Role.DIRECTION)
    pdf = reader.client.get(f"{URL}.pdf?periode=2024-02").content
    assert facts_of(pdf)["Pages"] == "1"
    assert "Aucun retour" in words_of(pdf)


def test_a_breakdown_longer_than_a_sheet_goes_on_over_the_next() -> None:
    team = house.unit()
    for turn in range(40):
        for mark in (5, 5, 1, 4, 2):
            house.response(team, on=dt.date(2025, 11, 3), satisfaction=mark, product=f"Produit {turn:02d}")
    reader = house.member(team, Role.DIRECTION)
    pdf = reader.client.get(f"{URL}.pdf?periode=2025-11").content
    said = words_of(pdf)
    assert "Par produit (1/3)" in said
    rows = [
        row
        for row in _tables(reader.client.get("/comprendre/rapports/2025-11/").content)
        if "Produit" in row[0]
    ]
    assert len(rows) == 40
    assert all(" ".join(filter(None, row)) in said for row in rows)


def test_a_hostile_name_is_a_name() -> None:
    team = house.unit("x", name='#panic("x") $y$ <b>')
    house.response(team, on=dt.date(2025, 11, 3), satisfaction=5)
    reader = house.member(team, Role.DIRECTION)
    assert '#panic("x") $y$ <b>' in words_of(reader.client.get(f"{URL}.pdf?periode=2025-11").content)


def test_a_report_says_from_when_its_sums_are() -> None:
    team = house.unit()
    _month(team)
    reader = house.member(None)
    house.grant(reader.account, house.company(), Role.DIRECTION)
    client, viewer = reader.client, house.viewer(house.company(), Role.DIRECTION)
    live = freshness.as_of(viewer, Filters(NOVEMBER), NOW)
    assert (live.last, live.at, live.published) == (dt.date(2025, 11, 30), NOW, False)
    then = dt.datetime(2025, 11, 20, 5, 30, tzinfo=dt.UTC)
    mark_changed([dt.date(2025, 10, 1), dt.date(2025, 11, 1)])
    for month in (202510, 202511):
        analytics.publish_month(month=month, at=then)
    told = freshness.as_of(viewer, Filters(NOVEMBER), NOW)
    assert (told.last, told.at, told.published) == (dt.date(2025, 11, 20), then, True)
    said = "Données jusqu’au 20 novembre 2025. Chiffres publiés le 20 novembre 2025 à 6 h 30."
    assert said in _flat(client.get("/comprendre/rapports/2025-11/").content.decode())
    assert said.replace("\u00a0", " ") in _flat(words_of(client.get(f"{URL}.pdf?periode=2025-11").content))
    branch = freshness.as_of(viewer, Filters(NOVEMBER, scope=team.code), NOW)
    assert not branch.published
    mark_changed([dt.date(2025, 11, 3)])
    assert not freshness.as_of(viewer, Filters(NOVEMBER), NOW).published


def _sheets(content: bytes) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_typed_figures_equal_to_the_page() -> None:
    team = house.unit()
    _month(team)
    reader = house.member(team, Role.DIRECTION)
    sheets = _sheets(reader.client.get(f"{URL}.xlsx?periode=2025-11").content)
    assert list(sheets) == ["Chiffres", "Comparaisons", "Thèmes", "Verbatims choisis", "Méthode"]
    first = sheets["Chiffres"][1]
    page = BeautifulSoup(reader.client.get("/comprendre/rapports/2025-11/").content, "html.parser")
    marker = page.select_one("[data-score]")
    assert marker is not None
    shown = [float(str(marker[f"data-{name}"])) for name in ("n", "score", "low", "high")]
    assert first[4] == shown[0] == 48
    assert first[5:8] == pytest.approx(
        [value / 100 if shown[1] > 1 else value for value in shown[1:]], abs=6e-5
    )
    facts = {row[0]: row[1] for row in sheets["Méthode"][1:]}
    assert facts["Période, premier jour"] == dt.date(2025, 11, 1)
    assert facts["Données jusqu’au"] == dt.date(2025, 11, 30)
    assert isinstance(facts["Chiffres comptés le"], dt.datetime)
    assert facts["Périmètre"] == team.name


def test_a_sheet_is_ready_to_filter_and_to_print() -> None:
    rows: list[list[Cell]] = [[dt.date(2025, 11, 3), 1234, Share(0.845), Points(-2.5), "=1+1", "mot " * 40]]
    content = workbook([("Chiffres", ["Jour", "Nombre", "Part", "Écart", "Texte", "Long"], rows)], "Titre")
    with ZipFile(io.BytesIO(content)) as parts:
        sheet, styles = (parts.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
        assert "<dc:title>Titre</dc:title>" in parts.read("docProps/core.xml").decode()
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:F2"/>' in sheet
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "<f>" not in sheet
    assert all(shown in styles for shown in ("0.0%", "+0.00;-0.00;0.00", "dd/mm/yyyy", "wrapText"))


def test_a_share_is_out_of_a_hundred_in_a_csv_file() -> None:
    line = b"".join(csv_lines(["x"], [[Share(0.8412), Points(-2.5)]])).decode().splitlines()[1]
    assert line == '"84,12";"-2,5"'
