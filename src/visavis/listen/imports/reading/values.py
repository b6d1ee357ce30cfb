"""One cell into one typed value, given what the file said about itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from visavis.listen.imports.reading.codes import Code
from visavis.listen.imports.reading.fields import Field, Type
from visavis.listen.imports.reading.hints import DateOrder, Hints
from visavis.listen.imports.reading.invalid import Invalid
from visavis.listen.imports.reading.times import Clock, date_parser, duration, instant_parser

#: A returned text is stored whole or refused with its text given back, never cut.
TEXT_LIMIT: Final = 20_000
CODE_LIMIT: Final = 200

Parser = Callable[[str], Any]
Tell = Callable[[Code, dict[str, object]], None]

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
#: What an empty cell is made of: spaces, and what is stripped from texts.
BLANK: Final = " \t\r\n\x00\u00a0\u202f\ufeff\u200b"
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_GROUPED: Final = re.compile(r"[-+]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}([.,])\d{3}(?:(?!\1)[.,]\d+|(?:\1\d{3})+(?:(?!\1)[.,]\d+)?)")
_UNCLEAR: Final = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")

YES: Final = frozenset({"oui", "o", "yes", "y", "1", "true", "vrai", "v", "x", "ok"})
NO: Final = frozenset({"non", "n", "no", "0", "false", "faux", "f", "ko"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file settled about its own writing."""

    decimal: str = ","
    order: DateOrder = DateOrder.DAY_FIRST
    serials: bool = False
    zone: str = "Europe/Paris"

    @classmethod
    def of(cls, hints: Hints, *, workbook: bool = False) -> Settings:
        """From hints; day first and decimal comma unless settled. Serial dates exist in workbooks only."""
        return cls(hints.decimal or ",", hints.date_order or DateOrder.DAY_FIRST, workbook, hints.zone)


def text(raw: str) -> str | None:
    """Any text: Unicode in its composed form (NFC), line ends as LF, without control characters.

    Raises:
        Invalid: past 20,000 characters, or at half a character (lone surrogate).
    """
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(raw):
        if any("\ud800" <= character <= "\udfff" for character in raw):
            raise Invalid(Code.SURROGATE)
        raw = _CONTROL.sub("", raw)
    raw = raw.strip()
    if len(raw) > TEXT_LIMIT:
        raise Invalid(Code.TEXT_TOO_LONG, length=len(raw), limit=TEXT_LIMIT)
    return (raw if raw.isascii() else unicodedata.normalize("NFC", raw)) or None


def visible(text: str) -> str:
    """The text without what cannot be shown, and what a database refuses to keep (NUL, half characters)."""
    return _CONTROL.sub("", text)


def code(raw: str) -> str | None:
    """An identity as written: leading zeros, plus signs and anything like a formula stay.

    Raises:
        Invalid: past 200 characters, with line ends or control characters, or rounded by a spreadsheet
            ("1,23E+12": the last digits are lost, so two identities would become one).
    """
    word = raw.strip(BLANK)
    if _CONTROL.search(word) or "\n" in word:
        raise Invalid(Code.CONTROL_CHARACTER)
    if _ROUNDED.fullmatch(word):
        raise Invalid(Code.CODE_ROUNDED)
    if len(word) > CODE_LIMIT:
        raise Invalid(Code.CODE_TOO_LONG, length=len(word), limit=CODE_LIMIT)
    return (word if word.isascii() else unicodedata.normalize("NFC", word)) or None


def label(raw: str) -> str | None:
    """A word of a reference: a code whose inner spaces are single."""
    return code(" ".join(raw.split()))


