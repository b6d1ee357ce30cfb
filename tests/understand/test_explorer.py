"""The explorer: who reads what, facets that count what they give, searches, hostile addresses, exports."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from tests import house
from tests.shared import shared_path
from visavis.core.words import Role, Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.models import JournalEntry
from visavis.text.searching import parse
from visavis.understand.verbatims.chosen import Chosen, tally
from visavis.understand.verbatims.facets import FACETS
from visavis.understand.verbatims.marking import Evidence, shown
from visavis.understand.verbatims.models import Annotation

URL = "/ecouter/retours/"
AT = dt.datetime(2025, 11, 30, tzinfo=dt.UTC)


def _said(where: Any, text: str, **fields: Any) -> Any:
    """A return with a text that was read."""
    of_return = {
        name: fields.pop(name)
        for name in (
            "satisfaction", "product", "source", "channel", "reason", "person", "voice", "on", "author",
        )
        if name in fields
    }  # fmt: skip
    facts = {"read_at": AT, "read_by": "1", "certainty": 0.9, "language": "fr", "polarity": "negative"}
    return house.verbatim(house.response(where, **of_return), text, **facts | fields)


def _soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def _texts(answer: Any) -> list[str]:
    return [" ".join(each.get_text().split()) for each in _soup(answer).select("blockquote")]


def _facets(answer: Any) -> dict[str, tuple[str, int]]:
    """Words of each facet -> where it leads, and how many it says it gives."""
    found = {}
    for link in _soup(answer).select("#facets li > a[href]"):
        number = link.select_one(".number")
        if number:
            label = link.get_text(" ", strip=True).removesuffix(number.get_text()).strip()
            found[label.replace("\u00a0", " ")] = (str(link["href"]), int(number.get_text()))
    return found


def _csv(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def reader() -> Any:
    """A quality manager over the whole company."""
    return house.member(house.company(), Role.QUALITY)


pytestmark = pytest.mark.django_db


def test_the_latest_texts_come_first_with_their_reading(reader: Any) -> None:
    team = house.unit()
    _said(team, "Délai trop long.", on=dt.date(2025, 11, 3), satisfaction=1)
    late = _said(team, "Accueil parfait.", on=dt.date(2025, 11, 5), satisfaction=5, polarity="positive")
    house.annotation(late, house.theme("welcome"), polarity="positive", certainty=0.4, evidence=[[0, 7]])
    page = _soup(reader.client.get(URL))
    rows = page.select("ol.returns > li")
    assert ["Accueil parfait." in rows[0].get_text(), "Délai" in rows[1].get_text()] == [True, True]
    assert [mark.get_text() for mark in rows[0].select("mark")] == ["Accueil"]
    theme = rows[0].select_one("summary .token[data-unsure]")
    assert theme is not None
    assert theme.get_text() == "+\u00a0welcome"
    assert "certitude 0,90" in rows[0].get_text()
    assert "5\u00a0sur\u00a05" in rows[0].get_text()


def test_what_was_written_is_never_markup(reader: Any) -> None:
    text = _said(house.unit(), "<script>alert(1)</script> délai <b>long</b>")
    house.annotation(text, house.theme("<i>x"), polarity="negative", evidence=[[0, 8]])
    body = reader.client.get(f"{URL}?q=script").content.decode()
    assert "<script>alert" not in body
    assert "<b>long" not in body
    assert "<i>x" not in body


def test_owner_neighbour_and_stranger() -> None:
    them = house.cast(Role.MANAGER)
    text = _said(them.ours, "Un retour de notre équipe.")
    assert _texts(them.owner.client.get(URL))
    assert not _texts(them.neighbour.client.get(URL))
    assert them.stranger.client.get(URL).status_code == 404
    scoped = them.neighbour.client.get(f"{URL}?perimetre={them.ours.code}").content.decode()
    unknown = them.neighbour.client.get(f"{URL}?perimetre=nowhere").content.decode()
    hidden = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
    code = re.compile(rf"{them.ours.code}(?!b)")
    assert code.sub("", hidden.sub("", scoped)) == hidden.sub("", unknown).replace("nowhere", "")
    one = f"{URL}{text.response_id}/"
    assert them.owner.client.get(one).status_code == 200
    assert them.neighbour.client.get(one).status_code == 404


def test_advisers_are_named_to_whoever_may_know_on_that_branch() -> None:
    team, elsewhere = house.unit(), house.unit()
    adviser = house.person(name="Inès Morel")
    text = _said(team, "Merci.", person=adviser)
    one = f"{URL}{text.response_id}/"
    manager, direction = house.member(team, Role.MANAGER), house.member(house.company(), Role.DIRECTION)
    for url in (URL, one):
        assert "Inès Morel" in manager.client.get(url).content.decode()
        assert "Inès Morel" not in direction.client.get(url).content.decode()
    assert _csv(house.taken(manager.client, f"{URL}export.csv"))[0]["Conseiller"] == "Inès Morel"
    assert _csv(house.taken(direction.client, f"{URL}export.csv"))[0]["Conseiller"] == ""
    house.grant(direction.account, elsewhere, Role.MANAGER)
    assert "Inès Morel" not in direction.client.get(URL).content.decode()


def test_no_word_of_an_employee_is_ever_listed(reader: Any) -> None:
    team = house.unit()
    said = house.response(team, Voice.EMPLOYEE, author=house.person())
    house.verbatim(said, "Plannings changés trop tard.", read_at=AT)
    assert "Plannings" not in reader.client.get(URL).content.decode()
    assert "Plannings" not in reader.client.get(f"{URL}?voix=collaborateurs").content.decode()
    assert reader.client.get(f"{URL}{said.pk}/").status_code == 404
    assert not _csv(house.taken(reader.client, f"{URL}export.csv?textes=sans"))


def _varied() -> None:
    team = house.unit()
    for number in range(24):
        text = _said(
            team,
            f"Texte {number} délai sinistre.",
            satisfaction=[None, 1, 2, 4, 5][number % 5],
            product=["auto", "santé", ""][number % 3],
            source=["survey", "review"][number % 2],
            polarity=["negative", "neutral", "positive", "mixed"][number % 4],
            language=["fr", "en"][number % 7 == 0],
            intensity=number % 5,
            churn=number % 6 == 0,
            callback=number % 8 == 0,
            repeat=number % 5 == 0,
            certainty=[0.3, 0.95][number % 3 > 0],
            corrected=number % 9 == 0,
        )
        top = house.theme("follow")
        for code in {f"leaf{number % 3}", f"leaf{number % 2}"}:
            house.annotation(text, house.theme(code, top), polarity="negative", certainty=0.8)
    house.response(team, satisfaction=3, callback=True)
    house.response(team)


@pytest.mark.parametrize(
    "start", ["", "?ton=negatif", "?note=1&intense=oui", "?theme=leaf1&relire=oui", "?textes=sans"]
)
def test_each_facet_gives_as_many_rows_as_it_says_and_can_be_taken_back(reader: Any, start: str) -> None:
    _varied()
    first = reader.client.get(URL + start)
    facets = _facets(first)
    assert facets
    for label, (url, number) in facets.items():
        there = reader.client.get(url)
        if "choisi" in label:
            continue
        assert (label, len(_soup(there).select("ol.returns > li"))) == (label, number)
        back = [href for name, (href, _) in _facets(there).items() if "choisi" in name]
        added = set(parse_qs(url.partition("?")[2])) - set(parse_qs(start.removeprefix("?"))) - {"periode"}
        if added:
            assert any(_texts(reader.client.get(href)) == _texts(first) for href in back)


def test_answers_to_a_mirror_study_are_counted_and_listed_for_who_asks_that_source_only(reader: Any) -> None:
    team, theme = house.unit(), house.theme("delay", house.theme("follow"))
    for words, source in (("Délai court.", "survey"), ("Délai long.", "mirror"), ("Délai moyen.", "mirror")):
        house.annotation(_said(team, words, source=source), theme, polarity="neutral")
    house.response(team, source="mirror")
    usual, bare = reader.client.get(URL), reader.client.get(f"{URL}?textes=sans")
    assert _texts(usual) == ["« Délai court. »"]
    assert _facets(usual)["delay"][1] == _facets(usual)["Français"][1] == 1
    assert not _soup(bare).select("ol.returns > li")
    assert len(_csv(house.taken(reader.client, f"{URL}export.csv"))) == 1
    for page, number in ((usual, 2), (bare, 1)):
        url, counted = _facets(page)["Étude miroir"]
        assert counted == len(_soup(reader.client.get(url)).select("ol.returns > li")) == number


def test_the_first_level_counts_each_text_once(reader: Any) -> None:
    _varied()
    assert _facets(reader.client.get(URL))["Tout le thème"][1] == 24


def test_returns_without_text_have_their_own_view(reader: Any) -> None:
    _varied()
    page = _soup(reader.client.get(f"{URL}?textes=sans"))
    assert "2 retours sans texte" in page.get_text().replace("\u00a0", " ")
    assert len(page.select("ol.returns > li")) == 2


def test_all_words_of_a_search_must_be_there_whatever_their_accents(reader: Any) -> None:
    team = house.unit()
    _said(team, "Le DÉLAI de mon sinistre.")
    _said(team, "Un délai seulement.")
    answer = reader.client.get(f"{URL}?q=sinistre+delai")
    assert _texts(answer) == ["« Le DÉLAI de mon sinistre. »"]
    assert [mark.get_text() for mark in _soup(answer).select("blockquote mark")] == ["DÉLAI", "sinistre"]


def test_signs_of_a_pattern_are_no_pattern(reader: Any) -> None:
    team = house.unit()
    for text in ("Satisfait à 100%.", "Mille fois merci, 1000."):
        _said(team, text)
    for search in ("100%", "100\\", "100_"):
        assert _texts(reader.client.get(URL, {"q": search})) == ["« Satisfait à 100%. »"]


def test_filters_and_facets_hold_together_in_every_link(reader: Any) -> None:
    team = house.unit("lys")
    _said(team, "Téléphone.", channel=house.channel("phone"), satisfaction=1)
    _said(team, "Mail.", channel=house.channel("mail"), satisfaction=1)
    answer = reader.client.get(f"{URL}?perimetre=lys&canal=phone&periode=2025-12")
    assert _texts(answer) == ["« Téléphone. »"]
    url, number = _facets(answer)["1 sur 5"]
    assert number == 1
    assert {"perimetre=lys", "canal=phone", "periode=2025-12", "note=1"} <= set(
        url.partition("?")[2].split("&")
    )


def test_pages_follow_each_other_without_loss(reader: Any) -> None:
    team = house.unit()
    for number in range(60):
        _said(team, f"Texte {number:02d}.", on=dt.date(2025, 11, 1 + number % 9))
    pages = [_texts(reader.client.get(f"{URL}?page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({text for page in pages for text in page}) == 60


def test_without_a_recent_return_the_last_month_with_one_is_shown(reader: Any) -> None:
    _said(house.unit(), "Vieux retour.", on=dt.date(2021, 2, 3))
    assert "février\u00a02021" in reader.client.get(URL).content.decode()
    assert _texts(reader.client.get(URL))


def test_an_empty_company_is_told_what_will_come(reader: Any) -> None:
    assert "Rien n’a encore été entendu" in reader.client.get(URL).content.decode()


def test_what_stands_out_is_said_with_n_and_interval(reader: Any) -> None:
    _varied()
    page = reader.client.get(URL).content
    house.assert_scores_carry_n_and_interval(page, at_least=0)
    drawn = _soup(reader.client.get(URL)).select_one("#standing")
    assert drawn is not None
    assert re.search(r"de \d+ à \d+", drawn.get_text())


def test_no_arrow_without_a_change_that_its_interval_carries(reader: Any) -> None:
    team, theme = house.unit(), house.theme("delay")
    for month, told in ((10, 20), (11, 22)):
        for number in range(60):
            text = _said(team, "Délai.", on=dt.date(2025, month, 5))
            if number < told:
                house.annotation(text, theme, polarity="negative")
    page = reader.client.get(f"{URL}?periode=2025-11").content.decode()
    assert "▲" not in page
    for number in range(60, 160):
        text = _said(team, f"Délai {number}.", on=dt.date(2025, 11, 6))
        house.annotation(text, theme, polarity="negative")
    assert "▲" in reader.client.get(f"{URL}?periode=2025-11").content.decode()


def test_the_export_is_the_screen(reader: Any) -> None:
    _varied()
    query = "?ton=negatif&source=survey"
    screen = _texts(reader.client.get(URL + query))
    rows = _csv(house.taken(reader.client, f"{URL}export.csv{query}"))
    assert [f"« {row['Texte']} »" for row in rows] == screen
    assert {row["Ton"] for row in rows} == {"Négatif"}
    assert all("leaf" in row["Thèmes"] for row in rows)
    told = JournalEntry.objects.get(verb="verbatims.taken")
    assert told.words == {"number": len(rows), "form": "csv", "reason": house.PURPOSE}


def test_a_long_export_keeps_the_order_and_every_row(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visavis.understand.verbatims.tables._AT_ONCE", 7)
    team = house.unit()
    for number in range(40):
        _said(team, f"Texte {number:02d}.", on=dt.date(2025, 11, 1 + number % 5))
    screen = [text for page in (1, 2) for text in _texts(reader.client.get(f"{URL}?page={page}"))]
    assert [f"« {row['Texte']} »" for row in _csv(house.taken(reader.client, f"{URL}export.csv"))] == screen


def test_the_workbook_holds_the_same_rows(reader: Any) -> None:
    from python_calamine import CalamineWorkbook

    _varied()
    answer = house.taken(reader.client, f"{URL}export.xlsx?ton=positif")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + len(_texts(reader.client.get(f"{URL}?ton=positif")))


def test_strings_that_break_others_break_nothing_here(reader: Any) -> None:
    _said(house.unit(), "Délai.")
    lines = shared_path("data", "trust", "strings", "blns.jsonl").read_text(encoding="utf-8").splitlines()
    lines += (
        shared_path("data", "trust", "strings", "nullbytes.jsonl").read_text(encoding="utf-8").splitlines()
    )
    keys = [
        "q",
        "theme",
        "ton",
        "note",
        "produit",
        "source",
        "langue",
        "page",
        "textes",
        "periode",
        "perimetre",
    ]
    for number, line in enumerate(lines):
        found = json.loads(line)
        text = (
            next(value for value in found.values() if isinstance(value, str))
            if isinstance(found, dict)
            else str(found)
        )
        query = {keys[number % len(keys)]: text.encode("utf-8", "replace").decode()}
        if number % len(keys) == 0 or number % 10 == 0:
            query["q"] = text.encode("utf-8", "replace").decode()
        assert reader.client.get(URL, query).status_code == 200, query


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "-1"])
def test_a_return_that_cannot_exist_is_not_found(reader: Any, number: str) -> None:
    assert reader.client.get(f"{URL}{number}/").status_code == 404


@given(
    text=st.text(max_size=80),
    spans=st.lists(st.tuples(st.integers(-3, 90), st.integers(-3, 90)), max_size=4),
    typed=st.text(max_size=12),
)
def test_pieces_side_by_side_are_the_text(text: str, spans: list[tuple[int, int]], typed: str) -> None:
    cut = shown(text, [Evidence(*span) for span in spans], parse(typed))
    assert "".join(piece.text for piece in cut.pieces) == text


@given(text=st.text(alphabet="ab é", min_size=0, max_size=300), longest=st.integers(50, 120))
def test_a_long_text_is_cut_around_what_was_found(text: str, longest: int) -> None:
    cut = shown(text, (), parse("bb"), longest=longest)
    visible = "".join(piece.text for piece in cut.pieces)
    assert visible in text
    assert len(visible) <= max(longest, 40) + 40
    if "bb" in text.split():
        assert any(piece.found for piece in cut.pieces)


def test_a_facet_ignores_its_own_choice_and_obeys_the_others() -> None:
    facets = [facet.key for facet in FACETS]

    def cell(**told: Any) -> list[Any]:
        usual = {"ton": "negative", "note": 1, "source": "survey", "produit": "auto", "langue": "fr"}
        return [(usual | told).get(key, False) for key in facets]

    cells = [[*cell(), 3], [*cell(ton="positive"), 5], [*cell(ton="positive", note=5), 7]]
    counts = tally(cells, Chosen(words={"ton": "negatif"}))
    assert counts["ton"] == {"negatif": 3, "positif": 12}
    assert counts["note"] == {"1": 3}
    assert counts[""][""] == 3


def test_readings_refused_or_replaced_are_not_counted(reader: Any) -> None:
    text = _said(house.unit(), "Délai.")
    theme = house.theme("delay")
    house.annotation(text, theme, polarity="negative", current=False)
    house.annotation(text, theme, by=Annotation.By.HUMAN, refused=True)
    soup = _soup(reader.client.get(URL))
    shown = [soup.select_one("#facets"), soup.select_one(f"#text-{text.pk}")]
    assert "delay" not in " ".join(part.get_text() for part in shown if part)
    assert all(shown)


@pytest.mark.django_db
def test_a_text_that_waits_to_be_read_again_speaks_of_nothing() -> None:
    team, delay = house.unit(), house.theme("delay", house.theme("follow"))
    for day, times in ((dt.date(2025, 11, 3), 6), (dt.date(2025, 10, 3), 6)):
        for _ in range(times):
            house.annotation(_said(team, "Délai long.", on=day), delay, polarity="negative")
    changed = _said(team, "Un autre texte.", on=dt.date(2025, 11, 4), read_at=None, polarity="")
    house.annotation(changed, delay, polarity="negative", evidence=[[0, 2]])
    reader = house.member(team, Role.MANAGER)
    page = reader.client.get(f"{URL}?periode=2025-11")
    assert _facets(page)["delay"][1] == 6
    assert len(_texts(page)) == 7
    assert len(_texts(reader.client.get(f"{URL}?periode=2025-11&theme=delay"))) == 6
    Verbatim.objects.update(read_at=None)
    blank = reader.client.get(f"{URL}?periode=2025-11")
    assert "delay" not in _facets(blank)
    assert not _soup(blank).select("mark")


@pytest.mark.parametrize("key", ["q", "theme", "note", "produit", "langue", "page", "periode", "perimetre"])
@pytest.mark.parametrize("value", ["\x00", "d\x00lai", "9" * 5000])
def test_nulls_and_endless_numbers_break_nothing(reader: Any, key: str, value: str) -> None:
    _said(house.unit(), "Délai.")
    assert reader.client.get(URL, {key: value}).status_code == 200
    assert reader.client.get(f"{URL}export.csv", {key: value}).status_code == 200
