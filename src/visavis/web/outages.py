"""When the store cannot be written or asked (full, read-only, away): 503, and what was typed is kept."""

from __future__ import annotations

import errno
import logging
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from visavis.people.access.viewer import NOBODY

logger = logging.getLogger("visavis.web")
#: Seconds after which a browser may try again.
RETRY = "30"
#: What SQLite says of a store that is full, read-only, failing or held; anything else is our fault.
_SQLITE = re.compile(
    r"disk is full|readonly database|disk I/O error|database is locked|unable to open database"
)
#: What drivers say when the connection is gone; whatever else they say of how they are used is our fault.
_LOST = re.compile(
    r"connection (is (closed|lost|in status)|already closed|in transaction status UNKNOWN)"
    r"|server closed the connection|got no result from the query|received \d+ results from command"
)
#: PostgreSQL's classes of errors of the server, not of the statement; 40: undone for another's transaction.
_CLASSES = frozenset({"08", "40", "53", "57", "58"})
#: Its server is read-only.
_READ_ONLY = "25006"
_OF_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})
#: Never written into a page again.
_SECRET = re.compile(r"passw|secret|code|token|csrf", re.IGNORECASE)
#: Longer than this, a value is shown to whoever typed it.
_LONG = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """One value of a form that could not be kept."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether somebody may want to copy it."""
        return len(self.value) > _LONG or "\n" in self.value


def is_outage(error: BaseException | None) -> bool:
    """Whether an error says that the store is full, read-only, failing or away.

    Args:
        error: what was raised; none is no outage.
    """
    if isinstance(error, OSError):
        return error.errno in _OF_DISK
    if isinstance(error, InterfaceError):
        return bool(_LOST.search(str(error)))
    if not isinstance(error, DatabaseError):
        return False
    cause: Any = error.__cause__
    if hasattr(cause, "sqlstate"):
        state: str | None = cause.sqlstate
        lost = isinstance(error, OperationalError) or bool(_LOST.search(str(error)))
        return lost if not state else _is_of_server(state)
    return isinstance(error, OperationalError) and bool(_SQLITE.search(str(error)))


def _is_of_server(state: str) -> bool:
    return state[:2] in _CLASSES or state == _READ_ONLY


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's own, but a page that only read is shown although its session could not be noted."""

    def process_request(self, request: HttpRequest) -> None:
        """Read which session it is; what we never gave is none, and no engine is asked for it."""
        given = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (given.isascii() and given.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session if the store can be written.

        Raises:
            SessionInterrupted: if the session is gone for another reason.
        """
        try:
            return super().process_response(request, response)
        except SessionInterrupted as error:
            if not comes_of_outage(error):
                raise
            logger.error("A session could not be saved at %s", request.path)  # noqa: TRY400  the store says why
            return response if request.method in ("GET", "HEAD") else unavailable(request)


def comes_of_outage(error: BaseException | None) -> bool:
    """Whether an error is an outage, follows one, or was raised while one was being handled.

    Args:
        error: what was raised; none is no outage. Of a group, one is enough.
    """
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        if is_outage(one):
            return True
        seen.add(id(one))
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
    return False


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: says that nothing was lost, gives back what was typed, and a button to send it again.

    Neither session nor account is asked for: the database may be away.
    """
    language = translation.get_language_from_request(request)
    typed = typed_in(request)
    request.user = AnonymousUser()
    request.viewer = NOBODY  # type: ignore[attr-defined]
    request.COOKIES = {
        name: value for name, value in request.COOKIES.items() if name != settings.SESSION_COOKIE_NAME
    }
    request.__dict__.pop("_messages", None)
    context = {"typed": typed, "address": request.get_full_path(), "files": had_files(request)}
    with translation.override(language):
        content = render_to_string("web/outage.html", context, request)
    return HttpResponse(content, status=503, headers={"Retry-After": RETRY, "Content-Language": language})


def typed_in(request: HttpRequest) -> list[Typed]:
    """What the form held; nothing of a form with a secret, nor of one that cannot be read."""
    if request.method != "POST":
        return []
    try:
        names = [name for name in request.POST if not name.startswith("csrf")]
        if any(_SECRET.search(name) for name in names):
            return []
        return [Typed(name, value) for name in names for value in request.POST.getlist(name)]
    except OSError:
        return []


def had_files(request: HttpRequest) -> bool:
    """Whether a file came with the form: it must be chosen again."""
    try:
        return request.method == "POST" and bool(request.FILES)
    except OSError:
        return True
