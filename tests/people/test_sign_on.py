"""Signing in with the account of one's company: who comes in, what is refused, which second step counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.core.cache import cache

from tests import house
from tests.guards import HouseClient
from tests.people import sign_in_service as theirs
from tests.people.sign_in_service import CLIENT, FOREIGN, NAME, OWN, SECRET, SignInService, answering
from visavis.core import egress
from visavis.core.words import Role
from visavis.people.access.viewer import system
from visavis.people.accounts.models import Account
from visavis.people.accounts.provider import DoorSession
from visavis.people.accounts.services import open_account
from visavis.site.options import Options

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1"])]

HOME, BEGIN, BACK = "/aide/", "/compte/entreprise/aller/", "/compte/entreprise/retour/"
EMAIL = "ines@acme.example"


@pytest.fixture(autouse=True)
def _no_limit_left_by_another_test() -> None:
    cache.clear()


@pytest.fixture
def service(settings: Any) -> Iterator[SignInService]:
    """A service that knows Inès."""
    with answering(settings) as found:
        yield found


@pytest.fixture
def ines() -> Account:
    """Her account, opened by an administrator."""
    return open_account(by=system(), email=EMAIL, today=house.TODAY, password=house.PASSWORD)[0]


def lead(client: HouseClient, after: str = HOME) -> str:
    """Begin; the address of the service."""
    answer = client.post(BEGIN, {"next": after})
    assert answer.status_code == 200, answer.content
    address = answer["Refresh"].removeprefix("0; url=")
    assert address in unescape(answer.content.decode())
    return str(address)


def come_back(client: HouseClient, service: SignInService, **changed: str) -> Any:
    return client.get(BACK, {**service.lets_in(lead(client)), **changed})


def who(client: HouseClient) -> str | None:
    return client.session.get("_auth_user_id")


def is_refused(client: HouseClient, answer: Any) -> bool:
    return answer.status_code == 403 and who(client) is None and "n’a pas eu lieu" in answer.content.decode()


def test_whoever_holds_an_account_comes_in_and_goes_where_she_was_going(
    client: HouseClient, service: SignInService, ines: Account
) -> None:
    assert NAME in client.get("/compte/login/").content.decode()
    answer = come_back(client, service)
    assert (answer.status_code, answer["Location"], who(client)) == (302, HOME, str(ines.pk))
    ines.refresh_from_db()
    assert ines.check_password(house.PASSWORD)
    assert client.post("/compte/logout/").status_code == 302
    assert who(client) is None


def test_what_is_asked_is_bound_to_the_session_and_no_more_than_needed(
    client: HouseClient, service: SignInService, ines: Account
) -> None:
    address = lead(client)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    again = parse_qs(urlsplit(lead(client)).query)
    assert all(asked[name] != again[name][0] for name in ("state", "nonce", "code_challenge"))
    greedy = client.post(f"{BEGIN}?scope=groups&auth_params=prompt%3Dnone&process=connect", {"next": HOME})
    assert not {"groups", "prompt"} & set(re.findall(r"\w+", greedy["Refresh"]))
    client.get(BACK, service.lets_in(address))
    assert (who(client), service.asked[0]["client_secret"]) == (str(ines.pk), SECRET)


def test_nothing_of_the_service_is_kept_but_who_it_names(
    client: HouseClient, service: SignInService, ines: Account
) -> None:
    service.claims |= {"name": "Inès de Nulle-Part", "picture": "https://elsewhere.example/p.png"}
    come_back(client, service)
    kept = SocialAccount.objects.get()
    assert (kept.user_id, kept.uid, kept.extra_data) == (ines.pk, "s-1", {"two_steps": False})
    assert not SocialToken.objects.exists()
    told = [session.get_decoded() for session in Session.objects.all()]
    assert "never-kept" not in str(told)
    assert "Nulle-Part" not in str(told)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@acme.example"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": None},
        {"email": ["ines@acme.example"]},
    ],
)
def test_nobody_gets_an_account_and_an_address_that_is_not_verified_proves_nothing(
    client: HouseClient, service: SignInService, ines: Account, claims: dict[str, Any]
) -> None:
    service.claims |= claims
    answer = come_back(client, service)
    assert is_refused(client, answer)
    assert "aucun compte" in answer.content.decode()
    assert list(Account.objects.all()) == [ines]
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"azp": "somebody-else"},
        {"exp": 1_600_000_000},
        {"nonce": "another one"},
        {"nonce": None},
        {"sub": None},
        {"iat": None},
        {"exp": None},
    ],
    ids=str,
)
def test_a_token_made_elsewhere_for_another_or_at_another_time_is_refused(
    client: HouseClient, service: SignInService, ines: Account, claims: dict[str, Any]
) -> None:
    service.claims |= claims
    answer = come_back(client, service)
    assert is_refused(client, answer)
    assert ines.email not in answer.content.decode()


@pytest.mark.parametrize(
    "signs",
    [(FOREIGN, "RS256", "one"), (OWN, "RS256", "two"), (None, "none", "one"), (SECRET, "HS256", "one")],
    ids=["another key", "a key that is not published", "unsigned", "signed with the shared secret"],
)
def test_a_token_that_the_service_did_not_sign_is_refused(
    client: HouseClient, service: SignInService, ines: Account, signs: Any
) -> None:
    service.signs = signs
    assert is_refused(client, come_back(client, service)), ines


def test_a_return_that_this_session_did_not_ask_for_is_refused(
    client: HouseClient, service: SignInService, ines: Account
) -> None:
    brought = service.lets_in(lead(HouseClient()))
    assert is_refused(client, client.get(BACK, brought)), ines
    assert is_refused(client, client.get(BACK, {"code": "code-0"}))
    assert is_refused(client, client.get(BACK))
    assert not service.asked


def test_a_return_serves_once(client: HouseClient, service: SignInService, ines: Account) -> None:
    brought = service.lets_in(lead(client))
    client.get(BACK, brought)
    assert who(client) == str(ines.pk)
    client.post("/compte/logout/")
    assert is_refused(client, client.get(BACK, brought))
    assert len(service.asked) == 1


def test_somebody_else_who_was_given_the_address_does_not_inherit_the_account(
    client: HouseClient, service: SignInService, ines: Account
) -> None:
    come_back(client, service)
    service.claims["sub"] = "s-2"
    assert is_refused(HouseClient(), come_back(other := HouseClient(), service))
    assert who(other) is None
    service.claims |= {"sub": "s-1", "email": "ines.martin@acme.example"}
    come_back(third := HouseClient(), service)
    assert who(third) == str(ines.pk)


def test_addresses_of_the_domains_that_the_service_rules_are_verified(
    client: HouseClient, settings: Any, ines: Account
) -> None:
    with answering(settings, verified_email=["acme.example"]) as service:
        service.claims["email_verified"] = None
        come_back(client, service)
        assert who(client) == str(ines.pk)


def test_a_closed_account_stays_closed(client: HouseClient, service: SignInService, ines: Account) -> None:
    Account.objects.filter(pk=ines.pk).update(is_active=False)
    answer = come_back(client, service)
    assert answer["Location"] == "/compte/inactive/"
    assert who(client) is None


def test_leaving_the_service_half_way_and_its_errors_are_told(
    client: HouseClient, service: SignInService
) -> None:
    state = service.lets_in(lead(client))["state"]
    left = client.get(BACK, {"error": "access_denied", "state": state})
    assert is_refused(client, left)
    assert "avant la fin" in left.content.decode()
    state = service.lets_in(lead(client))["state"]
    broken = client.get(
        BACK, {"error": "server_error", "error_description": "<b>encre-sans-suite</b>", "state": state}
    )
    assert is_refused(client, broken)
    assert "encre-sans-suite" not in broken.content.decode().split("<main", 1)[1]


@pytest.mark.parametrize(
    "names",
    [{"issuer": "https://elsewhere.example"}, {"jwks_uri": None}, {"authorization_endpoint": "javascript:1"}],
    ids=["another issuer", "no keys", "no address"],
)
def test_a_service_that_is_not_the_one_configured_is_not_gone_to(
    client: HouseClient, service: SignInService, names: dict[str, Any]
) -> None:
    service.names = names
    answer = client.post(BEGIN, {})
    assert is_refused(client, answer)
    assert "Refresh" not in answer


@pytest.mark.parametrize("where", ["https://elsewhere.example/token", "http://127.0.0.1:9/token"])
def test_nothing_is_sent_where_no_door_leads(
    client: HouseClient, service: SignInService, ines: Account, where: str
) -> None:
    service.names = {"token_endpoint": where}
    assert is_refused(client, come_back(client, service)), ines
    assert not service.asked


def test_what_the_service_sends_on_is_not_followed(service: SignInService) -> None:
    with DoorSession() as session:
        assert session.get(f"{service.address}/keys").status_code == 200
        assert session.get(f"{service.address}/moved").status_code == 302


def test_a_service_that_is_down_is_told(client: HouseClient, settings: Any) -> None:
    with answering(settings) as service:
        doors = egress.doors()
    egress.configure(*doors)
    answer = client.post(BEGIN, {})
    assert is_refused(client, answer), service
    assert NAME in answer.content.decode()


def test_where_none_is_configured_there_is_no_button_and_no_address(client: HouseClient) -> None:
    assert BEGIN not in client.get("/compte/login/").content.decode()
    assert client.post(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404


def test_beginnings_from_one_address_are_counted(client: HouseClient, service: SignInService) -> None:
    assert {client.post(BEGIN).status_code for _ in range(20)} == {200}
    assert client.post(BEGIN).status_code == 429, service


def test_a_page_of_another_site_cannot_begin_a_sign_in(service: SignInService) -> None:
    strict = HouseClient(enforce_csrf_checks=True)
    assert strict.post(BEGIN).status_code == 403, service
    assert strict.get(BEGIN).status_code == 405


def _has_a_second_step(account: Account) -> Account:
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return account


@pytest.mark.parametrize(
    ("rule", "claims", "asked"),
    [
        ("ours", {"amr": ["pwd", "mfa"]}, True),
        ("claimed", {"amr": ["pwd"]}, True),
        ("claimed", {"amr": "mfa"}, True),
        ("claimed", {"acr": "weak"}, True),
        ("claimed", {"acr": ["strong"]}, True),
        ("claimed", {"amr": ["pwd", "mfa"]}, False),
        ("claimed", {"acr": "strong"}, False),
        ("always", {}, False),
    ],
)
def test_the_second_step_of_the_service_counts_as_the_options_say(
    client: HouseClient, settings: Any, ines: Account, rule: str, claims: dict[str, Any], asked: bool
) -> None:
    _has_a_second_step(ines)
    with answering(settings, second_step=rule, levels=["strong"]) as service:
        service.claims |= claims
        answer = come_back(client, service)
    assert (answer["Location"] == "/compte/2fa/authenticate/") is asked
    assert (who(client) is None) is asked


@pytest.mark.parametrize(("rule", "led"), [("ours", True), ("always", False)])
def test_whoever_holds_much_and_has_no_second_step_is_led_to_set_one_unless_the_service_took_it(
    client: HouseClient, settings: Any, ines: Account, rule: str, led: bool
) -> None:
    settings.SECOND_STEP_ROLES = frozenset({Role.ADMIN})
    house.grant(ines, house.company(), Role.ADMIN)
    with answering(settings, second_step=rule) as service:
        come_back(client, service)
    answer = client.get("/admin/droits/")
    assert (answer.status_code == 302 and answer["Location"] == "/compte/2fa/") is led


def test_half_a_service_is_refused_at_the_start(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    whole = {"oidc_issuer": "https://id.acme.example/", "oidc_client_id": CLIENT, "oidc_name": NAME}
    told = Options(**whole, oidc_client_secret_file=secret, oidc_hosts="keys.acme.example, t.example:8443")  # type: ignore[arg-type]
    assert told.sign_on["secret"] == "from a file"
    assert told.sign_on["settings"]["issuer"] == "https://id.acme.example/"
    hosts = ["id.acme.example", "keys.acme.example"]
    assert told.sign_on_hosts == [*((host, 443) for host in hosts), ("t.example", 8443)]
    for missing in (
        {**whole, "oidc_client_secret": ""},
        {**whole, "oidc_client_secret": "s", "oidc_name": ""},
        {**whole, "oidc_client_secret": "s", "oidc_issuer": "http://id.acme.example"},
    ):
        with pytest.raises(ValueError, match="VISAVIS_OIDC_ISSUER"):
            Options(**missing)  # type: ignore[arg-type]
    assert (Options().sign_on, Options().sign_on_hosts) == ({}, [])
    assert theirs.SECRET not in repr(Options(**whole, oidc_client_secret=theirs.SECRET))  # type: ignore[arg-type]
