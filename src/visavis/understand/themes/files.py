"""A taxonomy as a file, JSON or CSV: what the screens export and import, and what the commands read.

Pure: no Django, no database. ``read_file(path.read_bytes())`` gives sheets by code;
``queries.taxonomy_of`` (or ``taxonomies.compile_taxonomy`` of their rows) makes what the engine reads with.

CSV: one row a theme and language, in any order of columns, ``,`` or ``;`` between them, UTF-8. Only ``theme``
is needed. Several words of one cell stand between ``|``.

    theme;parent;voice;language;name;definition;keywords;examples;must;must_not;facing;retired
    wait;;customer|employee;fr;Attente;;"attente|file d'attente|!attente de réponse";;;;;

- ``theme``: the code, small letters, figures, dots, dashes, underscores; ``parent``: that of the theme above.
- ``voice``: ``customer``, ``employee`` or both (both if empty). ``language``: ``fr`` if empty.
- ``keywords``: in the syntax of ``visavis.text.ThemeSpec``; ``examples``: sentences that speak of the theme.
- ``must``, ``must_not``: sentences that it is tried on. ``retired``: ``yes`` if it is no longer heard.

JSON: ``{"format": "visavis-themes", "version": 1, "themes": [sheet, …]}`` or the list alone, each sheet as
``Sheet.as_row`` writes it. A starter of the house (``children`` in place of ``parent``) is read as well.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from visavis.core.words import Voice
from visavis.understand.themes.sheets import MUST, MUST_NOT, Sheet, Sheets, live, rows_of, sheet_of
from visavis.understand.themes.syntax import faults_of

COLUMNS: Final = (
    "theme", "parent", "voice", "language", "name", "definition", "keywords", "examples", "must", "must_not",
    "facing", "retired",
)  # fmt: skip
FORMAT, VERSION = "visavis-themes", 1
BETWEEN: Final = "|"
#: Largest file, in bytes; most themes.
LARGEST, MOST = 2_000_000, 2_000
_CODE: Final = re.compile(r"[a-z0-9_.-]{1,64}")
_YES: Final = frozenset({"yes", "oui", "true", "1", "vrai"})
_EVERY: Final = tuple(voice.value for voice in Voice)


class Fault(StrEnum):
    """What may be wrong with a file."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NO_THEME_COLUMN = "no_theme_column"
    EMPTY = "empty"
    BAD_CODE = "bad_code"
    BAD_VOICE = "bad_voice"
    BAD_LANGUAGE = "bad_language"
    BAD_SHAPE = "bad_shape"
    NO_PARENT = "no_parent"
    NO_TARGET = "no_target"
    THREE_LEVELS = "three_levels"
    BAD_WORDS = "bad_words"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, and where: the line of a CSV, the rank of a theme in JSON; 0 for the whole file."""

    line: int
    fault: Fault
    what: str = ""


class FileError(ValueError):
    """A file that is no taxonomy; nothing of it may be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"line {one.line}: {one.fault} {one.what}".strip() for one in problems))
        self.problems = tuple(problems)


def read_file(data: bytes, known: Sheets | None = None) -> dict[str, Sheet]:
    """Read the themes of a file.

    Args:
        data: the file, JSON or CSV.
        known: themes that are there already: what the file does not say of them stays.

    Returns:
        The themes of the file by code, in its order.

    Raises:
        FileError: with all that is wrong.
    """
    if len(data) > LARGEST:
        raise FileError([Problem(0, Fault.TOO_LARGE)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError([Problem(0, Fault.NOT_TEXT)]) from None
    known = known or {}
    reader = _from_json if text.lstrip()[:1] in {"{", "["} else _from_csv
    problems: list[Problem] = []
    read = reader(text.replace("\0", ""), known, problems)
    found = {code: replace(sheet, name=sheet.name or {"fr": code}) for code, sheet in read.items()}
    if not found and not problems:
        problems.append(Problem(0, Fault.EMPTY))
    problems += _misplaced(found, known)
    problems += [
        Problem(0, Fault.BAD_WORDS, f"{sheet.code}: {fault.word}")
        for sheet in found.values()
        for fault in faults_of(sheet)
    ]
    if problems:
        raise FileError(problems)
    return found


def _misplaced(found: Sheets, known: Sheets) -> Iterator[Problem]:
    every = {**known, **found}
    for sheet in found.values():
        above = every.get(sheet.parent)
        if sheet.merged_into and (sheet.merged_into not in every or sheet.merged_into == sheet.code):
            yield Problem(0, Fault.NO_TARGET, f"{sheet.code}: {sheet.merged_into}")
        if sheet.parent and (above is None or (above.retired and not sheet.retired)):
            yield Problem(0, Fault.NO_PARENT, f"{sheet.code}: {sheet.parent}")
        elif above and (above.parent or above.code == sheet.code):
            yield Problem(0, Fault.THREE_LEVELS, sheet.code)


def _from_csv(text: str, known: Sheets, problems: list[Problem]) -> dict[str, Sheet]:
    head = text.partition("\n")[0]
    rows = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") >= head.count(",") else ","
    )
    names = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if "theme" not in names:
        problems.append(Problem(1, Fault.NO_THEME_COLUMN))
        return {}
    rows.fieldnames = names
    found: dict[str, Sheet] = {}
    for row in rows:
        cells = {name: str(value or "").strip() for name, value in row.items() if name in COLUMNS}
        if any(cells.values()):
            _take_row(cells, rows.line_num, known, found, problems)
    return found


def _take_row(
    cells: Mapping[str, str], line: int, known: Sheets, found: dict[str, Sheet], problems: list[Problem]
) -> None:
    code, language = cells.get("theme", ""), cells.get("language") or "fr"
    voices = _several(cells.get("voice", "")) or _EVERY
    wrong = [
        *([] if _CODE.fullmatch(code) else [Problem(line, Fault.BAD_CODE, code)]),
        *([] if set(voices) <= set(_EVERY) else [Problem(line, Fault.BAD_VOICE, cells["voice"])]),
        *([] if re.fullmatch("[a-z]{2}", language) else [Problem(line, Fault.BAD_LANGUAGE, language)]),
    ]
    problems += wrong
    if wrong:
        return
    sheet = found.get(code) or known.get(code) or Sheet(code, position=len(found))
    sheet = replace(sheet, voices=voices if "voice" in cells or not sheet.voices else sheet.voices)
    found[code] = _worded(sheet, cells, language)


def _worded(sheet: Sheet, cells: Mapping[str, str], language: str) -> Sheet:
    """The sheet with what one row says of it, in the language of the row."""
    given = _in_language(sheet, cells, language)
    tests = {name: _several(cells[name]) for name in (MUST, MUST_NOT) if cells.get(name)}
    if tests:
        given["tests"] = {**sheet.tests, **tests}
    if "parent" in cells:
        given["parent"] = cells["parent"]
    if "facing" in cells:
        given["facing"] = _several(cells["facing"])
    if "retired" in cells:
        given["retired"] = cells["retired"].lower() in _YES
    return sheet_of(replace(sheet, **given).as_row())


def _in_language(sheet: Sheet, cells: Mapping[str, str], language: str) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name in ("name", "definition"):
        if cells.get(name):
            given[name] = {**getattr(sheet, name), language: cells[name]}
    for name in ("keywords", "examples"):
        if name in cells:
            given[name] = {**getattr(sheet, name), language: _several(cells[name])}
    return given


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in cell.split(BETWEEN) if (word := " ".join(part.split()))))


