"""The sheet every chart is drawn on: escaped tags, text that fits, links, text alternative, table twin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from unicodedata import east_asian_width

Colour = str

#: Smallest text of any drawing, in pixels.
SMALL = 12
#: Widths in pixels of the variants of a chart, of which a container query of the page shows one: alone in
#: its column, beside another, on a phone.
WIDE, BESIDE, NARROW = 560, 440, 264
#: Under this width rows stack instead of standing side by side.
_STACKED = 420
#: What XML cannot carry, and what it cannot carry as it stands.
_UNSPEAKABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[&<>\"']|" + _UNSPEAKABLE.pattern)
_SAFE_LINK = re.compile(r"(?:https?://|[/?#](?![/\\]))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The twin of a chart: the same figures in rows, all of them text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in two widths, and its figures as a table."""

    title: str
    wide: str
    narrow: str
    table: Table


def clean(value: object) -> str:
    """Escape a value for XML, whatever its author put into it."""
    words = str(value)
    return escape(_UNSPEAKABLE.sub("\ufffd", words)) if _SPECIAL.search(words) else words


def tag(name: str, *children: str, **attributes: object) -> str:
    """Write one element.

    Args:
        name: its name.
        children: markup, already written by this module.
        attributes: ``None`` is left out, ``_`` becomes ``-``, numbers keep one decimal.

    Returns:
        The element as text.
    """
    written = "".join(
        [f' {_named(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None]
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


@lru_cache(maxsize=256)
def _named(key: str) -> str:
    return key.strip("_").replace("_", "-")


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else clean(value)


def text(x: float, y: float, words: str, fill: Colour, size: float = SMALL, **more: object) -> str:
    """Write words at a point, never smaller than ``SMALL``.

    Raises:
        ValueError: if ``size`` is under ``SMALL``.
    """
    if size < SMALL:
        raise ValueError(f"no text under {SMALL} px, asked for {size}")
    return tag("text", clean(words), x=x, y=y, fill=fill, font_size=size, **more)


def rule(x1: float, y1: float, x2: float, y2: float, stroke: Colour, **more: object) -> str:
    """Draw a straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more)


def hint(words: str) -> str:
    """Write what a group of shapes says: read aloud, shown by the pointer."""
    return tag("title", clean(words))


def linked(href: str, *children: str) -> str:
    """Group shapes under a link, or without one when ``href`` is empty.

    Raises:
        ValueError: unless the link stays on the site or is http(s).
    """
    if not href:
        return tag("g", *children)
    if not _SAFE_LINK.match(href):
        raise ValueError(f"a chart does not link to {href!r}")
    return tag("a", *children, href=href)


def width_of(words: str, size: float = SMALL) -> float:
    """Guess how wide words will be, in pixels: a little more than Inter takes."""
    return size * sum(_advance(letter) for letter in words)


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.05
    if letter in " .,:;'’!|()[]ijlftrI1\u00a0":
        return 0.32
    return 0.9 if letter in "mwMW%@" else 0.68 if letter.isupper() else 0.57


def fit(words: str, room: float, size: float = SMALL) -> str:
    """Cut words that are wider than ``room`` pixels, with an ellipsis."""
    if width_of(words, size) <= room:
        return words
    kept = words
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(words: str, room: float, lines: int = 2, size: float = SMALL) -> list[str]:
    """Break words into at most ``lines`` lines of ``room`` pixels; the last one is cut if need be."""
    kept = [""]
    for word in words.split(" "):
        longer = f"{kept[-1]} {word}".strip()
        if kept[-1] and width_of(longer, size) > room and len(kept) < lines:
            kept.append(word)
        else:
            kept[-1] = longer
    return [fit(line, room, size) for line in kept]


def paragraph(x: float, y: float, lines: Iterable[str], fill: Colour) -> str:
    """Write lines of small text under each other, 16 pixels apart."""
    return "".join(text(x, y + 16 * index, line, fill) for index, line in enumerate(lines))


def sheet(
    title: str, description: str, size: tuple[float, float], font: str | None, parts: Iterable[str]
) -> str:
    """Close a drawing: its title, its description, and the role that its links ask for.

    Args:
        title: what the chart shows, in a few words; never empty.
        description: the figures in words, for who does not see the chart.
        size: width and height in pixels; the drawing is never scaled down.
        font: font family, ``None`` to inherit that of the page.
        parts: markup written by this module.

    Returns:
        A whole ``<svg>`` element.

    Raises:
        ValueError: if the title is empty.
    """
    if not title.strip():
        raise ValueError("a chart has a title")
    width, height = size
    inside = "".join(parts)
    return tag(
        "svg",
        tag("title", clean(title)),
        tag("desc", clean(description)),
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="group" if "<a " in inside else "img",
        class_=f"chart chart-{'narrow' if width < _STACKED else 'wide'}",
        font_family=font,
    )


def stacked(width: float) -> bool:
    """Whether rows of a chart this wide stand under each other."""
    return width < _STACKED
