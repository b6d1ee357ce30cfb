"""Correcting a reading in one tap, with and without scripts; one return; who sees which part of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import expect

from tests import house
from tests.browser import axe_violations, fresh_page, signed_in
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.returns.feelings import record_feeling
from visavis.listen.returns.models import Verbatim
from visavis.listen.surveys.models import Question
from visavis.moments.exchanges.models import Interaction
from visavis.people.access.models import JournalEntry
from visavis.understand.verbatims.cards import Card, cards, offer
from visavis.understand.verbatims.models import Annotation

pytestmark = pytest.mark.django_db

LIST = "/ecouter/retours/"
AT = dt.datetime(2025, 11, 30, tzinfo=dt.UTC)
HTMX = {"hx-request": "true"}


def _said(where: Any, text: str = "Délai trop long, mais accueil parfait.", **fields: Any) -> Verbatim:
    facts = {"read_at": AT, "read_by": "1", "certainty": 0.5, "language": "fr", "polarity": "negative"}
    read = house.verbatim(house.response(where, satisfaction=2, **fields), text, **facts)
    house.annotation(read, house.theme("delay"), polarity="negative", certainty=0.9, evidence=[[0, 5]])
    return read


def _correct(text: Verbatim) -> str:
    return f"{LIST}textes/{text.pk}/lecture/"


def _add(text: Verbatim) -> str:
    return f"{LIST}textes/{text.pk}/theme/"


def _soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def _bare(piece: Tag | None) -> str:
    """A piece of page without what is drawn anew for each answer, or only moves the focus."""
    assert piece is not None
    for token in piece.select("[name=csrfmiddlewaretoken]"):
        token["value"] = ""
    for each in [piece, *piece.select("[autofocus]")]:
        each.attrs.pop("autofocus", None)
        if each.name in {"li", "div"}:
            each.attrs.pop("tabindex", None)
    return " ".join(piece.decode().split())


@pytest.fixture
def manager() -> Any:
    """A manager, with her team under ``manager.team``."""
    team = house.unit()
    return house.member(team, Role.MANAGER), team


def test_one_tap_corrects_the_tone_and_a_person_wins(manager: Any) -> None:
    who, team = manager
    text = _said(team)
    answer = who.client.post(_correct(text), {"reading": "-:positive", "next": f"{LIST}?ton=negatif"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?ton=negatif#text-{text.pk}")
    text.refresh_from_db()
    assert (text.polarity, text.corrected, text.certainty) == ("positive", True, 1.0)
    assert JournalEntry.objects.get().verb == "verbatims.tone_corrected"


def test_one_tap_says_that_a_theme_is_not_there(manager: Any) -> None:
    who, team = manager
    text = _said(team)
    who.client.post(_correct(text), {"reading": "delay:absent"})
    told = Annotation.objects.current().get(verbatim=text)
    assert (told.by, told.refused) == (Annotation.By.HUMAN, True)
    listed = _soup(who.client.get(LIST)).select_one("ol.returns")
    assert listed is not None
    assert "delay" not in " ".join(token.get_text() for token in listed.select(".token"))
    assert not listed.select("mark")


def test_a_theme_is_added_with_its_tone(manager: Any) -> None:
    who, team = manager
    text = _said(team)
    house.theme("welcome", house.theme("people"))
    form = who.client.get(_add(text))
    options = [option["value"] for option in _soup(form).select("select[name=theme] optgroup option")]
    assert options == ["welcome"]
    answer = who.client.post(_add(text), {"theme": "welcome", "polarity": "positive"})
    assert answer["Location"] == f"{LIST}{text.response_id}/#text-{text.pk}"
    told = Annotation.objects.current().get(theme__code="welcome")
    assert (told.polarity, told.by) == (Polarity.POSITIVE, Annotation.By.HUMAN)


@pytest.mark.parametrize(
    "reading", ["", "x", "-:absent", "delay:", "nowhere:positive", "delay:joyful", "-", ":", "\0"]
)
def test_what_is_not_a_correction_changes_nothing(manager: Any, reading: str) -> None:
    who, team = manager
    text = _said(team)
    answer = who.client.post(_correct(text), {"reading": reading})
    assert answer.status_code == 422
    assert _soup(answer).select(".message[data-level=error]")
    text.refresh_from_db()
    assert not text.corrected
    bad = who.client.post(_add(text), {"theme": "nowhere", "polarity": "positive"})
    assert bad.status_code == 422


@pytest.mark.parametrize("reading", ["-:positive", "delay:positive", "delay:absent"])
def test_a_text_that_has_just_changed_is_refused_politely(manager: Any, reading: str) -> None:
    who, team = manager
    text = _said(team)
    Verbatim.objects.update(text="Merci.", read_at=None, polarity="")
    for url, data in (
        (_correct(text), {"reading": reading}),
        (_add(text), {"theme": "delay", "polarity": "positive"}),
    ):
        answer = who.client.post(url, data)
        assert answer.status_code == 422
        assert "n’a pas encore été lu" in answer.content.decode()
    assert not Annotation.objects.filter(by=Annotation.By.HUMAN).exists()


@pytest.mark.parametrize("reading", ["-:positive", "delay:positive", "delay:absent"])
def test_swapping_a_row_leaves_it_as_a_fresh_visit_would_show_it(manager: Any, reading: str) -> None:
    who, team = manager
    text, other = _said(team), _said(team, "Un autre délai.")
    here = f"{LIST}?periode=2025-12&q=delai"
    answer = who.client.post(_correct(text), {"reading": reading, "next": here}, headers=HTMX)
    assert answer["HX-Trigger"] == "corrected"
    swapped = _soup(answer).select_one(f"#text-{text.pk}")
    fresh = _soup(who.client.get(here))
    assert _bare(swapped) == _bare(fresh.select_one(f"#text-{text.pk}"))
    counts = _soup(who.client.get(here, headers=HTMX))
    assert _bare(counts.select_one("#facets")) == _bare(fresh.select_one("#facets"))
    assert counts.select_one("#standing[hx-swap-oob]")
    assert not counts.select(f"#text-{other.pk}")


def test_correcting_on_the_page_of_a_return_leaves_it_as_a_fresh_visit_would_show_it(manager: Any) -> None:
    who, team = manager
    text = _said(team)
    here = f"{LIST}{text.response_id}/"
    answer = who.client.post(_correct(text), {"reading": "delay:positive", "next": here}, headers=HTMX)
    fresh = _soup(who.client.get(here)).select_one("#return")
    assert _bare(_soup(answer).select_one("#return")) == _bare(fresh)
    assert fresh is not None
    assert "le thème «\u00a0delay\u00a0» y est, positif" in fresh.get_text()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/compte/logout/", "javascript:x", ""]
)
def test_a_correction_never_leads_out_of_here(manager: Any, elsewhere: str) -> None:
    who, team = manager
    text = _said(team)
    answer = who.client.post(_correct(text), {"reading": "-:neutral", "next": elsewhere})
    assert answer["Location"] == f"{LIST}{text.response_id}/#text-{text.pk}"


def test_without_the_right_no_control_is_shown_and_the_gesture_does_not_exist() -> None:
    team = house.unit()
    text = _said(team)
    absent = f"{LIST}textes/987654321/lecture/"
    direction = house.member(house.company(), Role.DIRECTION)
    page = direction.client.get(LIST)
    assert not _soup(page).select("form[action*=lecture], [data-add]")
    assert _soup(page).select("blockquote")
    for url in (_correct(text), _add(text)):
        assert direction.client.post(url, {"reading": "-:positive"}).status_code == 404
    assert direction.client.post(absent, {}).status_code == 404
    house.grant(direction.account, house.unit(), Role.MANAGER)
    assert direction.client.post(_correct(text), {"reading": "-:positive"}).status_code == 404
    assert not Annotation.objects.filter(by=Annotation.By.HUMAN).exists()


def _exchange(team: Any, who: Any) -> Interaction:
    before = house.interaction(team, who, on=dt.date(2025, 11, 20), channel=house.channel("mail"))
    return house.interaction(
        team, who, reason=house.reason("claim"), level=house.level("n2"), wait_s=150, previous=before
    )


def test_one_return_says_its_marks_its_exchange_and_its_history(manager: Any) -> None:
    who, team = manager
    contact = _exchange(team, house.person())
    text = _said(
        team, interaction=contact, channel=contact.channel, reason=contact.reason, level=contact.level
    )
    labels = {"fr": ["Très mal", "Mal", "Moyen", "Bien", "Très bien"]}
    survey = house.questionnaire()
    house.answer(
        text.response, house.question(survey, "clarity", wording={"fr": "Était-ce clair ?"}, labels=labels), 2
    )
    solved = house.question(survey, "solved", scale=Question.Scale.YES_NO, wording={"fr": "Résolu ?"})
    house.answer(text.response, solved, 0)
    who.client.post(_correct(text), {"reading": "-:mixed"})
    said = (
        _soup(who.client.get(f"{LIST}{text.response_id}/")).get_text(" ", strip=True).replace("\u00a0", " ")
    )
    for words in (
        "Était-ce clair ? 2 sur 5 · Mal",
        "Résolu ? non",
        "Attente 2 min 30 s",
        "Échange précédent mail, 20 novembre 2025",
    ):
        assert words in said
    assert f"{who.account.email} : le ton du texte est mitigé" in said
    assert "Moteur : a lu avec la version 1" in said


def test_the_name_of_who_corrected_is_for_those_who_correct(manager: Any) -> None:
    who, team = manager
    text = _said(team)
    who.client.post(_correct(text), {"reading": "-:mixed"})
    direction = house.member(house.company(), Role.DIRECTION)
    page = direction.client.get(f"{LIST}{text.response_id}/").content.decode()
    assert who.account.email not in page
    assert "Une personne" in page


def test_the_adviser_reads_her_return_and_her_own_ressenti_nobody_else_does(manager: Any) -> None:
    who, team = manager
    ines, paul = house.person(name="Inès Morel"), house.person(name="Paul Petit")
    adviser, colleague = (house.member(team, Role.ADVISER, each) for each in (ines, paul))
    contact = house.interaction(team, ines)
    record_feeling(by=adviser.viewer, interaction=contact, feeling=2, at=AT)
    text = _said(team, interaction=contact, person=ines)
    url = f"{LIST}{text.response_id}/"
    hers = adviser.client.get(url).content.decode()
    assert "Votre ressenti" in hers
    assert "Difficile" in hers
    assert "vous-même" in hers
    assert colleague.client.get(url).status_code == 404
    assert adviser.client.get(LIST).status_code == 404
    managers = who.client.get(url).content.decode()
    assert "ressenti" not in managers.lower()
    assert "Difficile" not in managers
    feeling = contact.pk
    assert who.client.get(f"{LIST}{feeling}/").status_code == 404


def test_a_return_of_an_employee_has_no_page_even_for_its_author() -> None:
    team, ines = house.unit(), house.person()
    adviser = house.member(team, Role.ADVISER, ines)
    said = house.response(team, Voice.EMPLOYEE, author=ines, person=None)
    assert adviser.client.get(f"{LIST}{said.pk}/").status_code == 404


def test_a_return_without_words_has_its_page(manager: Any) -> None:
    who, team = manager
    said = house.response(team, satisfaction=4)
    assert "Le client n’a pas laissé de mots." in who.client.get(f"{LIST}{said.pk}/").content.decode()


def test_the_card_of_a_case_is_for_whoever_may_treat_it(manager: Any) -> None:
    who, team = manager
    text = _said(team)
    case = house.case(text.response, due_on=dt.date(2025, 12, 2))
    url = f"{LIST}{text.response_id}/"
    assert f'href="/agir/dossiers/{case.pk}/"' in who.client.get(url).content.decode()
    direction = house.member(house.company(), Role.DIRECTION)
    assert "/agir/dossiers/" not in direction.client.get(url).content.decode()


def test_a_higher_floor_adds_its_card() -> None:
    viewer, said = house.viewer(house.company()), house.response(house.unit())
    before = cards(viewer, said)
    offer("tests", lambda _viewer, found: Card("Titre", f"{found.pk}"))
    assert cards(viewer, said) == [*before, Card("Titre", f"{said.pk}")]
    offer("tests", lambda _viewer, _found: None)
    assert cards(viewer, said) == before


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
@pytest.mark.parametrize("role", [Role.MANAGER, Role.DIRECTION])
def test_the_pages_are_accessible_and_fit(
    chromium: Any, live_server: Any, transactional_db: None, role: Role, width: int, scheme: str
) -> None:
    team = house.unit()
    contact = _exchange(team, house.person())
    text = _said(team, interaction=contact)
    house.answer(text.response, house.question(house.questionnaire()), 2)
    reader = house.member(team, role)
    urls = [f"{LIST}?ton=negatif&q=delai", f"{LIST}?ton=positif", f"{LIST}{text.response_id}/"]
    urls += [_add(text)] if role == Role.MANAGER else []
    with fresh_page(chromium, viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        signed_in(page, reader.client, live_server.url)
        for url in urls:
            page.goto(live_server.url + url)
            assert not axe_violations(page), url
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), url


@pytest.mark.browser
def test_a_correction_in_the_browser_is_two_taps_and_keeps_the_place(
    page: Any, live_server: Any, transactional_db: None
) -> None:
    team = house.unit()
    text = _said(team)
    house.theme("welcome", house.theme("people"))
    reader = house.member(team, Role.MANAGER)
    signed_in(page, reader.client, live_server.url).goto(live_server.url + LIST)
    row = page.locator(f"#text-{text.pk}")
    assert page.locator("#facets").get_by_text("Négatif").count() == 1
    row.locator("summary").first.click()
    row.get_by_role("button", name="Positif").first.click()
    page.wait_for_selector("#facets .token[data-tone=positive]")
    expect(row).to_be_focused()
    expect(row.locator("summary .token").first).to_have_attribute("data-tone", "positive")
    row.get_by_text("Ajouter un thème").click()
    row.locator("select[name=theme]").select_option("welcome")
    row.locator("select[name=polarity]").select_option("positive")
    row.get_by_role("button", name="Ajouter ce thème").click()
    row.locator("summary", has_text="welcome").wait_for()
    assert Verbatim.objects.get(pk=text.pk).polarity == "positive"
    assert not axe_violations(page)
