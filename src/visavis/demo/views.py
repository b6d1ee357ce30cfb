"""The role switcher of the demo, and its visit."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from visavis.demo.cast import BY_KEY, Member
from visavis.demo.visit import place
from visavis.people.accounts.models import Account

_BACKEND = "django.contrib.auth.backends.ModelBackend"
#: The code of the step at which the visitor is, and whether the banner shows it.
AT, ON = "demo_visit_at", "demo_visit_on"
_LEAVE = "leave"


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast, without a password, and open their first page."""
    member = BY_KEY.get(request.POST.get("who", ""))
    if not settings.DEMO or member is None:
        raise Http404
    _become(request, member)
    return redirect("/")


@login_not_required
@require_POST
def visit(request: HttpRequest) -> HttpResponse:
    """Go to a step of the visit, as the one who sees it; or leave it, keeping the place."""
    if not settings.DEMO:
        raise Http404
    to = request.POST.get("to", "")
    if to == _LEAVE:
        request.session[ON] = False
        return redirect(_own_page(request, request.POST.get("back", "")))
    step = place(to).step
    _become(request, step.member)
    request.session[AT], request.session[ON] = step.code, True
    return redirect(step.url)


def _own_page(request: HttpRequest, address: str) -> str:
    """``address`` when it is one of ours; the first page otherwise."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if ours else "/"


def _become(request: HttpRequest, member: Member) -> None:
    """Sign in as ``member``, who keeps the place of the visit."""
    account = get_object_or_404(Account, email=member.email, is_active=True)
    if request.user == account:
        return
    kept = {key: request.session[key] for key in (AT, ON) if key in request.session}
    login(request, account, backend=_BACKEND)
    request.session.update(kept)
