"""Addresses of the furniture."""

from __future__ import annotations

from tests.matrix import Row

ROWS = [
    Row("web:help", public=True),
    Row("web:preferences", public=True, method="post", data={"theme": "dark", "language": "en"}, answers=302),
    Row("web:policy_report", public=True, method="post", answers=204),
    Row("web:pieces"),
    Row("web:pieces_part"),
    Row("web:pieces_try"),
]
