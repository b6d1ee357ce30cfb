"""A small grammar of sentences: alternatives, slots, agreement, elision.

``[a|b|]`` picks one; ``{slot}`` asks the speaker's facts (``{Slot}`` with a capital);
``{s:content|contente}`` agrees with the speaker, ``{a:…}`` with the adviser, ``{p:…}`` with the person lost;
``de~`` becomes « d' », « du » or « des » before what follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

_ELIDES = re.compile(r"\b([Dd]e|[Qq]ue|[JjLlNnMmTtSs]e)~(?=(\S))")
_VOWELS = frozenset("aeiouyhàâéèêëîïôùûœAEIOUYHÀÂÉÈÊÎÔ")
_MARKS = re.compile(r"\s+([,.…])")
_TWICE = re.compile(r"(?<!\.)([.!?…])\s*\.(?!\.)")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Something the facts answer."""

    name: str


Piece = str | Choice | Slot
Lookup = Callable[[str], str]


@lru_cache(maxsize=8_192)
def parse(template: str) -> tuple[Piece, ...]:
    """Read a template.

    Raises:
        ValueError: if a bracket or a brace is not closed.
    """
    pieces, rest = _sequence(template, 0, closing=False)
    if rest != len(template):
        raise ValueError(f"unbalanced template: {template}")
    return pieces


def _sequence(text: str, at: int, *, closing: bool) -> tuple[tuple[Piece, ...], int]:
    pieces: list[Piece] = []
    while at < len(text) and not (closing and text[at] in "|]"):
        if text[at] == "[":
            piece, at = _choice(text, at + 1)
        elif text[at] == "{":
            end = text.index("}", at)
            piece, at = Slot(text[at + 1 : end]), end + 1
        else:
            stop = next((place for place in range(at, len(text)) if text[place] in "[]{|"), len(text))
            if stop == at:
                raise ValueError(f"unbalanced template: {text}")
            piece, at = text[at:stop], stop
        pieces.append(piece)
    return tuple(pieces), at


def _choice(text: str, at: int) -> tuple[Piece, int]:
    options = []
    while True:
        option, at = _sequence(text, at, closing=True)
        options.append(option)
        if at >= len(text):
            raise ValueError(f"unbalanced template: {text}")
        if text[at] == "]":
            return Choice(tuple(options)), at + 1
        at += 1


def render(template: str, rng: Random, lookup: Lookup) -> str:
    """One sentence out of a template, well spelt."""
    return tidy("".join(_said(parse(template), rng, lookup)))


def _said(pieces: tuple[Piece, ...], rng: Random, lookup: Lookup) -> list[str]:
    said: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            said.append(piece)
        elif isinstance(piece, Slot):
            said.append(_filled(piece.name, rng, lookup))
        else:
            said += _said(piece.options[int(rng.random() * len(piece.options))], rng, lookup)
    return said


def _filled(name: str, rng: Random, lookup: Lookup) -> str:
    value = lookup(name[0].lower() + name[1:] if len(name) > 1 else name)
    if "{" in value or "[" in value:
        value = "".join(_said(parse(value), rng, lookup))
    return value[:1].upper() + value[1:] if name[0].isupper() and len(name) > 1 else value


def tidy(text: str) -> str:
    """Elide, contract, and put one mark where two met."""
    text = _ELIDES.sub(_elided, text) if "~" in text else text
    text = text.replace("de\0le ", "du ").replace("de\0les ", "des ").replace("\0", " ")
    text = _MARKS.sub(r"\1", text).replace("  ", " ").replace(",,", ",")
    return _TWICE.sub(r"\1", text).strip()


def _elided(match: re.Match[str]) -> str:
    word = match.group(1)
    return f"{word[:-1]}'" if match.group(2) in _VOWELS else f"{word}\0"


def lower_first(sentence: str) -> str:
    """The sentence after a connector: no capital, except for what keeps it."""
    kept = (
        sentence[:1] in "«0123456789+"
        or sentence[1:2].isupper()
        or sentence.startswith(("Angers", "Roubaix"))
    )
    return sentence if kept else sentence[:1].lower() + sentence[1:]
