"""Addresses of the demo."""

from __future__ import annotations

from typing import Any

from tests import house
from tests.matrix import Row
from visavis.people.accounts.models import Account

INES = "ines.morel@vaubrune.example"


def _ines(_cast: house.Cast) -> dict[str, Any]:
    """Inès has an account, as at Vaubrune; anybody may become her."""
    if not Account.objects.filter(email=INES).exists():
        house.account(email=INES)
    return {"who": "ines"}


ROWS = [Row("demo:become", public=True, method="post", data=_ines, answers=302, demo=True)]
