"""Exchanges told by both sides: who knows every customer's mark learns nobody's ressenti."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import house
from tests.listen.releases.company import NOW, open_gate
from visavis.core.words import Role, Voice
from visavis.listen.releases import exchanges, jobs, queries, services
from visavis.listen.releases.models import Release
from visavis.listen.releases.planning import Row
from visavis.listen.returns.models import Response
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.measure.spans import smallest_derivable
from visavis.people.access.viewer import NOBODY, Viewer, system
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit

pytestmark = pytest.mark.django_db

OCTOBER = dt.date(2025, 10, 13)
#: Marks of the customer and of the adviser, by exchange: mixed on both sides.
MIXED = [(5, 5), (5, 2), (4, 4), (2, 4), (1, 2), (2, 5)]


class Desk:
    """One team whose advisers note their ressenti on what customers speak of."""

    def __init__(self, code: str = "escaut", parent: Unit | None = None) -> None:
        self.team = house.unit(code, parent)
        made = Questionnaire.objects.filter(kind=Questionnaire.Kind.FEELING).first()
        made = made or house.questionnaire(Voice.EMPLOYEE, kind=Questionnaire.Kind.FEELING)
        self.asked = Question.objects.filter(questionnaire=made).first() or house.question(
            made, "feeling", role=Question.Role.FEELING
        )

    def adviser(self) -> Person:
        who = house.person()
        house.assignment(who, self.team)
        return who

    def told(self, who: Person, mark: int, felt: int, reason: str = "claim", day: dt.date = OCTOBER) -> None:
        """One exchange: the customer's mark, the adviser's ressenti."""
        exchange = house.interaction(self.team, who, day, reason=house.reason(reason))
        house.response(self.team, Voice.CUSTOMER, day, interaction=exchange, satisfaction=mark)
        own = house.response(
            self.team, Voice.EMPLOYEE, day, source=Response.Source.FEELING, interaction=exchange, author=who
        )
        house.answer(own, self.asked, felt)

    def many(self, advisers: int, reason: str = "claim", day: dt.date = OCTOBER) -> None:
        """Advisers who tell each of the mixed pairs."""
        for who in [self.adviser() for _ in range(advisers)]:
            for mark, felt in MIXED:
                self.told(who, mark, felt, reason, day)


def release(by: Viewer | None = None) -> Release:
    return services.release_exchanges(by=by or system(), month=OCTOBER, today=house.TODAY, now=NOW)


def figures(of: Release, cut: str, viewer: Viewer | None = None) -> dict[str, dict[str, int]]:
    return {
        cell.place: {key: figure.n for key, figure in cell.figures.items() if figure}
        for cell in queries.cells(viewer or system(), [of], cut=cut)
    }


def test_mixed_exchanges_of_many_advisers_are_crossed_by_reason_not_by_marks_answered_alike() -> None:
    """Whenever a customer gave 4, the adviser said 4: mark by mark would tell what each of them said."""
    open_gate()
    desk = Desk()
    desk.many(30)
    desk.many(30, "complaint")
    found = figures(release(), "reason")
    assert {place: set(told) for place, told in found.items()} == {
        "claim": {exchanges.FELT, exchanges.SATISFIED},
        "complaint": {exchanges.FELT, exchanges.SATISFIED},
    }


def test_the_only_unhappy_customers_name_nobody_s_ressenti() -> None:
    """Two unhappy customers: their advisers' answers are told by no figure, only how many customers were."""
    open_gate()
    desk = Desk()
    desk.many(30)
    happy = [desk.adviser() for _ in range(30)]
    for at, who in enumerate(happy):
        desk.told(who, 5 if at > 1 else 1, 2 + at % 4, "bereavement")
    (cell,) = [each for each in queries.cells(system(), [release()], cut="reason") if each.place != "claim"]
    assert set(cell.figures) == {exchanges.FELT, exchanges.SAID}
    said = cell.figures[exchanges.SAID]
    assert said
    assert said.counts == {"no": 2, "yes": 28}


