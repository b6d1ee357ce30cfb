"""One theme as it is written, whatever holds it: the table in force, a draft, an edition, a file. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final

from visavis.core.languages import say
from visavis.core.stamps import stamp_of
from visavis.text.folding import fold

Words = Mapping[str, tuple[str, ...]]
#: The sentences that a theme is tried on: those that must have it, and those that must not.
MUST, MUST_NOT = "must", "must_not"
_WORDED: Final = ("keywords", "examples", "tests")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is written of one theme.

    Attributes:
        code: its stable name; renaming keeps it.
        name: language -> its name on screen.
        parent: the code of the theme above; empty for the first level.
        voices: who it is heard from, as ``Voice`` values.
        position: its place among its neighbours.
        definition: language -> what it is.
        keywords: language -> words by which it is heard, in the syntax of ``visavis.text.ThemeSpec``.
        examples: language -> sentences that speak of it.
        tests: ``must`` and ``must_not`` -> sentences that it is tried on.
        facing: codes of the themes that it faces on the other side.
        retired: whether it is no longer heard; its history stays.
        merged_into: the code of the theme that took it over; empty if none.
    """

    code: str
    name: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    voices: tuple[str, ...] = ()
    position: int = 0
    definition: Mapping[str, str] = field(default_factory=dict)
    keywords: Words = field(default_factory=dict)
    examples: Words = field(default_factory=dict)
    tests: Words = field(default_factory=dict)
    facing: tuple[str, ...] = ()
    retired: bool = False
    merged_into: str = ""

    def label(self, language: str) -> str:
        """Its name in ``language``, or in another one; its code if it has none."""
        return say(self.name, language) or self.code

    def as_row(self) -> dict[str, Any]:
        """The sheet ready for JSON."""
        row = asdict(self)
        for name in _WORDED:
            row[name] = {key: list(words) for key, words in row[name].items() if words}
        return row | {"voices": list(self.voices), "facing": list(self.facing)}

    @property
    def stamp(self) -> str:
        """Changes whenever anything of the sheet changes: two people who write it at once find out."""
        return stamp_of(self.as_row())


_KNOWN: Final = frozenset(each.name for each in fields(Sheet))


def sheet_of(row: Mapping[str, Any]) -> Sheet:
    """Read a sheet back from what ``Sheet.as_row`` made; what it does not know is left out.

    >>> sheet_of(Sheet("delay", {"fr": "Délai"}, keywords={"fr": ("délai*",)}).as_row()).keywords
    {'fr': ('délai*',)}
    """
    kept = {name: value for name, value in row.items() if name in _KNOWN}
    for name in _WORDED:
        kept[name] = {key: tuple(words) for key, words in (row.get(name) or {}).items()}
    kept |= {name: tuple(row.get(name) or ()) for name in ("voices", "facing")}
    return Sheet(**kept | {"parent": row.get("parent") or "", "merged_into": row.get("merged_into") or ""})


Sheets = Mapping[str, Sheet]


def live(sheets: Sheets) -> list[Sheet]:
    """The themes that are heard, tops then leaves, each in the company's order."""
    tops = {sheet.code: sheet.position for sheet in sheets.values() if not sheet.parent}
    kept = [sheet for sheet in sheets.values() if not sheet.retired]

    def place(sheet: Sheet) -> tuple[bool, int, str, int, str]:
        return (
            bool(sheet.parent),
            tops.get(sheet.parent, 0),
            sheet.parent,
            sheet.position,
            sheet.code,
        )

    return sorted(kept, key=place)


def under(sheets: Sheets, code: str) -> list[Sheet]:
    """The themes heard under ``code``, in the company's order."""
    return [sheet for sheet in live(sheets) if sheet.parent == code]


def tops(sheets: Sheets) -> list[Sheet]:
    """The themes of the first level that are heard, in the company's order."""
    return under(sheets, "")


