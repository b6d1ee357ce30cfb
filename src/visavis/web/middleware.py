"""Language, headers, and the promise that reading a page writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.cache import patch_vary_headers

from visavis.people.access.models import JournalEntry
from visavis.people.accounts.models import Tally
from visavis.web.errors import with_page
from visavis.web.preferences import account_of, language_of

GetResponse = Callable[[HttpRequest], HttpResponse]

#: Nothing of the device is ever asked for.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
        "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock",
        "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
#: Where browsers tell what the policy of a page made them refuse.
REPORT_GROUP, REPORT_PATH = "visavis", "/securite/rapports/"
_WAY_OUT = "/compte/logout/"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class LanguageMiddleware:
    """Speak the language of the reader: account, cookie, browser, default."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class HeadersMiddleware:
    """The headers that Django leaves out, on every answer: outermost, so that no refusal goes without."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Reporting-Endpoints", f'{REPORT_GROUP}="{REPORT_PATH}"')
        if account_of(request) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        if request.path == _WAY_OUT and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class RefusalMiddleware:
    """A polite page for refusals that have none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return with_page(request, self.get_response(request))


_Told = TypeVar("_Told", bound=QueryDict)
#: The largest number of a row, in either engine.
LAST_ROW = 2**63 - 1


class StorableMiddleware:
    """What no engine stores reaches no view: PostgreSQL refuses a NUL, SQLite hides what follows it.

    Nobody types one: it is taken out of forms and questions; no address of ours holds one, nor a number
    beyond those of rows.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, words: dict[str, Any]
    ) -> None:
        """Clean a request; the forms of a view that reads its body itself are left to it.

        Raises:
            Http404: if its address names what cannot be.
        """
        if not all(map(_can_be, words.values())):
            raise Http404
        request.GET = _without_nul(request.GET)
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _without_nul(request.POST)


def _can_be(word: object) -> bool:
    return word <= LAST_ROW if isinstance(word, int) else "\0" not in str(word)


def _without_nul(told: _Told) -> _Told:
    if not any("\0" in text for name, texts in told.lists() for text in (name, *texts)):
        return told
    clean = told.copy()
    clean.clear()
    for name, texts in told.lists():
        clean.setlist(name.replace("\0", ""), [text.replace("\0", "") for text in texts])
    clean._mutable = False  # noqa: SLF001  as Django makes them
    return cast("_Told", clean)


class WroteWhileReadingError(RuntimeError):
    """A page that only reads tried to change the database."""


def writes_on_get(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose GET must write, such as the return from a single sign-on."""
    view.writes_on_get = True  # type: ignore[attr-defined]
    return view


class ReadOnlyMiddleware:
    """Refuse any SQL but reading while a safe method is answered; sessions, counts, the journal excepted."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        guard = request.read_only = ReadOnly()  # type: ignore[attr-defined]
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(guard))
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: object) -> None:
        """Open the guard for the views that are marked."""
        if getattr(view, "writes_on_get", False) and hasattr(request, "read_only"):
            request.read_only.open = True


#: What stands between quotes, and comments: no word in there does anything.
_LITERALS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|/\*.*?\*/""", re.DOTALL)
_READING = "SELECT WITH VALUES EXPLAIN PRAGMA SHOW SET BEGIN START COMMIT SAVEPOINT RELEASE ROLLBACK"
_READS = re.compile(rf"\s*\(*\s*({'|'.join(_READING.split())})\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|CREATE|DROP|ALTER|TRUNCATE|INTO)\b", re.I)
_TARGET = re.compile(r"""\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+["`]?(\w+)["`]?""", re.I)
#: Rows of one table held until they are written, without any other table.
_HELD = re.compile(r"""\s*SELECT [\w".,` ]* FROM ["`]?(\w+)["`]? WHERE [^;()]* FOR UPDATE\s*$""", re.I)


class ReadOnly:
    """An execute wrapper that lets only reading through."""

    def __init__(self) -> None:
        self.open = False
        self.allowed = frozenset({"django_session", JournalEntry._meta.db_table, Tally._meta.db_table})

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Run ``sql`` if it reads, or writes to an allowed table or holds its rows.

        Raises:
            WroteWhileReadingError: if it does not.
        """
        if not (self.open or only_reads(sql) or self._is_allowed(sql)):
            raise WroteWhileReadingError(sql[:200])
        return execute(sql, params, many, context)

    def _is_allowed(self, sql: str) -> bool:
        target = _TARGET.match(sql) or _HELD.match(sql)
        return target is not None and target[1] in self.allowed


def only_reads(sql: str) -> bool:
    r"""Whether a statement reads, or opens and closes a transaction, and changes nothing.

    Names and literals are set aside first; ``SELECT … FOR UPDATE`` counts as writing, since it locks.

    >>> only_reads("SELECT \"update\" FROM t WHERE x = 'DELETE'")
    True
    >>> only_reads("WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone")
    False
    """
    bare = _LITERALS.sub(" x ", sql)
    return bool(_READS.match(bare)) and not _WRITES.search(bare)
