"""What every answer carries, whoever asks and however it ends; what browsers tell back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import house
from tests.empty import laid
from tests.guards import HouseClient
from tests.matrix import EVERY_ROLE, Row, rows
from tests.shared import shared_path
from visavis.people.access.clock import today
from visavis.web.models import PolicyReport
from visavis.web.reports import count_reports, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("every_address")]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "report-uri /securite/rapports/",
    "report-to visavis",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Reporting-Endpoints": 'visavis="/securite/rapports/"',
}
REPORT = {
    "csp-report": {
        "document-uri": "http://testserver/aide/?secret=1",
        "effective-directive": "script-src-elem",
        "blocked-uri": "inline",
        "script-sample": "alert(document.cookie)",
    }
}


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    cache.clear()


def faults(answer: Any) -> list[str]:
    found = [name for name, value in ALWAYS.items() if answer.get(name) != value]
    if set(answer.get("Content-Security-Policy", "").split("; ")) != POLICY:
        found.append("Content-Security-Policy")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    if "Server" in answer or "X-Powered-By" in answer:
        found.append("says what it runs on")
    if "Access-Control-Allow-Origin" in answer:
        found.append("opens itself to other sites")
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_every_route_carries_them_for_its_reader_and_for_nobody(row: Row, settings: Any) -> None:
    settings.DEMO = row.demo
    cast = house.cast(sorted(row.may or EVERY_ROLE)[0], at_root=row.at_root)
    words = {**row.words, **row.absent}
    for client in (cast.owner.client, HouseClient()):
        answer = getattr(client, row.method)(reverse(row.name, kwargs=words))
        assert not faults(answer), row.name
        if client is cast.owner.client:
            assert "no-store" in answer["Cache-Control"] or row.name.startswith(("account_", "mfa_"))


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/aide/", "HTTP_HOST": "evil.example"}, 400),
        ({"path": "/nowhere/"}, 404),
        ({"path": "/static/visavis/css/visavis.css"}, 200),
        ({"path": "/aide"}, 301),
        ({"path": "/preferences/"}, 405),
    ],
)
def test_refusals_and_files_carry_them_too(asked: dict[str, str], status: int, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    client = HouseClient(raise_request_exception=False)
    path = asked.pop("path")
    answer = client.get(path, **asked)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert not faults(answer)
    answer.close()
    assert HouseClient(enforce_csrf_checks=True).post("/compte/login/", {}).status_code == 403


def test_signing_out_clears_what_the_browser_kept() -> None:
    answer = house.member().client.post("/compte/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_a_report_is_counted_without_what_it_quotes(client: HouseClient) -> None:
    for _ in range(3):
        answer = client.post("/securite/rapports/", json.dumps(REPORT), content_type="application/csp-report")
        assert answer.status_code == 204
    row = PolicyReport.objects.get()
    assert (row.directive, row.route, row.origin, row.times) == ("script-src-elem", "web:help", "inline", 3)
    assert row.day == today()


def test_the_newer_form_of_reports_is_read_too() -> None:
    body = {
        "effectiveDirective": "img-src",
        "blockedURL": "https://evil.example/x",
        "documentURL": "not an address",
    }
    sent = [{"type": "csp-violation", "body": body}, {"type": "other"}, 3]
    assert count_reports(json.dumps(sent).encode(), host="testserver", today=house.TODAY) == 1
    assert PolicyReport.objects.get().origin == "elsewhere"


def test_a_flood_of_reports_grows_nothing(client: HouseClient) -> None:
    for place in range(80):
        told_of = REPORT["csp-report"] | {
            "document-uri": f"http://testserver/{place}",
            "blocked-uri": f"http://e{place}",
        }
        client.post(
            "/securite/rapports/", json.dumps({"csp-report": told_of}), content_type="application/json"
        )
    assert PolicyReport.objects.get().times == 60
    big = client.post("/securite/rapports/", b"[" + b" " * 20_000 + b"]", content_type="application/json")
    assert big.status_code == 204


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.text(max_size=9) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["csp-report", "body", "blocked-uri", "x"]), inner, max_size=3)
        ),
        max_leaves=12,
    ).map(lambda told: json.dumps(told).encode())
)
def test_no_message_makes_it_fail(body: bytes) -> None:
    assert isinstance(list(told(body)), list)


def test_the_torture_files_of_json_make_it_fail_neither(client: HouseClient) -> None:
    files = sorted(Path(shared_path("data", "trust", "json")).glob("*.json"))
    assert len(files) > 100
    for file in files:
        cache.clear()
        answer = client.post(
            "/securite/rapports/", file.read_bytes()[:100_000], content_type="application/json"
        )
        assert answer.status_code == 204, file.name
    assert not PolicyReport.objects.exists()


_OVER_HTTPS = """
import django, json
django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from visavis.people.accounts.models import Account
from allauth.account.models import EmailAddress
someone = Account.objects.create_user("a@acme.example", "quatre mots au hasard")
client = Client(headers={"x-forwarded-proto": "https"})
answers = [
    client.get("/compte/login/"),
    client.post("/preferences/", {"theme": "dark", "language": "en", "keys": "off"}),
    client.post("/compte/login/", {"login": "a@acme.example", "password": "quatre mots au hasard"}),
]
told = [
    [one.key, bool(one["secure"]), bool(one["httponly"]), one["samesite"], one["path"], one["domain"]]
    for answer in answers for one in answer.cookies.values()
]
print(json.dumps([told, [answer.get("Strict-Transport-Security") for answer in answers]]))
"""


def test_over_https_every_cookie_belongs_to_this_host_alone(tmp_path: Path) -> None:
    environment = {**os.environ, "VISAVIS_DATA": str(laid(tmp_path / "data")), "VISAVIS_HTTPS": "true"}
    environment.pop("VISAVIS_DATABASE_URL", None)
    command = [sys.executable, "-W", "ignore", "-c", _OVER_HTTPS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-1500:]
    cookies, transport = json.loads(done.stdout.splitlines()[-1])
    assert {name for name, *_ in cookies} >= {"__Host-visavis", "__Host-csrf", "__Host-visavis_theme"}
    for name, secure, only_http, same_site, path, domain in cookies:
        assert name.startswith("__Host-"), name
        assert (secure, only_http, path, domain) == (True, True, "/", ""), name
        assert same_site in {"Lax", "Strict"}, name
    assert set(transport) == {"max-age=31536000; includeSubDomains"}
