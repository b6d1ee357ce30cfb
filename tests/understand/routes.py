"""Addresses of the explorer and of one return."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests import house
from tests.matrix import ABSENT, Row
from visavis.core.words import Role

EXPLORE = frozenset({Role.MANAGER, Role.QUALITY, Role.DIRECTION})
CORRECT = frozenset({Role.MANAGER, Role.QUALITY})


def _return(cast: house.Cast) -> dict[str, Any]:
    said = house.response(cast.ours, person=house.person(), satisfaction=2)
    house.verbatim(said)
    return {"pk": said.pk}


def _text(cast: house.Cast) -> dict[str, Any]:
    return {"pk": house.verbatim(house.response(cast.ours), read_at=timezone.now()).pk}


ROWS = [
    Row("verbatims:list", may=EXPLORE),
    Row("verbatims:export", may=EXPLORE, words={"form": "csv"}),
    Row("verbatims:one", may=EXPLORE, of=_return, absent={"pk": ABSENT}),
    Row(
        "verbatims:correct",
        may=CORRECT,
        of=_text,
        absent={"pk": ABSENT},
        method="post",
        data={"reading": "-:negative"},
        answers=302,
    ),
    Row("verbatims:add_theme", may=CORRECT, of=_text, absent={"pk": ABSENT}),
]


def _draw(cast: house.Cast) -> dict[str, Any]:
    return {"pk": house.draw(house.verbatim(house.response(cast.ours), read_at=timezone.now())).pk}


QUALITY = frozenset({Role.QUALITY})
_MODEL = {"kind": "tone", "voice": "customer"}

ROWS += [
    Row("learning:queue", may=CORRECT),
    Row(
        "learning:answer",
        may=CORRECT,
        of=_draw,
        absent={"pk": ABSENT},
        method="post",
        data={"say": "negative"},
        answers=302,
    ),
    Row("learning:more", may=QUALITY, method="post", answers=302),
    Row("learning:rates", may=QUALITY | {Role.ADMIN}),
    Row("learning:choose", may=QUALITY, words=_MODEL | {"number": 0}),
    Row("learning:reread", may=QUALITY, words=_MODEL),
]
