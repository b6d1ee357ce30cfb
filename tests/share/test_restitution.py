"""The Direction's month and the operations' day: the same rows, honest figures, the same filters in files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from tests import house
from tests.listen.releases import company
from visavis.core import periods
from visavis.core.words import Role, Voice
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.queries import texts_of
from visavis.listen.surveys.models import Question
from visavis.people.access import journal
from visavis.people.access.models import JournalEntry
from visavis.people.units.models import Unit
from visavis.share.restitution import queries, tables
from visavis.share.restitution.themes import heard_in
from visavis.understand.themes.models import Theme
from visavis.web.downloads import csv_lines, harmless
from visavis.web.filters import Filters

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
    assert "67\u00a0%" not in page.content.decode()
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
        for row in _csv(
            house.taken(reader.client, f"/ecouter/fichier-du-jour/export.csv?periode=2025-11-{day:02d}")
        )
    ]
    month = [
        row["Retour"]
        for row in _csv(house.taken(reader.client, "/ecouter/fichier-du-jour/export.csv?periode=2025-11"))
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
    assert len(_csv(house.taken(reader.client, f"/ecouter/fichier-du-jour/export.csv?{query}"))) == 7


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


def test_a_report_limited_to_a_unit_shows_what_that_unit_lives() -> None:
    paris = house.unit("paris")
    wave = company.wave(company.barometer())
    company.staff(paris, 12)
    company.answers(wave, paris, (4, 5, 4, 5, 4, 2, 3, 4))
    company.open_gate()
    company.release(wave)
    _returns(paris, 6, 2)
    reader = house.member(paris, Role.DIRECTION)
    page = reader.client.get("/comprendre/rapports/2025-11/?perimetre=paris").content
    card = BeautifulSoup(page, "html.parser").select_one('section.card[data-voice="employee"]')
    assert card is not None
    assert wave.label in card.text
    assert "8\u00a0réponses" in card.text


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


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.QUALITY, True), (Role.DIRECTION, False)], ids=["quality", "direction"]
)
def test_a_chosen_text_leads_to_its_return_and_for_whoever_may_to_its_correction(
    role: Role, offered: bool
) -> None:
    team = house.unit()
    told = "Trois appels pour la même question, et personne pour me répondre clairement."
    text = house.verbatim(
        house.response(team, on=MONTH, satisfaction=1),
        told,
        polarity="negative",
        certainty=0.9,
        intensity=3,
        read_at=timezone.now(),
    )
    reader = house.member(team, role)
    page = BeautifulSoup(reader.client.get("/comprendre/rapports/2025-11/").content, "html.parser")
    link = page.select_one("blockquote a")
    assert link is not None
    assert told in link.get_text()
    assert reader.client.get(str(link["href"])).status_code == 200
    (correct,) = page.find_all("a", string="Corriger la lecture") or [None]
    assert (correct is not None) == offered
    address = f"/ecouter/retours/textes/{text.pk}/theme/"
    assert correct is None or correct["href"] == address
    assert (reader.client.get(address).status_code == 200) == offered


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "＝", " =", "\u00a0@"])
def test_no_cell_is_ever_a_formula(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_the_workbook_opens_with_typed_cells_and_no_formula() -> None:
    from python_calamine import CalamineWorkbook

    team = house.unit()
    said = house.response(team, on=MONTH, satisfaction=4, heard_at=None)
    house.verbatim(said, '=HYPERLINK("http://x")')
    reader = house.member(team, Role.QUALITY)
    answer = house.taken(reader.client, "/ecouter/fichier-du-jour/export.xlsx?periode=2025-11-03")
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


def test_a_text_that_waits_to_be_read_again_is_in_no_theme() -> None:
    team, delay = house.unit(), house.theme("delay")
    reader = house.member(team, Role.DIRECTION)
    texts = [house.verbatim(house.response(team, on=MONTH), read_at=timezone.now()) for _ in range(7)]
    for text in texts:
        house.annotation(text, delay, polarity="negative")
    Verbatim.objects.filter(pk=texts[0].pk).update(read_at=None)
    some = heard_in(Verbatim.objects.all())
    assert (some.read, some.unread, some.tones) == (6, 1, {delay.pk: (6, 0, 0)})
    Verbatim.objects.update(read_at=None)
    for url in ("/comprendre/rapports/2025-11/", "/comprendre/rapports/2025-12/", "/comprendre/rapports/"):
        assert reader.client.get(url).status_code == 200
    assert heard_in(Verbatim.objects.all()).tones == {}


@pytest.mark.parametrize("month", ["2025-13", "0000-00", "1899-12", "2200-01", "9999-12"])
def test_a_month_that_no_calendar_has_is_not_there(month: str) -> None:
    reader = house.member(house.unit(), Role.DIRECTION)
    assert reader.client.get(f"/comprendre/rapports/{month}/").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/comprendre/rapports/1900-01/",
        "/comprendre/rapports/2199-12/",
        "/comprendre/rapports/?periode=2199-12-31",
        "/comprendre/rapports/?periode=1900-01-01",
        "/comprendre/rapports/?periode=2199-12",
        "/ecouter/fichier-du-jour/?periode=2199-12-31",
        "/ecouter/fichier-du-jour/?periode=1900-01-01",
    ],
)
def test_the_ends_of_the_calendar_are_months_and_days_like_others(url: str) -> None:
    team = house.unit()
    reader = house.member(team, Role.DIRECTION)
    house.grant(reader.account, team, Role.QUALITY)
    assert reader.client.get(url).status_code == 200


@pytest.mark.parametrize("key", ["periode", "perimetre", "canal", "motif", "voix", "du", "page"])
@pytest.mark.parametrize("value", ["\x00", "2025-11\x00", "9" * 5000, "😀"])
def test_nothing_typed_in_an_address_breaks_a_page_or_a_file(key: str, value: str) -> None:
    team = house.unit()
    _returns(team, 5, 1)
    reader = house.member(team, Role.DIRECTION)
    house.grant(reader.account, team, Role.QUALITY)
    for url in (
        "/comprendre/rapports/",
        "/comprendre/rapports/export.csv",
        "/ecouter/fichier-du-jour/",
        "/ecouter/fichier-du-jour/export.csv",
    ):
        assert reader.client.get(url, {key: value}).status_code == 200


@pytest.mark.parametrize(
    ("language", "yes", "certainty"),
    [("en", "yes", "not conclusive yet"), ("fr", "oui", "pas encore concluant")],
)
def test_a_file_speaks_one_language_from_its_header_to_its_last_row(
    language: str, yes: str, certainty: str
) -> None:
    team = house.unit()
    _returns(team, 40, 10, callback=True)
    _returns(team, 42, 8, on=dt.date(2025, 10, 6))
    reader = house.member(team, Role.QUALITY)
    house.grant(reader.account, team, Role.DIRECTION)
    reader.client.post("/preferences/", {"language": language})
    answer = house.taken(reader.client, "/ecouter/fichier-du-jour/export.csv?periode=2025-11")
    with translation.override("de"):
        days = _csv(answer)
    column = {"en": "Asks to be called back", "fr": "Souhaite être rappelé"}[language]
    assert {row[column] for row in days} == {yes}
    answer = reader.client.get("/comprendre/rapports/export.csv?periode=2025-11")
    with translation.override("de"):
        first = _csv(answer)[0]
    assert first[{"en": "Certainty", "fr": "Certitude"}[language]] == certainty
    assert (
        first[{"en": "Breakdown", "fr": "Ventilation"}[language]]
        == {"en": "Whole", "fr": "Ensemble"}[language]
    )


def test_every_cell_of_a_file_stands_between_quotation_marks() -> None:
    lines = b"".join(csv_lines(["Day", "Text"], [[MONTH, 'un "mot"'], [None, 4.5]]))
    assert lines.decode("utf-8-sig") == ('"Day";"Text"\r\n"03/11/2025";"un ""mot"""\r\n"";"4,5"\r\n')


