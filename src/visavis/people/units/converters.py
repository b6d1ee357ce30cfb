"""The code of a unit in an address."""

from __future__ import annotations


class UnitCode:
    """What may be a code: no slash, no blank, no control character (PostgreSQL refuses to look one up)."""

    regex = r"[^/\s\x00-\x1f\x7f]{1,64}"

    def to_python(self, value: str) -> str:
        """The code as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it is."""
        return value
