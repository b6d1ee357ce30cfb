"""To the company's sign-in service and back."""

from __future__ import annotations

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from visavis.people.accounts.provider import COMPANY, Company, Exchange, Return
from visavis.people.accounts.saml import SamlCompany
from visavis.people.accounts.sign_on import Directory
from visavis.people.accounts.throttle import may_ask

#: Beginnings of a sign-in, by minute and address of the network: each leaves a session.
_BEGINNINGS = 20


def _company(request: HttpRequest) -> Company | SamlCompany:
    """The service, or nothing at all where none is configured."""
    try:
        return Directory(request).get_provider(request, COMPANY)
    except SocialApp.DoesNotExist:
        raise Http404 from None


@login_not_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the service, by a page: our policy lets no form leave this host, whoever redirects it."""
    company = _company(request)
    if not may_ask(request, "sign-on", times=_BEGINNINGS):
        return render(
            request, "account/sign_on_refused.html", {"cause": "often", "service": company.name}, status=429
        )
    try:
        address = company.lead(request, after=get_next_redirect_url(request))
    except (OAuth2Error, requests.RequestException) as problem:
        return _failed(request, company, problem)
    answer = render(request, "account/sign_on.html", {"address": address, "service": company.name})
    answer["Refresh"] = f"0; url={address}"
    return answer


def _failed(request: HttpRequest, company: Company | SamlCompany, problem: Exception) -> HttpResponse:
    try:
        Directory(request).on_authentication_error(request, company, exception=problem)
    except ImmediateHttpResponse as page:
        answer: HttpResponse = page.response
        return answer
    raise problem


@login_not_required
@require_safe
def back(request: HttpRequest) -> HttpResponseBase:
    """Come back from the service: the code is checked, then whoever holds an account is signed in."""
    if isinstance(_company(request), SamlCompany):
        raise Http404
    answer: HttpResponseBase = Return.adapter_view(Exchange(request, COMPANY))(request)
    return answer


back.writes_on_get = True  # type: ignore[attr-defined]