@pytest.mark.parametrize(("language", "said"), [("fr", "20\u00a0% des retours"), ("en", "20% of returns")])
def test_the_weight_of_a_line_is_its_share_of_all_the_returns(language: str, said: str) -> None:
    team = house.unit()
    _returns(team, 4, 2, reason=house.reason())
    _returns(team, 20, 4)
    reader = house.member(team, Role.DIRECTION)
    reader.client.post("/preferences/", {"language": language})
    assert said in reader.client.get("/comprendre/rapports/2025-11/").content.decode()


def test_the_text_of_a_return_is_the_one_of_its_first_question() -> None:
    team, survey = house.unit(), house.questionnaire()
    for position, name in enumerate(["why", "better"]):
        house.question(survey, name, scale=Question.Scale.TEXT, position=position)
    reader = house.member(team, Role.QUALITY)
    said = house.response(team, on=MONTH)
    for pk, name in ((1, "other"), (2, "better"), (3, "why"), (4, "verbatim")):
        house.verbatim(said, name, id=pk, question_key=name, polarity="negative" if pk == 4 else "positive")
    in_order = ["verbatim", "why", "better", "other"]
    assert [text.text for text in texts_of(reader.viewer, said)] == in_order
    row = _csv(house.taken(reader.client, "/ecouter/fichier-du-jour/export.csv?periode=2025-11-03"))[0]
    assert row["Texte"].split("\n") == in_order
    assert row["Ton"] == "Négatif"


