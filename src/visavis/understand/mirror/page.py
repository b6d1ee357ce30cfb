"""The page of a study put together: the same findings for the screen, the paper and the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.draw.paper import Picture
from visavis.listen.returns.models import Verbatim
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.mirror import findings, pictures, queries, sentences
from visavis.understand.mirror.findings import Guess, Insight, Line
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.pictures import Canvas
from visavis.understand.mirror.queries import Held, State

#: The key of the address that names a question.
QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a study says.

    Attributes:
        lines: its questions, by certainty of a gap, then by size.
        left_out: questions that one side may not show, by label.
        insight: how rightly employees guess; none in the other design.
        guesses: how rightly teams do.
        groups: how many groups of employees were released beside the company.
    """

    lines: list[Line]
    left_out: list[str]
    insight: Insight | None
    guesses: list[Guess]
    groups: int


@dataclass(frozen=True, slots=True)
class Focus:
    """One question looked at: its spread, its detail, its words on both sides."""

    line: Line
    picture: Picture
    verdict: str
    detail: str
    reads_texts: bool
    texts: Sequence[Verbatim]
    comments: Sequence[str]


def findings_of(viewer: Viewer, held: Held) -> Findings | None:
    """Work a study out; none unless it is ready to be read."""
    if held.state is not State.READY or held.company is None:
        return None
    asked = queries.asked(held)
    found = findings.lines(asked, queries.of_customers(viewer, held), held.company.figures, held.study.margin)
    told = {line.asked.key for line in found}
    predicts = held.study.design == Study.Design.PREDICTS
    cells = queries.teams(viewer, held) if predicts else []
    return Findings(
        lines=found,
        left_out=[one.label for one in asked if one.key not in told],
        insight=findings.insight(found) if predicts else None,
        guesses=findings.guesses(cells, found) if predicts else [],
        groups=len(cells),
    )


def links(held: Held, found: Sequence[Line]) -> dict[str, str]:
    """Where each question leads: itself, looked at closer."""
    address = reverse("mirror:study", args=[held.sides.code])
    return {line.asked.key: f"{address}?{QUESTION}={line.asked.key}" for line in found}


def focus_of(viewer: Viewer, held: Held, found: Sequence[Line], wanted: str, language: str) -> Focus | None:
    """The question that the address names, or the first one."""
    line = next((each for each in found if each.asked.key == wanted), found[0] if found else None)
    if line is None:
        return None
    key, why = line.asked.key, line.asked.why
    return Focus(
        line=line,
        picture=pictures.distributions(line, Canvas(language)),
        verdict=sentences.verdict(line, language),
        detail=sentences.dominance(line, language),
        reads_texts=viewer.may(Right.RETURNS),
        texts=queries.texts_of_customers(viewer, held, key) if why else [],
        comments=queries.comments_of_employees(viewer, held, key) if why else [],
    )


def sides(line: Line) -> list[tuple[Voice, str]]:
    """How each side is asked."""
    return [(voice, line.asked.wording[voice]) for voice in Voice]


def left_out(found: Findings) -> str:
    """Which questions are not shown, and why; empty when all are."""
    if not found.left_out:
        return ""
    return _("Not shown, to protect the answers or for want of them: %(questions)s.") % {
        "questions": ", ".join(found.left_out)
    }
