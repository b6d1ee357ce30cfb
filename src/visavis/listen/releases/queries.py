"""Reads of what was released. The only reads of employees' answers that a screen may make.

Viewers see the cells of their branches, of the branches above them, and the cuts of the company, if they hold
the right to the barometer. Nobody sees a release of another kind by this door: nothing else is stored here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.utils.translation import get_language

from visavis.core.languages import say
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases.models import Release, ReleasedCell, ReleasedComment, ReleasedFigure
from visavis.listen.releases.planning import UNIT
from visavis.listen.returns.stored import as_stored
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


class Figure(NamedTuple):
    """The answers to one question: how many, and how many of each; pages read ten thousand."""

    n: int
    counts: Mapping[str, int]

    @classmethod
    def together(cls, shown: Sequence[Figure]) -> Figure:
        """Answers of several releases, one at least, added up."""
        if len(shown) == 1:
            return shown[0]
        counts: dict[str, int] = {}
        for one in shown:
            for value, times in one.counts.items():
                if times:
                    counts[value] = counts.get(value, 0) + times
        return cls(sum(one.n for one in shown), counts)


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of a release, or of several.

    Attributes:
        releases: the releases that it sums, oldest first.
        cut: ``unit``, or what the company is cut by.
        place: path of a unit or value of the cut; codes joined by ``+`` when several show together.
        label: its name, in the language in force.
        unit_path: the smallest branch that holds it.
        members: paths of units (``…/=``: those of a unit who are in none of its teams), or values of the cut.
        people: who answered; none when that may not be told, or in a sum of several releases.
        invited: who was asked; none likewise.
        state: shown, merged (with those named) or masked.
        figures: question -> its answers; none where they may not be shown.
    """

    releases: tuple[int, ...]
    cut: str
    place: str
    label: str
    unit_path: str
    members: tuple[str, ...]
    people: int | None
    invited: int | None
    state: str
    figures: Mapping[str, Figure | None] = field(default_factory=dict)

    @property
    def release(self) -> int:
        """The release, or the latest of those that it sums."""
        return self.releases[-1]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as everybody who may reads it."""

    order: int
    unit_path: str
    question: str
    text: str
    themes: tuple[str, ...]


def releases(
    viewer: Viewer, kind: str, *, first: dt.date | None = None, last: dt.date | None = None
) -> list[Release]:
    """What was published of one kind, the oldest first.

    Args:
        viewer: who reads; needs the right to the barometer somewhere.
        kind: ``wave``, ``exchanges``, ``words`` or ``mirror``.
        first: keep what ends on this day or after.
        last: keep what ends on this day or before.
    """
    if not viewer.may(Right.BAROMETER):
        return []
    found = Release.objects.filter(kind=kind).select_related("campaign__questionnaire")
    if first:
        found = found.filter(last_on__gte=first)
    if last:
        found = found.filter(last_on__lte=last)
    return list(found.order_by("last_on", "pk"))


def cells(viewer: Viewer, releases: Sequence[Release], *, cut: str, keys: Collection[str] = ()) -> list[Cell]:
    """The cells of some releases, wholes before their parts.

    Args:
        viewer: who reads.
        releases: from ``releases``.
        cut: ``unit``, or what the company is cut by.
        keys: questions wanted; none: all that a cell shows.

    Returns:
        By release in the order given, then in the order of the cut; a question wanted that a cell may not
        show is ``None`` there.
    """
    seen = _seen(viewer, releases, cut)
    figures = _figures([row.pk for row in seen], keys)
    language = get_language() or "fr"
    return [_cell(row, figures[row.pk], keys, language) for row in seen]


def merged(viewer: Viewer, releases: Sequence[Release]) -> list[Cell]:
    """The groups of the tree that show together in some releases, in the order of ``cells``; no figure."""
    language = get_language() or "fr"
    together = (row for row in _seen(viewer, releases, UNIT) if row.state == ReleasedCell.State.MERGED)
    return [_cell(row, {}, (), language) for row in together]


def cuts(viewer: Viewer, release: Release) -> list[str]:
    """What a release cuts the company by beside its tree, in alphabetical order."""
    if not viewer.may(Right.BAROMETER):
        return []
    found = ReleasedCell.objects.filter(release=release).exclude(cut=UNIT)
    return list(found.order_by("cut").values_list("cut", flat=True).distinct())


def pooled(
    viewer: Viewer,
    kind: str,
    *,
    cut: str,
    keys: Collection[str],
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> list[Cell]:
    """The sums of several releases, place by place, in the order of the latest.

    A release that may not show a question somewhere adds nothing there: ``releases`` of a cell says which do.

    Args:
        viewer: who reads.
        kind: of the releases.
        cut: as ``cells``.
        keys: questions wanted.
        first: as ``releases``.
        last: as ``releases``.

    Returns:
        One cell a place; ``people`` and ``invited`` are not summed: the same people answer several times.
    """
    held: dict[str, list[Cell]] = defaultdict(list)
    every = releases(viewer, kind, first=first, last=last)
    for cell in cells(viewer, every[::-1], cut=cut, keys=keys):
        held[cell.place].append(cell)
    return [_sum(found[::-1], keys) for found in held.values()]


def comments(viewer: Viewer, release: Release, *, path: str = "") -> list[Comment]:
    """The comments of a release, in the order that was drawn for everybody.

    Args:
        viewer: who reads; sees those of the company, of her branches and of the branches above them.
        release: from ``releases``.
        path: keep those of one level; none keeps all.
    """
    found = ReleasedComment.objects.filter(release=release).order_by("order")
    if path:
        found = found.filter(unit_path=path)
    return [
        Comment(each.order, each.unit_path, each.question_key, each.text, tuple(each.themes))
        for each in found
        if _reaches(viewer, [each.unit_path])
    ]


def is_released(campaign: Campaign) -> bool:
    """Whether the answers to a campaign were published: none may be added or changed any more."""
    return Release.objects.filter(campaign=campaign).exists()


class _Row(NamedTuple):
    """A cell as the database gives it; pages read thousands, and make no object of any."""

    pk: int
    release_id: int
    cut: str
    place: str
    unit_path: str
    members: Sequence[str]
    people: int | None
    invited: int | None
    state: str
    names: Any


_COLUMNS: Final = (
    "pk", "release", "cut", "place", "unit_path", "members", "people", "invited", "state", "names",
)  # fmt: skip


def _seen(viewer: Viewer, releases: Sequence[Release], cut: str) -> list[_Row]:
    rank = {release.pk: at for at, release in enumerate(releases)}
    found = ReleasedCell.objects.filter(release__in=list(rank), cut=cut).order_by("release", "position", "pk")
    rows = map(_row, as_stored(found.values_list(*_COLUMNS)))
    return sorted((row for row in rows if _sees(viewer, row)), key=lambda row: rank[row.release_id])


def _row(stored: Sequence[Any]) -> _Row:
    pk, release, cut, place, path, members, *rest = stored
    return _Row(pk, release, cut, place, path, _read(members), *rest)


def _read(stored: Any) -> Any:
    """What a column of JSON holds, as the database gives it: nobody may change it."""
    return _parsed(stored) if isinstance(stored, str) else stored


@lru_cache(maxsize=8192)
def _parsed(stored: str) -> Any:
    # Thousands of figures of a page say one of a few hundred things.
    return json.loads(stored)


def _sees(viewer: Viewer, row: _Row) -> bool:
    """Units by their members: a branch does not see what stands beside it, even when merged with others."""
    return _reaches(viewer, row.members if row.cut == UNIT else [row.unit_path])


def _reaches(viewer: Viewer, paths: Iterable[str]) -> bool:
    tops = viewer.branches.get(Right.BAROMETER, ())
    return any(path.startswith(top) or top.startswith(path) for path in paths for top in tops)


def _figures(cells: Sequence[int], keys: Collection[str]) -> dict[int, dict[str, Figure]]:
    """Figures of some cells by key: all of them in the order of what was asked, or the keys wanted."""
    found = ReleasedFigure.objects.filter(cell__in=cells)
    found = found.filter(key__in=keys).order_by("cell", "key") if keys else found.order_by("pk")
    held: dict[int, dict[str, Figure]] = defaultdict(dict)
    for cell, key, n, counts in as_stored(found.values_list("cell", "key", "n", "counts")):
        held[cell][key] = Figure(n, _read(counts))
    return held


def _cell(row: _Row, shown: Mapping[str, Figure], keys: Collection[str], language: str) -> Cell:
    return Cell(
        releases=(row.release_id,),
        cut=row.cut,
        place=row.place,
        label=say(_read(row.names), language) or row.place,
        unit_path=row.unit_path,
        members=tuple(row.members),
        people=row.people,
        invited=row.invited,
        state=row.state,
        figures={key: shown.get(key) for key in keys} if keys else dict(shown),
    )


def _sum(found: Sequence[Cell], keys: Collection[str]) -> Cell:
    latest = found[-1]
    figures: dict[str, Figure | None] = {}
    for key in keys:
        shown = [figure for cell in found if (figure := cell.figures[key])]
        figures[key] = Figure.together(shown) if shown else None
    shows = [cell for cell in found if any(cell.figures.values())]
    return Cell(
        releases=tuple(cell.release for cell in shows or found),
        cut=latest.cut,
        place=latest.place,
        label=latest.label,
        unit_path=latest.unit_path,
        members=latest.members,
        people=None,
        invited=None,
        state=shows[-1].state if shows else ReleasedCell.State.MASKED,
        figures=figures,
    )
