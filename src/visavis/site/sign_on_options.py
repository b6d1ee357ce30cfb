"""Options of the company's sign-in service (OpenID Connect)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings


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

    @model_validator(mode="after")
    def _sign_on_is_whole(self) -> Self:
        """Refuse half a sign-in service: people would meet it, not the operator.

        Raises:
            ValueError: if the issuer is not reached over TLS, or a name or the secret is missing.
        """
        if self.oidc_issuer:
            parts = urlsplit(self.oidc_issuer)
            if parts.scheme != "https" and parts.hostname != "127.0.0.1":
                raise ValueError("VISAVIS_OIDC_ISSUER must begin with https://")
            if not (self.oidc_client_id and self._oidc_secret and self.oidc_name):
                raise ValueError("VISAVIS_OIDC_ISSUER needs _CLIENT_ID, _CLIENT_SECRET and _NAME")
        return self

    @property
    def _oidc_secret(self) -> str:
        kept = self.oidc_client_secret_file
        return kept.read_text().strip() if kept else self.oidc_client_secret

    @property
    def sign_on(self) -> dict[str, Any]:
        """The company's sign-in service in allauth's words; empty where there is none."""
        if not self.oidc_issuer:
            return {}
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
    def sign_on_hosts(self) -> list[tuple[str, int]]:
        """Hosts and ports by which the service is reached: its issuer's, and those listed."""
        others = [f"https://{host}" for host in _listed(self.oidc_hosts)]
        parts = map(urlsplit, [self.oidc_issuer, *others] if self.oidc_issuer else [])
        return [(each.hostname or "", each.port or 443) for each in parts]
