"""Numbers that name somebody and prove themselves: bank accounts, cards, social security, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from visavis.text.personal.kinds import Kind, Personal

#: Length of an IBAN by country (SWIFT IBAN registry).
_IBAN_LENGTHS: Final = {
    "FR": 27, "MC": 27, "BE": 16, "DE": 22, "ES": 24, "IT": 27, "LU": 20, "CH": 21, "PT": 25, "NL": 18,
    "GB": 22, "IE": 22, "AT": 20, "PL": 28, "RO": 24, "SE": 24, "DK": 18, "FI": 18, "NO": 15, "GR": 27,
    "HU": 28, "CZ": 24, "SK": 24, "BG": 22, "HR": 21, "LT": 20, "LV": 21, "EE": 20, "MT": 31, "CY": 28,
    "TN": 24, "MU": 30, "AD": 24, "SM": 27, "IL": 23, "TR": 26, "AE": 23, "SA": 24,
}  # fmt: skip
_IBAN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ ]?[0-9]{2}(?:[ .\-]{0,2}[A-Za-z0-9]){11,30}")
_DIGITS: Final = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ .\-]{0,2}[0-9]){12,18}(?![0-9])")
_SOCIAL: Final = re.compile(
    r"(?<![0-9A-Za-z])[123478][ .\-]{0,2}[0-9]{2}[ .\-]{0,2}(?:0[1-9]|1[0-2]|[2-9][0-9])[ .\-]{0,2}"
    r"(?:[0-9]{2}|2[ABab])[ .\-]{0,2}[0-9]{3}[ .\-]{0,2}[0-9]{3}(?:[ .\-]{0,3}[0-9]{2})?(?![0-9])"
)
_CARD: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[2-6][0-9]{3}(?:[ .\-]{0,2}[0-9]{4}){3}(?:[ .\-]?[0-9]{3})?"
    r"|3[0-9]{3}[ .\-]{0,2}[0-9]{6}[ .\-]{0,2}[0-9]{4,5})(?![0-9])"
)
_PHONE: Final = re.compile(
    r"(?<![0-9A-Za-z+])(?:(?:\+|00)[ ]?33[ .\-]{0,2}(?:\(0\))?[ .\-]{0,2}0?|\(?0)[ .\-]?"
    r"[1-9]\)?(?:[ .\-/]{0,3}[0-9]{2}){4}(?![0-9])"
)
_TRIPLETS: Final = re.compile(
    r"(?<![0-9A-Za-z+])0[1-9](?:[ .\-/]{1,3}[0-9]{2,3}){2,3}(?:[ .\-/]{1,3}[0-9]{2,3})(?![0-9])"
)
_SPELT: Final = re.compile(r"(?<![0-9A-Za-z+])0(?:[ .\-/][0-9]){9}(?![0-9])")
_ABROAD: Final = re.compile(
    r"(?<![0-9A-Za-z+])(?:\+|00)[1-9][0-9]{0,2}(?:[ .\-]{0,2}\(0\))?(?:[ .\-/()]{0,2}[0-9]){6,12}(?![0-9])"
)
_BRITISH: Final = re.compile(r"(?<![0-9A-Za-z+])0[1-9][0-9]{1,4} ?[0-9]{3,4} ?[0-9]{3,4}(?![0-9])")
#: Eight digits with little between them: without such a run there is none of these numbers.
LONG: Final = re.compile(r"(?:[0-9][ .\-/()]{0,4}){8}")
_CORSICAN: Final = re.compile(r"[0-9]{2} ?2[ab] ?[0-9]{3}")
#: Thirteen digits in the groups of a social security number: sure enough without its key.
_IN_GROUPS: Final = re.compile(
    r"[12] [0-9]{2} (?:0[1-9]|1[0-2]) (?:[0-9]{2}|2[ABab]) [0-9]{3} [0-9]{3}(?: [0-9]{2})?"
)
_CARD_SAID: Final = re.compile(r"(?:carte|\bcb\b|visa|mastercard|\bcard\b|credit)\D{0,20}$")
_SOCIAL_SAID: Final = re.compile(r"(?:secu|\bnir\b|\bn(?:°|o|um)? ?ss\b|social|immatricul|vitale)\D{0,25}$")
_BANK_SAID: Final = re.compile(r"(?:iban|\brib\b|compte|virement|rembours|account|bank)\D{0,25}$")


def luhn(digits: str) -> bool:
    """Whether a card number proves itself (H. P. Luhn, 1960; ISO/IEC 7812-1).

    >>> luhn("4970101234567893"), luhn("4970101234567890")
    (True, False)
    """
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(two - 9 if two > 9 else two for two in doubled)) % 10 == 0


def mod97(iban: str) -> bool:
    """Whether an IBAN proves itself (ISO 13616, ISO/IEC 7064 MOD 97-10).

    >>> mod97("FR1420041010050500013M02606"), mod97("FR1520041010050500013M02606")
    (True, False)
    """
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def social_key(number: str) -> bool:
    """Whether the fifteen characters of a French social security number prove themselves (INSEE).

    >>> social_key("255081416802538"), social_key("255081416802539")
    (True, False)
    """
    body, key = number[:13].upper(), number[13:]
    if len(key) != 2:
        return False
    shift = {"2A": 1_000_000, "2B": 2_000_000}.get(body[5:7], 0)
    digits = body.replace("A", "0").replace("B", "0")
    return (int(digits) - shift) % 97 == 97 - int(key)


def numbers(text: str, folded: str) -> Iterator[Personal]:
    """Numbers that name somebody, in no order, possibly one over another: the first found wins.

    Args:
        text: the text with plain spaces.
        folded: the same, character for character, in plain small letters.
    """
    if not LONG.search(text) and not (("2a" in folded or "2b" in folded) and _CORSICAN.search(folded)):
        return
    yield from _ibans(text, folded)
    yield from _socials(text, folded)
    yield from _cards(text, folded)
    for pattern, certainty in ((_PHONE, 0.98), (_ABROAD, 0.95), (_SPELT, 0.95)):
        yield from (Personal(Kind.PHONE, *match.span(), certainty) for match in pattern.finditer(text))
    for pattern in (_TRIPLETS, _BRITISH):
        yield from (
            Personal(Kind.PHONE, *match.span(), 0.85)
            for match in pattern.finditer(text)
            if 9 <= len(_bare(match.group())) <= 11
        )


def _bare(written: str) -> str:
    return "".join(character for character in written if character.isalnum())


def _ibans(text: str, folded: str) -> Iterator[Personal]:
    for match in _IBAN.finditer(text):
        places = [place for place in range(*match.span()) if text[place].isalnum()]
        bare = "".join(text[place] for place in places).upper()
        wanted = _IBAN_LENGTHS.get(bare[:2], 0)
        if not wanted or len(bare) < min(wanted, 15):
            continue
        end = places[min(wanted, len(bare)) - 1] + 1
        digits = sum(character.isdigit() for character in bare[:wanted])
        if len(bare) >= wanted and mod97(bare[:wanted]):
            yield Personal(Kind.IBAN, match.start(), end, 0.999)
        elif digits >= 14 and (bare[:2] == "FR" or _said(_BANK_SAID, folded, match.start())):
            yield Personal(Kind.IBAN, match.start(), end, 0.8)


def _socials(text: str, folded: str) -> Iterator[Personal]:
    for match in _SOCIAL.finditer(text):
        bare = _bare(match.group())
        if social_key(bare):
            yield Personal(Kind.SOCIAL_SECURITY, *match.span(), 0.99)
        elif _IN_GROUPS.fullmatch(match.group()) or _said(_SOCIAL_SAID, folded, match.start()):
            yield Personal(Kind.SOCIAL_SECURITY, *match.span(), 0.9)


def _cards(text: str, folded: str) -> Iterator[Personal]:
    for match in _CARD.finditer(text):
        if luhn(_bare(match.group())):
            yield Personal(Kind.CARD, *match.span(), 0.98)
        elif _said(_CARD_SAID, folded, match.start()):
            yield Personal(Kind.CARD, *match.span(), 0.85)
    for match in _DIGITS.finditer(text):
        if luhn(_bare(match.group())) and _said(_CARD_SAID, folded, match.start()):
            yield Personal(Kind.CARD, *match.span(), 0.9)


def _said(pattern: re.Pattern[str], folded: str, start: int) -> bool:
    """Whether the words just before say what the number is."""
    return pattern.search(folded, max(0, start - 50), start) is not None
