"""What each kind of import may hold: the fields, what they are called elsewhere, what they accept."""

from __future__ import annotations

import json
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final


class Type(StrEnum):
    """What a cell is turned into."""

    TEXT = "text"  # str, several lines, at most 20,000 characters
    CODE = "code"  # str, one line: identities, leading zeros kept
    LABEL = "label"  # str, one line: a word of a reference, to reconcile with it
    CHOICE = "choice"  # str among the field's own
    WHOLE = "whole"  # int
    NUMBER = "number"  # float
    MARK = "mark"  # int between low and high
    YES_NO = "yes_no"  # bool
    DATE = "date"  # datetime.date
    INSTANT = "instant"  # datetime.datetime in UTC
    DURATION = "duration"  # int, seconds
    ANSWER = "answer"  # int or float when the cell is one, else str: the answer to a free question


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a row may say.

    ``personal`` marks what identifies somebody and is needed all the same. ``choices`` maps each accepted
    value to the words that mean it.
    """

    name: str
    type: Type
    required: bool = False
    aliases: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    choices: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import.

    ``lenient`` fields are left empty, with a note, when their cell is invalid. Where ``others_ask``, a
    column of marks that no field claims is proposed as a question, by its own name.
    """

    name: str
    fields: tuple[Field, ...]
    questions: bool = False
    traits: bool = False
    lenient: frozenset[str] = frozenset()
    others_ask: bool = False

    def field(self, name: str) -> Field | None:
        """The field of that name; ``question:<key>`` is one too where the kind has questions."""
        known = next((each for each in self.fields if each.name == name), None)
        if known is None and self.traits and name.startswith(TRAIT) and len(name) > len(TRAIT):
            return Field(name, Type.CODE)
        if known is None and self.questions and name.startswith(QUESTION) and len(name) > len(QUESTION):
            return Field(name, Type.ANSWER)
        return known


QUESTION: Final = "question:"
#: What an anonymous answer says of who gave it: few things, of few values each.
TRAIT: Final = "trait:"
MOST_TRAITS: Final = 6
#: What fields and values are called in the files of others, French and English, most telling first.
_WORDS: Final = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
#: Parts of names of columns that hold personal data.
PERSONAL_WORDS: Final = frozenset(_WORDS["personal"])


def _kind(
    name: str,
    *fields: Field,
    questions: bool = False,
    traits: bool = False,
    lenient: frozenset[str] = frozenset(),
    others_ask: bool = False,
) -> Kind:
    worded = tuple(_worded(name, each) for each in fields)
    return Kind(name, worded, questions or others_ask, traits, lenient, others_ask)


def _worded(kind: str, each: Field) -> Field:
    choices = _WORDS["choices"].get(each.name, {}) if each.type is Type.CHOICE else {}
    known = {value: tuple(words) for value, words in choices.items()}
    return replace(each, aliases=tuple(_WORDS["aliases"][kind][each.name]), choices=known)


ORGANISATION: Final = _kind(
    "organisation",
    Field("unit", Type.CODE, required=True),
    Field("unit_name", Type.LABEL),
    Field("unit_kind", Type.CHOICE),
    Field("parent", Type.CODE),
    Field("person", Type.CODE),
    Field("person_name", Type.LABEL, personal=True),
    Field("role", Type.CHOICE),
    Field("starts_on", Type.DATE),
    Field("ends_on", Type.DATE),
    Field("hired_on", Type.DATE),
    Field("fte", Type.NUMBER),
    Field("email", Type.CODE, personal=True),
    Field("form", Type.LABEL),
    Field("given_name", Type.LABEL, personal=True),
    Field("family_name", Type.LABEL, personal=True),
    Field("active", Type.YES_NO),
    lenient=frozenset({"form"}),
)
CONTACTS: Final = _kind(
    "contacts",
    Field("contact", Type.CODE, required=True),
    Field("started_at", Type.INSTANT, required=True),
    Field("channel", Type.LABEL),
    Field("reason", Type.LABEL),
    Field("level", Type.LABEL),
    Field("wait_s", Type.DURATION),
    Field("handle_s", Type.DURATION),
    Field("outcome", Type.CHOICE),
    Field("person", Type.CODE),
    Field("unit", Type.CODE),
    Field("customer", Type.CODE),
    Field("segment", Type.LABEL),
    Field("mode", Type.CHOICE),
)
RETURNS: Final = _kind(
    "returns",
    Field("return", Type.CODE),
    Field("answered_at", Type.INSTANT, required=True),
    Field("contact", Type.CODE),
    Field("channel", Type.LABEL),
    Field("reason", Type.LABEL),
    Field("level", Type.LABEL),
    Field("person", Type.CODE),
    Field("unit", Type.CODE),
    Field("customer", Type.CODE),
    Field("campaign", Type.LABEL),
    Field("invited_at", Type.INSTANT),
    Field("satisfaction", Type.MARK, low=1, high=5),
    Field("recommendation", Type.MARK, low=0, high=10),
    Field("effort", Type.MARK, low=1, high=5),
    Field("clarity", Type.MARK, low=1, high=5),
    Field("kindness", Type.MARK, low=1, high=5),
    Field("listening", Type.MARK, low=1, high=5),
    Field("resolved", Type.YES_NO),
    Field("verbatim", Type.TEXT),
    Field("callback", Type.YES_NO),
    Field("moment", Type.LABEL),
    Field("product", Type.LABEL),
    questions=True,
)
BAROMETER: Final = _kind(
    "barometer",
    Field("wave", Type.LABEL, required=True),
    Field("closed_on", Type.DATE),
    Field("unit", Type.CODE, required=True),
    Field("climate", Type.MARK, low=1, high=5),
    Field("recommend_employer", Type.MARK, low=0, high=10),
    Field("planning", Type.MARK, low=1, high=5),
    Field("tools", Type.MARK, low=1, high=5),
    Field("recognition", Type.MARK, low=1, high=5),
    Field("support", Type.MARK, low=1, high=5),
    Field("clarity_of_changes", Type.MARK, low=1, high=5),
    Field("meaning", Type.MARK, low=1, high=5),
    Field("comment", Type.TEXT),
    questions=True,
    traits=True,
)
REVIEWS: Final = _kind(
    "reviews",
    Field("published_on", Type.DATE, required=True),
    Field("experienced_on", Type.DATE),
    Field("unit", Type.CODE),
    Field("product", Type.LABEL),
    Field("rating", Type.MARK, low=1, high=5),
    Field("text", Type.TEXT),
    Field("author", Type.CODE),
    Field("review", Type.CODE),
    Field("url", Type.CODE),
    Field("reply", Type.TEXT),
    Field("replied_on", Type.DATE),
    Field("source", Type.LABEL),
    lenient=frozenset({"url"}),
)
MIRROR: Final = _kind(
    "mirror",
    Field("voice", Type.CHOICE, required=True),
    Field("closed_on", Type.DATE, required=True),
    Field("study", Type.LABEL),
    Field("respondent", Type.CODE),
    Field("unit", Type.CODE),
    others_ask=True,
)

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for kind in (ORGANISATION, CONTACTS, RETURNS, BAROMETER, REVIEWS, MIRROR)
}
