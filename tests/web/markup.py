"""What no template and no stylesheet of the house may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "src" / "visavis"
STYLES = HOUSE / "web" / "static" / "visavis" / "css"

_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ELEMENT = re.compile(r"<[a-zA-Z][\w:.-]*(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.DOTALL)

#: Looked for in the source as written.
_IN_SOURCE = {
    "|safe": re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off"),
    "a script of the page's own": re.compile(r"<script(?![^>]*\bsrc=)"),
    "a stylesheet of the page's own": re.compile(r"<style\b"),
    "a link that runs a script": re.compile(
        r"""=\s*["']?\s*(javascript|vbscript|data:text)\s*:""", re.IGNORECASE
    ),
    "code for htmx to run": re.compile(r"\bhx-(on|vars)\b|hx-[a-z-]+=[\"']\s*js:"),
}
#: Looked for in each element, once Django's own tags are set aside.
_IN_ELEMENT = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "an inline handler": re.compile(r"\son(?!e=)[a-z]+\s*="),
    "a colour outside the tokens": re.compile(
        r"\s(fill|stroke|color|bgcolor|stop-color)\s*=\s*[\"'](?!none|currentColor|var\()"
    ),
    "an unquoted attribute": re.compile(r"\s[\w:@.-]+=(?![\"'])"),
}
_QUOTED = re.compile(r"=\s*(\"[^\"]*\"|'[^']*')")


def templates() -> list[Path]:
    """Every template of the house."""
    return sorted(HOUSE.glob("**/templates/**/*.html"))


def faults(source: str) -> list[str]:
    """What is wrong with a template."""
    bare = _COMMENT.sub("", source)
    found = [name for name, pattern in _IN_SOURCE.items() if pattern.search(bare)]
    for element in _ELEMENT.findall(_VALUE.sub("x", _TAG.sub(" ", bare))):
        # Values are emptied, so that what stands in them is not taken for an attribute.
        names = _QUOTED.sub('=""', element)
        for name, pattern in _IN_ELEMENT.items():
            if pattern.search(element if "colour" in name else names):
                found.append(f"{name}: {element[:80]}")
    return found


_COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|\blight-dark\(", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?<![\w-])(white|black|red|green|blue|gr[ae]y|yellow|orange|purple|pink|brown)(?![\w-])"
)


def colours(style: str) -> list[str]:
    """Colours written in a stylesheet, which only the tokens may do."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return [found[0] for found in _COLOUR.finditer(plain)] + [found[0] for found in _NAMED.finditer(plain)]


def layers() -> Iterator[tuple[str, str]]:
    """(file, layer) of each stylesheet that the entry brings in."""
    entry = (STYLES / "visavis.css").read_text(encoding="utf-8")
    yield from re.findall(r'@import url\("([\w.-]+)"\) layer\((\w+)\);', entry)


def pieces() -> list[str]:
    """The names of the cotton components, as templates write them."""
    folder = HOUSE / "web" / "templates" / "cotton"
    return sorted(path.stem.replace("_", "-") for path in folder.glob("*.html"))
