"""The page of backups: which there are, when the last was checked, how one is restored."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.site.backups import queries
from visavis.web.parts import render_part


@require_safe
def page(request: HouseRequest) -> HttpResponse:
    """What is there, what failed, how to restore."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    return render_part(request, "backups/page.html", {"state": queries.state(at=timezone.now())})
