"""Addresses of the boards and of the restitution."""

from __future__ import annotations

from tests.matrix import Row
from visavis.core.words import Role

REPORT = frozenset({Role.QUALITY, Role.HR, Role.DIRECTION, Role.READER})
DAILY = frozenset({Role.MANAGER, Role.QUALITY, Role.DIRECTION})

ROWS = [
    Row("restitution:report", may=REPORT),
    Row("restitution:month", may=REPORT, words={"month": "2025-11"}),
    Row("restitution:report_export", may=REPORT, words={"form": "csv"}),
    Row("restitution:day", may=DAILY),
    Row("restitution:day_export", may=DAILY, words={"form": "xlsx"}),
]
