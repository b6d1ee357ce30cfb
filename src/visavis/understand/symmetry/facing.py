"""Moments of truth facing moments of life: each side against its own usual level, and what the pair says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from visavis.listen.releases.queries import pooled
from visavis.measure.estimates import Difference, Estimate
from visavis.measure.families import AtLevel, family_level
from visavis.measure.means import MARKS, Sums, mean_difference, mean_interval
from visavis.measure.sentences import Verdict, verdict
from visavis.measure.shares import proportion_difference, proportion_interval
from visavis.people.access.viewer import Viewer
from visavis.understand.journeys.counting import Alike, Lived, placed
from visavis.understand.journeys.page import in_journey_order
from visavis.understand.journeys.queries import sheets_in_force
from visavis.understand.journeys.sheets import Sheet, Sheets
from visavis.understand.symmetry.queries import whole_of
from visavis.understand.symmetry.teams import sums_of
from visavis.web.filters import Filters

#: How far from its usual level a side is still at it: 5 points of satisfied customers, a quarter of a mark.
ALIKE_SHARE, ALIKE_MARK = 0.05, 0.25


class Side(StrEnum):
    """Where one side stands against its usual level."""

    WEAK = "weak"
    STRONG = "strong"
    USUAL = "usual"
    OPEN = "open"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Facing:
    """A moment of truth and the moments of life that it faces.

    Attributes:
        truth: the customers' moment.
        lives: those of employees.
        customers: share of satisfied customers; none without marks.
        employees: mean of the questions that listen to the employees' side; none where nothing is released.
        customers_side: where customers stand against all their moments.
        employees_side: where employees stand against all their questions.
    """

    truth: Sheet
    lives: tuple[Sheet, ...]
    customers: Estimate | None
    employees: Estimate | None
    customers_side: Side
    employees_side: Side


def facing(viewer: Viewer, filters: Filters, returns: Sequence[Alike] | None = None) -> list[Facing]:
    """Every moment of truth that faces a moment of life, with where both sides stand.

    All the differences of the page are told at one level, so that few are told by chance.

    Args:
        viewer: who looks.
        filters: the period; scope, channel and reason limit customers only.
        returns: from ``journeys.counting.alike``, of the same viewer and filters, where they are counted.

    Returns:
        In the order of the journey.
    """
    sheets = sheets_in_force(viewer)
    lived = placed(viewer, filters, sheets, returns).moments
    asked = _asked(viewer, filters, sheets)
    rows = [
        (sheet, lives)
        for sheet in in_journey_order(sheets)
        if sheet.kind == "truth" and (lives := _lives(sheet, sheets))
    ]
    customers = [_customers(lived.get(sheet.code, Lived()), lived) for sheet, _lives_ in rows]
    employees = [_employees(lives, asked) for _sheet, lives in rows]
    level = family_level([one for one in (*customers, *employees) if one is not None])
    return [
        Facing(
            sheet,
            lives,
            _share(lived.get(sheet.code, Lived())),
            _mean(lives, asked),
            _side(mine, level, ALIKE_SHARE),
            _side(theirs, level, ALIKE_MARK),
        )
        for (sheet, lives), mine, theirs in zip(rows, customers, employees, strict=True)
    ]


def _lives(truth: Sheet, sheets: Sheets) -> tuple[Sheet, ...]:
    return tuple(
        sheet
        for sheet in in_journey_order(sheets)
        if sheet.kind == "life" and (sheet.code in truth.facing or truth.code in sheet.facing)
    )


def _asked(viewer: Viewer, filters: Filters, sheets: Sheets) -> Mapping[str, Sums]:
    """Marks of the whole company to each question that listens to a moment of life."""
    keys = sorted({key for sheet in sheets.values() if sheet.kind == "life" for key in sheet.questions})
    if not keys:
        return {}
    period = filters.period
    found = pooled(viewer, "wave", cut="unit", keys=keys, first=period.first, last=period.last)
    whole = whole_of(found)
    return {key: sums for key in keys if whole and (sums := sums_of(whole.figures[key])).n}


def _share(lived: Lived) -> Estimate | None:
    return proportion_interval(lived.satisfied, lived.marked) if lived.marked else None


def _heard(lives: Sequence[Sheet], asked: Mapping[str, Sums]) -> Sums:
    keys = {key for sheet in lives for key in sheet.questions}
    return sum((asked[key] for key in sorted(keys) if key in asked), Sums(0, 0.0, 0.0))


def _mean(lives: Sequence[Sheet], asked: Mapping[str, Sums]) -> Estimate | None:
    heard = _heard(lives, asked)
    return mean_interval(heard, MARKS) if heard.n else None


def _customers(lived: Lived, every: Mapping[str, Lived]) -> AtLevel | None:
    won = sum(one.satisfied for one in every.values()) - lived.satisfied
    n = sum(one.marked for one in every.values()) - lived.marked
    if not lived.marked or not n:
        return None
    return partial(proportion_difference, lived.satisfied, lived.marked, won, n)


def _employees(lives: Sequence[Sheet], asked: Mapping[str, Sums]) -> AtLevel | None:
    heard = _heard(lives, asked)
    keys = {key for sheet in lives for key in sheet.questions}
    rest = sum((sums for key, sums in asked.items() if key not in keys), Sums(0, 0.0, 0.0))
    if not heard.n or not rest.n:
        return None

    def at(level: float) -> Difference:
        return mean_difference(heard, rest, MARKS, level)

    return at


_SIDES = {Verdict.SAME: Side.USUAL, Verdict.OPEN: Side.OPEN}


def _side(found: AtLevel | None, level: float, margin: float) -> Side:
    if found is None:
        return Side.SILENT
    difference = found(level)
    told = verdict(difference, margin)
    if told is None:
        return Side.SILENT
    if told is Verdict.CLEAR:
        return Side.WEAK if difference.observed < 0 else Side.STRONG
    return _SIDES[told]
