"""Options of the company's sign-in service: OpenID Connect, or SAML 2.0."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings

from visavis.core.languages import gettext_noop as _


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


class SignOnOptions(BaseSettings):
    """How people sign in with the account of their company; see ``people/accounts/sign_on.py``."""

    oidc_issuer: str = Field(
        "",
        description="The company's sign-in service (OpenID Connect): its issuer, `https://…`, word for word; "
        "empty: none. What it must know of us: the address of return is `/compte/entreprise/retour/`.",
    )
    oidc_client_id: str = Field("", description="Name under which that service knows us.")
    oidc_client_secret: str = Field("", repr=False, description="Secret that it gave us.")
    oidc_client_secret_file: Path | None = Field(
        None, description="File that holds this secret, instead of the variable."
    )
    oidc_name: str = Field("", description="What people call that service: it stands on the button.")
    oidc_hosts: str = Field(
        "",
        description="Other hosts that it uses for its keys and tokens, separated by commas: "
        "nothing else is reached.",
    )
    oidc_domains: str = Field(
        "",
        description="Domains of e-mail that the service rules, separated by commas: their addresses count as "
        "verified; others must be called so by the service (`email_verified`).",
    )
    oidc_second_step: Literal["ours", "claimed", "always"] = Field(
        "ours",
        description="When a sign-in there counts as two steps: never (`ours`), when it says so "
        "(`claimed`: `mfa` in `amr`, or an `acr` of `VISAVIS_OIDC_LEVELS`), or `always`.",
    )
    oidc_levels: str = Field("", description="Values of `acr` that stand for two steps, separated by commas.")
    oidc_ca: str = Field(
        "",
        description="File (PEM) of the authority that signed the service's certificate; empty: the usual.",
    )

    saml_issuer: str = Field(
        "",
        description="The company's sign-in service when it speaks only SAML 2.0: its entity ID, word for "
        "word; empty: none. Needs `pip install visavis[saml]`. What it must know of us is at "
        "`/compte/entreprise/metadonnees/`.",
    )
    saml_address: str = Field("", description="Where it signs people in (HTTP-Redirect): `https://…`.")
    saml_certificate: Path | None = Field(
        None, description="File (PEM) of the certificate by which it signs."
    )
    saml_name: str = Field("", description="What people call that service: it stands on the button.")
    saml_domains: str = Field(
        "",
        description="Domains of e-mail that it rules, separated by commas: whoever has an address there "
        "comes in by it the first time, by the name of the service afterwards.",
    )
    saml_email: str = Field(
        "", description="Attribute that holds the address; empty: the usual ones, else a NameID that is one."
    )
    saml_second_step: Literal["ours", "claimed", "always"] = Field(
        "ours",
        description="When a sign-in there counts as two steps: never (`ours`), when it says so (`claimed`: "
        "an `AuthnContextClassRef` of `VISAVIS_SAML_LEVELS`), or `always`.",
    )
    saml_levels: str = Field(
        "", description="Values of `AuthnContextClassRef` that stand for two steps, separated by commas."
    )

    @model_validator(mode="after")
    def _saml_is_whole(self) -> Self:
        """Refuse half a SAML service, two services at once, or one that the libraries for it do not serve.

        Raises:
            ValueError: if something is missing, in clear, or doubled.
        """
        if not self.saml_issuer:
            return self
        if self.oidc_issuer:
            raise ValueError(_("VISAVIS_SAML_ISSUER and VISAVIS_OIDC_ISSUER: one sign-in service at a time."))
        if not (self.saml_certificate and self.saml_name and self.saml_domains):
            raise ValueError(_("VISAVIS_SAML_ISSUER needs _ADDRESS, _CERTIFICATE, _NAME and _DOMAINS."))
        if urlsplit(self.saml_address).scheme != "https":
            raise ValueError(_("VISAVIS_SAML_ADDRESS must begin with https://."))
        if find_spec("onelogin") is None:
            raise ValueError(_("VISAVIS_SAML_ISSUER needs: pip install visavis[saml]."))
        return self

    @model_validator(mode="after")
    def _sign_on_is_whole(self) -> Self:
        """Refuse half a sign-in service: people would meet it, not the operator.

        Raises:
            ValueError: if the issuer is not reached over TLS, or a name or the secret is missing.
        """
        if self.oidc_issuer:
            parts = urlsplit(self.oidc_issuer)
            if parts.scheme != "https" and parts.hostname != "127.0.0.1":
                raise ValueError(_("VISAVIS_OIDC_ISSUER must begin with https://."))
            if not (self.oidc_client_id and self._oidc_secret and self.oidc_name):
                raise ValueError(_("VISAVIS_OIDC_ISSUER needs _CLIENT_ID, _CLIENT_SECRET and _NAME."))
        return self

    @property
    def _oidc_secret(self) -> str:
        kept = self.oidc_client_secret_file
        return kept.read_text().strip() if kept else self.oidc_client_secret

    @property
    def sign_on(self) -> dict[str, Any]:
        """The company's sign-in service in allauth's words; empty where there is none."""
        if not self.oidc_issuer:
            return self._saml if self.saml_issuer else {}
        return {
            "provider": "openid_connect",
            "provider_id": "company",
            "name": self.oidc_name,
            "client_id": self.oidc_client_id,
            "secret": self._oidc_secret,
            "settings": {
                "server_url": self.oidc_issuer.rstrip("/"),
                "issuer": self.oidc_issuer,
                "oauth_pkce_enabled": True,
                "scope": ["openid", "email"],
                "verified_email": _listed(self.oidc_domains),
                "second_step": self.oidc_second_step,
                "levels": _listed(self.oidc_levels),
            },
        }

    @property
    def _saml(self) -> dict[str, Any]:
        assert self.saml_certificate is not None  # noqa: S101  checked when they were read
        told: dict[str, Any] = {
            "entity_id": self.saml_issuer,
            "sso_url": self.saml_address,
            "certificate": self.saml_certificate.read_text(),
            "verified_email": _listed(self.saml_domains),
            "second_step": self.saml_second_step,
            "levels": _listed(self.saml_levels),
        }
        if self.saml_email:
            told["attribute_mapping"] = {"email": [self.saml_email]}
        names = {"provider": "saml", "provider_id": "company", "client_id": "company"}
        return {**names, "name": self.saml_name, "settings": told}

    @property
    def sign_on_hosts(self) -> list[tuple[str, int]]:
        """Hosts and ports by which the service is reached: its issuer's, and those listed."""
        others = [f"https://{host}" for host in _listed(self.oidc_hosts)]
        parts = map(urlsplit, [self.oidc_issuer, *others] if self.oidc_issuer else [])
        return [(each.hostname or "", each.port or 443) for each in parts]
