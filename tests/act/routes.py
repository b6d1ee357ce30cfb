"""Addresses of the returns to treat."""

from __future__ import annotations

from typing import Any

from tests import house
from tests.house import Cast
from tests.matrix import ABSENT, Row
from visavis.core.words import Role

TREAT = frozenset({Role.ADVISER, Role.MANAGER, Role.QUALITY})
OWN = frozenset({Role.ADVISER})


def case_of_the_owner(cast: Cast) -> dict[str, Any]:
    """A return about the owner, for the owner to treat."""
    owner = cast.owner.account.person
    said = house.response(cast.ours, person=owner, satisfaction=2, text="Attente trop longue.")
    return {"pk": house.case(said, owner).pk}


ROWS = [
    Row("inbox:cases", may=TREAT),
    Row("inbox:order", may=TREAT),
    Row("inbox:case", may=TREAT, of=case_of_the_owner, absent={"pk": ABSENT}, personal=OWN),
    Row(
        "inbox:gesture",
        may=TREAT,
        of=case_of_the_owner,
        absent={"pk": ABSENT},
        personal=OWN,
        words={"name": "step"},
        method="post",
        data={"step-kind": "call", "step-text": "Rappelé.", "step-version": "1"},
        answers=302,
    ),
]
