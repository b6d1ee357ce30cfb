"""A file whose rows have no code is known by what it says: imported in two ways, it would stand twice."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from typing import Any

from visavis.listen.imports.models import ImportRun, Kind
from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.targets import TARGETS

Way = dict[str, str]


def refuse_doubles(run: ImportRun, mapping: Dictionary[str, Any]) -> None:
    """Refuse a way of importing a file that would double the rows that came out of it before.

    Args:
        run: the import about to start.
        mapping: its settled plan, as kept.

    Raises:
        Refused: if rows of the same file were imported from other columns, and have no code of their own.
    """
    kind = Kind(run.kind)
    same = ImportRun.objects.filter(kind=kind, sha256=run.sha256, imported__gt=0).exclude(pk=run.pk)
    before = [each.mapping for each in same.order_by("-pk")]
    if not before or all(_is_coded(kind, each) for each in (mapping, *before)):
        return
    ways = [_way(kind, each) for each in before]
    if _way(kind, mapping) not in ways:
        raise Refused(Code.OTHER_WAY, columns=", ".join(ways[0].values()))


def _filled(mapping: Dictionary[str, Any]) -> Way:
    """What fills each field: a column, or the value that all rows share."""
    columns = {each["field"]: each["column"] for each in mapping.get("columns", ()) if each["field"]}
    return dict(mapping.get("constants", {})) | columns


def _is_coded(kind: Kind, mapping: Dictionary[str, Any]) -> bool:
    target = TARGETS[kind]
    return bool(target.named_by) and not target.nameless and target.named_by[-1] in _filled(mapping)


def _way(kind: Kind, mapping: Dictionary[str, Any]) -> Way:
    """What the rows are known by, in the order of the file."""
    target = TARGETS[kind]
    return {
        name: each
        for name, each in _filled(mapping).items()
        if name in target.named_by or target.is_known_by(name)
    }
