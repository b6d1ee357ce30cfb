"""The taxonomy as the list shows it: tops and leaves, how much each is heard, what the draft changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.measure.estimates import Estimate
from visavis.people.access.policy import SHOWN_VOICES
from visavis.understand.themes.sheets import Change, Sheet, Sheets, tops, under
from visavis.understand.themes.usage import Usage


@dataclass(frozen=True, slots=True)
class Line:
    """One theme of the list.

    Attributes:
        sheet: the theme as the draft has it.
        label: its name.
        definition: what it is.
        share: share of the recent texts that speak of it; none for a theme heard only from a voice whose
            figures are not shown, or that is not published yet.
        corrections: how many times people corrected it.
        words: how many keywords it has, all languages.
        tests: how many sentences it is tried on.
        change: what the draft changes of it, if anything.
    """

    sheet: Sheet
    label: str
    definition: str
    share: Estimate | None
    corrections: int
    words: int
    tests: int
    change: Change | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A theme of the first level and those under it."""

    top: Line
    leaves: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole list: what is heard, and what was retired."""

    branches: tuple[Branch, ...]
    retired: tuple[Line, ...]


def outline(sheets: Sheets, changed: Mapping[str, Change], found: Usage, language: str) -> Outline:
    """Lay the taxonomy out.

    Args:
        sheets: the taxonomy as the draft has it.
        changed: what the draft changes, by code.
        found: how much the themes in force are heard.
        language: of the screen.
    """

    def line(sheet: Sheet) -> Line:
        return _line(sheet, changed.get(sheet.code), found, language)

    branches = [Branch(line(top), tuple(map(line, under(sheets, top.code)))) for top in tops(sheets)]
    retired = sorted((one for one in sheets.values() if one.retired), key=lambda one: one.code)
    return Outline(tuple(branches), tuple(map(line, retired)))


def _line(sheet: Sheet, change: Change | None, found: Usage, language: str) -> Line:
    shown = any(Voice(voice) in SHOWN_VOICES for voice in sheet.voices)
    return Line(
        sheet=sheet,
        label=sheet.label(language),
        definition=sheet.definition.get(language, ""),
        share=found.shares.get(sheet.code) if shown else None,
        corrections=found.corrections.get(sheet.code, 0),
        words=sum(map(len, sheet.keywords.values())),
        tests=sum(map(len, sheet.tests.values())),
        change=change,
    )
