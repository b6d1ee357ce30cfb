"""Addresses of the moments."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests import house
from tests.matrix import Row
from visavis.core.stamps import stamps_of
from visavis.core.words import Role
from visavis.moments.references.models import Edition
from visavis.understand.journeys.models import Idea

EVERY = frozenset(Role)
KEEP = frozenset({Role.QUALITY})


def _moment(_cast: house.Cast) -> dict[str, Any]:
    return {"code": house.moment("first-claim").code}


def _version(_cast: house.Cast) -> dict[str, Any]:
    content = [{"code": house.moment("first-claim").code, "kind": "truth", "stage": "smot", "name": {}}]
    facts = {"published_at": timezone.now(), "reason": "Reprise", "content": content}
    made, _new = Edition.objects.get_or_create(kind=Edition.Kind.MOMENTS, number=1, defaults=facts)
    return {"number": made.number}


def _idea(cast: house.Cast) -> dict[str, Any]:
    facts = {"text": "Premier virement", "account": cast.owner.account, "made_at": timezone.now()}
    return {"pk": Idea.objects.create(**facts).pk}


NONE = {"code": "nulle-part"}
ROWS = [
    Row("journeys:moments", may=EVERY),
    Row("journeys:propose", may=EVERY),
    Row("journeys:versions", may=EVERY),
    Row("journeys:version", may=EVERY, of=_version, absent={"number": 987}, shared=True),
    Row("journeys:moment", may=EVERY, of=_moment, absent=NONE, shared=True),
    Row("journeys:new", may=KEEP),
    Row("journeys:edit", may=KEEP, of=_moment, absent=NONE, shared=True),
    Row(
        "journeys:discard",
        may=KEEP,
        of=_moment,
        absent=NONE,
        shared=True,
        method="post",
        answers=302,
    ),
    Row(
        "journeys:review",
        may=KEEP,
        of=_moment,
        absent=NONE,
        shared=True,
        method="post",
        data={"on": "2026-03-02", "seen": stamps_of({"on": None})},
        answers=302,
    ),
    Row("journeys:answer", may=KEEP, of=_idea, absent={"pk": 987_654}, shared=True),
]
