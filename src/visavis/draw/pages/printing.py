"""From data and a fixed template to the bytes of a PDF, by Typst."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from visavis.draw.palette import Palette

#: Archive (PDF/A-2a) and accessible (PDF/UA-1) at once.
STANDARDS: Final = ("a-2a", "ua-1")
#: Where set-up puts the TrueType files of Inter; without them the system's own fonts serve.
FONTS: Final = Path(__file__).with_name("fonts")
#: Inter where it was fetched, then what Debian and most systems have.
_FAMILIES: Final = ("Inter", "Liberation Sans", "DejaVu Sans", "Libertinus Serif", "DejaVu Sans Mono")
#: What no font shows and PDF/A refuses: controls, surrogates, private use, non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff]"
)
#: What turns the direction of all that follows, and marks of byte order.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Letters without a break, after which one is allowed.
_LONG = re.compile(r"(\S{28})(?=\S{8})")


def printed(template: Path, told: Mapping[str, Any], *, made_at: dt.datetime | None = None) -> bytes:
    """Compile a template of ours with what it must tell.

    Args:
        template: a ``.typ`` file of this folder; it reads ``sys.inputs.page``.
        told: texts, already ``printable``, and drawings.
        made_at: instant written as that of creation, with its zone; now by default.

    Returns:
        A PDF that is both an archive (PDF/A-2a) and accessible (PDF/UA-1). A text in a writing that no font
        here has keeps its place, and costs the file those two labels, not its tags.
    """
    import typst

    asked: dict[str, Any] = {
        "font_paths": [FONTS] if FONTS.is_dir() else [],
        "sys_inputs": {"page": json.dumps(told, ensure_ascii=False)},
        "root": template.parent,
        "format": "pdf",
        "timestamp": int(made_at.timestamp()) if made_at else None,
    }
    try:
        made, _ = typst.compile_with_warnings(template, pdf_standards=list(STANDARDS), **asked)
    except typst.TypstError as error:
        if not str(error).startswith("PDF/"):
            raise
        made, _ = typst.compile_with_warnings(template, **asked)
    return bytes(made)


def colours(palette: Palette) -> dict[str, str]:
    """The colours of a palette by their names, without its font."""
    return {name: value for name, value in asdict(palette).items() if name != "font"}


def families() -> list[str]:
    """The fonts to try, in this order."""
    return list(_FAMILIES)


def printable(value: Any) -> Any:
    """Every text in a tree of lists and mappings, without what cannot be printed, long words breakable."""
    match value:
        case str():
            return _LONG.sub("\\1\u200b", _UNPRINTABLE.sub("\ufffd", _TURNING.sub("", value)))
        case Mapping():
            return {key: printable(each) for key, each in value.items()}
        case list() | tuple():
            return [printable(each) for each in value]
        case _:
            return value
