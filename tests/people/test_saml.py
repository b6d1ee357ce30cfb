"""Signing in by a service that speaks SAML: who comes in, and every assertion that proves nothing."""

from __future__ import annotations

import base64
import datetime as dt
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from pydantic import ValidationError

from tests import house
from tests.guards import HouseClient
from tests.people.saml_service import FOREIGN, ISSUER, NAME, OWN, SSO, TWO_STEPS, Assertion, asked, configured
from visavis.people.access.viewer import system
from visavis.people.accounts.models import Account
from visavis.people.accounts.services import close_account, open_account
from visavis.site.options import Options

pytest.importorskip("onelogin", reason="the extra “saml” is not installed")
pytestmark = pytest.mark.django_db

HOME, MAIL = "/aide/", "ines@acme.example"
PLACES = "/compte/entreprise/"
HERE = f"http://testserver{PLACES}assertion/"


@pytest.fixture(autouse=True)
def _configured(settings: Any) -> None:
    cache.clear()
    settings.ADDRESS = "http://testserver"
    settings.SIGN_ON = configured()


@pytest.fixture
def ines() -> Account:
    return open_account(by=system(), email=MAIL, today=house.TODAY, password=house.PASSWORD)[0]


def lead(client: HouseClient) -> str:
    """Begin; the number of the question."""
    answer = client.post(f"{PLACES}aller/", {"next": HOME})
    assert answer.status_code == 200, answer.content
    address = answer["Refresh"].removeprefix("0; url=")
    assert address.startswith(SSO)
    assert address in unescape(answer.content.decode())
    return asked(address)


def post(client: HouseClient, sent: str) -> Any:
    """The service posts from its own site: no cookie of ours comes along; then the browser follows."""
    put = HouseClient().post(f"{PLACES}assertion/", {"SAMLResponse": sent})
    return client.get(put["Location"]) if put.status_code == 302 else put


def come(client: HouseClient, **said: Any) -> Any:
    return post(client, Assertion(said.pop("question", "") or lead(client), HERE, **said).sent())


def who(client: HouseClient) -> str | None:
    return client.session.get("_auth_user_id")


def is_refused(client: HouseClient, answer: Any) -> bool:
    return answer.status_code == 403 and who(client) is None and "n’a pas eu lieu" in answer.content.decode()


def test_whoever_holds_an_account_comes_in_and_goes_where_she_was_going(
    client: HouseClient, ines: Account
) -> None:
    assert NAME in client.get("/compte/login/").content.decode()
    answer = come(client)
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert who(client) == str(ines.pk)
    kept = SocialAccount.objects.get()
    assert (kept.user_id, kept.uid, kept.provider, kept.extra_data) == (
        ines.pk,
        "s-1",
        "company",
        {"two_steps": False},
    )


def test_a_wholly_signed_answer_without_a_signed_assertion_is_refused(
    client: HouseClient, ines: Account
) -> None:
    assert ines.pk
    assert is_refused(client, come(client, whole=True))


