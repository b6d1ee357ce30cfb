"""What the library offers beyond the screens is said where one looks first; nothing else is left lying."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import visavis
from visavis import measure

HOUSE = Path(visavis.__file__).parent


def test_each_statistic_is_behind_a_screen_or_named_as_offered() -> None:
    sources = {path: path.read_text() for path in HOUSE.rglob("*.py") if path != Path(measure.__file__)}
    words = {path: set(re.findall(r"\w+", text)) for path, text in sources.items()}
    unused = {
        node.name
        for path in Path(measure.__file__).parent.glob("*.py")
        if path in sources
        for node in ast.parse(sources[path]).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if len(re.findall(rf"\b{node.name}\b", sources[path])) == 1
        if not any(node.name in said for other, said in words.items() if other != path)
    }
    assert unused == set(re.findall(r"``(\w+)``", measure.__doc__ or ""))
