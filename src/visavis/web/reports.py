"""Reports of browsers on our content policy. Anybody may send anything: only words of ours are kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.urls import Resolver404, resolve

from visavis.web.models import PolicyReport

#: A report is short; beyond, nobody reads it.
LONGEST: Final = 16 * 1024
#: Reports of one message that are counted.
_MOST: Final = 20
DIRECTIVES: Final = frozenset(
    (
        "default-src",
        "script-src",
        "script-src-elem",
        "script-src-attr",
        "style-src",
        "style-src-elem",
        "style-src-attr",
        "img-src",
        "font-src",
        "connect-src",
        "form-action",
        "base-uri",
        "frame-ancestors",
        "frame-src",
        "object-src",
        "media-src",
        "worker-src",
        "manifest-src",
        "child-src",
        "require-trusted-types-for",
        "trusted-types",
    )
)


def told(body: bytes) -> Iterator[tuple[str, str, str]]:
    """The directive, blocked address and page of each report of a message, old form or new.

    Whatever is not a report is passed over: this never fails.
    """
    try:
        message: Any = json.loads(body)
    except (ValueError, RecursionError):
        return
    for each in (message if isinstance(message, list) else [message])[:_MOST]:
        if not isinstance(each, dict):
            continue
        found = each.get("csp-report", each.get("body"))
        if isinstance(found, dict):
            yield (
                _text(found, "effectiveDirective", "effective-directive", "violated-directive"),
                _text(found, "blockedURL", "blocked-uri"),
                _text(found, "documentURL", "document-uri"),
            )


def _text(found: dict[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := found.get(name), str) and value), "")


def origin_of(blocked: str, host: str) -> str:
    """Which kind of thing was refused, in one of our words."""
    if blocked in {"inline", "eval", "wasm-eval", "data"}:
        return {"wasm-eval": "eval"}.get(blocked, blocked)
    try:
        parts = urlsplit(blocked)
    except ValueError:
        return PolicyReport.Origin.ELSEWHERE
    if parts.scheme == "data":
        return PolicyReport.Origin.DATA
    return PolicyReport.Origin.OURS if parts.netloc == host else PolicyReport.Origin.ELSEWHERE


def route_of(page: str) -> str:
    """The name of the route of an address of ours; empty for any other. Keys and words of it are left out."""
    try:
        return resolve(urlsplit(page).path).view_name[:80]
    except (Resolver404, ValueError):
        return ""


@transaction.atomic
def count_reports(body: bytes, *, host: str, today: dt.date) -> int:
    """Count the reports of a message.

    Args:
        body: what a browser sent; anything may come.
        host: our own name, as the browser asked for it.
        today: the day on which they count.

    Returns:
        How many were counted.
    """
    counted = 0
    for directive, blocked, page in told(body):
        name = directive.split(" ")[0]
        if name not in DIRECTIVES:
            continue
        facts: dict[str, Any] = {
            "day": today,
            "directive": name,
            "route": route_of(page),
            "origin": origin_of(blocked, host),
        }
        row, _ = PolicyReport.objects.get_or_create(**facts)
        PolicyReport.objects.filter(pk=row.pk).update(times=F("times") + 1)
        counted += 1
    return counted
