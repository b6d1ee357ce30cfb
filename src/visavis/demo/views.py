"""The role switcher of the demo."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from visavis.demo.cast import BY_KEY
from visavis.people.accounts.models import Account

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast, without a password, and open their first page."""
    member = BY_KEY.get(request.POST.get("who", ""))
    if not settings.DEMO or member is None:
        raise Http404
    account = get_object_or_404(Account, email=member.email, is_active=True)
    login(request, account, backend=_BACKEND)
    return redirect("/")
