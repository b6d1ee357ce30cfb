from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from tests import house
from tests.guards import HouseClient
from visavis.web import errors
from visavis.web.slots import Slot, fill, filled

pytestmark = pytest.mark.django_db


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def one(page: BeautifulSoup, selector: str) -> Tag:
    """The one element there is."""
    (found,) = page.select(selector)
    return found


NAMES = {"fr": ("Clients", "Collaborateurs"), "en": ("Customers", "Employees")}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_catalogue_shows_both_voices_in_both_languages(language: str) -> None:
    member = house.member()
    member.client.cookies["visavis_language"] = language
    page = soup(member.client.get("/admin/pieces/"))
    shown = page.get_text()
    assert one(page, "html")["lang"] == language
    assert all(word in shown for word in NAMES[language])
    assert page.select('[data-voice="customer"]')
    assert page.select('[data-voice="employee"]')
    assert len(page.select("h1")) == 1


def test_no_english_is_left_in_the_french_catalogue() -> None:
    member = house.member()
    member.client.cookies["visavis_language"] = "fr"
    english = HouseClient()
    english.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    english.cookies["visavis_language"] = "en"
    french_words = {text.strip() for text in soup(member.client.get("/admin/pieces/")).stripped_strings}
    english_words = {text.strip() for text in soup(english.get("/admin/pieces/")).stripped_strings}
    alike = {word for word in french_words & english_words if any(letter.isalpha() for letter in word)}
    same = {
        "Vis-à-vis",
        "Français",
        "English",
        "Roubaix",
        # Names of the invented teams, and words that both languages share.
        *("Angers", "Rennes", "Brest", "Tours", "Scarpe", "Saint-Malo", "Question", "Action", "A", "mars"),
        "Chat",
        "Messages",
        "Import",
        *("PDF", "CSV", "E-mail"),
        "i",
        member.account.email.partition("@")[0],
        "@" + member.account.email.partition("@")[2],
    }
    assert {word for word in alike - same if not word.startswith(("/export", "M. B.", "Mme T."))} == set()


def test_every_id_of_the_catalogue_is_unique() -> None:
    ids = [tag["id"] for tag in soup(house.member().client.get("/admin/pieces/")).select("[id]")]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_a_marker_hides_what_rests_on_too_few() -> None:
    page = soup(house.member().client.get("/admin/pieces/"))
    full, indicative, hidden = (marker.get_text(" ", strip=True) for marker in page.select(".marker"))
    assert "47" in full
    assert "de 72 à" in full
    assert "indicatif" in indicative
    assert "il en faut 5" in hidden
    assert "%" not in hidden


def test_a_masked_figure_is_not_in_the_source_of_the_page_either() -> None:
    hidden = soup(house.member().client.get("/admin/pieces/")).select(".marker")[2]
    assert {name: value for name, value in hidden.attrs.items() if name.startswith("data-") and value} == {
        "data-n": "3"
    }


def test_the_catalogue_asks_to_sign_in(client: Any) -> None:
    assert client.get("/admin/pieces/")["Location"].startswith("/compte/login/")


def test_filters_with_nonsense_say_so_and_show_the_default() -> None:
    page = soup(house.member().client.get("/admin/pieces/?periode=demain&canal=fax&perimetre=/x/"))
    sentences = [message.get_text(strip=True) for message in page.select(".main > .messages .message")]
    assert len(sentences) == 3
    assert one(page, "#filter-periode option[selected]")["value"] == "3m"


def test_htmx_gets_the_part_and_everyone_else_the_page() -> None:
    client = house.member().client
    part = client.get("/admin/pieces/part/", headers={"hx-request": "true"})
    page = client.get("/admin/pieces/part/")
    again = client.get(
        "/admin/pieces/part/", headers={"hx-request": "true", "hx-history-restore-request": "true"}
    )
    assert not soup(part).select("html")
    assert soup(page).select("html")
    assert one(soup(part), "#late") == one(soup(page), "#late")
    assert b"<html" in again.content
    assert "HX-Request" in part["Vary"]


def test_a_form_with_errors_says_each_beside_its_field_and_all_on_top() -> None:
    answer = house.member().client.post("/admin/pieces/try/", {"mark": "9"})
    page = soup(answer)
    assert answer.status_code == 422
    links = [link["href"] for link in page.select(".error-summary a")]
    assert links == ["#id_reply", "#id_mark_0"]
    for link in links:
        assert page.select_one(str(link))
    reply, summary = one(page, "#id_reply"), one(page, ".error-summary")
    assert reply["aria-invalid"] == "true"
    assert one(page, f"#{reply['aria-describedby']}").get_text(strip=True)
    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"


