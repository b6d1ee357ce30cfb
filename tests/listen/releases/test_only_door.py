"""Employees' answers have one door: who names their sources elsewhere brings them in, or keeps one's own."""

from __future__ import annotations

import re

from tests.house_rules.rules import modules

#: Imports and the demo bring answers in; a ressenti is its author's; the law forgets and hands back; the rest
#: of the product reads what was released.
MAY_NAME = (
    "listen/releases/",
    "listen/imports/",
    "listen/returns/",
    "demo/",
    "share/law/",
    "share/boards/steps.py",  # asks whether a first wave came in, and reads nothing of it
)
_NAMED = re.compile(r"Source\.(?:FEELING|BAROMETER|MIRROR)\b")


def test_nothing_but_the_gateway_reads_what_employees_answered() -> None:
    found = [name for name, source in modules() if _NAMED.search(source) and not name.startswith(MAY_NAME)]
    assert not found


def test_the_rule_bites() -> None:
    assert _NAMED.search("Response.objects.filter(source=Response.Source.BAROMETER)")
