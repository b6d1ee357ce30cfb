"""Between a signed-in request and the house: sessions that are over, a second step not yet set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.people.access.viewer import NOBODY
from visavis.people.accounts.models import Account
from visavis.people.accounts.sessions import IDLE, idle_limit, is_over, note

GetResponse = Callable[[HttpRequest], HttpResponse]

#: allauth's list, in the session, of how somebody proved who they are.
_METHODS = "account_authentication_methods"
#: Pages on which somebody signed in says again who they are.
_PROOFS = ("account_reauthenticate", "mfa_reauthenticate")
#: Open before a password is chosen and the second step is set: what sets it, the way out, help.
_OPEN = ("account_", "mfa_", "web:", "demo:", "settings:sessions", "settings:end_session")


class SessionLimits:
    """End a session left alone or open for too long; note who is there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_over(request):
            logout(request)
            request.viewer = NOBODY  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "POST" and _is_proof(request.resolver_match) and not request.session.is_empty():
            request.session.cycle_key()
        if isinstance(request.user, Account) and not request.session.is_empty():
            note(request.session, now=timezone.now(), agent=request.headers.get("User-Agent", ""))
        return response


def _is_proof(match: ResolverMatch | None) -> bool:
    """Whether somebody said again who they are: the session gets a new key then, as at a sign-in."""
    return match is not None and match.view_name in _PROOFS


def _is_over(request: HttpRequest) -> bool:
    """Whether the session is over; roles are only looked up once the shortest time has passed."""
    now = timezone.now()
    if not is_over(request.session, now=now, idle=IDLE):
        return False
    return is_over(request.session, now=now, idle=idle_limit(request.viewer.roles))  # type: ignore[attr-defined]


class SecondStep:
    """A drawn password is changed, and whoever holds much sets a second step, before anything else opens."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Lead to the page where the password is chosen, or the second step set."""
        account = request.user
        if not isinstance(account, Account) or _is_open(request.resolver_match):
            return None
        if account.has_drawn_password and not _came_by_the_service(request):
            messages.info(request, _("Choose your own password first: the one you were handed ends in days."))
            return redirect("account_change_password")
        if not _is_owed(request, account):
            return None
        messages.info(
            request, _("Your role asks for a second step at sign-in: set it now, it takes a minute.")
        )
        return redirect("mfa_index")


def _is_open(match: ResolverMatch | None) -> bool:
    return match is not None and match.view_name.startswith(_OPEN)


def _came_by_the_service(request: HttpRequest) -> bool:
    """Whether the company's service signed her in: the drawn password was not used, and ends by itself."""
    return any(told.get("method") == "socialaccount" for told in request.session.get(_METHODS, []))


def _is_owed(request: HttpRequest, account: Account) -> bool:
    """Whether her roles ask for a second step that neither this session nor the account has."""
    if not settings.SECOND_STEP_ROLES.intersection(request.viewer.roles):  # type: ignore[attr-defined]
        return False
    methods = {told.get("method") for told in request.session.get(_METHODS, [])}
    if "mfa" in methods:
        return False
    return not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()
