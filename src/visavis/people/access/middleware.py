"""Each request carries its viewer; without a sign-in, nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from visavis.people.access.clock import today
from visavis.people.access.viewer import NOBODY, Viewer, viewer_of
from visavis.people.accounts.models import Account


class HouseRequest(HttpRequest):
    """A request as the house's screens see it. For types only."""

    viewer: Viewer
    htmx: object


class ViewerMiddleware:
    """Put the viewer on the request, read from the grants on first need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer(request: HttpRequest) -> Viewer:
    account = request.user
    return viewer_of(account, today=today()) if isinstance(account, Account) else NOBODY
