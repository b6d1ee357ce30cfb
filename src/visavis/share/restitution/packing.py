"""A report as JSON and back: the dataclasses that it is made of, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from visavis.listen.returns.models import Verbatim
from visavis.measure.estimates import Difference, Estimate, Kind, Scale
from visavis.measure.mix import Decomposition
from visavis.measure.scores import NpsEstimate
from visavis.share.restitution.comparisons import Compared
from visavis.share.restitution.figures import Change, Counts, Line
from visavis.share.restitution.reports import Report
from visavis.share.restitution.themes import ThemeLine
from visavis.web.filters import Filters

_MADE_OF: Final = (
    Change,
    Compared,
    Counts,
    Decomposition,
    Difference,
    Estimate,
    Line,
    NpsEstimate,
    Scale,
    ThemeLine,
)
_CLASSES: Final[Mapping[str, Any]] = {one.__name__: one for one in _MADE_OF}
#: How to make what JSON does not know of what it does.
_AGAIN: Final[Mapping[str, Any]] = {"counts": tuple, "warnings": tuple, "kind": Kind}
#: Functions are not kept: a frozen report keeps the level it was drawn at.
_LEFT_OUT: Final = frozenset({"again", "filters"})
#: No key of a question or of a list can be this.
_TYPE: Final = "<type>"


def packed(report: Report) -> dict[str, Any]:
    """Write a report as JSON, its filters apart; texts become their keys."""
    return {each.name: _pack(getattr(report, each.name)) for each in fields(report) if each.name != "filters"}


def _pack(value: Any) -> Any:
    if isinstance(value, Verbatim):
        return value.pk
    if is_dataclass(value):
        kept = {
            each.name: _pack(getattr(value, each.name))
            for each in fields(value)
            if each.name not in _LEFT_OUT
        }
        return {_TYPE: type(value).__name__, **kept}
    if isinstance(value, Mapping):
        return {str(key): _pack(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_pack(one) for one in value]
    return value


def unpacked(kept: Mapping[str, Any], filters: Filters, texts: Mapping[int, Verbatim]) -> Report:
    """Read a report written by ``packed``.

    Args:
        kept: what was written.
        filters: those of the page.
        texts: the texts that may be shown, by key; the others are left out.
    """
    found = {name: _unpack(value) for name, value in kept.items() if name != "verbatims"}
    verbatims = {
        tone: [texts[key] for key in keys if key in texts] for tone, keys in kept["verbatims"].items()
    }
    return Report(filters=filters, verbatims=verbatims, **found)


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack(one) for one in value]
    if not isinstance(value, dict):
        return value
    if _TYPE not in value:
        return {name: _unpack(one) for name, one in value.items()}
    made = {name: _AGAIN.get(name, _same)(_unpack(one)) for name, one in value.items() if name != _TYPE}
    return _CLASSES[value[_TYPE]](**made)


def _same(value: Any) -> Any:
    return value
