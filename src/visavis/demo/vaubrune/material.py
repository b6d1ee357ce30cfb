"""Reads the phrase material, written by hand in French, kept as JSON beside the code."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def material(name: str) -> dict[str, Any]:
    """One file of the material, read once.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    path = files("visavis.demo.vaubrune") / "phrases" / f"{name}.json"
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data
