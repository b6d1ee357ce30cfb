"""From the company's themes to what the engine reads with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from visavis.core.words import Voice
from visavis.text import Taxonomy, ThemeSpec


def compile_taxonomy(rows: Sequence[Mapping[str, Any]], voice: Voice) -> Taxonomy:
    """Make the engine's taxonomy of what one voice speaks about.

    Args:
        rows: themes with ``code``, ``parent``, ``keywords``, ``voices`` and perhaps ``examples``; those of
            another voice are left out.
        voice: whose texts will be read with it.
    """
    return Taxonomy(specs_of(rows, voice))


def specs_of(rows: Sequence[Mapping[str, Any]], voice: Voice) -> list[ThemeSpec]:
    """What one voice speaks about, theme by theme, before it is made ready; see ``compile_taxonomy``."""
    heard = [row for row in rows if voice in row["voices"]]
    tops = {row["code"] for row in heard if row["parent"] is None}
    return [_spec(row) for row in heard if row["parent"] is None or row["parent"] in tops]


def _spec(row: Mapping[str, Any]) -> ThemeSpec:
    return ThemeSpec(row["code"], row["parent"], row["keywords"], row.get("examples") or {})
