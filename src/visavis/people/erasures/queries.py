"""Reads of the journal. For rules, not for screens: who was erased is shown to nobody."""

from __future__ import annotations

from collections.abc import Iterable

from visavis.people.erasures.marks import mark
from visavis.people.erasures.models import Erasure, Kind


def erased(kind: Kind, keys: Iterable[str | int]) -> set[str | int]:
    """Those of ``keys`` that were erased."""
    marks = marks_of(kind)
    return {key for key in keys if mark(kind, key) in marks} if marks else set()


def marks_of(kind: Kind) -> frozenset[str]:
    """Every mark of a kind."""
    return frozenset(Erasure.objects.filter(kind=kind).order_by("pk").values_list("mark", flat=True))
