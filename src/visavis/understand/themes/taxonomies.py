"""From the company's themes to what the engine reads with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from visavis.text import Taxonomy, ThemeSpec


def compile_taxonomy(rows: Sequence[Mapping[str, Any]]) -> Taxonomy:
    """Make the engine's taxonomy from rows with ``code``, ``parent`` and ``keywords``; tops have none."""
    return Taxonomy([ThemeSpec(row["code"], row["parent"], row["keywords"]) for row in rows])
