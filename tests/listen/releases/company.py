"""A company of sites and teams whose employees answer anonymously: what the tests of this room stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from tests import house
from visavis.core.words import Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases import gates, services
from visavis.listen.releases.models import Release
from visavis.listen.returns.models import Response
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit

CLOSED = dt.date(2025, 10, 31)
NOW = timezone.make_aware(dt.datetime.combine(house.TODAY, dt.time(9)))


def barometer(**questions: Mapping[str, Any]) -> Questionnaire:
    """A barometer: climate and recommendation, or the questions given."""
    made = house.questionnaire(Voice.EMPLOYEE, kind=Questionnaire.Kind.BAROMETER)
    asked = questions or {
        "climate": {"role": Question.Role.CLIMATE},
        "recommend_employer": {"role": Question.Role.ENPS, "scale": Question.Scale.ZERO_TEN},
    }
    for position, (key, facts) in enumerate(asked.items()):
        house.question(made, key, position=position, **facts)
    return made


def wave(of: Questionnaire, closes_on: dt.date | None = CLOSED, **fields: Any) -> Campaign:
    """A closed anonymous wave."""
    facts: dict[str, Any] = {
        "anonymity": Campaign.Anonymity.ANONYMOUS,
        "closes_on": closes_on,
        "wave": str(closes_on),
    }
    return house.campaign(of, **facts | fields)


def staff(where: Unit, number: int) -> None:
    """Advisers of a unit, since long ago."""
    for _ in range(number):
        house.assignment(house.person(), where)


def say(
    to: Campaign,
    where: Unit,
    marks: Mapping[str, float],
    text: str = "",
    traits: Mapping[str, str] | None = None,
) -> Response:
    """One anonymous answer."""
    made = house.response(
        where,
        Voice.EMPLOYEE,
        to.closes_on or CLOSED,
        text,
        source=Response.Source.BAROMETER,
        campaign=to,
        traits=dict(traits or {}),
    )
    questions = {each.key: each for each in Question.objects.filter(questionnaire=to.questionnaire)}
    for key, mark in marks.items():
        house.answer(made, questions[key], mark)
    return made


def answers(to: Campaign, where: Unit, marks: Sequence[float], key: str = "climate") -> None:
    """Anonymous answers to one question."""
    for mark in marks:
        say(to, where, {key: mark})


def open_gate() -> None:
    """What must be said before a release is."""
    gates.record_gate(
        by=system(),
        consulted_on=dt.date(2025, 6, 2),
        assessment="AIPD-7",
        notice="Vos réponses sont anonymes.",
        acknowledged=True,
        now=NOW,
    )


def release(of: Campaign) -> Release:
    """Its release, by whoever holds the machine."""
    return services.release_wave(by=system(), campaign=of, today=house.TODAY, now=NOW)
