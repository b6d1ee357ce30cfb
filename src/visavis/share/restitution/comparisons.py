"""What a report compares fairly: a change at equal requests, channels at equal requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from visavis.measure.estimates import Difference
from visavis.measure.mix import Cell, Decomposition, adjusted_difference, mix_decomposition
from visavis.measure.shares import proportion_difference
from visavis.share.restitution.figures import REQUEST, Cube, Line

#: What they are alike in when channels themselves are compared.
_WITHOUT_CHANNEL = ("reason_id", "level_id")


@dataclass(frozen=True, slots=True)
class Compared:
    """A channel against the most used one: as it stands, then at equal requests."""

    code: str
    label: str
    against: str
    raw: Difference
    equal: Difference


def decomposed(now: Cube, before: Cube, level: float = 0.95) -> Decomposition | None:
    """Cut the change of satisfaction into its mix of requests and the rest; none without marks on a side."""
    sides = _kinds(now, REQUEST), _kinds(before, REQUEST)
    if not all(sum(cell.n for cell in side.values()) for side in sides):
        return None
    return mix_decomposition(*sides, level)


def channels(now: Cube, lines: Iterable[Line]) -> list[Compared]:
    """Compare each channel with the most used one, as it stands and at equal requests.

    Args:
        now: the period.
        lines: the channels of the report, in its order.

    Returns:
        One a channel that has marks, and requests of a kind that the most used one has too.
    """
    named = [line for line in lines if line.satisfaction.now.n]
    if len(named) < 2:
        return []
    most = max(named, key=lambda line: (line.satisfaction.now.n, line.code))
    held = _kinds(now, _WITHOUT_CHANNEL, most.value)
    found = []
    for line in named:
        kinds = _kinds(now, _WITHOUT_CHANNEL, line.value)
        if line is not most and set(kinds) & set(held):
            raw = proportion_difference(*_whole(kinds), *_whole(held))
            equal = adjusted_difference(kinds, held)
            found.append(Compared(line.code, line.label, most.label, raw, equal))
    return found


def _whole(kinds: dict[Any, Cell]) -> Cell:
    return Cell(sum(cell.successes for cell in kinds.values()), sum(cell.n for cell in kinds.values()))


def _kinds(counted: Cube, fields: tuple[str, ...], channel: Any = None) -> dict[tuple[Any, ...], Cell]:
    """Marks by kind of request, of one channel or of all."""
    places, at = [REQUEST.index(field) for field in fields], REQUEST.index("channel_id")
    kinds: dict[tuple[Any, ...], Cell] = {}
    for key, counts in counted.cells.items():
        if counts.marked and channel in (None, key[at]):
            kind = tuple(key[place] for place in places)
            known = kinds.get(kind, Cell(0, 0))
            kinds[kind] = Cell(known.successes + counts.satisfied, known.n + counts.marked)
    return kinds
