"""Who may come in by the company's sign-in service: existing accounts only, and under which second step."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visavis.people.accounts.provider import COMPANY, Company, DoorSession
from visavis.people.accounts.saml import SamlCompany

logger = logging.getLogger("visavis.security")


class Directory(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """One service, named by the options; nobody gets an account by it."""

    def list_apps(self, request: HttpRequest, provider: str = "", client_id: str = "") -> list[SocialApp]:  # noqa: ARG002  allauth's
        """The service, if one is configured; tables have no say."""
        return [SocialApp(**settings.SIGN_ON)] if settings.SIGN_ON else []

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Company | SamlCompany:
        """The service, in the language that it speaks.

        Raises:
            SocialApp.DoesNotExist: if none is configured.
        """
        app = self.get_app(request, provider=provider, client_id=client_id)
        return (SamlCompany if app.provider == "saml" else Company)(request, app=app)

    def get_requests_session(self) -> DoorSession:
        """How it is reached."""
        return DoorSession()

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Any, str] | None:
        """The account of a verified address, unless somebody else of the service already holds it.

        An address may be given to another person one day; the subject of the service is not.
        """
        found = super().authenticate_by_email(sociallogin)
        held = found and SocialAccount.objects.filter(user=found[0], provider=COMPANY).exists()
        return None if held else found

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002  allauth's
        """Never.

        Raises:
            ImmediateHttpResponse: the refusal.
        """
        logger.warning("Signed in at the company’s service without an account here")
        raise ImmediateHttpResponse(refusal(request, "unknown"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Company | SamlCompany,  # noqa: ARG002  allauth's
        error: str = "",
        exception: Exception | None = None,
        extra_context: Any = None,  # noqa: ARG002
    ) -> None:
        """Say what happened in a sentence; the log has the cause.

        Raises:
            ImmediateHttpResponse: the page.
        """
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(refusal(request, "cancelled"))
        logger.warning("A sign-in at the company’s service failed: %s", _cause(exception))
        raise ImmediateHttpResponse(refusal(request, "failed"))


def _cause(problem: Exception | None) -> str:
    """What may be logged of a failure: answers of the service may hold anything."""
    return type(problem).__name__ if problem else "no sign-in of this session was under way"


def refusal(request: HttpRequest, cause: str) -> HttpResponse:
    """The page of a sign-in that did not succeed.

    Args:
        request: who asks.
        cause: ``unknown`` (no account), ``cancelled``, or ``failed``.
    """
    told = {"cause": cause, "service": settings.SIGN_ON.get("name", "")}
    return render(request, "account/sign_on_refused.html", told, status=403)


class OurSecondStep(AuthenticateStage):  # type: ignore[misc]
    """Our second step, unless the service took it and the options let that count."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if counts_as_second_step(self.login.signal_kwargs):
            record_authentication(request, self.login.user, "mfa", type=COMPANY)
            return False
        return bool(super()._should_handle(request))


def counts_as_second_step(told: dict[str, Any] | None) -> bool:
    """Whether a sign-in at the service replaces our second step.

    Args:
        told: what allauth carries along with a sign-in; of the service's, its ``sociallogin``.
    """
    came_by = (told or {}).get("sociallogin")
    rule = settings.SIGN_ON["settings"]["second_step"] if came_by and settings.SIGN_ON else "ours"
    claimed = came_by is not None and bool(came_by.account.extra_data.get("two_steps"))
    return rule == "always" or (rule == "claimed" and claimed)
