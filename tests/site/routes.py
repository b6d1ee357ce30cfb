"""Addresses of the backups."""

from __future__ import annotations

from tests.matrix import Row
from visavis.core.words import Role

ROWS = [Row("backups:page", may=frozenset({Role.ADMIN}))]
