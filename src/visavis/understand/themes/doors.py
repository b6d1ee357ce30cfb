"""Who passes: readers of the taxonomy, and those who change it. Everybody else finds nothing here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.themes.queries import may_read
from visavis.web.navigation import Link
from visavis.web.parts import render_part

View = Callable[..., HttpResponse | StreamingHttpResponse]


def for_readers(view: View) -> View:
    """Refuse whoever the taxonomy has nothing to tell."""

    @wraps(view)
    def guarded(request: HouseRequest, *args: Any, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        if not may_read(request.viewer):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def for_editors(view: View) -> View:
    """Refuse whoever may not change the taxonomy."""

    @wraps(view)
    def guarded(request: HouseRequest, *args: Any, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        request.viewer.must(Right.REFERENCES)
        return view(request, *args, **kwargs)

    return guarded


def show(
    request: HouseRequest, name: str, *, part: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the room, with its tabs."""
    words = {"links": _links(request), "may_edit": request.viewer.may(Right.REFERENCES)}
    return render_part(request, f"taxonomy/{name}.html", words | context, part=part, status=status)


def _links(request: HouseRequest) -> list[Link]:
    pages = [
        (_("Themes"), "themes:list"),
        (_("Try a sentence"), "themes:trial"),
        (pgettext("themes", "Tests"), "themes:tests"),
        (_("Versions"), "themes:versions"),
    ]
    if request.viewer.may(Right.REFERENCES):
        pages.insert(3, (_("Proposals"), "themes:proposals"))
    return [Link(label, reverse(name), reverse(name) == request.path) for label, name in pages]
