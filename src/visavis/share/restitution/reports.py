"""What a report holds, and how sure it must be before it says that something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from visavis.listen.returns.models import Verbatim
from visavis.measure.families import AtLevel, family_level
from visavis.measure.mix import Decomposition
from visavis.share.restitution.comparisons import Compared
from visavis.share.restitution.figures import Change, Counts, Line
from visavis.share.restitution.themes import ThemeLine
from visavis.web.filters import Filters

#: When nothing changes anywhere, at most one report in twenty says that something did: half of that for the
#: figure that comes first, half for all the others together (decision 14).
FALSE_REPORTS = 0.05
HEAD_LEVEL = 1 - FALSE_REPORTS / 2


@dataclass(frozen=True, slots=True)
class Report:
    """A period as the Direction reads it. Employees' figures wait for the anonymity gateway."""

    filters: Filters
    counts: Counts
    satisfaction: Change
    decomposition: Decomposition | None
    recommendation: Change
    marks: Mapping[str, Change]
    breakdowns: Mapping[str, list[Line]]
    products: list[Line]
    channels: list[Compared]
    themes: list[ThemeLine]
    axes: list[ThemeLine]
    verbatims: Mapping[str, list[Verbatim]]
    unread: int


def settled(report: Report, parts: Callable[[float], Decomposition | None]) -> Report:
    """Draw the changes of a report at levels that hold over all of them together.

    Args:
        report: with its changes at any level.
        parts: what the change of satisfaction is made of, as a function of the level.

    Returns:
        The same report: satisfaction at ``HEAD_LEVEL``, the other changes at the level of their family.
    """
    level = family_level(list(_family(report, parts)), FALSE_REPORTS / 2)
    return replace(
        report,
        satisfaction=report.satisfaction.at(HEAD_LEVEL),
        decomposition=_decomposition(parts, level),
        recommendation=report.recommendation.at(level),
        marks={key: change.at(level) for key, change in report.marks.items()},
        breakdowns={name: _lines(lines, level) for name, lines in report.breakdowns.items()},
        products=_lines(report.products, level),
        themes=(themes := [line.at(level) for line in report.themes]),
        axes=[line for axis in report.axes for line in themes if line.code == axis.code],
    )


def _family(report: Report, parts: Callable[[float], Decomposition | None]) -> Iterator[AtLevel]:
    lines = [line for lines in (*report.breakdowns.values(), report.products) for line in lines]
    changes = [report.recommendation, *report.marks.values(), *(line.satisfaction for line in lines)]
    yield from (change.again for change in changes if change.again)
    yield from (line.again for line in report.themes if line.again)
    if found := parts(HEAD_LEVEL):
        yield lambda level: (parts(level) or found).own
        yield lambda level: (parts(level) or found).mix


def _decomposition(parts: Callable[[float], Decomposition | None], level: float) -> Decomposition | None:
    """The parts at the level of the page, their total at that of the first figure: it is the same change."""
    head, found = parts(HEAD_LEVEL), parts(level)
    return replace(found, total=head.total) if head and found else None


def _lines(lines: list[Line], level: float) -> list[Line]:
    return [replace(line, satisfaction=line.satisfaction.at(level)) for line in lines]
