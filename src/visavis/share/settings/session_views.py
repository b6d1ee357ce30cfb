"""Open sessions, one's own and, unseen, those of others; the safety of the instance."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.accounts.adapter import must_prove
from visavis.people.accounts.models import Account
from visavis.people.accounts.services import close_sessions
from visavis.people.accounts.sessions import sessions_of
from visavis.share.settings import queries
from visavis.share.settings.safety import safety
from visavis.web.parts import render_part


@require_safe
def safety_page(request: HouseRequest) -> HttpResponse:
    """The journal's chain, the ways out, browsers' reports, second steps that are owed."""
    found = safety(request.viewer, now=now(), whole=request.GET.get("tout") == "oui")
    return render_part(request, "settings/safety.html", {"safety": found})


@require_safe
def sessions(request: HouseRequest) -> HttpResponse:
    """Where this account is signed in."""
    assert isinstance(request.user, Account)  # noqa: S101  the page asks to sign in
    found = sessions_of(request.user, here=request.session.session_key or "")
    return render_part(request, "settings/sessions.html", {"sessions": found})


@require_POST
def end(request: HouseRequest) -> HttpResponse:
    """End one of one's own sessions, or all the others, once it is sure who asks."""
    must_prove(request)
    assert isinstance(request.user, Account)  # noqa: S101  the page asks to sign in
    mark = request.POST.get("mark", "")[:16]
    but = request.session.session_key or ""
    ended = close_sessions(by=request.viewer, account=request.user, today=today(), mark=mark, but=but)
    _tell(request, ended)
    return redirect("settings:sessions")


@require_POST
def end_of(request: HouseRequest, pk: int) -> HttpResponse:
    """End all the sessions of somebody."""
    found = get_object_or_404(queries.accounts(request.viewer, today=today()), pk=pk)
    _tell(request, close_sessions(by=request.viewer, account=found, today=today()))
    return redirect("settings:account", pk=pk)


def _tell(request: HouseRequest, ended: int) -> None:
    told = ngettext("%(number)s session ended.", "%(number)s sessions ended.", ended) % {"number": ended}
    messages.success(request, told)
