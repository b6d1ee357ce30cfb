"""The font of the screens: fetched at set-up, never committed; without it, the system's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "visavis" / "fonts"
_RULE = """@font-face {
  font-family: "Inter";
  src: url("inter.woff2") format("woff2");
  font-weight: 100 900;
  font-display: swap;
}
"""


def settle(woff2: Path) -> Path:
    """Put the variable Latin file of Inter, fetched elsewhere, where the pages look for it.

    The rule that names it is written beside it and not in our stylesheets: a stylesheet that names an
    absent file cannot be collected.

    Args:
        woff2: the file, about 48 KB.

    Returns:
        Where it now stands.

    Raises:
        ValueError: if it is no woff2 file.
    """
    content = woff2.read_bytes()
    if content[:4] != b"wOF2":
        raise ValueError(f"not a woff2 font: {woff2.name}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "inter.woff2").write_bytes(content)
    (FOLDER / "inter.css").write_text(_RULE, encoding="utf-8")
    return FOLDER / "inter.woff2"


@cache
def is_settled() -> bool:
    """Whether the font is there; asked once, when the first page is drawn."""
    return all((FOLDER / name).is_file() for name in ("inter.woff2", "inter.css"))
