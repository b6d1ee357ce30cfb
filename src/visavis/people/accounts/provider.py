"""The company's sign-in service (OpenID Connect): how it is asked, and what of its answer is kept."""

from __future__ import annotations

import secrets
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from visavis.core import egress
from visavis.people.accounts.tokens import UntrustedTokenError, read_id_token, took_two_steps

#: Names the service in allauth's tables; there is one.
COMPANY: Final = "company"
_SECONDS: Final = 5
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_PORTS: Final = {"https": 443, "http": 80}


class DoorSession(requests.Session):
    """Reaches the service through its doors; follows no redirection, reads no environment."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = settings.SIGN_ON_CA or True

    def request(self, method: str, url: str, **asked: Any) -> requests.Response:  # type: ignore[override]
        """Ask once.

        Raises:
            requests.ConnectionError: if no door leads there, or nobody answers.
        """
        try:
            with egress.through(_door(url)):
                return super().request(
                    method, url, **{**asked, "timeout": _SECONDS, "allow_redirects": False}
                )
        except egress.ClosedError as closed:
            raise requests.ConnectionError(str(closed)) from closed


def _door(url: str) -> str:
    """The name of the door that leads to ``url``; in clear, only to this machine."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme)
    if parts.scheme != "https" and parts.hostname != "127.0.0.1":
        raise egress.ClosedError(f"{parts.hostname} would be reached in clear")
    found = (
        door.name
        for door in egress.doors()
        if door.name.startswith(settings.SIGN_ON_DOOR) and (door.host, door.port) == (parts.hostname, port)
    )
    return next(found, f"{settings.SIGN_ON_DOOR} {parts.hostname}")


class Exchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The code against an ID token; nothing else is asked for, and no token is kept."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the service says of itself.

        Raises:
            OAuth2Error: if it says to be another one, or not where it is.
        """
        told: dict[str, Any] = super().openid_config
        if told.get("issuer") != settings.SIGN_ON["settings"]["issuer"]:
            raise OAuth2Error("the service names another issuer than the one that was configured")
        if not all(isinstance(told.get(name), str) for name in _NEEDED):
            raise OAuth2Error("the service does not say where it is")
        if not told["authorization_endpoint"].startswith(("https://", "http://127.0.0.1:")):
            raise OAuth2Error("the service would be reached in clear")
        return told

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002  allauth's
        """Where the service sends people back."""
        return str(build_absolute_uri(request, reverse("sign_on:back")))

    def parse_token(self, data: dict[str, Any]) -> SocialToken:  # noqa: ARG002  allauth's
        """Forget the access token: nothing is asked of the service in somebody's name."""
        return SocialToken()

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,  # noqa: ARG002  allauth's
        **kept: Any,
    ) -> SocialLogin:
        """Check the ID token and say whom it names.

        Raises:
            OAuth2Error: if it proves nothing.
        """
        with DoorSession() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            told = read_id_token(
                str(kept["response"].get("id_token", "")),
                keys=answer.json(),
                issuer=app.settings["issuer"],
                client_id=app.client_id,
                nonce=self.nonce,
            )
        except UntrustedTokenError as problem:
            raise OAuth2Error(str(problem)) from problem
        return self.get_provider().sociallogin_from_response(request, {"id_token": told})


class Company(OpenIDConnectProvider):  # type: ignore[misc]
    """The service, as allauth sees it."""

    oauth2_adapter_class = Exchange

    def lead(self, request: HttpRequest, *, after: str | None) -> str:
        """Where to send somebody who signs in; state, nonce and proof of the code stay in the session.

        Args:
            request: who asks.
            after: path to open once signed in.
        """
        nonce = secrets.token_urlsafe(24)
        asked = {"nonce": nonce}
        answer = self.redirect(request, "login", after, auth_params=asked, nonce=nonce)
        return str(answer["Location"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Whether two steps were taken, and nothing about the person."""
        levels = frozenset(self.app.settings["levels"])
        return {"two_steps": took_two_steps(data["id_token"], levels=levels)}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address; verified if the service says so in so many words (see ``is_email_verified`` too)."""
        told = data["id_token"]
        address, verified = told.get("email"), told.get("email_verified") is True
        known = isinstance(address, str) and address
        return [EmailAddress(email=address, verified=verified, primary=True)] if known else []

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Only the address: names are the organisation's."""
        address = data["id_token"].get("email")
        return {"email": address} if isinstance(address, str) else {}


class Return(OAuth2CallbackView):  # type: ignore[misc]
    """Somebody comes back from the service."""

    def _get_state(
        self, request: HttpRequest, provider: Company
    ) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, refusal = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refusal
