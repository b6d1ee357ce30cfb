"""A released wave as its page and its files tell it: from the release tables alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.listen.releases import queries, themes
from visavis.listen.releases.estimates import MEAN, difference, estimate
from visavis.listen.releases.models import Kind, Release
from visavis.listen.releases.naming import cut_name
from visavis.listen.releases.planning import UNIT
from visavis.listen.releases.queries import Cell, Comment
from visavis.listen.surveys.models import Question
from visavis.measure.estimates import Difference, Estimate
from visavis.measure.sentences import change_sentence, sentence
from visavis.people.access.viewer import Viewer

_CALLED_BY_ROLE = (Question.Role.CLIMATE, Question.Role.ENPS)
#: A difference between two means of marks that is none, in marks.
_MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the wave: its key, its words, its scale, and what it is called in a sentence."""

    key: str
    label: str
    scale: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one cell shows of one question; no estimate: masked, or counts only."""

    asked: Asked
    figure: queries.Figure | None
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class Line:
    """One cell with all questions, in their order."""

    cell: Cell
    depth: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A released wave as somebody sees it.

    Attributes:
        release: the release.
        questions: in the order of the questionnaire.
        lines: the cells of the tree that the viewer sees.
        cuts: cut of the company -> its lines.
        comments: those that she may read, with the name of their level.
        said: what the page concludes about the whole, one sentence a question that matters.
        told: what the company answered to each question that it may be told of, in their order.
    """

    release: Release
    questions: tuple[Asked, ...]
    lines: tuple[Line, ...]
    cuts: dict[str, tuple[Line, ...]]
    comments: tuple[tuple[str, Comment, tuple[str, ...]], ...]
    said: tuple[str, ...]
    told: tuple[Shown, ...]

    @property
    def merged(self) -> list[Cell]:
        """The groups that show together."""
        return [line.cell for line in self.lines if line.cell.state == "merged"]

    @property
    def named_cuts(self) -> list[tuple[str, tuple[Line, ...]]]:
        """The cuts of the company by what people call them, with their lines."""
        return [(cut_name(cut), lines) for cut, lines in self.cuts.items()]

    @property
    def whole(self) -> Cell | None:
        """The company."""
        return self.lines[0].cell if self.lines else None


def results(viewer: Viewer, release: Release) -> Results:
    """Gather a released wave.

    Args:
        viewer: who reads.
        release: from ``queries.releases``.
    """
    asked = questions(release)
    lines = _lines(queries.cells(viewer, [release], cut=UNIT), asked)
    return Results(
        release=release,
        questions=asked,
        lines=lines,
        cuts={
            cut: _lines(queries.cells(viewer, [release], cut=cut), asked)
            for cut in queries.cuts(viewer, release)
        },
        comments=_comments(viewer, release, lines),
        said=_said(viewer, release, lines),
        told=tuple(one for one in (lines[0].shown if lines else ()) if one.estimate),
    )


@dataclass(frozen=True, slots=True)
class Latest:
    """The last published wave, for one group.

    Attributes:
        release: the release.
        label: name of the group.
        told: its answers to the first two questions, where they may be told.
    """

    release: Release
    label: str
    told: tuple[Shown, ...]


def latest(viewer: Viewer, path: str, day: dt.date) -> Latest | None:
    """The last wave closed on ``day`` or before, for the smallest published group that holds a unit.

    Args:
        viewer: who reads.
        path: of the unit; empty: the company.
        day: the last day wanted.
    """
    waves = queries.releases(viewer, Kind.WAVE, last=day)
    cells = queries.cells(viewer, waves[-1:], cut=UNIT)
    around = [cell for cell in cells if any((path or member).startswith(member) for member in cell.members)]
    if not around:
        return None
    cell = around[-1] if path else around[0]
    told = (_shown(cell, asked) for asked in questions(waves[-1])[:2])
    return Latest(waves[-1], cell.label, tuple(one for one in told if one.estimate))


def questions(release: Release) -> tuple[Asked, ...]:
    """The questions of the campaign of a release that are answered by marks or choices."""
    if release.campaign is None:
        return ()
    found = Question.objects.filter(questionnaire=release.campaign.questionnaire_id).order_by(
        "position", "pk"
    )
    return tuple(
        Asked(each.key, each.label, each.scale, _short(each))
        for each in found
        if each.scale != Question.Scale.TEXT
    )


def _short(question: Question) -> str:
    """What a sentence calls a question: its role where one says it, its own words otherwise."""
    if question.role in _CALLED_BY_ROLE:
        return str(question.get_role_display())
    return question.label.rstrip(" ?.\u00a0")


def _lines(cells: Sequence[Cell], asked: Sequence[Asked]) -> tuple[Line, ...]:
    top = min((cell.unit_path.count("/") for cell in cells), default=0)
    return tuple(
        Line(cell, max(0, cell.members[0].count("/") - top), tuple(_shown(cell, one) for one in asked))
        for cell in cells
    )


def _shown(cell: Cell, asked: Asked) -> Shown:
    figure = cell.figures.get(asked.key)
    return Shown(asked, figure, estimate(figure, asked.scale) if figure else None)


def _comments(
    viewer: Viewer, release: Release, lines: Sequence[Line]
) -> tuple[tuple[str, Comment, tuple[str, ...]], ...]:
    levels = {line.cell.place: line.cell.label for line in lines}
    found = queries.comments(viewer, release)
    named = themes.names({code for comment in found for code in comment.themes})
    return tuple(
        (
            levels.get(comment.unit_path, ""),
            comment,
            tuple(named[code] for code in comment.themes if code in named),
        )
        for comment in found
    )


def _said(viewer: Viewer, release: Release, lines: Sequence[Line]) -> tuple[str, ...]:
    """The first questions of the whole, against the wave before."""
    language = get_language() or "fr"
    before = _before(viewer, release)
    told = []
    for one in lines[0].shown[:2] if lines else ():
        if one.figure is None or one.estimate is None:
            continue
        old = before.figures.get(one.asked.key) if before else None
        then = estimate(old, one.asked.scale) if old else None
        gap = difference(one.figure, old, one.asked.scale) if old else None
        told.append(_sentence(one, then, gap, language))
    return tuple(told)


def _sentence(one: Shown, then: Estimate | None, gap: Difference | None, language: str) -> str:
    assert one.estimate is not None  # noqa: S101 - kept by the caller
    subject = one.asked.short
    if then is None or gap is None:
        return sentence(one.estimate, language, subject=subject) + "."
    margin = _MARGIN if one.asked.scale == MEAN else None
    return change_sentence(one.estimate, then, gap, language, subject=subject, margin=margin)


def _before(viewer: Viewer, release: Release) -> Cell | None:
    """The whole company in the wave of the same questionnaire before this one."""
    code = release.campaign.questionnaire.code if release.campaign else ""
    older = [
        each
        for each in queries.releases(viewer, Kind.WAVE)
        if each.last_on < release.last_on and each.campaign and each.campaign.questionnaire.code == code
    ]
    cells = queries.cells(viewer, older[-1:], cut=UNIT)
    return cells[0] if cells else None


def title(release: Release) -> str:
    """What a release is called."""
    return release.campaign.label if release.campaign else _("Release")
