"""Pages for what went wrong: a polite sentence, a way on, one answer for "not yours" and "not there"."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from visavis.web import outages
from visavis.web.outages import comes_of_outage
from visavis.web.resending import kept

logger = logging.getLogger("visavis.web")
_WITH_PAGE = frozenset({405, 503})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: what was sent could not be understood."""
    return _page(request, 400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Not yours: answered as what does not exist, so that nobody learns which of the two it is."""
    return _page(request, 404)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: no such page, or not for this viewer."""
    return _page(request, 404)


def csrf_failure(request: HttpRequest, **_: object) -> HttpResponse:
    """403: the form is too old, or comes from elsewhere; what was typed on a page of ours is given back."""
    return _page(request, 403, **kept(request))


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; gives a number that stands in the log too. 503 if the store is full or away."""
    error = sys.exc_info()[1]
    if comes_of_outage(error):
        logger.error("The store cannot be written or asked at %s: %s", request.path, error)
        return outages.unavailable(request)
    reference = secrets.token_hex(3).upper()
    logger.error("Error shown with reference %s at %s", reference, request.path, exc_info=sys.exc_info())
    try:
        return _page(request, 500, reference=reference)
    except Exception:
        logger.exception("The error page itself failed")
        return HttpResponse(
            f"Erreur / Error {reference}", status=500, content_type="text/plain; charset=utf-8"
        )


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: under maintenance."""
    response = _page(request, 503)
    response.headers["Retry-After"] = "120"
    return response


def with_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a bare refusal (405, 503) its page; leave any other answer as it is."""
    if response.status_code in _WITH_PAGE and not response.streaming and not response.content:
        response.content = _page(request, response.status_code).content
        response.headers["Content-Type"] = "text/html; charset=utf-8"
    return response


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", context, request), status=status)
