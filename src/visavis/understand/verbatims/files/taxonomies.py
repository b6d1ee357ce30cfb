"""A taxonomy written in a file: as the screens export it, or by hand.

By hand: JSON (a list of themes) or a table (theme, parent, keywords, examples), with themes of any name. A
file that says which voice a theme is heard from is one of the house: ``themes.files`` reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.listen.imports.reading.codes import Problem
from visavis.listen.imports.reading.tables import open_table
from visavis.text import Taxonomy, ThemeSpec
from visavis.understand.themes.files import FileError, read_file
from visavis.understand.themes.labels import told_problem
from visavis.understand.themes.queries import taxonomy_of
from visavis.understand.themes.sheets import live

#: What a column or a key may be called.
_NAMES: Final = {
    "theme": ("theme", "thème", "slug", "code", "nom", "name"),
    "parent": ("parent", "famille", "family"),
    "keywords": ("keywords", "mots-clés", "mots clés", "mots", "words"),
    "examples": ("examples", "exemples"),
    "language": ("language", "langue", "lang"),
}
_APART: Final = re.compile(r"[;|\n]")


class TaxonomyError(ValueError):
    """A taxonomy that cannot be used; tells where and why."""


def read_taxonomy(path: Path, language: str, voice: Voice) -> Taxonomy:
    """Read a taxonomy from a file.

    Args:
        path: what the screens export (JSON or CSV, see ``themes.files``); or by hand a JSON file (a list of
            objects, or ``{"themes": [...]}`` with ``children`` or ``parent``) or a CSV or XLSX table, where
            keywords and examples of a cell are set apart by ``;`` or ``|``.
        language: of the keywords of a file by hand that do not say theirs.
        voice: whose texts will be read; a file of the house tells which themes are heard from it.

    Raises:
        TaxonomyError: with the place and the cause.
        Refused: if the table cannot be read.
        OSError: if the file cannot be opened.
    """
    data = path.read_bytes()
    if _is_ours(data):
        return _ours(path.name, data, voice)
    rows = _json(path) if path.suffix.lower() == ".json" else _table(path)
    specs: dict[str, ThemeSpec] = {}
    for where, row in rows:
        _add(specs, where, row, language)
    if not specs:
        raise TaxonomyError(_("The taxonomy holds no theme."))
    for spec in specs.values():
        if spec.parent is not None and spec.parent not in specs:
            specs = {spec.parent: ThemeSpec(spec.parent, None, {})} | specs
    return Taxonomy(list(specs.values()))


def _is_ours(data: bytes) -> bool:
    """Whether a file says what only ours say: the format, or whom a theme is heard from."""
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip()[:1] in {"{", "["}:
        return '"visavis-themes"' in text or '"voices"' in text
    head = text.partition("\n")[0]
    names = {name.strip(' "\r').lower() for name in re.split("[;,]", head)}
    return names >= {"theme", "voice"}


def _ours(name: str, data: bytes, voice: Voice) -> Taxonomy:
    try:
        sheets = read_file(data)
    except FileError as error:
        told = " ".join(map(told_problem, error.problems))
        raise TaxonomyError(_("%(file)s: %(cause)s") % {"file": name, "cause": told}) from error
    found = taxonomy_of(live(sheets), voice)
    if not found.themes:
        raise TaxonomyError(_("The taxonomy holds no theme."))
    return found


def _add(specs: dict[str, ThemeSpec], where: str, row: Mapping[str, Any], language: str) -> None:
    name = str(row.get("theme") or "").strip()
    if not name:
        raise TaxonomyError(_("%(where)s: the theme has no name.") % {"where": where})
    said = str(row.get("language") or "").strip() or language
    keywords = _worded(where, "keywords", row.get("keywords"), said)
    examples = _worded(where, "examples", row.get("examples"), said)
    parent = str(row.get("parent") or "").strip() or None
    if parent == name:
        raise TaxonomyError(
            _("%(where)s: the theme “%(theme)s” is its own parent.") % {"where": where, "theme": name}
        )
    before = specs.get(name)
    if before is not None:
        if set(before.keywords) & set(keywords):
            raise TaxonomyError(
                _("%(where)s: the theme “%(theme)s” stands twice.") % {"where": where, "theme": name}
            )
        keywords = {**{each: list(words) for each, words in before.keywords.items()}, **keywords}
        examples = {**{each: list(words) for each, words in before.examples.items()}, **examples}
        parent = parent or before.parent
    specs[name] = ThemeSpec(name, parent, keywords, examples)


def _worded(where: str, key: str, value: Any, language: str) -> dict[str, list[str]]:
    """Words by language, from a cell, a list, or an object whose keys are languages."""
    if value in (None, "", [], {}):
        return {}
    if isinstance(value, str):
        return {language: [word.strip() for word in _APART.split(value) if word.strip()]}
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return {language: value}
    if isinstance(value, dict):
        return {
            each: words for name in value for each, words in _worded(where, key, value[name], name).items()
        }
    raise TaxonomyError(_("%(where)s: “%(key)s” must be a list of words.") % {"where": where, "key": key})


def _json(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise TaxonomyError(_("%(file)s is not written in UTF-8.") % {"file": path.name}) from error
    except json.JSONDecodeError as error:
        words = {"file": path.name, "line": error.lineno, "column": error.colno}
        raise TaxonomyError(
            _("%(file)s, line %(line)s, character %(column)s: this is not JSON.") % words
        ) from error
    if isinstance(content, dict):
        content = content.get("themes")
    if not isinstance(content, list):
        raise TaxonomyError(_("%(file)s: a list of themes was expected.") % {"file": path.name})
    yield from _nested(content, None, path.name)


def _nested(themes: list[Any], parent: str | None, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, theme in enumerate(themes, 1):
        place = f"{where}[{number}]"
        if not isinstance(theme, dict):
            raise TaxonomyError(_("%(where)s: a theme is an object with a name.") % {"where": place})
        row = {key: _first(theme, names) for key, names in _NAMES.items()}
        if isinstance(row["theme"], dict):
            row["theme"] = theme.get("code") or theme.get("slug")
        row["parent"] = row["parent"] or parent
        yield place, row
        yield from _nested(theme.get("children") or [], str(row["theme"] or ""), place)


def _first(theme: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    known = {str(key).strip().casefold(): value for key, value in theme.items()}
    return next((known[name] for name in names if known.get(name)), None)


def _table(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    table = open_table(path)
    header = {name.casefold() for name in table.header}
    for wanted in ("theme", "keywords"):
        if header.isdisjoint(_NAMES[wanted]):
            words = {"file": path.name, "column": wanted, "present": ", ".join(table.header)}
            raise TaxonomyError(
                _("%(file)s: there is no column “%(column)s”. Columns present: %(present)s.") % words
            )
    for item in table.rows():
        where = _("%(file)s, line %(line)s") % {"file": path.name, "line": str(item.line)}
        if isinstance(item, Problem):
            raise TaxonomyError(f"{where}: {item.sentence}")
        theme = dict(zip(table.header, item.cells, strict=True))
        yield where, {key: _first(theme, names) for key, names in _NAMES.items()}
