"""What an instance refuses whoever asks: half-clear connections, doubtful messages, hidden doors."""

from __future__ import annotations

import itertools
import ssl
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import ParseException
from pydantic import ValidationError

from tests import house
from tests.guards import HouseClient
from visavis.core.words import Role
from visavis.people.accounts.models import Account
from visavis.people.accounts.provider import DoorSession
from visavis.site.addresses import database, transport
from visavis.site.logs import CONFIG
from visavis.site.mail import GuardedBackend
from visavis.site.options import Options


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://a:b@db.acme.example/x", {"sslmode": "verify-full", "sslrootcert": "system"}),
        (
            "postgresql://a:b@db.acme.example/x?sslrootcert=/etc/acme.pem",
            {"sslmode": "verify-full", "sslrootcert": "/etc/acme.pem"},
        ),
        ("postgresql://a:b@localhost/x", {}),
        ("postgresql://a:b@%2Frun%2Fpostgresql/x", {}),
        ("postgresql://a:b@127.0.0.1/x?sslmode=require", {"sslmode": "require"}),
    ],
)
def test_another_machine_s_database_is_reached_encrypted_and_checked(url: str, told: dict[str, str]) -> None:
    assert transport(url) == told
    assert database(url, settings.INSTANCE.folder)["OPTIONS"] == told


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require"])
def test_another_machine_s_database_is_not_reached_otherwise(mode: str) -> None:
    with pytest.raises(ValueError, match="verify-full"):
        transport(f"postgresql://a:b@db.acme.example/x?sslmode={mode}")


def test_a_mail_server_is_reached_in_clear_on_this_machine_only() -> None:
    told: dict[str, Any] = {"smtp_sender": "visavis@acme.example", "smtp_security": "none"}
    assert Options(smtp_host="127.0.0.1", **told).smtp_security == "none"
    with pytest.raises(ValidationError, match="on this machine"):
        Options(smtp_host="mail.acme.example", **told)


def test_who_answers_is_checked_by_mail_and_by_sign_in() -> None:
    context = GuardedBackend().ssl_context
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert DoorSession().verify is True


CHUNKED = b"Transfer-Encoding: chunked\r\n"
DOUBTFUL = [
    b"Content-Length: 4\r\nContent-Length: 6\r\n",
    b"Content-Length: 4\r\n" + CHUNKED,
    b"Transfer-Encoding: chunked, identity\r\n",
    b"Transfer-Encoding: xchunked\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"Content-Length: +4\r\n",
    b"Content-Length: 4, 4\r\n",
    b"Content Length: 4\r\n",
    b"X: a\r\n folded: b\r\n",
    b"X\x00: a\r\n",
    CHUNKED + CHUNKED,
]


def served(headers: bytes, body: bytes) -> int:
    """How many requests the web server reads in one message."""
    message = b"POST /aide/ HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n" + body
    parser = RequestParser(Config(), iter([message]), ("127.0.0.1", 1))
    found = 0
    for request in itertools.islice(parser, 5):
        request.body.read()
        found += 1
    return found


SMUGGLED = b"GET /admin/journal/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize("headers", DOUBTFUL)
def test_a_message_whose_end_is_in_doubt_is_refused_and_hides_no_other(headers: bytes) -> None:
    with pytest.raises((ParseException, ValueError)):
        served(headers, b"0\r\n\r\n" + SMUGGLED)


def test_a_message_whose_end_is_plain_is_read() -> None:
    assert served(b"Content-Length: 4\r\n", b"abcd") == 1
    assert served(CHUNKED, b"4\r\nabcd\r\n0\r\n\r\n") == 1


@pytest.mark.django_db
def test_a_new_instance_has_no_account_to_guess() -> None:
    assert not Account.objects.exists()
    assert not EmailAddress.objects.exists()


@pytest.mark.django_db
def test_nothing_is_listed_traced_or_told_of_the_machinery(client: HouseClient) -> None:
    member = house.member(house.company(), Role.ADMIN)
    for path in (
        "/static/",
        "/static/visavis/",
        "/static/visavis/css/",
        "/files/",
        "/visavis-data/visavis.db",
    ):
        assert member.client.get(path).status_code == 404, path
    for path in (
        "/metrics",
        "/api/docs",
        "/admin/doc/",
        "/.git/config",
        "/.env",
        "/server-status",
        "/__debug__/",
    ):
        assert member.client.get(path).status_code == 404, path
    for path in ("/aide/", "/compte/login/", "/admin/droits/"):
        answer = member.client.trace(path)
        assert answer.status_code in {302, 403, 405}, path
        assert b"TRACE" not in answer.content


@pytest.mark.django_db
def test_every_text_says_its_characters() -> None:
    member = house.member(house.company(), Role.ADMIN)
    for path in ("/aide/", "/admin/journal/export.csv", "/compte/login/", "/nowhere/"):
        kind = member.client.get(path, follow=True)["Content-Type"]
        assert "charset=utf-8" in kind.lower(), path


@pytest.mark.django_db
def test_a_refusal_and_a_limit_are_logged(caplog: Any) -> None:
    member = house.member(house.unit(), Role.ADVISER)
    with caplog.at_level("WARNING"):
        member.client.get("/admin/journal/")
        member.client.post("/admin/imports/nouveau/", {})
        HouseClient(enforce_csrf_checks=True).post("/compte/login/", {"login": "x", "password": "y"})
    told = [(record.name, getattr(record, "status_code", 0)) for record in caplog.records]
    assert ("django.request", 403) in told or ("django.request", 404) in told
    assert any(name == "django.security.csrf" for name, _status in told)


@pytest.mark.django_db
def test_refused_input_is_logged_without_what_it_held(caplog: Any) -> None:
    admin = house.member(house.company(), Role.ADMIN)
    with caplog.at_level("WARNING"):
        admin.client.post("/admin/droits/nouveau/", {"email": "canary@nowhere", "role": "king"})
    told = [record for record in caplog.records if getattr(record, "status_code", 0) == 422]
    assert told
    assert not [record for record in told if "canary" in record.getMessage()]


def test_lines_of_the_log_have_one_way_out() -> None:
    assert {each["class"] for each in CONFIG["handlers"].values()} == {"logging.StreamHandler"}  # type: ignore[attr-defined]
    assert all(not each.get("handlers") for each in CONFIG["loggers"].values())  # type: ignore[attr-defined]
