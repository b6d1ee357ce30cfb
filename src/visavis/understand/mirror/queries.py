"""Reads of mirror studies. Employees' answers come from the release of the study and from nowhere else."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from visavis.core.words import Voice
from visavis.listen.campaigns.mirrors import WHY, Mirror, mirrors
from visavis.listen.releases import queries as releases
from visavis.listen.releases.models import Kind, Release
from visavis.listen.releases.planning import UNIT, parent_of
from visavis.listen.releases.queries import Cell, Figure
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.surveys.models import Question
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.mirror.models import Study

#: Fewest answers of each side of a study.
FEWEST: Mapping[Voice, int] = {Voice.CUSTOMER: 30, Voice.EMPLOYEE: 10}
#: Texts of customers shown beside a question.
TEXTS = 20


class State(StrEnum):
    """How far a study is."""

    COMING = "coming"
    OPEN = "open"
    WAITING = "waiting"
    FEW = "few"
    MASKED = "masked"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a study: its key, how each side is asked, its scale, whether it asks why."""

    key: str
    wording: Mapping[Voice, str]
    scale: str
    why: bool

    @property
    def label(self) -> str:
        """How it is called on charts: as customers are asked."""
        return self.wording[Voice.CUSTOMER]


@dataclass(frozen=True, slots=True)
class Held:
    """A study, how far it is, and what may be read of it.

    Attributes:
        study: its design and its margin.
        sides: its two campaigns.
        state: how far it is.
        release: what was published of its employees; none before.
        company: the released cell of the whole company.
        people: how many answered on each side, where that may be told.
    """

    study: Study
    sides: Mirror
    state: State
    release: Release | None
    company: Cell | None
    people: Mapping[Voice, int]


def sees(viewer: Viewer) -> bool:
    """Whether a viewer reads studies: customers' figures and employees' released ones, both."""
    return viewer.may(Right.FIGURES) and viewer.may(Right.BAROMETER)


def may_create(viewer: Viewer) -> bool:
    """Whether a viewer makes studies."""
    return viewer.may(Right.REFERENCES) or viewer.may(Right.WAVES)


def studies(viewer: Viewer, *, today: dt.date) -> list[Held]:
    """Every study, the latest to close first.

    Args:
        viewer: who reads; needs the figures of customers and the released ones of employees.
        today: the company's day.
    """
    if not sees(viewer):
        return []
    known = {study.campaign_id: study for study in Study.objects.order_by("pk")}
    made = {each.campaign_id: each for each in releases.releases(viewer, Kind.MIRROR)}
    return [
        _held(viewer, known[sides.sides[Voice.CUSTOMER].pk], sides, made, today)
        for sides in mirrors()
        if sides.sides[Voice.CUSTOMER].pk in known
    ]


def study(viewer: Viewer, code: str, *, today: dt.date) -> Held | None:
    """One study; none if there is none of that code, or the viewer may not read studies."""
    return next((each for each in studies(viewer, today=today) if each.sides.code == code), None)


def _held(
    viewer: Viewer, found: Study, sides: Mirror, made: Mapping[int | None, Release], today: dt.date
) -> Held:
    customers = sides.sides[Voice.CUSTOMER]
    release = made.get(sides.sides[Voice.EMPLOYEE].pk)
    company = _company(viewer, release) if release else None
    people = {Voice.CUSTOMER: Response.objects.filter(campaign=customers).count()}
    if release and release.answered:
        people[Voice.EMPLOYEE] = release.answered
    state = _state(sides, release, company, people, today)
    return Held(found, sides, state, release, company, people)


def _company(viewer: Viewer, release: Release) -> Cell | None:
    """The cell that holds all others; it may show nothing."""
    cells = releases.cells(viewer, [release], cut=UNIT)
    return next(
        (cell for cell in cells if len(cell.members) == 1 and not parent_of(cell.place).strip("/")), None
    )


def _state(
    sides: Mirror, release: Release | None, company: Cell | None, people: Mapping[Voice, int], today: dt.date
) -> State:
    campaign = sides.sides[Voice.CUSTOMER]
    if release is None:
        if campaign.opens_on and today < campaign.opens_on:
            return State.COMING
        return State.OPEN if campaign.closes_on and today <= campaign.closes_on else State.WAITING
    if any(people.get(voice, 0) < FEWEST[voice] for voice in Voice):
        return State.FEW
    shown = company and any(company.figures.values())
    return State.READY if shown else State.MASKED


def asked(held: Held) -> list[Asked]:
    """The questions of a study that are answered by marks, in their order."""
    rows: dict[Voice, dict[str, Question]] = {}
    for voice, side in held.sides.sides.items():
        found = Question.objects.filter(questionnaire=side.questionnaire_id).order_by("position", "pk")
        rows[voice] = {each.key: each for each in found}
    return [
        Asked(
            key,
            {voice: rows[voice][key].label for voice in Voice},
            one.scale,
            key + WHY in rows[Voice.CUSTOMER],
        )
        for key, one in rows[Voice.CUSTOMER].items()
        if one.scale != Question.Scale.TEXT and key in rows[Voice.EMPLOYEE]
    ]


def of_customers(viewer: Viewer, held: Held) -> dict[str, Figure]:
    """What customers answered, question by question: the whole company, as the study was asked.

    Args:
        viewer: who reads; needs the figures of customers.
        held: the study.
    """
    if not viewer.may(Right.FIGURES):
        return {}
    campaign = held.sides.sides[Voice.CUSTOMER]
    rows = Answer.objects.filter(response__campaign=campaign, value__isnull=False)
    told = rows.order_by().values_list("question__key", "value").annotate(n=Count("pk"))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, value, n in told:
        counts[key][f"{value:g}"] += n
    return {key: Figure(found.total(), dict(found)) for key, found in counts.items()}


def teams(viewer: Viewer, held: Held) -> list[Cell]:
    """The released cells of employees that are cut no further, the company's own left out."""
    if held.release is None:
        return []
    cells = releases.cells(viewer, [held.release], cut=UNIT)
    above = {parent_of(member) for cell in cells for member in cell.members}
    return [
        cell
        for cell in cells
        if cell is not held.company
        and not any(member in above for member in cell.members)
        and (held.company is None or cell.place != held.company.place)
    ]


def texts_of_customers(viewer: Viewer, held: Held, key: str) -> Sequence[Verbatim]:
    """What customers wrote after a question, on the branches whose returns the viewer reads, latest first.

    Args:
        viewer: who reads; needs the right to the returns.
        held: the study.
        key: the question.
    """
    rows = Verbatim.objects.filter(
        viewer.within(Right.RETURNS),
        response__campaign=held.sides.sides[Voice.CUSTOMER],
        question_key=key + WHY,
    )
    return list(rows.order_by("-heard_on", "-pk")[:TEXTS])


def comments_of_employees(viewer: Viewer, held: Held, key: str) -> list[str]:
    """What was released of what employees wrote after a question, in the order drawn for everybody."""
    if held.release is None:
        return []
    found = releases.comments(viewer, held.release)
    return [each.text for each in found if each.question == key + WHY][:TEXTS]
