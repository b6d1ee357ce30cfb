"""A sign-in service for tests that speaks SAML: keys made with it, signing what it is told."""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

ISSUER, SSO, NAME = "https://idp.acme.example/entity", "https://idp.acme.example/sso", "Annuaire Acme"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TWO_STEPS = "https://refeds.org/profile/mfa"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


@dataclass
class Keys:
    """A private key and the certificate that says so, both made at the time of the test."""

    key: str
    certificate: str


def keys() -> Keys:
    """Draw a pair."""
    drawn = rsa.generate_private_key(65_537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(drawn.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(drawn, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form, secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return Keys(drawn.private_bytes(pem, form, secret).decode(), made.public_bytes(pem).decode())


OWN, FOREIGN = keys(), keys()


def asked(address: str) -> str:
    """The number of the question in the address to which somebody is led."""
    told = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    question = zlib.decompress(base64.b64decode(told), -15).decode()
    return question.split(' ID="', 1)[1].split('"', 1)[0]


@dataclass
class Assertion:
    """What is said of somebody, right unless a test says otherwise.

    Attributes:
        question: number of the question that is answered.
        confirms: the same in the signed part; none repeats ``question``.
    """

    question: str
    here: str
    confirms: str | None = None
    name: str = "s-1"
    form: str = PERSISTENT
    email: str = "ines@acme.example"
    issuer: str = ISSUER
    audience: str = ""
    level: str = PASSWORD
    late: dt.timedelta = field(default_factory=dt.timedelta)
    signs: Keys | None = field(default_factory=lambda: OWN)
    whole: bool = False
    before: str = ""

    def sent(self) -> str:
        """The response in base 64, its assertion signed (or all of it, if ``whole``)."""
        from onelogin.saml2.utils import OneLogin_Saml2_Utils

        text = self._assertion()
        sign = OneLogin_Saml2_Utils.add_sign
        if self.signs and not self.whole:
            text = sign(text, self.signs.key, self.signs.certificate).decode()
        text = self.before + self._response(text.removeprefix('<?xml version="1.0"?>'))
        if self.signs and self.whole:
            text = sign(text, self.signs.key, self.signs.certificate).decode()
        return base64.b64encode(text.encode()).decode()

    def _times(self) -> tuple[str, str, str]:
        now = dt.datetime.now(dt.UTC) - self.late
        around = (now - dt.timedelta(minutes=1), now, now + dt.timedelta(minutes=5))
        first, present, last = (f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in around)
        return first, present, last

    def _assertion(self) -> str:
        first, present, last = self._times()
        confirms = self.question if self.confirms is None else self.confirms
        answered = f'InResponseTo="{confirms}" ' if confirms else ""
        audience = self.audience or self.here.replace("/assertion/", "/metadonnees/")
        restricted = (
            f"<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>"
        )
        if audience == "-":
            restricted = ""
        return f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0"
 IssueInstant="{present}"><saml:Issuer>{self.issuer}</saml:Issuer><saml:Subject><saml:NameID
 Format="{self.form}">{self.name}</saml:NameID><saml:SubjectConfirmation
 Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData {answered}NotOnOrAfter="{last}"
 Recipient="{self.here}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{first}"
 NotOnOrAfter="{last}">{restricted}</saml:Conditions><saml:AuthnStatement AuthnInstant="{present}"
 SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>{self.level}</saml:AuthnContextClassRef>
 </saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="{MAIL}">
 <saml:AttributeValue>{self.email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"""

    def _response(self, assertion: str) -> str:
        _first, present, _last = self._times()
        success = "urn:oasis:names:tc:SAML:2.0:status:Success"
        status = f'<samlp:Status><samlp:StatusCode Value="{success}"/></samlp:Status>'
        answered = f'InResponseTo="{self.question}" ' if self.question else ""
        return f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" {answered}IssueInstant="{present}"
 Destination="{self.here}"><saml:Issuer>{self.issuer}</saml:Issuer>{status}{assertion}</samlp:Response>"""


def configured(**rules: Any) -> dict[str, Any]:
    """The settings of that service."""
    told = {"entity_id": ISSUER, "sso_url": SSO, "certificate": OWN.certificate}
    usual = {"verified_email": ["acme.example"], "second_step": "ours", "levels": [TWO_STEPS]}
    names = {"provider": "saml", "provider_id": "company", "client_id": "company", "name": NAME}
    return {**names, "settings": {**told, **usual, **rules}}
