"""The screens of the furniture itself: help, preferences, catalogue."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from visavis.people.access.clock import today
from visavis.people.accounts.throttle import may_ask
from visavis.web.preferences import KEYS_COOKIE, THEME_COOKIE, THEMES, account_of, choose, remember
from visavis.web.reports import LONGEST, count_reports


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to read the screens: words of certainty, counts, keys."""
    return render(request, "web/help.html")


@login_not_required
@csrf_exempt
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Count what a browser refused to do on one of our pages; past the limit of an address, count nothing."""
    size = request.headers.get("Content-Length", "")
    short = size.isdecimal() and len(size) < 10 and int(size) <= LONGEST
    if short and may_ask(request, "policy_report", times=60):
        count_reports(request.read(LONGEST), host=request.get_host(), today=today())
    return HttpResponse(status=204)


@login_not_required
@require_POST
def keep_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language, appearance or shortcuts that were chosen, then go back where it was."""
    here = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(here if ours and here.startswith("/") else "/")
    language = (
        request.POST.get("language", "") if request.POST.get("language") in dict(settings.LANGUAGES) else ""
    )
    theme = request.POST.get("theme", "") if request.POST.get("theme") in THEMES else ""
    keys = request.POST.get("keys", "") if request.POST.get("keys") in {"on", "off"} else ""
    choose(account_of(request), language=language, theme=theme, shortcuts=keys == "on" if keys else None)
    for cookie, value in (
        (settings.LANGUAGE_COOKIE_NAME, language),
        (THEME_COOKIE, theme),
        (KEYS_COOKIE, keys),
    ):
        if value:
            remember(response, cookie, value)
    return response
