"""Both voices side by side: only what was released, at equal requests, with its interval."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.utils import timezone
from django.utils.translation import override

from tests import house
from visavis.core.periods import from_text
from visavis.core.words import Role, Voice
from visavis.listen.releases.models import Kind, Release, ReleasedCell, ReleasedFigure
from visavis.moments.references.models import Moment
from visavis.moments.references.services import install_moments
from visavis.people.access.journal import sentence
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import NOBODY, Viewer, system
from visavis.people.units.models import Event, Unit
from visavis.understand.symmetry import page
from visavis.understand.symmetry.attention import parity
from visavis.understand.symmetry.facing import facing
from visavis.understand.symmetry.happenings import Days, climates, followed
from visavis.understand.symmetry.linking import exceptions, links
from visavis.understand.symmetry.teams import sides
from visavis.web.filters import Filters

YEAR = Filters(from_text("2025-01-01..2025-11-30", house.TODAY))


def released(month: int, marks: dict[tuple[str, ...], dict[str, int]]) -> Release:
    """A released wave: groups of units, each with the number of each mark of climate."""
    last = (dt.date(2025, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    people = sum(sum(counts.values()) for counts in marks.values())
    made = Release.objects.create(
        kind=Kind.WAVE, first_on=last.replace(day=1), last_on=last, floor=5, comment_floor=10,
        crosstab_floor=10, sensitive_floor=11, people=people, published_at=timezone.now(),
        campaign=house.campaign(house.questionnaire(Voice.EMPLOYEE)),
    )  # fmt: skip
    for position, (members, counts) in enumerate(marks.items()):
        cell = ReleasedCell.objects.create(
            release=made, cut="unit", place="+".join(members), position=position,
            names={"fr": " et ".join(path.split("/")[-2] for path in members)}, unit_path=members[0],
            members=list(members), people=sum(counts.values()), state="shown",
        )  # fmt: skip
        ReleasedFigure.objects.create(cell=cell, key="climate", counts=counts, n=sum(counts.values()))
    return made


def company(link: float, *, sites: int = 2, teams: int = 10, seed: int = 3) -> list[Unit]:
    """Teams whose customers go with their climate by ``link`` (0: not at all), known on both sides."""
    chance, made = random.Random(seed), list[Unit]()
    marks: dict[tuple[str, ...], dict[str, int]] = {}
    for place in range(sites):
        site = house.unit(f"site{'ab'[place]}")
        for number in range(teams):
            team = house.unit(f"{site.code}-{'abcdefghij'[number]}", site)
            mood = chance.gauss(0, 1)
            happy = min(0.97, max(0.2, 0.7 + link * 0.15 * mood + (1 - link) * 0.15 * chance.gauss(0, 1)))
            counts = [round(max(1.0, 20 + sign * 6 * mood)) for sign in (-1, 0, 1)]
            marks[team.path,] = dict(zip("234", counts, strict=True))
            for _return in range(60):
                mark = 5 if chance.random() < happy else 2
                house.response(team, satisfaction=mark, heard_on=dt.date(2025, 6, 10))
            made.append(team)
    released(6, marks)
    return made


@pytest.fixture
def direction(db: None) -> Viewer:
    return house.viewer(house.company(), Role.DIRECTION)


def test_a_link_is_told_with_its_interval_and_never_as_a_cause(direction: Viewer) -> None:
    company(1.0)
    found = links(sides(direction, YEAR).teams)
    assert found.fair is not None
    assert found.fair.excludes_zero
    assert found.fair.n == 19
    said, _raw = page.sentences(found, "fr")
    assert "net" in said
    assert "Il ne dit pas à lui seul lequel entraîne l’autre" in said


def test_without_a_link_the_page_says_that_it_is_not_conclusive(direction: Viewer) -> None:
    company(0.0, seed=11)
    found = links(sides(direction, YEAR).teams)
    said, _raw = page.sentences(found, "fr")
    assert "net" not in said


def test_under_fifteen_teams_no_link_is_figured(direction: Viewer) -> None:
    company(1.0, sites=1, teams=8)
    said, _raw = page.sentences(links(sides(direction, YEAR).teams), "fr")
    assert "il en faut 15" in said


def test_teams_shown_together_in_one_wave_are_told_by_the_waves_where_they_show_alone(
    direction: Viewer,
) -> None:
    site = house.unit("site")
    a, b = house.unit("aa", site), house.unit("bb", site)
    released(5, {(a.path,): {"4": 6, "5": 2}, (b.path,): {"2": 3, "3": 5}})
    released(6, {(a.path, b.path): {"3": 4, "4": 5}})
    found = {team.place: team.climate.n for team in sides(direction, YEAR).teams}
    assert found == {a.path: 8, b.path: 8}


def test_the_whole_is_the_company_however_long_its_path(direction: Viewer) -> None:
    root, a, b = house.company(), house.unit("a"), house.unit("b")
    wave = released(6, {(root.path,): {"4": 30}, (a.path, b.path): {"2": 6}})
    ReleasedCell.objects.filter(release=wave, position=1).update(place="a+b", unit_path=root.path)
    assert sides(direction, YEAR).climate.n == 30
    install_moments(by=system(), sector="insurer", at=timezone.now())
    Moment.objects.filter(kind="life").update(questions=["climate"])
    assert {row.employees.n for row in facing(direction, YEAR) if row.employees} == {30}


def test_teams_always_shown_together_stay_together(direction: Viewer) -> None:
    site = house.unit("site")
    a, b = house.unit("aa", site), house.unit("bb", site)
    house.response(b, satisfaction=5, heard_on=dt.date(2025, 6, 3))
    released(6, {(a.path, b.path): {"3": 4, "4": 5}})
    [team] = sides(direction, YEAR).teams
    assert (team.place, team.satisfied) == (f"{a.path}+{b.path}", (1, 1))


def test_nothing_of_employees_shows_before_a_release(direction: Viewer) -> None:
    team = house.unit()
    for _answer in range(30):
        house.response(team, voice=Voice.EMPLOYEE, source="barometer", satisfaction=4)
    found = sides(direction, YEAR)
    assert not found.teams
    assert page.teams(found, "fr") is None


def test_a_manager_sees_her_branch_and_nobody_else(direction: Viewer) -> None:
    teams = company(1.0, teams=3)
    manager = house.viewer(teams[0])
    assert [team.place for team in sides(manager, YEAR).teams] == [teams[0].path]
    assert not sides(NOBODY, YEAR).teams


def test_a_team_whose_sides_go_opposite_ways_is_listed(direction: Viewer) -> None:
    site = house.unit("site")
    marks: dict[tuple[str, ...], dict[str, int]] = {}
    for place in range(6):
        team = house.unit(f"site-{'abcdef'[place]}", site)
        marks[team.path,] = {"5": 40, "4": 4} if place == 0 else {"3": 30, "4": 14}
        for number in range(100):
            happy = number < (40 if place == 0 else 85)
            house.response(team, satisfaction=5 if happy else 1, heard_on=dt.date(2025, 6, 3))
    released(6, marks)
    [first, *_rest] = exceptions(sides(direction, YEAR).teams)
    assert (first.label, first.climate > 0, first.satisfied < 0, first.clear) == ("site-a", True, True, True)


def branches(fall: float) -> tuple[Unit, Event]:
    """Two branches; one changes on 5 May, its customers five weeks later by ``fall`` of satisfied ones."""
    here, there = house.unit("here"), house.unit("there")
    for month in range(1, 9):
        low = {"2": 25, "3": 15} if month >= 5 else {"3": 20, "4": 20}
        released(month, {(here.path,): low, (there.path,): {"3": 20, "4": 20}})
    chance = random.Random(2)
    first, moved = dt.date(2025, 1, 6), dt.date(2025, 6, 9)
    for week in range(34):
        day = first + dt.timedelta(weeks=week)
        for unit in (here, there):
            happy = 0.85 - (fall if unit == here and day >= moved else 0.0)
            for _return in range(25):
                house.response(unit, satisfaction=5 if chance.random() < happy else 2, heard_on=day)
    event = Event.objects.create(
        code="schedules", kind="planning", name={"fr": "Horaires"}, unit=here, unit_path=here.path,
        starts_on=dt.date(2025, 5, 5),
    )  # fmt: skip
    return here, event


def test_customers_who_follow_are_dated_after_the_event(direction: Viewer) -> None:
    here, _event = branches(0.35)
    [one] = followed(
        Days(direction, climates(direction)), climates(direction), path=here.path, today=house.TODAY
    )
    assert one.employees is not None
    assert one.employees.high < 0
    assert one.customers is not None
    assert one.customers.high < 0
    assert one.step is not None
    assert one.step.low <= 5 <= one.step.high
    [said] = page.told([one], "fr")
    assert "suivent environ" in said.follows
    assert "cause" not in said.follows


def test_customers_who_do_not_move_are_not_said_to_follow(direction: Viewer) -> None:
    here, _event = branches(0.0)
    [one] = followed(
        Days(direction, climates(direction)), climates(direction), path=here.path, today=house.TODAY
    )
    assert one.employees is not None
    assert one.employees.excludes_zero
    assert one.step is None
    [said] = page.told([one], "fr")
    assert "pas encore concluant" in said.customers
    assert said.follows == ""


def test_what_customers_do_after_the_next_event_is_not_of_the_one_before(direction: Viewer) -> None:
    here, event = branches(0.35)
    Event.objects.create(
        code="offices", kind="planning", name={"fr": "Bureaux"}, unit=here, unit_path=here.path,
        starts_on=dt.date(2025, 6, 2),
    )  # fmt: skip
    found = {
        each.event.code: each
        for each in followed(
            Days(direction, climates(direction)), climates(direction), path="", today=house.TODAY
        )
    }
    before, after = found[event.code].customers, found["offices"].customers
    assert before is not None
    assert not before.excludes_zero
    assert found[event.code].step is None
    assert after is not None
    assert after.high < 0


def test_parity_counts_both_voices(direction: Viewer) -> None:
    team = house.unit()
    house.response(team, satisfaction=4, heard_on=dt.date(2025, 6, 3))
    released(6, {(team.path,): {"3": 7}})
    found = [(line.customers, line.employees) for line in parity(direction, YEAR)]
    assert (1, 7) in found


@pytest.mark.django_db
def test_the_page_and_its_files_tell_the_same_teams() -> None:
    company(1.0, teams=2)
    reader = house.member(house.company(), Role.DIRECTION)
    shown = reader.client.get("/comprendre/symetrie/?periode=2025-06")
    assert shown.status_code == 200
    assert "sitea-a".capitalize() in shown.content.decode() or "sitea-a" in shown.content.decode()
    lines = b"".join(reader.client.get("/comprendre/symetrie/equipes.csv?periode=2025-06")).decode()
    assert lines.count("\r\n") == 5
    with override("fr"):
        [said] = [sentence(line) for line in JournalEntry.objects.filter(verb="symmetry.exported")]
    assert said == "a exporté le fichier symetrie-2025-06.csv"
