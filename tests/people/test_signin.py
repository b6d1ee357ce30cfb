"""Signing in: what a stranger learns (nothing), what a second step protects, what a lost password costs."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache

from tests import house
from tests.guards import HouseClient
from visavis.core.words import Role
from visavis.people.access.viewer import system
from visavis.people.accounts.models import Account
from visavis.people.accounts.services import open_account

pytestmark = pytest.mark.django_db

HOME = "/aide/"


@pytest.fixture(autouse=True)
def _no_limit_left_by_another_test() -> None:
    cache.clear()


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(answer.content, "html.parser").main.get_text(" "))  # type: ignore[union-attr]


def sign_in(client: HouseClient, email: str, password: str = house.PASSWORD) -> Any:
    return client.post("/compte/login/", {"login": email, "password": password, "next": HOME})


def test_an_account_opened_by_an_administrator_signs_in(client: HouseClient) -> None:
    account, password = open_account(by=system(), email="New@Acme.example", today=house.TODAY)
    answer = sign_in(client, "new@acme.example", password)
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert client.get("/compte/email/").status_code == 200
    assert account.email in text_of(client.get("/compte/email/"))


def test_a_wrong_password_and_an_unknown_address_say_the_same(client: HouseClient) -> None:
    house.account(email="ines@acme.example")
    known = text_of(sign_in(client, "ines@acme.example", "not the right one"))
    unknown = text_of(sign_in(client, "nobody@acme.example", "not the right one"))
    assert known.replace("ines", "") == unknown.replace("nobody", "")


def test_a_closed_account_says_so_only_to_who_has_its_password(client: HouseClient) -> None:
    house.account(email="ines@acme.example", is_active=False)
    wrong = text_of(sign_in(client, "ines@acme.example", "not the right one"))
    unknown = text_of(sign_in(client, "nobody@acme.example", "not the right one"))
    assert wrong.replace("ines", "") == unknown.replace("nobody", "")
    assert sign_in(client, "ines@acme.example").status_code in {200, 302}
    assert "_auth_user_id" not in client.session


def test_six_wrong_passwords_in_a_minute_are_slowed_down(client: HouseClient) -> None:
    house.account(email="ines@acme.example")
    for _ in range(5):
        sign_in(client, "ines@acme.example", "not the right one")
    sign_in(client, "ines@acme.example")
    assert "_auth_user_id" not in client.session


def test_nobody_opens_an_account_alone(client: HouseClient) -> None:
    told = {"email": "me@acme.example", "password1": house.PASSWORD, "password2": house.PASSWORD}
    assert "administration" in text_of(client.get("/compte/signup/"))
    client.post("/compte/signup/", told)
    assert not Account.objects.filter(email="me@acme.example").exists()


def test_nobody_changes_the_address_that_rights_hang_on() -> None:
    member = house.member(house.company(), Role.ADMIN)
    for told in (
        {"action_add": "", "email": "other@acme.example"},
        {"action_remove": "", "email": member.account.email},
    ):
        member.client.post("/compte/email/", told)
    assert [row.email for row in EmailAddress.objects.filter(user=member.account)] == [member.account.email]
    assert Account.objects.get(pk=member.account.pk).email == member.account.email


def test_a_forgotten_password_is_renewed_by_a_link(client: HouseClient) -> None:
    house.account(email="ines@acme.example")
    client.post("/compte/password/reset/", {"email": "ines@acme.example"})
    link = re.search(r"http://[^/]+(/compte/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link is not None
    form = client.get(link[1], follow=True)
    new = "un mot de passe tout neuf"
    url = form.redirect_chain[-1][0]
    client.post(url, {"password1": new, "password2": new})
    assert Account.objects.get(email="ines@acme.example").check_password(new)
    assert "ne sert plus" in text_of(client.get(link[1], follow=True))


def test_a_reset_says_the_same_of_a_known_and_of_an_unknown_address(client: HouseClient) -> None:
    house.account(email="ines@acme.example")
    known = client.post("/compte/password/reset/", {"email": "ines@acme.example"}, follow=True)
    unknown = client.post("/compte/password/reset/", {"email": "nobody@acme.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert text_of(known) == text_of(unknown)


def test_an_address_without_account_is_told_who_opens_accounts_and_offered_none(client: HouseClient) -> None:
    client.post("/compte/password/reset/", {"email": "nobody@acme.example"})
    (told,) = [str(letter.body) for letter in mail.outbox]
    assert "aucun compte" in told
    assert "administre Vis-à-vis" in told
    assert "/compte/" not in told


def test_without_a_mail_server_the_page_says_whom_to_ask(client: HouseClient, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    house.account(email="ines@acme.example")
    page = client.get("/compte/password/reset/")
    assert "n’envoie pas d’e-mail" in text_of(page)
    assert BeautifulSoup(page.content, "html.parser").find("input", {"name": "email"}) is None
    known = client.post("/compte/password/reset/", {"email": "ines@acme.example"}, follow=True)
    unknown = client.post("/compte/password/reset/", {"email": "nobody@acme.example"}, follow=True)
    assert (known.status_code, text_of(known)) == (unknown.status_code, text_of(unknown))


def confirm(client: HouseClient) -> None:
    """Say again that it is you, as allauth asks before what protects an account."""
    client.post("/compte/reauthenticate/", {"password": house.PASSWORD})


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def two_steps(client: HouseClient, account: Account) -> str:
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    confirm(client)
    page = client.get("/compte/2fa/totp/activate/")
    found = re.search(r"<code>(\w+)</code>", page.content.decode())
    assert found is not None, text_of(page)
    client.post("/compte/2fa/totp/activate/", {"code": code_of(found[1])})
    return found[1]


def test_the_second_step_is_asked_and_a_rescue_code_replaces_it_once(client: HouseClient) -> None:
    account = house.account(email="ines@acme.example")
    two_steps(client, account)
    assert Authenticator.objects.filter(user=account).count() == 2
    codes = re.findall(r"<code>(\w+)</code>", client.get("/compte/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    assert "10 codes restants" in text_of(client.get("/compte/2fa/")).replace("\u00a0", " ")

    for attempt, expected in ((1, True), (2, False)):
        other = HouseClient()
        half = sign_in(other, "ines@acme.example")
        assert half["Location"].startswith("/compte/2fa/authenticate/"), attempt
        assert other.get("/compte/2fa/").status_code == 302
        other.post("/compte/2fa/authenticate/", {"code": codes[0]})
        assert ("_auth_user_id" in other.session) is expected


def test_the_second_step_is_switched_off_after_saying_who_one_is(client: HouseClient) -> None:
    account = house.account(email="ines@acme.example")
    two_steps(client, account)
    assert client.get("/compte/2fa/totp/deactivate/").status_code == 200
    client.post("/compte/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=account, type="totp").exists()


def test_a_changed_password_ends_the_other_sessions() -> None:
    member = house.member(house.company(), Role.ADMIN)
    here, there = HouseClient(), HouseClient()
    for each in (here, there):
        sign_in(each, member.account.email)
    new = "un mot de passe tout neuf"
    told = {"oldpassword": house.PASSWORD, "password1": new, "password2": new}
    here.post("/compte/password/change/", told)
    assert Account.objects.get(pk=member.account.pk).check_password(new)
    assert there.get("/admin/droits/matrice/").status_code == 302


PAGES = ["login", "signup", "password/reset", "password/reset/done", "inactive", "password/reset/key/1-none"]
INSIDE = ["logout", "password/change", "reauthenticate", "email", "2fa"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES + INSIDE)
def test_each_page_is_whole_in_both_languages(path: str, language: str) -> None:
    client = house.member().client if path in INSIDE else HouseClient()
    page = client.get(f"/compte/{path}/", headers={"Accept-Language": language}, follow=True)
    soup = BeautifulSoup(page.content, "html.parser")
    assert page.status_code == 200
    assert soup.html is not None
    assert soup.html["lang"] == language
    assert len(soup.find_all("h1")) == 1
    english = re.search(r"\b(the|your|you|this|again|address|password)\b", text_of(page).lower())
    assert bool(english) is (language == "en"), text_of(page)
