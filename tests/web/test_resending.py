"""A form that came too late gives back what was typed, to whoever typed it on a page of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests import house
from tests.guards import HouseClient
from tests.house import Member
from tests.web.test_pages import one, soup
from visavis.core.words import Role

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver"}
SAID = "Trois clients m’ont dit qu’ils attendaient <b>sans réponse</b> depuis plus d’une semaine."
PATH = "/comprendre/themes/nouveau/"


@pytest.fixture
def editor() -> Member:
    """Somebody who writes at length."""
    return house.member(house.company(), Role.QUALITY)


def _again(client: HouseClient, answer: Any) -> dict[str, str]:
    """What the page sends again, as it stands in it."""
    form = one(soup(answer), f"form[action='{PATH}']")
    fields = {str(tag["name"]): str(tag.get("value", "")) for tag in form.select("input[name]")}
    return fields | {str(tag["name"]): tag.get_text().lstrip("\n") for tag in form.select("textarea")}


def test_an_expired_form_is_given_back_and_sent_again(editor: Member) -> None:
    strict = HouseClient(enforce_csrf_checks=True)
    strict.force_login(editor.account, backend="django.contrib.auth.backends.ModelBackend")
    typed = {"name_fr": "Attente", "definition_fr": SAID, "voices": ["customer", "employee"]}
    answer = strict.post(PATH, typed, headers=HERE)
    assert answer.status_code == 403
    assert "Votre saisie est conservée ici" in answer.content.decode()
    again = _again(strict, answer)
    assert (again["definition_fr"], again["name_fr"]) == (SAID, "Attente")
    assert strict.post(PATH, again, headers=HERE).status_code != 403


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "", "http://testserver.elsewhere.example"]
)
def test_what_another_site_sent_is_neither_shown_nor_said_to_be_kept(editor: Member, origin: str) -> None:
    strict = HouseClient(enforce_csrf_checks=True)
    strict.force_login(editor.account, backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.post(PATH, {"definition_fr": SAID}, headers={"Origin": origin})
    assert "sans réponse" not in answer.content.decode()
    assert "conservée" not in one(soup(answer), "main").get_text()


def test_what_was_typed_before_the_session_ended_is_given_back(editor: Member) -> None:
    client = HouseClient()
    answer = client.post(PATH, {"definition_fr": SAID}, headers=HERE)
    assert answer.status_code == 403
    assert "Votre session est terminée" in answer.content.decode()
    assert _again(client, answer)["definition_fr"] == SAID
    assert one(soup(answer), "main a[target=_blank]")["href"] == reverse("account_login")


def test_a_secret_is_never_given_back() -> None:
    answer = HouseClient(enforce_csrf_checks=True).post(
        "/compte/login/", {"login": "a@b.example", "password": "ne le dites à personne"}, headers=HERE
    )
    assert answer.status_code == 403
    assert "personne" not in answer.content.decode()


@pytest.mark.parametrize("more", [{}, HERE | {"HX-Request": "true"}])
def test_whoever_did_not_type_on_a_page_of_ours_is_led_to_sign_in(more: dict[str, str]) -> None:
    answer = HouseClient().post(PATH, {"definition_fr": SAID}, headers=more)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
