"""What may be written of a theme: the small syntax of keywords, lengths, counts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from visavis.text.taxonomy import keyword
from visavis.understand.themes.sheets import Sheet

#: Most words or sentences of one kind and language, and their longest.
MOST: Final = 300
LONGEST: Final = {"keywords": 80, "examples": 500, "tests": 500}
LONGEST_NAME, LONGEST_DEFINITION = 80, 500
#: Signs of other ways of searching, which mean nothing here; a star anywhere but at the end of a word.
_FOREIGN: Final = re.compile(r"[()\[\]{}|\\^<>]|(?<![^\W_])\*|\*(?=\w)")


class Wrong(StrEnum):
    """What may be wrong with one word or sentence."""

    NO_WORD = "no_word"
    SIGN = "sign"
    LONG = "long"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class WordFault:
    """One fault: in which field, under which key (language, or kind of test), of which word."""

    field: str
    key: str
    wrong: Wrong
    word: str


def faults_of(sheet: Sheet) -> Iterator[WordFault]:
    """What is wrong with the words of a sheet, in its order.

    >>> [fault.word for fault in faults_of(Sheet("delay", keywords={"fr": ("délai*", "!")}))]
    ['!']
    >>> [fault.word for fault in faults_of(Sheet("delay", keywords={"fr": ("(((bad", "click & collect")}))]
    ['(((bad']
    """
    for field in LONGEST:
        for key, words in getattr(sheet, field).items():
            if len(words) > MOST:
                yield WordFault(field, key, Wrong.MANY, str(len(words)))
            yield from (
                WordFault(field, key, wrong, word[:40]) for word in words if (wrong := _of(field, word))
            )
    for field, most in (("name", LONGEST_NAME), ("definition", LONGEST_DEFINITION)):
        for key, text in getattr(sheet, field).items():
            if len(text) > most:
                yield WordFault(field, key, Wrong.LONG, text[:40])


def _of(field: str, word: str) -> Wrong | None:
    if len(word) > LONGEST[field]:
        return Wrong.LONG
    if field != "keywords":
        return None
    if keyword(0, word) is None:
        return Wrong.NO_WORD
    return Wrong.SIGN if _FOREIGN.search(word) else None
