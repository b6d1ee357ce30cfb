"""One template a page; htmx gets the part it asked for, everyone else the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asked for a piece of page. Going back in history asks for the whole page again."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted  # type: ignore[union-attr]


def render_part(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render ``template``, or only its ``part`` when htmx asked for it.

    Args:
        request: as received; needs the htmx middleware.
        template: the page's template.
        context: what it is given, the same for the part and for the page.
        part: name of a ``{% partialdef %}`` of that template; empty: always the page.
        status: 422 for a form with errors: our htmx swaps it, and browsers show it.

    Returns:
        The answer. Messages waiting for the reader follow a part as toasts.
    """
    partial = part and wants_part(request)
    response = render(request, f"{template}#{part}" if partial else template, dict(context), status=status)
    if partial and len(get_messages(request)):
        response.write(render_to_string("web/pieces/toasts.html", {}, request))
    patch_vary_headers(response, ["HX-Request"])
    return response
