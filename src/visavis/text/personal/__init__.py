"""Personal data in a text, found and masked: ``find_personal(text)``, ``mask(text)``. Rules, no network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from visavis.text.personal.addresses import addresses
from visavis.text.personal.kinds import PLACEHOLDERS, Kind, Personal
from visavis.text.personal.letters import composed, listed, plain_blanks, plain_letters, words_in
from visavis.text.personal.names import names
from visavis.text.personal.numbers import numbers
from visavis.text.personal.references import written

__all__ = ["PLACEHOLDERS", "Kind", "Personal", "blanked", "find_personal", "mask"]

_MASKED: Final = re.compile(
    "|".join(re.escape(shown) for each in PLACEHOLDERS.values() for shown in sorted(set(each.values())))
)
_WORD: Final = re.compile("[a-z]+")
_FRENCH: Final = listed(
    "le la les de des du et je vous est pas pour que un une au en mon merci par ce il ne qui avec"
)
_ENGLISH: Final = listed(
    "the and to of i my was is for you with they it not have thanks very at this that me from"
)


#: What is masked may uncover something beside it: looked at again, so many times at most.
_ROUNDS: Final = 12


def find_personal(text: str) -> tuple[Personal, ...]:
    """Find what tells who somebody is: names, addresses, telephones, numbers that prove themselves.

    Args:
        text: any string. Placeholders that ``mask`` wrote are left alone.

    Returns:
        What was found, in the order of the text, nothing over anything else.

    >>> [(one.kind.value, one.start, one.end) for one in find_personal("Merci à Nadège, 06 12 34 56 78")]
    [('name', 8, 14), ('phone', 16, 30)]
    """
    together = composed(text)
    if together is None:
        return tuple(_found(text))
    whole, places = together
    return tuple(
        Personal(each.kind, places[each.start], places[each.end], each.certainty) for each in _found(whole)
    )


def _found(text: str) -> list[Personal]:
    folded, spaced = plain_letters(text), plain_blanks(text)
    kept: list[Personal] = []
    taken = bytearray(len(text))
    for match in _MASKED.finditer(text) if "[" in text else ():
        taken[match.start() : match.end()] = b"1" * len(match.group())
    for one in _candidates(spaced, folded):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"1" * (one.end - one.start)
            kept.append(one)
    kept += _repeated(text, kept, taken)
    return sorted(kept, key=lambda one: one.start)


def _repeated(text: str, kept: list[Personal], taken: bytearray) -> Iterator[Personal]:
    """The same number or address, written alike elsewhere in the text."""
    for piece, one in {text[one.start : one.end]: one for one in kept if one.kind is not Kind.NAME}.items():
        at = text.find(piece)
        while at >= 0:
            end = at + len(piece)
            inside = text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()
            if not inside and not any(taken[at:end]):
                taken[at:end] = b"1" * len(piece)
                yield replace(one, start=at, end=end)
            at = text.find(piece, end)


def _candidates(text: str, folded: str) -> Iterable[Personal]:
    """The surest first."""
    words = words_in(folded)
    digits = sum(map(text.count, "0123456789"))
    if digits >= 8:
        yield from numbers(text, folded)
    if digits:
        yield from addresses(text, folded, words)
    yield from written(text, folded, words, digits)
    yield from names(text, folded, words)


def mask(text: str, *, language: str | None = None) -> str:
    """Put a readable word in the place of what is personal. Masking twice changes nothing more.

    Args:
        text: any string.
        language: of the words put in its place ("fr", "en"; others: "fr"); none: that of the text.

    Returns:
        The text, in which ``find_personal`` finds nothing more.

    >>> mask("Merci à Nadège, joignable au 06 12 34 56 78.")
    'Merci à [nom], joignable au [téléphone].'
    """
    for _ in range(_ROUNDS):
        found = find_personal(text)
        if not found:
            break
        language = language or _language(text)
        shown = PLACEHOLDERS.get(language, PLACEHOLDERS["fr"])
        text = "".join(_pieces(text, found, shown))
    return text


def blanked(text: str) -> str:
    """Blanks in the place of what ``mask`` wrote, as many as it has characters: places stay the same.

    >>> blanked("Merci à [nom] !")
    'Merci à       !'
    """
    return _MASKED.sub(lambda match: " " * len(match.group()), text) if "[" in text else text


def _pieces(text: str, found: tuple[Personal, ...], shown: dict[Kind, str]) -> Iterator[str]:
    place = 0
    for one in found:
        yield text[place : one.start]
        yield shown[one.kind]
        place = one.end
    yield text[place:]


def _language(text: str) -> str:
    """French or English, by the small words of a text: in which words to say what is masked."""
    words = Counter(_WORD.findall(text[:2_000].lower()))
    french, english = (sum(words[word] for word in small) for small in (_FRENCH, _ENGLISH))
    return "en" if english > french else "fr"
