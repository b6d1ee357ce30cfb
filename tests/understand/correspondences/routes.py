"""Addresses of the correspondences."""

from __future__ import annotations

from typing import Any

from tests import house
from tests.matrix import ABSENT, Row
from visavis.core.words import Role
from visavis.people.access.clock import now
from visavis.understand.correspondences.models import ProposedQuestion

BOTH = frozenset({Role.MANAGER, Role.QUALITY, Role.HR, Role.DIRECTION, Role.READER})
QUALITY = frozenset({Role.QUALITY})


def _link(_cast: house.Cast) -> dict[str, Any]:
    code = house.theme("waiting").code
    return {"left": f"theme:{code}", "right": f"theme:{code}"}


def _question(_cast: house.Cast) -> dict[str, Any]:
    facts = {"theme": "waiting", "wording": "Votre attente vous a-t-elle paru longue ?", "made_at": now()}
    return {"pk": ProposedQuestion.objects.create(**facts).pk}


ROWS = [
    Row("correspondences:list", may=BOTH),
    Row("correspondences:export", may=BOTH, words={"form": "csv"}),
    Row(
        "correspondences:decide",
        may=QUALITY,
        of=_link,
        absent={"left": "theme:absent", "right": "theme:absent"},
        shared=True,
    ),
    Row(
        "correspondences:question",
        may=BOTH,
        of=lambda _cast: {"theme": house.theme("waiting").code},
        absent={"theme": "absent"},
        shared=True,
    ),
    Row(
        "correspondences:settle",
        may=QUALITY,
        of=_question,
        absent={"pk": ABSENT},
        shared=True,
        method="post",
        data={"asked": "yes"},
        answers=302,
    ),
]
