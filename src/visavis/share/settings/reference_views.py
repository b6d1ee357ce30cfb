"""The references, to read: moments face to face, themes, lists, editions; and the choice of a model."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from visavis.moments.exchanges import queries as exchanges
from visavis.moments.references import queries as references
from visavis.moments.references.services import SECTORS
from visavis.people.access.clock import now
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.share.settings import models_of_sectors as sectors
from visavis.share.settings import references as shown
from visavis.share.settings.queries import may_read_references
from visavis.share.settings.services import start_from
from visavis.understand.themes.queries import themes as themes_read
from visavis.web.parts import render_part

View = Callable[..., HttpResponse]


def _for_readers(view: View) -> View:
    """Refuse whoever the references have nothing to tell."""

    @wraps(view)
    def guarded(request: HouseRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read_references(request.viewer):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _page(request: HouseRequest, name: str, **context: Any) -> HttpResponse:
    words = {"links": shown.links(request.path), "may_change": request.viewer.may(Right.REFERENCES)}
    return render_part(request, f"settings/{name}.html", words | context)


@require_safe
@_for_readers
def moments(request: HouseRequest) -> HttpResponse:
    """Moments of truth and moments of life, face to face."""
    return _page(request, "moments", faces=shown.faces(list(references.moments(request.viewer))))


@require_safe
@_for_readers
def themes(request: HouseRequest) -> HttpResponse:
    """What is spoken about, on two levels."""
    found = shown.branches(list(themes_read(request.viewer)), get_language() or "fr")
    return _page(request, "themes", branches=found)


@require_safe
@_for_readers
def lists(request: HouseRequest) -> HttpResponse:
    """Channels, reasons, levels, with the names that files give them."""
    found = [
        (_("Contact reasons"), exchanges.reasons(request.viewer)),
        (_("Channels"), exchanges.channels(request.viewer)),
        (_("Levels of treatment"), exchanges.levels(request.viewer)),
    ]
    return _page(request, "lists", lists=found)


@require_safe
@_for_readers
def editions(request: HouseRequest) -> HttpResponse:
    """What was published, when, why, by whom."""
    return _page(request, "editions", editions=shown.editions(request.viewer, get_language() or "fr"))


@require_http_methods(["GET", "HEAD", "POST"])
@_for_readers
def start(request: HouseRequest) -> HttpResponse:
    """Choose the model of a sector: what it holds, then take it."""
    if request.method != "POST":
        return _page(request, "sectors", sectors=sectors.of(get_language() or "fr"))
    sector = request.POST.get("sector", "")
    if sector not in SECTORS:
        messages.error(request, _("Choose one of the models."))
        return redirect("references:start")
    start_from(by=request.viewer, sector=sector, at=now())
    messages.success(request, _("The model is in place. What you already had was left as it was."))
    return redirect("references:moments")
