"""Addresses of symmetry."""

from __future__ import annotations

from tests.matrix import Row
from visavis.core.words import Role

BOTH = frozenset({Role.MANAGER, Role.QUALITY, Role.HR, Role.DIRECTION, Role.READER})
ROWS = [
    Row("symmetry:symmetry", may=BOTH),
    Row("symmetry:export", may=BOTH, words={"form": "csv"}),
]
