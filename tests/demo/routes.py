"""Addresses of the demo."""

from __future__ import annotations

from typing import Any

from tests import house
from tests.matrix import Row
from visavis.demo.visit import VISIT
from visavis.people.accounts.models import Account

INES = "ines.morel@vaubrune.example"


def _ines(_cast: house.Cast) -> dict[str, Any]:
    """Inès has an account, as at Vaubrune; anybody may become her."""
    if not Account.objects.filter(email=INES).exists():
        house.account(email=INES)
    return {"who": "ines"}


def _first_step(_cast: house.Cast) -> dict[str, Any]:
    """Whom the first step becomes has an account, as at Vaubrune; anybody may start the visit."""
    email = VISIT[0].member.email
    if not Account.objects.filter(email=email).exists():
        house.account(email=email)
    return {"to": VISIT[0].code}


ROWS = [
    Row("demo:become", public=True, method="post", data=_ines, answers=302, demo=True),
    Row("demo:visit", public=True, method="post", data=_first_step, answers=302, demo=True),
]
