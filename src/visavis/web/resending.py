"""Forms that came too late: what was typed is given back, with a button to send it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from visavis.web.outages import had_files, typed_in


def kept(request: HttpRequest) -> dict[str, Any]:
    """What a page needs to give a form back: what was typed, where it goes.

    Only what one of our own pages sent: a button of ours never sends what another site made up.
    """
    typed = typed_in(request) if _is_ours(request) else []
    return {"typed": typed, "address": request.get_full_path(), "files": bool(typed) and had_files(request)}


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it; no other site can have it say so."""
    ours = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", "") == ours


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in; a form sent after the session was over is given back first."""

    def handle_no_permission(  # type: ignore[override]  # the form, where one was sent
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        """The page where one signs in, or the form with what was typed."""
        context = kept(request) if request.method == "POST" and "HX-Request" not in request.headers else {}
        if not context.get("typed"):
            return super().handle_no_permission(request, view_func)
        return HttpResponse(render_to_string("web/session_over.html", context, request), status=403)