def _from_json(text: str, known: Sheets, problems: list[Problem]) -> dict[str, Sheet]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        problems.append(Problem(getattr(error, "lineno", 0), Fault.NOT_JSON))
        return {}
    themes = content.get("themes") if isinstance(content, dict) else content
    if not isinstance(themes, list) or len(themes) > MOST:
        problems.append(Problem(0, Fault.BAD_SHAPE, "themes"))
        return {}
    found: dict[str, Sheet] = {}
    for rank, row in enumerate(_flat(themes), start=1):
        if wrong := _misshapen(row):
            problems.append(Problem(rank, Fault.BAD_SHAPE, wrong))
        elif not _CODE.fullmatch(row["code"]):
            problems.append(Problem(rank, Fault.BAD_CODE, row["code"]))
        else:
            start = known.get(row["code"]) or Sheet(row["code"], voices=_EVERY, position=rank - 1)
            found[row["code"]] = sheet_of(start.as_row() | row)
    return found


def _flat(themes: Iterable[Any]) -> Iterator[Any]:
    """Tops and leaves one after the other, whichever way the file nests them."""
    for top in themes:
        yield top
        for leaf in (top.get("children") or ()) if isinstance(top, dict) else ():
            yield leaf | {"parent": top.get("code")} if isinstance(leaf, dict) else leaf


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _map_of(inside: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(map(inside, value.values()))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_SHAPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "code": _is_text,
    "name": _map_of(_is_text),
    "definition": _map_of(_is_text),
    "keywords": _map_of(_texts),
    "examples": _map_of(_texts),
    "tests": _map_of(_texts),
    "voices": lambda value: _texts(value) and bool(value) and set(value) <= set(_EVERY),
    "facing": _texts,
    "parent": lambda value: value is None or _is_text(value),
    "merged_into": lambda value: value is None or _is_text(value),
    "retired": lambda value: isinstance(value, bool),
    "position": lambda value: type(value) is int and 0 <= value < 32_768,
}


def _misshapen(row: Any) -> str:
    """The first field of a theme that is not what it should be; empty if all are."""
    if not isinstance(row, dict) or "code" not in row:
        return "code"
    return next((name for name, fits in _SHAPES.items() if name in row and not fits(row[name])), "")


def as_json(sheets: Sheets) -> str:
    """Write themes as a JSON file, retired ones included."""
    content = {"format": FORMAT, "version": VERSION, "themes": rows_of(sheets)}
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_rows(sheets: Sheets) -> Iterator[list[str]]:
    """Write themes as the rows of a CSV file under ``COLUMNS``: those heard, then those retired."""
    kept = live(sheets)
    for sheet in [*kept, *(one for one in sheets.values() if one.retired)]:
        named = (sheet.name, sheet.definition, sheet.keywords, sheet.examples)
        languages = sorted(
            {language for words in named for language in words}, key=lambda one: (one != "fr", one)
        )
        for rank, language in enumerate(languages or ["fr"]):
            yield _written(sheet, language, first=rank == 0)


def _written(sheet: Sheet, language: str, *, first: bool) -> list[str]:
    tests = sheet.tests if first else {}
    return [
        sheet.code,
        sheet.parent,
        BETWEEN.join(sheet.voices),
        language,
        sheet.name.get(language, ""),
        sheet.definition.get(language, ""),
        *(
            BETWEEN.join(words)
            for words in (sheet.keywords.get(language, ()), sheet.examples.get(language, ()))
        ),
        *(BETWEEN.join(tests.get(kind, ())) for kind in (MUST, MUST_NOT)),
        BETWEEN.join(sheet.facing),
        "yes" if sheet.retired else "",
    ]
