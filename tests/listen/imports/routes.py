"""Addresses of the imports."""

from __future__ import annotations

from tests.matrix import ABSENT, Row
from visavis.core.words import Role

IMPORT = frozenset({Role.QUALITY, Role.ADMIN})
SHARED = "imports have no branch: whoever may import sees them all, so there is no neighbour"


ROWS = [
    Row("imports:list", may=IMPORT),
    Row("imports:new", may=IMPORT),
    Row("imports:run", may=IMPORT, words={"pk": ABSENT}, answers=404, note=SHARED),
    Row("imports:columns", may=IMPORT, words={"pk": ABSENT}, answers=404, note=SHARED),
    Row("imports:reading", may=IMPORT, words={"pk": ABSENT}, method="post", answers=404, note=SHARED),
    Row("imports:mapping", may=IMPORT, words={"pk": ABSENT}, method="post", answers=404, note=SHARED),
    Row("imports:check", may=IMPORT, words={"pk": ABSENT}, answers=404, note=SHARED),
    Row("imports:start", may=IMPORT, words={"pk": ABSENT}, method="post", answers=404, note=SHARED),
    Row("imports:cancel", may=IMPORT, words={"pk": ABSENT}, method="post", answers=404, note=SHARED),
    Row("imports:resume", may=IMPORT, words={"pk": ABSENT}, method="post", answers=404, note=SHARED),
    Row("imports:rejects", may=IMPORT, words={"pk": ABSENT}, answers=404, note=SHARED),
]