def test_no_combination_of_the_groups_shown_isolates_fewer_advisers_than_the_floor() -> None:
    open_gate()
    for code, advisers in (("escaut", 9), ("lys", 6), ("meuse", 5)):
        desk = Desk(code, house.unit(f"site-{code}"))
        for reason in ("claim", "complaint", "request"):
            desk.many(advisers, reason)
    made = release()
    rows = exchanges.rows_of(made.first_on, made.last_on)
    groups = list(_groups(made, rows))
    atoms: dict[tuple[int, ...], set[object]] = {}
    for at, row in enumerate(rows):
        held = tuple(place for place, group in enumerate(groups) if at in group)
        atoms.setdefault(held, set()).add(row.person)
    assert len(groups) > 10
    assert smallest_derivable(list(atoms), list(atoms.values()), len(groups), below=made.floor) == 0


def _groups(made: Release, rows: list[Row]) -> list[frozenset[int]]:
    """The exchanges behind each count shown: those of a cell, and of each customer's answer in it."""
    found: set[frozenset[int]] = set()
    for cut in ("unit", *exchanges.CUTS):
        for cell in queries.cells(system(), [made], cut=cut):
            inside = [
                at
                for at, row in enumerate(rows)
                if (row.path.startswith(cell.members) if cut == "unit" else row.cuts[cut] in cell.members)
            ]
            for key, known in ((exchanges.FELT, ""), (exchanges.SATISFIED, "band"), (exchanges.PAIR, "mark")):
                for value in {rows[at].cuts.get(known) for at in inside} if cell.figures.get(key) else ():
                    found.add(frozenset(at for at in inside if rows[at].cuts.get(known) == value))
    return sorted(found, key=sorted)


def test_exchanges_are_released_by_who_holds_the_waves_and_read_by_branch() -> None:
    open_gate()
    site = house.unit("site")
    desk = Desk("escaut", site)
    desk.many(12)
    owner, neighbour, stranger = house.viewer(site), house.viewer(house.unit("autre")), house.viewer()
    for viewer in (NOBODY, owner, neighbour):
        with pytest.raises(PermissionDenied):
            release(viewer)
    made = release(house.viewer(house.company(), Role.HR))
    assert set(figures(made, "unit", owner)) == {"/acme/", site.path}
    assert set(figures(made, "unit", neighbour)) == {"/acme/"}
    assert figures(made, "unit", stranger) == figures(made, "unit", NOBODY) == {}


def test_a_month_under_way_or_silent_is_not_released() -> None:
    open_gate()
    with pytest.raises(ValidationError, match="pas terminé"):
        services.release_exchanges(by=system(), month=house.TODAY, today=house.TODAY, now=NOW)
    with pytest.raises(ValidationError, match="Rien"):
        release()


def test_what_was_told_before_the_first_release_shows_at_once_then_half_years_follow() -> None:
    open_gate()
    desk = Desk()
    for month in (3, 6, 9):
        desk.many(6, day=dt.date(2025, month, 10))
    assert jobs.release_due(by=system(), today=dt.date(2025, 10, 2), now=NOW).made == 1
    (made,) = Release.objects.filter(kind="exchanges")
    assert (made.first_on, made.last_on) == (dt.date(2025, 3, 1), dt.date(2025, 9, 30))
    desk.many(6, day=OCTOBER)
    jobs.release_due(by=system(), today=dt.date(2025, 11, 2), now=NOW)
    assert Release.objects.filter(kind="exchanges").count() == 1


def test_a_release_that_fails_holds_none_of_the_others_back_and_is_told() -> None:
    def broken() -> Release:
        raise RuntimeError("a disk that fails")

    open_gate()
    Desk().many(6)
    steps = list(jobs.due(by=system(), today=dt.date(2025, 11, 2), now=NOW))
    assert steps
    with pytest.raises(ExceptionGroup, match="could not be made") as told:
        jobs.all_made([broken, *steps])
    assert len(told.value.exceptions) == 1
    assert Release.objects.filter(kind="exchanges").count() == 1
