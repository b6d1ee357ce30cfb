"""Addresses of the imports."""

from __future__ import annotations

import io
from typing import Any

from tests.house import Cast
from tests.listen.imports.room import REVIEWS, imported
from tests.matrix import ABSENT, Row
from visavis.core.words import Role
from visavis.listen.imports import drafts
from visavis.listen.imports.models import ImportRun, Kind
from visavis.people.access.viewer import system

IMPORT = frozenset({Role.QUALITY, Role.ADMIN})
NONE = {"pk": ABSENT}


def draft(_cast: Cast) -> dict[str, Any]:
    """A draft whose columns are proposed and tried, so that each of its steps may be opened."""
    source = io.BytesIO(REVIEWS.encode())
    run = drafts.bring(by=system(), kind=Kind.REVIEWS, name="avis.csv", source=source)
    return {"pk": drafts.try_out(by=system(), run=run).pk}


def ended(_cast: Cast) -> dict[str, Any]:
    """An import that ended, with a row that it refused."""
    return {"pk": imported("reviews", REVIEWS + "07/09/2021;Direct;moto;9;Trop.;ghi\n").pk}


def failed(cast: Cast) -> dict[str, Any]:
    """An import that was put aside."""
    words = draft(cast)
    refusal = {"line": 0, "code": "crashed", "params": {"attempts": 3, "error": "MemoryError"}}
    ImportRun.objects.filter(**words).update(status=ImportRun.Status.FAILED, refusal=refusal)
    return words


ROWS = [
    Row("imports:list", may=IMPORT, at_root=True),
    Row("imports:new", may=IMPORT, at_root=True),
    Row("imports:run", may=IMPORT, at_root=True, of=ended, absent=NONE),
    Row("imports:columns", may=IMPORT, at_root=True, of=draft, absent=NONE),
    Row("imports:reading", may=IMPORT, at_root=True, of=draft, absent=NONE, method="post", answers=302),
    Row("imports:mapping", may=IMPORT, at_root=True, of=draft, absent=NONE, method="post", answers=302),
    Row("imports:check", may=IMPORT, at_root=True, of=draft, absent=NONE),
    Row("imports:start", may=IMPORT, at_root=True, of=draft, absent=NONE, method="post", answers=302),
    Row("imports:cancel", may=IMPORT, at_root=True, of=draft, absent=NONE, method="post", answers=302),
    Row("imports:resume", may=IMPORT, at_root=True, of=failed, absent=NONE, method="post", answers=302),
    Row("imports:rejects", may=IMPORT, at_root=True, of=ended, absent=NONE),
]
