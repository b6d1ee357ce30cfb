"""Back from a service that speaks SAML: what it posts is put aside, then read in the person's session."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any, Final

from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from visavis.people.accounts.provider import COMPANY
from visavis.people.accounts.saml import LONGEST, SamlCompany, UntrustedAssertionError
from visavis.people.accounts.sign_on import Directory, refusal
from visavis.people.accounts.throttle import may_ask

logger = logging.getLogger("visavis.security")
#: Assertions received, by minute and address of the network: each leaves a row for some minutes.
_RECEIVED: Final = 30
_SECONDS: Final = 120
_WHAT: Final = "assertion"


def _company(request: HttpRequest) -> SamlCompany:
    """The service, or nothing at all where none speaks SAML."""
    try:
        found = Directory(request).get_provider(request, COMPANY)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    if not isinstance(found, SamlCompany):
        raise Http404
    return found


@login_not_required
@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """What the service must know of us."""
    return HttpResponse(
        _company(request).metadata(), content_type="application/samlmetadata+xml; charset=utf-8"
    )


@csrf_exempt
@login_not_required
@require_POST
def assertion(request: HttpRequest) -> HttpResponse:
    """Put aside what another site posts: its request brings no session of ours, the next one does."""
    company = _company(request)
    received = request.POST.get("SAMLResponse", "")
    if not received or len(received) > LONGEST:
        return refusal(request, "failed")
    if not may_ask(request, "assertion", times=_RECEIVED):
        told = {"cause": "often", "service": company.name}
        return render(request, "account/sign_on_refused.html", told, status=429)
    kept = _store()
    kept[_WHAT] = received
    kept.set_expiry(_SECONDS)
    kept.create()
    return redirect(f"{reverse('sign_on:asserted')}?recu={kept.session_key}")


def _store(key: str | None = None) -> Any:
    """A row of the store of sessions that is nobody's session: it holds an assertion and no account."""
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


@login_not_required
@require_safe
def asserted(request: HttpRequest) -> HttpResponseBase:
    """Read what was put aside, once: whoever asked for it in this session is signed in."""
    company = _company(request)
    kept = _store(request.GET.get("recu", "")[:64] or None)
    received = str(kept.get(_WHAT, ""))
    if received:
        kept.delete()
    try:
        login = company.believed(request, received)
    except UntrustedAssertionError as problem:
        logger.warning("A sign-in at the company’s service failed: %s", problem)
        return refusal(request, "failed")
    answer: HttpResponseBase = complete_social_login(request, login)
    return answer


asserted.writes_on_get = True  # type: ignore[attr-defined]
