"""How long a session lasts, who sees it, what ends it; from where somebody signs in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import RequestFactory

from tests import house
from tests.guards import HouseClient
from visavis.core.words import Role
from visavis.people.accounts.adapter import ClosedDoor
from visavis.people.accounts.sessions import device_of, sessions_of

pytestmark = pytest.mark.django_db

START = dt.datetime(2025, 12, 1, 8, 0, tzinfo=dt.UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PAGE = "/compte/sessions/"


@pytest.fixture(autouse=True)
def _no_limit_left_by_another_test() -> None:
    cache.clear()


def alive(client: HouseClient) -> bool:
    return client.get(PAGE).status_code == 200


def proven(client: HouseClient, path: str, told: dict[str, str] | None = None) -> None:
    """Send what is asked, say again who one is, and what was sent is done."""
    asked = client.post(path, told or {})
    assert asked["Location"].startswith("/compte/reauthenticate/")
    client.post(asked["Location"], {"password": house.PASSWORD, "next": path})


def signed_in(role: Role) -> HouseClient:
    member = house.member(house.unit(), role)
    client = HouseClient()
    client.post("/compte/login/", {"login": member.account.email, "password": house.PASSWORD})
    return client


@pytest.mark.parametrize(
    ("role", "minutes"), [(Role.ADVISER, 480), (Role.MANAGER, 30), (Role.ADMIN, 30), (Role.HR, 30)]
)
def test_a_session_left_alone_ends_at_its_time_and_not_before(role: Role, minutes: int) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(role)
        clock.shift(dt.timedelta(minutes=minutes - 1))
        assert alive(client)
        clock.shift(dt.timedelta(minutes=minutes))
        answer = client.get(PAGE)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/compte/login/")
        assert (
            not Session.objects.filter(expire_date__gt=clock_now()).exists()
            or "_auth_user_id" not in client.session
        )


def clock_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_a_session_kept_busy_ends_after_twelve_hours() -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(Role.ADVISER)
        for _ in range(23):
            clock.shift(dt.timedelta(minutes=30))
            assert alive(client)
        clock.shift(dt.timedelta(minutes=31))
        assert not alive(client)


def test_an_adviser_who_is_also_a_manager_has_the_shorter_time() -> None:
    with time_machine.travel(START, tick=False) as clock:
        member = house.member(house.unit(), Role.ADVISER)
        house.grant(member.account, house.unit(), Role.MANAGER)
        assert alive(member.client)
        clock.shift(dt.timedelta(minutes=31))
        assert not alive(member.client)


def test_the_page_lists_every_session_and_ends_the_one_that_is_named() -> None:
    member = house.member(house.unit())
    there = HouseClient(headers={"user-agent": FIREFOX})
    there.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    assert alive(there)
    page = member.client.get(PAGE).content.decode()
    assert "Firefox · Linux" in page
    other = next(one for one in sessions_of(member.account) if one.device)
    proven(member.client, "/compte/sessions/fermer/", {"mark": other.mark})
    assert not alive(there)
    assert alive(member.client)


def test_nobody_ends_the_session_of_another_by_its_mark() -> None:
    mine, theirs = house.member(house.unit()), house.member(house.unit())
    assert alive(theirs.client)
    mark = sessions_of(theirs.account)[0].mark
    proven(mine.client, "/compte/sessions/fermer/", {"mark": mark})
    assert alive(theirs.client)


def test_all_the_others_end_at_once_and_an_administrator_ends_them_all() -> None:
    team = house.unit()
    member, admin = house.member(team), house.member(team, Role.ADMIN)
    there = HouseClient()
    there.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    assert alive(there)
    proven(member.client, "/compte/sessions/fermer/")
    assert (alive(there), alive(member.client)) == (False, True)
    admin.client.post(f"/admin/droits/{member.account.pk}/sessions/")
    assert not alive(member.client)


def test_ending_sessions_asks_again_who_one_is_and_a_wrong_password_ends_none() -> None:
    member = house.member(house.unit())
    there = HouseClient()
    there.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    assert alive(there)
    path = "/compte/sessions/fermer/"
    asked = member.client.post(path)
    assert asked["Location"].startswith("/compte/reauthenticate/")
    assert alive(there)
    before = member.client.session.session_key
    member.client.post(asked["Location"], {"password": "not the right one", "next": path})
    assert alive(there)
    member.client.post(asked["Location"], {"password": house.PASSWORD, "next": path})
    assert not alive(there)
    assert member.client.session.session_key != before


def test_a_session_says_little_of_a_device() -> None:
    assert device_of(FIREFOX) == "Firefox · Linux"
    assert device_of("<script>") == ""


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.0.0.1, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 198.51.100.2", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_what_our_proxies_add_is_believed(
    proxies: int, forwarded: str, believed: str, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert ClosedDoor(request).get_client_ip(request) == believed


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("court", False),
        ("onze lettre", False),
        ("password1234", False),
        ("azertyuiop123", False),
        ("zigzaguer sous la pluie", True),
        ("quatre mots au hasard", True),
    ],
)
def test_a_password_is_long_and_not_a_common_one(password: str, taken: bool) -> None:
    member = house.member(house.unit())
    told = {"oldpassword": house.PASSWORD, "password1": password, "password2": password}
    member.client.post("/compte/password/change/", told)
    member.account.refresh_from_db()
    assert member.account.check_password(password) is taken


def test_passwords_are_kept_by_argon2id_at_the_cost_that_was_chosen() -> None:
    from visavis.people.accounts.hashers import Argon2id

    kept = Argon2id().encode("mot de passe", "sel-de-seize-octets")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