def test_a_long_file_holds_each_return_once_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_AT_ONCE", 3)
    region = house.unit("north")
    teams = [house.unit("aa", region), house.unit("lys", region)]
    for day in (3, 4):
        for team in teams:
            for hour in (None, 9, None, 8, 9):
                at = dt.datetime(2025, 11, day, hour, tzinfo=dt.UTC) if hour else None
                house.response(team, on=dt.date(2025, 11, day), heard_at=at)
    reader = house.member(region, Role.QUALITY)
    filters = Filters(periods.month(2025, 11))
    _, rows = tables.daily(reader.viewer, filters)
    found = [(row[0], row[2], row[1]) for row in rows]
    hours = ["09:00", "10:00", "10:00", "", ""]
    assert found == [
        (dt.date(2025, 11, day), code, hour) for day in (3, 4) for code in ("aa", "lys") for hour in hours
    ]
    _, again = tables.daily(reader.viewer, filters)
    keys = [row[-1] for row in again]
    assert keys == [str(row.pk) for row in queries.daily_rows(reader.viewer, filters)]


def test_what_leaves_as_a_file_is_in_the_journal() -> None:
    team = house.unit()
    _returns(team, 5, 1)
    reader = house.member(team, Role.DIRECTION)
    house.grant(reader.account, team, Role.QUALITY)
    assert reader.client.get("/comprendre/rapports/export.xlsx?periode=2025-11").status_code == 200
    house.taken(reader.client, "/ecouter/fichier-du-jour/export.csv?periode=2025-11")
    with translation.override("fr"):
        told = [journal.sentence(entry) for entry in JournalEntry.objects.order_by("pk")]
    assert told == [
        "a exporté le fichier rapport-2025-11.xlsx (retours\u00a0: 6)",
        "a emporté le fichier fichier-du-jour-2025-11.csv (retours\u00a0: 6)\u00a0: «\u00a0"
        + house.PURPOSE
        + "\u00a0»",
    ]
    stranger = house.member(house.unit("aa"), Role.ADVISER)
    assert stranger.client.get("/ecouter/fichier-du-jour/export.csv").status_code == 404
    assert JournalEntry.objects.count() == 2


def test_under_five_texts_a_theme_has_no_tones_in_files_either() -> None:
    from python_calamine import CalamineWorkbook

    team = house.unit()
    reader = house.member(team, Role.DIRECTION)
    for code, times in (("delay", 4), ("welcome", 5)):
        for _ in range(times):
            text = house.verbatim(house.response(team, on=MONTH), read_at=timezone.now())
            house.annotation(
                text, Theme.objects.filter(code=code).first() or house.theme(code), polarity="negative"
            )
    answer = reader.client.get("/comprendre/rapports/export.xlsx?periode=2025-11")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = {row[0]: row[1:5] for row in book.get_sheet_by_index(2).to_python()[1:]}
    assert rows == {"welcome": [5, 5, 0, 0], "delay": [4, "", "", ""]}