@pytest.mark.parametrize(
    "said",
    [
        {"signs": None},
        {"signs": FOREIGN},
        {"issuer": "https://elsewhere.example/entity"},
        {"audience": "https://elsewhere.example/metadata"},
        {"audience": "-"},
        {"late": dt.timedelta(hours=1)},
        {"late": dt.timedelta(hours=-1)},
        {"confirms": "_another"},
        {"confirms": ""},
        {"form": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
    ],
    ids=[
        "unsigned",
        "other-key",
        "other-issuer",
        "other-audience",
        "no-audience",
        "ended",
        "not-begun",
        "other-question",
        "no-question",
        "transient-name",
    ],
)
def test_an_assertion_that_proves_nothing_is_refused(
    said: dict[str, Any], client: HouseClient, ines: Account
) -> None:
    assert ines.pk
    assert is_refused(client, come(client, **said))
    assert not SocialAccount.objects.exists()


def test_what_is_wrapped_around_a_signed_assertion_is_not_believed(
    client: HouseClient, ines: Account
) -> None:
    assert ines.pk
    for place in range(3):
        assert is_refused(client, post(client, wrapped(lead(client), place)))


def wrapped(question: str, place: int) -> str:
    """A signed assertion about somebody else, with a forged one beside, around, or in its place."""
    signed = base64.b64decode(Assertion(question, HERE, email="lea@acme.example", name="s-9").sent())
    start, end = (
        signed.index(b"<saml:Assertion"),
        signed.index(b"</saml:Assertion>") + len(b"</saml:Assertion>"),
    )
    good = signed[start:end]
    forged = re.sub(rb"<ds:Signature.*?</ds:Signature>", b"", good, flags=re.DOTALL)
    forged = forged.replace(b"lea@acme.example", MAIL.encode()).replace(b"_a1", b"_a2")
    beside = signed[:start] + forged + signed[start:]
    within = signed[:start] + forged.replace(b"</saml:Assertion>", good + b"</saml:Assertion>") + signed[end:]
    aside = b"<samlp:Extensions>" + good + b"</samlp:Extensions><samlp:Status>"
    hidden = (signed[:start] + forged + signed[end:]).replace(b"<samlp:Status>", aside)
    return base64.b64encode((beside, within, hidden)[place]).decode()


def test_a_changed_word_breaks_the_signature(client: HouseClient, ines: Account) -> None:
    assert ines.pk
    sent = base64.b64decode(Assertion(lead(client), HERE, email="lea@acme.example").sent())
    changed = base64.b64encode(sent.replace(b"lea@acme.example", MAIL.encode())).decode()
    assert is_refused(client, post(client, changed))


def test_an_answer_serves_once_and_in_the_session_that_asked(client: HouseClient, ines: Account) -> None:
    sent = Assertion(lead(client), HERE).sent()
    other = HouseClient()
    lead(other)
    assert is_refused(other, post(other, sent))
    post(client, sent)
    assert who(client) == str(ines.pk)
    client.post("/compte/logout/")
    assert is_refused(client, post(client, sent))


def test_what_was_put_aside_is_read_once(client: HouseClient, ines: Account) -> None:
    put = HouseClient().post(f"{PLACES}assertion/", {"SAMLResponse": Assertion(lead(client), HERE).sent()})
    assert client.get(put["Location"]).status_code == 302
    assert who(client) == str(ines.pk)
    again = HouseClient()
    lead(again)
    assert is_refused(again, again.get(put["Location"]))
    assert put["Location"].split("=")[1] not in set(Session.objects.values_list("pk", flat=True))


def test_an_answer_that_nobody_asked_for_is_refused(client: HouseClient, ines: Account) -> None:
    assert ines.pk
    assert is_refused(client, post(client, Assertion("_made-up", HERE).sent()))
    assert is_refused(client, post(client, Assertion("", HERE).sent()))


@pytest.mark.parametrize(
    "sent", ["", "nonsense", "PHNhbWw+", "x" * 200_001], ids=["empty", "words", "base64", "long"]
)
def test_no_message_makes_it_fail(sent: str, client: HouseClient) -> None:
    lead(client)
    assert is_refused(client, post(client, sent))


def test_a_document_that_names_files_of_the_machine_is_not_read(client: HouseClient, ines: Account) -> None:
    assert ines.pk
    entity = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert is_refused(client, come(client, before=entity))


@pytest.mark.parametrize("email", ["nobody@acme.example", "ines@elsewhere.example", ""])
def test_nobody_gets_an_account_and_an_address_elsewhere_proves_nothing(
    email: str, client: HouseClient, ines: Account
) -> None:
    answer = come(client, email=email)
    assert (answer.status_code, who(client)) == (403, None)
    assert [account.pk for account in Account.objects.all()] == [ines.pk]


def test_somebody_else_who_was_given_the_address_does_not_inherit_the_account(
    client: HouseClient, ines: Account
) -> None:
    come(client)
    assert who(client) == str(ines.pk)
    other = HouseClient()
    assert come(other, name="s-2").status_code == 403
    assert who(other) is None


def test_a_closed_account_stays_closed(client: HouseClient, ines: Account) -> None:
    close_account(by=system(), account=ines, today=house.TODAY)
    come(client)
    assert who(client) is None


@pytest.mark.parametrize(
    ("rule", "level", "opens"),
    [
        ("ours", TWO_STEPS, False),
        ("claimed", TWO_STEPS, True),
        ("claimed", "password", False),
        ("always", "x", True),
    ],
)
def test_the_second_step_of_the_service_counts_as_the_options_say(
    rule: str, level: str, opens: bool, client: HouseClient, ines: Account, settings: Any
) -> None:
    settings.SIGN_ON = configured(second_step=rule)
    Authenticator.objects.create(user=ines, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = come(client, level=level)
    assert (who(client) == str(ines.pk)) is opens
    assert answer["Location"].startswith(HOME if opens else "/compte/2fa/authenticate/")


def test_the_page_for_the_service_s_administrator_says_where_signed_assertions_go(
    client: HouseClient,
) -> None:
    page = client.get(f"{PLACES}metadonnees/")
    told = page.content.decode()
    assert page["Content-Type"].startswith("application/samlmetadata+xml")
    assert f'entityID="http://testserver{PLACES}metadonnees/"' in told
    assert f'Location="{HERE}"' in told
    assert 'WantAssertionsSigned="true"' in told


def test_the_addresses_are_those_of_the_options_whatever_a_request_says(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    told = HouseClient(HTTP_HOST="evil.example").get(f"{PLACES}metadonnees/").content.decode()
    assert "evil" not in told


def test_assertions_from_one_address_are_counted(client: HouseClient) -> None:
    answers = [client.post(f"{PLACES}assertion/", {"SAMLResponse": "x"}).status_code for _ in range(32)]
    assert (answers[0], answers[-1]) == (302, 429)


def test_where_the_service_speaks_another_language_there_is_no_such_address(
    client: HouseClient, settings: Any
) -> None:
    for told in ({}, configured() | {"provider": "openid_connect"}):
        settings.SIGN_ON = told
        assert client.get(f"{PLACES}metadonnees/").status_code == 404
        assert client.post(f"{PLACES}assertion/", {"SAMLResponse": "x"}).status_code == 404
    settings.SIGN_ON = configured()
    assert client.get(f"{PLACES}retour/").status_code == 404


def test_half_a_service_is_refused_at_the_start(tmp_path: Path) -> None:
    certificate = tmp_path / "idp.pem"
    certificate.write_text(OWN.certificate)
    whole: dict[str, Any] = {
        "saml_issuer": ISSUER,
        "saml_address": SSO,
        "saml_certificate": certificate,
        "saml_name": NAME,
        "saml_domains": "acme.example",
    }
    found = Options(**whole, saml_email="courriel").sign_on
    assert found["settings"]["attribute_mapping"] == {"email": ["courriel"]}
    assert (found["provider"], found["settings"]["verified_email"]) == ("saml", ["acme.example"])
    for left_out in ("saml_address", "saml_certificate", "saml_name", "saml_domains"):
        with pytest.raises(ValidationError):
            Options(**{name: value for name, value in whole.items() if name != left_out})
    with pytest.raises(ValidationError, match="https"):
        Options(**whole | {"saml_address": "http://idp.acme.example/"})
    oidc: dict[str, Any] = {"oidc_client_id": "a", "oidc_client_secret": "b", "oidc_name": "c"}
    with pytest.raises(ValidationError, match="at a time"):
        Options(**whole, oidc_issuer="https://x.example", **oidc)