def test_a_message_follows_a_part_as_a_toast_and_a_page_under_its_title() -> None:
    client = house.member().client
    good = {"reply": "Merci", "mark": "4"}
    part = soup(client.post("/admin/pieces/try/", good, headers={"hx-request": "true"}))
    page = soup(client.post("/admin/pieces/try/", good))
    toast, message = one(part, "[hx-swap-oob] .message"), one(page, ".main > .messages .message")
    assert toast["data-level"] == message["data-level"] == "success"
    assert "Compris." in toast.get_text()


def test_choosing_without_an_account_is_kept_in_the_browser_and_works_on_the_sign_in_page(
    client: Any,
) -> None:
    client.post("/preferences/", {"theme": "dark", "next": "/compte/login/"})
    client.post("/preferences/", {"language": "en", "next": "/compte/login/"})
    page = soup(client.get("/compte/login/"))
    html = one(page, "html")
    assert (html["data-theme"], html["lang"]) == ("dark", "en")


def test_choosing_with_an_account_follows_the_person_to_another_device() -> None:
    member = house.member()
    member.client.post("/preferences/", {"theme": "dark"})
    member.client.post("/preferences/", {"language": "en"})
    member.client.post("/preferences/", {"keys": "off"})
    elsewhere = HouseClient()
    elsewhere.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    html = one(soup(elsewhere.get("/aide/")), "html")
    assert (html["data-theme"], html["lang"], html["data-keys"]) == ("dark", "en", "off")


@pytest.mark.parametrize("bad", [{"theme": "neon"}, {"language": "xx"}, {"keys": "maybe"}, {}])
def test_a_choice_that_does_not_exist_changes_nothing(bad: dict[str, str]) -> None:
    member = house.member()
    answer = member.client.post("/preferences/", bad)
    member.account.refresh_from_db()
    assert (member.account.theme, member.account.language, member.account.shortcuts) == ("system", "", True)
    assert not {"visavis_theme", "visavis_language", "visavis_keys"} & set(answer.cookies)


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "javascript:go()", "\\\\evil.example"]
)
def test_choosing_never_leads_away_from_the_house(client: Any, away: str) -> None:
    assert client.post("/preferences/", {"theme": "dark", "next": away})["Location"] == "/"


def test_the_person_stands_at_the_bottom_with_her_role() -> None:
    team = house.unit(name="Équipe Lys")
    who = house.person(name="Inès Morel", form="Conseillère")
    house.assignment(who, team)
    page = soup(house.member(team, who=who).client.get("/aide/"))
    assert one(page, ".person").get_text(" ", strip=True) == "Inès Morel Conseillère · Équipe Lys"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 503])
def test_an_error_page_says_a_sentence_and_a_way_on(status: int, language: str) -> None:
    request = RequestFactory().get("/")
    with translation.override(language):
        page = soup(errors._page(request, status))
    assert len(one(page, "h1").get_text()) > 10
    assert one(page, 'main a[href="/"]')


def test_not_yours_and_does_not_exist_read_alike(settings: Any) -> None:
    request = RequestFactory().get("/x/")
    refused, absent = errors.refused(request, exception=PermissionDenied()), errors.not_found(request)
    token = one(soup(absent), "form [name=csrfmiddlewaretoken]")["value"]
    other = one(soup(refused), "form [name=csrfmiddlewaretoken]")["value"]
    assert refused.status_code == absent.status_code == 404
    assert refused.content.replace(str(other).encode(), b"") == absent.content.replace(
        str(token).encode(), b""
    )


def test_our_own_fault_gives_a_number_that_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    page = soup(errors.broken(RequestFactory().get("/x/")))
    assert one(page, "main .numeric").get_text(strip=True) in caplog.text


def test_our_own_fault_is_told_even_when_the_page_of_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(request: HttpRequest, status: int, **context: str) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr(errors, "_page", fails)
    answer = errors.broken(RequestFactory().get("/x/"))
    assert answer.status_code == 500
    assert b"Erreur" in answer.content


def test_a_higher_floor_fills_a_slot_without_being_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visavis.web.slots._FILLED", {})
    fill(Slot.FOOT, "web/brand.html")
    fill(Slot.FOOT, "web/brand.html")
    assert filled() == {"banner": (), "side": (), "foot": ("web/brand.html",)}
    page = soup(house.member().client.get("/aide/"))
    assert len(page.select(".page-foot .brand-customers")) == 1


@pytest.mark.parametrize("here", ["abc", "web:help", "?x=1", "//example.org/", "/\\example.org", "\x00"])
def test_preferences_lead_back_to_an_address_of_here_or_to_the_first_page(here: str) -> None:
    member = house.member()
    assert member.client.post("/preferences/", {"theme": "dark", "next": here})["Location"] == "/"
