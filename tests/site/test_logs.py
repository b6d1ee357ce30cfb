"""The log tells what happened and not who somebody is; canaries of every kind must not be found in it."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from tests import house
from tests.guards import HouseClient
from visavis.site.logs import JsonLines, masked

SECRETS = (
    "ines.morel@vaubrune.example",
    "kW3xY-8f14e45fceea167a5a36dedd4bea2543",
    "203.0.113.77",
    "mot de passe secret",
)


def line_of(message: str, *told: object, **extra: object) -> dict[str, Any]:
    record = logging.LogRecord("visavis", logging.WARNING, __file__, 1, message, told, None)
    vars(record).update(extra)
    found: dict[str, Any] = json.loads(JsonLines().format(record))
    return found


def test_a_line_is_json_with_its_instant_in_universal_time() -> None:
    told = line_of("Refused %s", "x", account=7)
    assert told["at"].endswith("+00:00")
    assert (told["message"], told["level"], told["account"]) == ("Refused x", "WARNING", 7)


@given(st.text(max_size=200))
def test_nothing_breaks_out_of_a_line(text: str) -> None:
    record = logging.LogRecord("visavis", logging.WARNING, __file__, 1, "%s", (text,), None)
    assert len(JsonLines().format(record).encode("utf-8", "replace").split(b"\n")) == 1


@pytest.mark.parametrize("secret", SECRETS[:3])
@pytest.mark.parametrize(
    "around", ["{}", "Not Found: /x/{}/", "key={} ", "('{}')", "GET /x?y={} HTTP/1.1", "<{}>"]
)
def test_what_tells_who_somebody_is_is_masked(secret: str, around: str) -> None:
    assert secret not in masked(around.format(secret))


def test_an_error_is_told_without_them_too() -> None:
    with pytest.raises(ValueError, match="account") as raised:
        int(f"no such account: {SECRETS[0]}")
    error = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("visavis", logging.ERROR, __file__, 1, "x", (), error)
    told = JsonLines().format(record)
    assert SECRETS[0] not in told
    assert "ValueError" in told


@pytest.mark.django_db
def test_signing_in_failing_and_leaving_are_logged_without_the_address(caplog: Any) -> None:
    cache.clear()
    caplog.set_level(logging.INFO, "visavis.security")
    account = house.account(email=SECRETS[0], password=SECRETS[3])
    client = HouseClient()
    client.post("/compte/login/", {"login": SECRETS[0], "password": "x"})
    client.post("/compte/login/", {"login": SECRETS[0], "password": SECRETS[3]})
    client.get(f"/nowhere/{SECRETS[1]}/?email={SECRETS[0]}")
    client.post("/compte/logout/")
    lines = [JsonLines().format(record) for record in caplog.records]
    told = [json.loads(line)["message"] for line in lines]
    assert any(message.startswith("A sign-in failed") for message in told)
    assert "Signed in by password" in told
    assert "Signed out" in told
    assert f'"account": {account.pk}' in " ".join(lines)
    for secret in SECRETS:
        assert secret not in " ".join(lines)


@pytest.mark.django_db
def test_a_failed_sign_in_tells_whence_it_comes_behind_our_proxy(caplog: Any, settings: Any) -> None:
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forwarded = {"X-Forwarded-For": "203.0.113.7"}
    HouseClient().post("/compte/login/", {"login": "who@maree.example", "password": "x"}, headers=forwarded)
    told = [record.getMessage() for record in caplog.records if record.name == "visavis.security"]
    assert told == ["A sign-in failed, from 203.0.113.7"]
