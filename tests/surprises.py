"""Requests that no page of ours sends: whatever comes, the answer is never that the fault is ours.

What a route reads of an address or a form is noted as it reads it; those names then carry the values below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from unittest.mock import patch
from urllib.parse import quote
from zlib import crc32

from django.conf import settings
from django.db import DataError, connection, transaction
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.datastructures import MultiValueDict

from tests.guards import HouseClient
from tests.matrix import Row

#: Values that no list, box or calendar of ours offers.
VALUES = (
    "\0", "a\0b", "9" * 19, "9" * 30, "9" * 5000, "-1", "0", "-9223372036854775809", "²", "٣", "1e400", "nan",
    "Infinity", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "0000-13", "9999-12", "2025-02-30",
    "0001-01-01..9999-12-31", "2199-12-31..1900-01-01", "99m", "\u0663m", "24:60",
    "2025-11-02T24:00:60+99:99",
    "http://[", "//[::1", "/ecouter/retours/\0", "/ecouter/retours/?page=\0", "javascript:", "..", "%",
    "%s%n",
    "{0.__class__}", "[]", "{}", "null", "true", "'", '"', "\\", "a" * 5000, "\ufffe", "\U0010ffff", "\u202e",
    "e\u0301" * 300, "\r\nX: y", "|", "::", ":9" * 9, "customer:", "customer:" + "9" * 30, "employee:0", "*",
    "(",
    "a,b,c", "-", "+", "&", "=1", ";", "\t", "on", "none",
)  # fmt: skip
#: Parts of addresses, already encoded: as browsers and programs send them, or never would.
PLACES = (
    "%00", "%ED%A0%80", "%FF", "9" * 19, "9" * 30, "9" * 5000, "0", "%D9%A3", "..%2f..%2fetc", "a" * 3000,
    "%0d%0a",
    "%25", "%E2%80%AE", "%7B%7B7%7D%7D", "%22%3E",
)  # fmt: skip
_HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_REFERER": "//["},
    {"HTTP_ACCEPT_LANGUAGE": "fr;q=9e999," * 90, "HTTP_USER_AGENT": "\xff\0" * 300, "HTTP_ACCEPT": "*/*;q=x"},
    {"HTTP_IF_MODIFIED_SINCE": "Thu, 99 Nov 0000", "HTTP_RANGE": "bytes=9-1", "HTTP_IF_NONE_MATCH": "\0"},
    {"HTTP_X_FORWARDED_FOR": "\0, [::", "HTTP_X_FORWARDED_PROTO": "\xff", "HTTP_ORIGIN": "null"},
)
#: Names that carry a surprise at once.
_FEW = 4
_DEEP = b"[" * 100_000
_PART = b"--x\r\nContent-Disposition: form-data; name="
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
#: Bodies that are not what they say: kind, content.
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", _DEEP),
    ("application/json", rb'{"csp-report": {"blocked-uri": "\ud800", "document-uri": "http://["}}'),
    ("application/json", b'{"a": ' * 5000 + b"1" + b"}" * 5000),
    (
        "application/csp-report",
        rb'[{"body": {"effectiveDirective": "img-src", "blockedURL": "\udfff\u0000"}}]',
    ),
    ("multipart/form-data", b"nothing"),
    ("multipart/form-data; boundary=" + "x" * 500, b""),
    (_PARTS, _PART + b'"file"; filename="\0"\r\n\r\n'),
    (_PARTS, _PART + b'"a\r\nb"\r\n\r\n\xff\r\n--x--'),
    (f"{_FORM}; charset=utf-16", b"a=b"),
    (f"{_FORM}; charset=nonsense", b"a=b"),
    (_FORM, b"&".join(b"k%d=v" % number for number in range(2500))),
    (_FORM, b"%00=%00&%ED%A0%80=%ED%A0%80&name=\xff\xfe&name=2&csrfmiddlewaretoken="),
    ("text/plain; charset=\xff", b"\xff\xfe\0"),
    ("", b"a=b"),
)


@contextmanager
def as_the_strictest_engine() -> Iterator[None]:
    """Refuse what PostgreSQL refuses, whichever engine answers: NUL, halves of pairs."""
    with connection.execute_wrapper(_refusing):
        yield


def _refusing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    for value in _texts(params):
        if "\0" in value:
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        value.encode()
    return execute(sql, params, many, context)


def _texts(params: Any) -> Iterator[str]:
    if isinstance(params, str):
        yield params
    elif isinstance(params, dict):
        yield from _texts(list(params.values()))
    elif isinstance(params, Iterable) and not isinstance(params, bytes):
        for each in params:
            yield from _texts(each)


@contextmanager
def names_read() -> Iterator[set[str]]:
    """The names that are looked for in addresses and forms meanwhile."""
    names: set[str] = set()

    def noting(read: Callable[..., Any]) -> Callable[..., Any]:
        def noted(self: Any, name: Any, *rest: Any, **more: Any) -> Any:
            if isinstance(self, QueryDict):
                names.add(str(name))
            return read(self, name, *rest, **more)

        return noted

    one, several = noting(MultiValueDict.__getitem__), noting(MultiValueDict.getlist)
    with patch.multiple(MultiValueDict, __getitem__=one, getlist=several):
        yield names


def paths(row: Row, words: dict[str, Any]) -> Iterator[str]:
    """The address of a route with each surprise in the place of each of its words."""
    for name, place in product(words, PLACES):
        try:
            stand_in = 123454321 if isinstance(words[name], int) else "zzwordzz"
            path = reverse(row.name, kwargs=words | {name: stand_in})
        except NoReverseMatch:
            continue  # a word of a closed list
        yield path.replace(str(stand_in), place)


def sent(client: HouseClient, method: str, *told: Any, **more: Any) -> Any:
    """The answer, or what was raised before there was one; undone, and whoever asks stays who they are."""
    held = client.cookies.output()
    client.raise_request_exception = False
    with transaction.atomic(), as_the_strictest_engine():
        answer: Any = getattr(client, method)(*told, **more)
        if getattr(answer, "streaming", False):
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    if client.cookies.output() != held:
        client.cookies.clear()
        client.cookies.load(held.replace("Set-Cookie: ", ""))
    return answer


def tried(
    client: HouseClient, row: Row, words: dict[str, Any], data: dict[str, Any], rounds: int = 0
) -> Iterator[str]:
    """What is wrong with the answers of a route to surprises in the names that it reads.

    ``rounds``: how often, a few names at a time, since the first that is refused often hides the others; 0:
    once, all names together.
    """
    path, seed = reverse(row.name, kwargs=words), crc32(row.name.encode())
    with names_read() as names:
        yield from faults(sent(client, row.method, path, {"x": "x"} | data), f"{row.method} {path}")
    known = sorted(names - {"csrfmiddlewaretoken"})
    at_once = _FEW if rounds else max(1, len(known))
    for turn, start in product(range(rounds or 1), range(0, len(known), at_once)):
        told = {
            name: VALUES[(seed + turn * 17 + 5 * place) % len(VALUES)]
            for place, name in enumerate(known[start : start + at_once], start)
        }
        headers = _HEADERS[(seed + turn + start) % len(_HEADERS)]
        said = f"{row.method} {path} {told!a:.300} {sorted(headers)}"
        yield from faults(sent(client, row.method, path, data | told, **headers), said)
    if known and rounds:
        double = f"{quote(known[0])}=a&{quote(known[0])}=%00&{quote(known[0])}[]=%ED%A0%80&&=&%"
        yield from faults(sent(client, "get", f"{path}?{double}", {}), f"get {path}?{double}")


def bodies(client: HouseClient, path: str, only: int | None = None) -> Iterator[str]:
    """What is wrong with the answers to bodies that are not what they say: all of them, or one."""
    for kind, content in BODIES if only is None else [BODIES[only % len(BODIES)]]:
        answer = sent(client, "generic", "POST", path, data=content, content_type=kind)
        yield from faults(answer, f"post {path} {kind} {content[:60]!r}")


def cookies() -> Iterator[dict[str, str]]:
    """Cookies that we never gave."""
    for name in (
        settings.SESSION_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        "theme",
    ):
        for value in ("\0" * 32, "a\0" * 16, "9" * 32, "x" * 3000, "é" * 32, "\r\nX: y"):
            yield {name: value}


def faults(answer: Any, said: str) -> Iterator[str]:
    """Whether the answer says that the fault is ours."""
    if answer.status_code >= 500:
        why = getattr(answer, "exc_info", None)
        yield f"{answer.status_code} {said} {why[1]!r:.200}" if why else f"{answer.status_code} {said}"
