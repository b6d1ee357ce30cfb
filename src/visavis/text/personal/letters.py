"""One plain letter for each letter of a text, so that places stay the same."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase
from typing import Final

_BLANKS: Final = "\t\u00a0\u2007\u2009\u202f"
_DASHES: Final = "\u2010\u2011\u2012\u2013"
_OTHERS: Final = {
    "’": "'",
    "ʼ": "'",
    "`": "'",
    "œ": "o",
    "Œ": "o",
    "æ": "a",
    "Æ": "a",
    "ß": "s",
    "ø": "o",
    "ı": "i",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "Đ": "d",
    "Ø": "o",
}
_MARKS: Final = re.compile("[\u0300-\u036f]")


def listed(text: str) -> frozenset[str]:
    """The words of ``text``, which spaces separate."""
    return frozenset(text.split())


def _plain(code: int) -> str | None:
    """The small letter under an accent or in another size; none if there is not exactly one."""
    base = _MARKS.sub("", unicodedata.normalize("NFKD", chr(code))).lower()
    return base if len(base) == 1 and base.isascii() else None


_RANGES: Final = (range(0x41, 0x5B), range(0xC0, 0x250), range(0x1E00, 0x1F00), range(0xFF01, 0xFF5F))
TABLE: Final = str.maketrans(
    {chr(code): plain for codes in _RANGES for code in codes if (plain := _plain(code))}
    | dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys(_DASHES, "-")
    | _OTHERS
)
_KEEPING_CASE: Final = str.maketrans(dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_DASHES, "-"))
_CODEC: Final = "cp1252"
_UNUSED: Final = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _byte(code: int) -> int:
    if code in _UNUSED:
        return code
    plain = bytes([code]).decode(_CODEC).translate(TABLE)
    return ord(plain) if plain.isascii() else code


_BYTES: Final = bytes(map(_byte, range(256)))


def plain_letters(text: str) -> str:
    """Small letters without accents, one for each character of ``text``.

    >>> plain_letters("Éléonore LE GOFF")
    'eleonore le goff'
    """
    if text.isascii():
        return text.lower()
    try:
        # Ten times as fast, for what most people type.
        return text.encode(_CODEC).translate(_BYTES).decode("latin-1")
    except UnicodeEncodeError:
        return text.translate(TABLE)


_LETTERS_ALONE: Final = bytes(code if chr(code) in ascii_lowercase else 32 for code in range(256))


def words_in(folded: str) -> frozenset[str]:
    """The words of a text in plain small letters; other characters part them.

    >>> sorted(words_in("l'ete 2024, a paris"))
    ['a', 'ete', 'l', 'paris']
    """
    alone = folded.encode("latin-1", "replace").translate(_LETTERS_ALONE)
    return frozenset(alone.decode("ascii").split())


def plain_blanks(text: str) -> str:
    """Plain spaces and hyphens, one for each character of ``text``; letters are left as they are."""
    if any(character in text for character in _BLANKS + _DASHES):
        return text.translate(_KEEPING_CASE)
    return text


def composed(text: str) -> tuple[str, list[int]] | None:
    """A text whose accents stand apart from their letters, put together.

    Returns:
        The text put together, and where each of its characters began (one more for the end); none when no
        accent stands apart.
    """
    if text.isascii() or not _MARKS.search(text):
        return None
    places: list[int] = []
    pieces: list[str] = []
    for place, character in enumerate(text):
        if pieces and _MARKS.match(character):
            joined = unicodedata.normalize("NFC", pieces[-1] + character)
            pieces[-1] = joined if len(joined) == 1 else pieces[-1]
        else:
            pieces.append(character)
            places.append(place)
    return "".join(pieces), [*places, len(text)]
