"""Saved views: the list, the name of a new one, another name, the end of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.people.access.middleware import HouseRequest
from visavis.understand.verbatims import saved
from visavis.understand.verbatims.forms import SavedForm
from visavis.understand.verbatims.saved_pages import SavedPage, pages
from visavis.web.filters import FROM, PERIOD, TO
from visavis.web.parts import render_part

#: Word of the address that names the page; the rest of the query is what the view asks.
PAGE = "vue"
_LONGEST = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def saved_views(request: HouseRequest) -> HttpResponse:
    """One's views, those that are shared, and the name of a new one."""
    asked = request.POST if request.method == "POST" else request.GET
    page = _page_of(request, asked.get(PAGE, ""))
    query = _known(asked.get("query", "") if request.method == "POST" else asked.urlencode())
    form = SavedForm(request.POST or None, viewer=request.viewer, page=page)
    if form.is_valid():
        kept = dict(form.cleaned_data)
        lasting = _lasting(query) if kept.pop("latest") else query
        try:
            saved.save_view(by=request.viewer, page=page.key, query=lasting, **kept)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The view is saved."))
            return redirect("verbatims:saved")
    return _page(request, form, page=page, query=query, asked=PAGE in asked)


def _page_of(request: HouseRequest, key: str) -> SavedPage:
    """The page that is named, or the first that the viewer opens."""
    known = pages(request.viewer)
    if not known or (key and key not in known):
        raise PermissionDenied
    return known[key] if key else next(iter(known.values()))


def _known(query: str) -> str:
    """What an address asks, written again: nothing of it is kept but keys and values."""
    found = QueryDict(query[:_LONGEST], mutable=True)
    found.pop(PAGE, None)
    return found.urlencode()[:_LONGEST]


def _lasting(query: str) -> str:
    """The same without its period: the page then opens on the latest one."""
    found = QueryDict(query, mutable=True)
    for key in (PERIOD, FROM, TO):
        found.pop(key, None)
    return found.urlencode()


def _page(request: HouseRequest, form: SavedForm, **more: Any) -> HttpResponse:
    viewer = request.viewer
    context = {
        "form": form,
        "mine": saved.rows(viewer, saved.own_views(viewer)),
        "shared": saved.rows(viewer, saved.shared_views(viewer)),
        **more,
    }
    return render_part(request, "verbatims/saved.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HouseRequest, pk: int) -> HttpResponse:
    """Give a view another name, or share it otherwise."""
    view = get_object_or_404(saved.own_views(request.viewer), pk=pk)
    page = pages(request.viewer)[view.page]
    start = {"name": view.name, "shared_with": view.shared_with_id}
    form = SavedForm(request.POST or None, viewer=request.viewer, page=page, kept=True, initial=start)
    if form.is_valid():
        try:
            saved.rename_view(by=request.viewer, view=view, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The view is saved."))
            return redirect("verbatims:saved")
    return _page(request, form, page=page, query=view.query, view=view)


@require_POST
def delete(request: HouseRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    saved.delete_view(by=request.viewer, view=get_object_or_404(saved.own_views(request.viewer), pk=pk))
    messages.success(request, _("The view is deleted."))
    return redirect("verbatims:saved")
