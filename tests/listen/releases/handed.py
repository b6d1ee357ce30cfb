"""An attacker who is given the tables of the releases: all that any coefficient of them could ever tell.

Kappas, rank correlations, tests, shrunken means, effects and explanations of employees' answers are computed
from what was released and from nothing else (``test_only_door.py``). Whatever undoes one of them, or all of
them together, gets at most the counts that it was computed from: here he has those, exactly, cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.listen.releases.faced import Faced, Known, Told
from tests.listen.releases.solving import Claim
from tests.listen.releases.surfaces import Holds, Reader, counts
from visavis.listen.releases.exchanges import BAND, FELT, MARK, PAIR, SAID, SATISFIED
from visavis.listen.releases.models import Kind, Release, ReleasedFigure
from visavis.listen.releases.words import WEEK, week_of

HANDED = "handed over"
_PARTED = {SATISFIED: BAND, PAIR: MARK}


def handed(company: Faced, reader: Reader) -> Iterator[Claim]:
    """Every figure of every release, shown on a page or not."""
    told = ReleasedFigure.objects.order_by("cell__release", "pk").select_related("cell__release__campaign")
    for figure in told:
        cell, key = figure.cell, str(figure.key)
        if key != SAID:  # what customers said: he knows it
            holds = _of_week(cell.members) if cell.cut == WEEK else reader.members(cell.cut, cell.members)
            group = _group(company, cell.release, holds, FELT if key in _PARTED else key)
            yield from _parted(company, key, group, figure.counts)


def _of_week(members: list[str]) -> Holds:
    return lambda one: week_of(one.day) in members


def _group(company: Faced, release: Release, holds: Holds, question: str) -> frozenset[Told]:
    """Who answered a question in a cell."""
    code = release.campaign.code if release.campaign else str(release.kind)
    return frozenset(
        at
        for at, one in company.told(code)
        if question in one.said and holds(one) and (release.campaign or _within(release, one))
    )


def _within(release: Release, one: Known) -> bool:
    return release.kind not in {Kind.EXCHANGES, Kind.WORDS} or release.first_on <= one.day <= release.last_on


def _parted(company: Faced, key: str, group: frozenset[Told], told: dict[str, int]) -> Iterator[Claim]:
    """A figure as claims; what is beside the customer's mark, as one figure a mark."""
    if key not in _PARTED:
        yield from counts(HANDED, key, group, told)
        return
    roster, cut = company.rosters["exchanges"], _PARTED[key]
    for said in dict.fromkeys(each.partition(",")[0] for each in told):
        part = frozenset(at for at in group if roster[at[1]].cuts[cut] == said)
        inner = {each.partition(",")[2]: n for each, n in told.items() if each.partition(",")[0] == said}
        yield from counts(HANDED, FELT, part, inner)
