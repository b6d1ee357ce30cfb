"""The page of options, written from the options themselves: ``python -m visavis.site.option_page``."""

from __future__ import annotations

import sys
from typing import Any

from pydantic.fields import FieldInfo

from visavis.site.options import Options

HEAD = """# Options

Written by `make docs` from `src/visavis/site/options.py`. Each is read from the environment, or from a
file `.env` in the folder where the command is run.

| Variable | Default | Limits | What it is |
| --- | --- | --- | --- |
"""
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if value == "":
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def limits(field: FieldInfo) -> str:
    """The bounds of a number, as ``≥ 1, ≤ 65535``; empty where there are none."""
    signs = ((sign, getattr(limit, name, None)) for limit in field.metadata for name, sign in SIGNS.items())
    return ", ".join(f"{sign} {value}" for sign, value in signs if value is not None)


def page() -> str:
    """The page, in Markdown."""
    rows = (
        f"| `VISAVIS_{name.upper()}` | {_default(field)} | {limits(field)} | {field.description} |\n"
        for name, field in Options.model_fields.items()
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(page())