def namesakes(sheet: Sheet, was: Sheet | None, sheets: Sheets) -> Iterator[tuple[str, Sheet]]:
    """Whose name a theme would take: the language of the name, and the heard theme that bears it.

    Accents, capitals and blanks tell no two names apart. What a theme is called already is left to it.

    Args:
        sheet: the theme as it should be.
        was: the theme as it is; None for a new one.
        sheets: the taxonomy that it will stand in.

    >>> there = {"wait": Sheet("wait", {"fr": "Délai"})}
    >>> [(one, other.code) for one, other in namesakes(Sheet("new", {"fr": "delai "}), None, there)]
    [('fr', 'wait')]
    """
    called = {language: fold(name) for language, name in sheet.name.items() if name}
    if was and not was.retired:
        called = {one: name for one, name in called.items() if fold(was.name.get(one, "")) != name}
    for other in live(sheets) if called and not sheet.retired else ():
        if other.code != sheet.code:
            yield from ((one, other) for one, name in called.items() if fold(other.name.get(one, "")) == name)


def join(one: Words, other: Words) -> dict[str, tuple[str, ...]]:
    """The words of both, each once, those of ``one`` first.

    >>> join({"fr": ("délai",)}, {"fr": ("attente", "délai"), "en": ("wait",)})
    {'fr': ('délai', 'attente'), 'en': ('wait',)}
    """
    keys = [*one, *(key for key in other if key not in one)]
    return {key: tuple(dict.fromkeys((*one.get(key, ()), *other.get(key, ())))) for key in keys}


def take_over(target: Sheet, source: Sheet) -> Sheet:
    """``target`` once it has taken over the words, examples and voices of ``source``."""
    return replace(
        target,
        keywords=join(target.keywords, source.keywords),
        examples=join(target.examples, source.examples),
        voices=tuple(dict.fromkeys((*target.voices, *source.voices))),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One theme in two versions; either may be missing."""

    code: str
    before: Sheet | None
    after: Sheet | None

    @property
    def sheet(self) -> Sheet:
        """The theme as it is in the later version, or as it was."""
        return self.after or self.before or Sheet(self.code)

    @property
    def added(self) -> bool:
        """Whether it is heard now and was not known before."""
        return self.before is None and self.after is not None and not self.after.retired

    @property
    def retired(self) -> bool:
        """Whether it was heard and is no more."""
        heard = self.before is not None and not self.before.retired
        return heard and (self.after is None or self.after.retired)

    @property
    def reinstated(self) -> bool:
        """Whether it is heard again."""
        both = self.before is not None and self.after is not None
        return both and self.before.retired and not self.after.retired  # type: ignore[union-attr]

    def turned(self, name: str) -> bool:
        """Whether the field ``name`` differs between the two."""
        if self.before is None or self.after is None:
            return False
        return bool(getattr(self.before, name) != getattr(self.after, name))

    def gained(self, name: str) -> list[tuple[str, str]]:
        """(language, words) that the field ``name`` has now and had not."""
        return _more(_words(self.after, name), _words(self.before, name))

    def lost(self, name: str) -> list[tuple[str, str]]:
        """(language, words) that the field ``name`` had and has no more."""
        return _more(_words(self.before, name), _words(self.after, name))


def _words(sheet: Sheet | None, name: str) -> Words:
    return getattr(sheet, name) if sheet and not sheet.retired else {}


def _more(these: Words, those: Words) -> list[tuple[str, str]]:
    return [
        (key, word) for key, words in these.items() for word in words if word not in set(those.get(key, ()))
    ]


def changes(before: Sheets, after: Sheets) -> list[Change]:
    """The themes that differ between two versions, in the order of the later one, those that left last.

    Themes retired in both are told by neither.
    """
    codes = [sheet.code for sheet in live(after)]
    codes += [code for code in (*after, *before) if code not in set(codes)]
    found = [Change(code, before.get(code), after.get(code)) for code in dict.fromkeys(codes)]
    return [one for one in found if one.before != one.after and not _gone(one)]


def _gone(change: Change) -> bool:
    return all(sheet is None or sheet.retired for sheet in (change.before, change.after))


def by_code(rows: Iterable[Mapping[str, Any]]) -> dict[str, Sheet]:
    """Sheets by their code, from rows ready for JSON."""
    return {sheet.code: sheet for sheet in map(sheet_of, rows)}


def rows_of(sheets: Sheets) -> list[dict[str, Any]]:
    """Sheets as rows ready for JSON, in a stable order: what an edition keeps."""
    kept: Sequence[Sheet] = sorted(
        sheets.values(), key=lambda each: (each.parent != "", each.parent, each.code)
    )
    return [sheet.as_row() for sheet in kept]
