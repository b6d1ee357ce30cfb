"""Placing units and people: the tree, the dated assignments, who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import house
from visavis.core.words import Role
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOBODY, system
from visavis.people.persons import queries as persons
from visavis.people.persons.models import Assignment, Person
from visavis.people.persons.services import EVER, OverlapError, assign, follow_units, know_person
from visavis.people.units import queries as units
from visavis.people.units.models import Unit
from visavis.people.units.services import ensure_company, place_unit, step_of

pytestmark = pytest.mark.django_db
FIRST = dt.date(2024, 1, 1)


def test_the_company_is_named_once_and_its_naming_is_told() -> None:
    first = ensure_company(by=system(), name="Mutuelle d’Artois")
    assert (first.path, first.kind) == ("/mutuelle-d-artois/", "company")
    assert ensure_company(by=system(), name="Autre").pk == first.pk
    assert JournalEntry.objects.filter(verb="units.company_named").count() == 1
    assert units.company() == first


def test_without_a_name_the_company_is_called_my_company() -> None:
    assert ensure_company(by=system(), name="").name == "Mon entreprise"


@pytest.mark.parametrize(
    ("name", "step"), [("É / à", "e-a"), ("///", "unit"), ("x" * 90, "x" * 64), ("A.B_c", "a.b_c")]
)
def test_a_name_gives_one_step_of_a_path(name: str, step: str) -> None:
    assert step_of(name) == step


def test_a_unit_without_root_has_nowhere_to_go() -> None:
    with pytest.raises(ValidationError):
        place_unit(by=system(), code="a", parent=None)


def test_placing_says_what_changed() -> None:
    root = house.company()
    placed = place_unit(by=system(), code="a", parent=root, name="Alpha")
    assert placed[1:] == (True, True)
    assert place_unit(by=system(), code="a", parent=root, name="Alpha")[1:] == (False, False)
    assert place_unit(by=system(), code="a", parent=None)[1:] == (False, False)
    assert place_unit(by=system(), code="a", parent=None, name="Aleph")[1:] == (False, True)
    assert place_unit(by=system(), code=root.code, parent=None, kind="team").unit.kind == "company"


def test_a_branch_moves_with_its_top_and_never_under_itself() -> None:
    root = house.company()
    north, south = house.unit("north"), house.unit("south")
    team = house.unit("team", north)
    below = house.unit("below", team)
    who = house.person()
    house.assignment(who, below)
    place_unit(by=system(), code="team", parent=south)
    follow_units()
    assert set(Unit.objects.below("/acme/south/").values_list("path", flat=True)) == {
        "/acme/south/", "/acme/south/team/", "/acme/south/team/below/",
    }  # fmt: skip
    assert Assignment.objects.get(person=who).unit_path == "/acme/south/team/below/"
    team.refresh_from_db()
    below.refresh_from_db()
    with pytest.raises(ValidationError):
        place_unit(by=system(), code="team", parent=below)
    assert Unit.objects.get(pk=root.pk).path == "/acme/"


def test_only_those_who_organise_do() -> None:
    team, who = house.unit(), house.person()
    for viewer in (
        NOBODY,
        house.viewer(),
        house.viewer(team, Role.MANAGER),
        house.viewer(team, Role.DIRECTION),
    ):
        with pytest.raises(PermissionDenied):
            ensure_company(by=viewer, name="x")
        with pytest.raises(PermissionDenied):
            place_unit(by=viewer, code="x", parent=team)
        with pytest.raises(PermissionDenied):
            know_person(by=viewer, code="x")
        with pytest.raises(PermissionDenied):
            assign(by=viewer, person=who, unit=team, today=house.TODAY)
    for viewer in (house.viewer(team, Role.ADMIN), house.viewer(team, Role.QUALITY)):
        place_unit(by=viewer, code="x", parent=team)


def test_a_person_is_completed_never_emptied() -> None:
    first = know_person(by=system(), code="A1", name="Inès Morel", form="conseillère")
    assert first[1:] == (True, True)
    again = know_person(by=system(), code="A1", name="", form="", email="ines@acme.example")
    assert again[1:] == (False, True)
    assert (again.person.name, again.person.form) == ("Inès Morel", "conseillère")
    assert know_person(by=system(), code="A1", name="Inès Morel")[1:] == (False, False)
    with pytest.raises(ValidationError):
        know_person(by=system(), code="A2", email="pas une adresse")


def test_the_first_undated_assignment_holds_since_the_hiring_or_ever() -> None:
    team = house.unit()
    hired = house.person(hired_on=FIRST)
    assign(by=system(), person=hired, unit=team, today=house.TODAY)
    assert Assignment.objects.get(person=hired).starts_on == FIRST
    unknown = house.person()
    assign(by=system(), person=unknown, unit=team, today=house.TODAY)
    assert Assignment.objects.get(person=unknown).starts_on == EVER


def test_an_undated_move_happens_today_and_keeps_the_role() -> None:
    here, there, who = house.unit(), house.unit(), house.person()
    assign(by=system(), person=who, unit=here, today=house.TODAY, role="manager", starts_on=FIRST)
    assert assign(by=system(), person=who, unit=here, today=house.TODAY) == (False, False)
    assert assign(by=system(), person=who, unit=there, today=house.TODAY) == (True, True)
    spells = Assignment.objects.filter(person=who).order_by("starts_on")
    assert [(each.unit_id, each.ends_on, each.role) for each in spells] == [
        (here.pk, house.TODAY - dt.timedelta(days=1), "manager"),
        (there.pk, None, "manager"),
    ]


def test_a_spell_within_another_is_refused_with_the_place_in_the_way() -> None:
    here, there, who = house.unit("here"), house.unit("there"), house.person()
    assign(
        by=system(), person=who, unit=here, today=house.TODAY, starts_on=FIRST, ends_on=dt.date(2024, 12, 31)
    )
    with pytest.raises(OverlapError) as refused:
        assign(by=system(), person=who, unit=there, today=house.TODAY, starts_on=dt.date(2024, 6, 1))
    assert refused.value.words == {"unit": "Here", "start": "2024-01-01", "end": "2024-12-31"}
    with pytest.raises(OverlapError):
        assign(
            by=system(),
            person=who,
            unit=there,
            today=house.TODAY,
            starts_on=dt.date(2023, 1, 1),
            ends_on=FIRST,
        )


DAYS = st.integers(0, 40).map(lambda n: FIRST + dt.timedelta(days=n))


class TestSpells(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(told=st.lists(st.tuples(st.integers(0, 2), DAYS, st.none() | DAYS), max_size=7))
    def test_nobody_is_ever_in_two_places_on_one_day(
        self, told: list[tuple[int, dt.date, dt.date | None]]
    ) -> None:
        who, places = house.person(), [house.unit() for _ in range(3)]
        for place, start, end in told:
            try:
                assign(
                    by=system(),
                    person=who,
                    unit=places[place],
                    today=house.TODAY,
                    starts_on=start,
                    ends_on=end,
                )
            except ValidationError:
                continue
        for number in range(60):
            day = FIRST + dt.timedelta(days=number)
            held = Assignment.objects.on(day).filter(person=who)
            assert held.count() <= 1
            spell = persons.whereabouts([who.pk]).on(who.pk, day)
            assert (spell and spell.unit) == (held.get().unit_id if held.exists() else None)


def test_assignments_are_read_where_the_viewer_has_the_team() -> None:
    cast = house.cast()
    listed = [
        set(persons.assignments(who.viewer, today=house.TODAY).values_list("unit_path", flat=True))
        for who in (cast.owner, cast.neighbour, cast.stranger)
    ]
    assert listed == [{cast.ours.path}, {cast.theirs.path}, set()]
    assert list(units.units(cast.owner.viewer)) == [cast.ours]
    assert not units.units(cast.stranger.viewer, Right.IMPORT).exists()
    assert Person.objects.count() == 2
