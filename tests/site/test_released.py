"""The doctor on what was released: floors kept, anonymous answers that lead to nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests import house
from visavis.core.words import Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases.models import Release, ReleasedCell, ReleasedFigure
from visavis.listen.returns.models import Response
from visavis.people.units.models import Unit
from visavis.site.backups.invariants import invariants

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 11, 20, 9, tzinfo=dt.UTC)


@pytest.fixture
def team() -> Unit:
    return house.unit()


@pytest.fixture
def wave(team: Unit) -> Release:
    """A released anonymous wave: one cell, one figure, one answer."""
    asked = house.questionnaire(Voice.EMPLOYEE)
    campaign = house.campaign(asked, anonymity=Campaign.Anonymity.ANONYMOUS)
    house.response(team, Voice.EMPLOYEE, campaign=campaign)
    days = {"first_on": house.TODAY, "last_on": house.TODAY}
    floors = {"floor": 5, "comment_floor": 10, "crosstab_floor": 10, "sensitive_floor": 15}
    released = Release.objects.create(
        kind="wave", campaign=campaign, invited=12, people=9, published_at=AT, **days, **floors
    )
    cell = ReleasedCell.objects.create(
        release=released, cut="unit", place="lys", position=1, unit_path=team.path, people=9, state="shown"
    )
    ReleasedFigure.objects.create(cell=cell, key="climate", counts={"2": 3, "4": 6}, n=9)
    return released


def _broken() -> list[tuple[str, str]]:
    return [(breach.invariant, breach.told) for breach in invariants()]


def test_a_release_that_keeps_its_floors_is_fine(wave: Release) -> None:
    assert _broken() == []


@pytest.mark.parametrize(
    ("model", "harm", "told"),
    [
        (ReleasedCell, {"people": 4}, "moins de personnes que son seuil"),
        (ReleasedCell, {"people": None}, "moins de personnes que son seuil"),
        (ReleasedCell, {"state": "masked"}, "moins de réponses que son seuil"),
        (ReleasedFigure, {"n": 4, "counts": {"2": 4}}, "moins de réponses que son seuil"),
        (ReleasedFigure, {"counts": {"2": 4, "4": 6}}, "ou d’autres"),
    ],
)
def test_what_shows_too_few_is_found(
    wave: Release, model: type[Any], harm: dict[str, Any], told: str
) -> None:
    assert model.objects.update(**harm) == 1
    ((invariant, found),) = _broken()
    assert invariant == "I5"
    assert told in found


@pytest.mark.parametrize("named", [{}, {"heard_at": AT}, {"code": "R-1"}])
def test_an_anonymous_answer_that_leads_to_somebody_is_found(wave: Release, named: dict[str, Any]) -> None:
    Response.objects.update(author=house.person(), **named)
    ((invariant, found),) = _broken()
    assert invariant == "I5"
    assert "vague anonyme" in found


def test_a_named_answer_elsewhere_is_no_breach(wave: Release, team: Unit) -> None:
    house.response(team, Voice.EMPLOYEE, author=house.person(), heard_at=AT, code="R-2")
    assert _broken() == []