def number_parser(decimal: str) -> Callable[[str], float]:
    """Read "7,5", "7.5", "1 234,5", "1.234,5", "1,234.5".

    A lone comma or dot followed by three digits could mark thousands: it is read as decimals when it is the
    file's ``decimal`` mark and refused as ambiguous when it is the other.
    """

    def parse(raw: str) -> float:
        word = raw.strip(BLANK)
        if _GROUPED.fullmatch(word):
            word = re.sub(r"[ \u00a0\u202f]", "", word)
        elif found := _THOUSANDS.fullmatch(word):
            word = word.replace(found[1], "")
        elif _UNCLEAR.fullmatch(word) and decimal not in word:
            raise Invalid(Code.AMBIGUOUS_NUMBER)
        if not _NUMBER.fullmatch(word):
            raise Invalid(Code.NOT_NUMBER)
        return float(word.replace(",", "."))

    return parse


def whole_parser(decimal: str) -> Callable[[str], int]:
    """Read a whole number; "12,0" is one."""
    number = number_parser(decimal)

    def parse(raw: str) -> int:
        try:
            value = number(raw)
        except Invalid as error:
            raise (Invalid(Code.NOT_WHOLE) if error.code is Code.NOT_NUMBER else error) from None
        if not value.is_integer() or abs(value) >= 2**53:
            raise Invalid(Code.NOT_WHOLE)
        return int(value)

    return parse


def mark_parser(low: int, high: int) -> Callable[[str], int]:
    """Read a mark on a scale of whole steps. Words, "5/5" and "4,5" are left for a person to reconcile."""

    def parse(raw: str) -> int:
        word = raw.strip(BLANK)
        if not re.fullmatch(r"[-+]?\d{1,6}(?:[.,]0*)?", word):
            raise Invalid(Code.TO_RECONCILE)
        value = int(re.split("[.,]", word)[0])
        if not low <= value <= high:
            raise Invalid(Code.OUT_OF_RANGE, low=low, high=high)
        return value

    return parse


def yes_no(raw: str) -> bool:
    """Read oui, non, O, N, 1, 0, true, vrai, yes and their like."""
    word = raw.strip(BLANK).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Invalid(Code.NOT_YES_NO)


def folded(word: str) -> str:
    """A word without case, accents, punctuation nor doubled spaces: how two spellings are compared."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def choice_parser(field: Field) -> Callable[[str], str]:
    """Read one of the field's own values, in the words known for it; others are to reconcile."""
    known = {folded(word): value for value, words in field.choices.items() for word in (value, *words)}

    def parse(raw: str) -> str:
        value = known.get(folded(raw))
        if value is None:
            raise Invalid(Code.TO_RECONCILE)
        return value

    return parse


def answer_parser(decimal: str) -> Callable[[str], int | float | str | None]:
    """The answer to a question that is not known beforehand: a number when it is one, else a text."""
    number = number_parser(decimal)

    def parse(raw: str) -> int | float | str | None:
        try:
            value = number(raw)
        except Invalid:
            return text(raw)
        # A code with leading zeros or a phone number is no quantity.
        if re.match(r"[+]|0\d", raw.strip()):
            return text(raw)
        return int(value) if value.is_integer() and abs(value) < 2**53 else value

    return parse


def parser_of(field: Field, settings: Settings, tell: Tell) -> Parser:
    """The parser of a field for one file; ``tell`` receives what deserves a note without a refusal."""
    simple: dict[Type, Parser] = {
        Type.TEXT: text,
        Type.CODE: code,
        Type.LABEL: label,
        Type.YES_NO: yes_no,
        Type.DURATION: duration,
    }
    if field.type in simple:
        return simple[field.type]
    clock = Clock(settings.order, settings.serials, ZoneInfo(settings.zone))
    makers: dict[Type, Callable[[], Parser]] = {
        Type.CHOICE: lambda: choice_parser(field),
        Type.WHOLE: lambda: whole_parser(settings.decimal),
        Type.NUMBER: lambda: number_parser(settings.decimal),
        Type.MARK: lambda: mark_parser(field.low, field.high),
        Type.DATE: lambda: date_parser(clock),
        Type.INSTANT: lambda: instant_parser(clock, tell),
        Type.ANSWER: lambda: answer_parser(settings.decimal),
    }
    return makers[field.type]()
