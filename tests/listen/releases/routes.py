"""Addresses of the barometer."""

from __future__ import annotations

from typing import Any

from tests.house import Cast
from tests.listen.releases.company import answers, barometer, open_gate, release, wave
from tests.matrix import Row
from visavis.core.words import Role
from visavis.people.access.policy import RIGHTS, Right

READERS = frozenset(role for role in Role if Right.BAROMETER in RIGHTS[role])
KEEPERS = frozenset(role for role in Role if Right.WAVES in RIGHTS[role])
ABSENT = {"code": "nowhere"}


def published(cast: Cast) -> dict[str, Any]:
    """A wave that was published."""
    open_gate()
    asked = wave(barometer())
    answers(asked, cast.ours, [1, 2, 3, 4, 5])
    release(asked)
    return {"code": asked.code}


ROWS = [
    Row("barometer:list", may=READERS),
    Row("barometer:groups", may=READERS),
    Row("barometer:gate", may=KEEPERS, at_root=True),
    Row("barometer:publish", may=KEEPERS, at_root=True, method="post", answers=302),
    Row("barometer:wave", may=READERS, of=published, absent=ABSENT, shared=True),
    *(
        Row(
            "barometer:export",
            may=READERS,
            of=published,
            absent=ABSENT | {"form": form},
            shared=True,
            words={"form": form},
        )
        for form in ("csv", "xlsx", "json", "pdf")
    ),
]
