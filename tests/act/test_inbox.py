"""Returns to treat: ordered rules, a sentence for each rank, gestures that are never lost in silence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from visavis.act.inbox import jobs, queries, services
from visavis.act.inbox.models import Case, CaseStep, Rule, Why
from visavis.act.inbox.rules import DEFAULT_ORDER, Heard, decide, order_in_force
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.returns.models import Response, Verbatim
from visavis.people.access.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("heard", "why"),
    [
        (Heard(satisfaction=5, callback=True), Why.CALLBACK),
        (Heard(satisfaction=1, churn=True, high_stake=True), Why.CHURN),
        (Heard(satisfaction=4, churn=True), None),
        (Heard(satisfaction=2, high_stake=True, repeat=True), Why.STAKE),
        (Heard(satisfaction=2, repeat=True), Why.REPEAT),
        (Heard(satisfaction=2), Why.UNHAPPY),
        (Heard(recommendation=6), Why.UNHAPPY),
        (Heard(polarity=Polarity.NEGATIVE), Why.UNHAPPY),
        (Heard(satisfaction=4, polarity=Polarity.NEGATIVE), None),
        (Heard(satisfaction=5, has_text=True), Why.DELIGHTED),
        (Heard(satisfaction=5), None),
        (Heard(), None),
    ],
)
def test_the_first_rule_that_matches_says_why(heard: Heard, why: Why | None) -> None:
    rule = decide(heard, DEFAULT_ORDER)
    assert (rule and rule.why) == why


def test_a_company_changes_the_order_and_switches_a_rule_off() -> None:
    assert order_in_force() == DEFAULT_ORDER
    Rule.objects.create(why=Why.UNHAPPY, rank=1, due_days=3)
    Rule.objects.create(why=Why.DELIGHTED, rank=2, active=False)
    assert [rule.why for rule in order_in_force()] == [Why.UNHAPPY]
    assert decide(Heard(satisfaction=5, has_text=True), order_in_force()) is None


def _triage() -> None:
    while jobs.step():
        pass


def test_an_unhappy_return_opens_one_case_however_often_the_rules_run() -> None:
    team = house.unit()
    said = house.response(team, satisfaction=1)
    _triage()
    Response.objects.update(triaged=False)
    _triage()
    case = Case.objects.get()
    assert (case.response, case.why, case.rank) == (said, Why.UNHAPPY, 4)
    assert case.due_on == house.TODAY + dt.timedelta(days=5)


def test_a_return_waits_for_its_words_to_be_read() -> None:
    said = house.response(house.unit(), satisfaction=1, text="Rappelez-moi.")
    assert jobs.pending() == 0
    said_text = said.pk
    Verbatim.objects.filter(response=said_text).update(read_at=timezone.now(), callback=True)
    _triage()
    assert Case.objects.get().why == Why.CALLBACK


def test_old_history_opens_no_case() -> None:
    team = house.unit()
    house.response(team, satisfaction=1, on=house.TODAY - dt.timedelta(days=200))
    house.response(team, satisfaction=4)
    _triage()
    assert not Case.objects.exists()
    assert jobs.pending() == 0


def test_an_employee_answer_never_becomes_a_case() -> None:
    house.response(house.unit(), Voice.EMPLOYEE, author=house.person(), satisfaction=1)
    _triage()
    assert not Case.objects.exists()


def test_cases_come_by_rank_then_due_date_then_age() -> None:
    team, who = house.unit(), house.person()
    day = dt.timedelta(days=1)

    def made(rank: int, due: dt.date | None, opened: dt.date) -> Case:
        return house.case(house.response(team), who, rank=rank, due_on=due, opened_on=opened)

    last = made(2, None, house.TODAY)
    late = made(1, house.TODAY + day, house.TODAY)
    old = made(1, house.TODAY, house.TODAY - day)
    older = made(1, house.TODAY, house.TODAY - 2 * day)
    seen = house.viewer(team)
    assert list(queries.cases_to_do(seen)) == [older, old, late, last]


def test_an_adviser_sees_her_own_cases_and_a_neighbour_none() -> None:
    them = house.cast(Role.ADVISER)
    case = house.case(house.response(them.ours), them.owner.account.person)
    assert list(queries.cases(them.owner.viewer)) == [case]
    assert not queries.cases(them.neighbour.viewer).exists()
    assert not queries.cases(them.stranger.viewer).exists()
    with pytest.raises(PermissionDenied):
        services.close_case(
            by=them.neighbour.viewer, case=case, outcome="x", version=case.version, at=timezone.now()
        )


def test_closing_says_what_became_of_it_and_is_told() -> None:
    team = house.unit()
    case = house.case(house.response(team))
    seen = house.viewer(team)
    with pytest.raises(ValidationError):
        services.close_case(by=seen, case=case, outcome="  ", version=case.version, at=timezone.now())
    services.close_case(
        by=seen, case=case, outcome="Rappelée, tout est clair.", version=case.version, at=timezone.now()
    )
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Case.Status.CLOSED, "Rappelée, tout est clair.")
    assert JournalEntry.objects.get().verb == "inbox.close"
    assert not queries.cases_to_do(seen).exists()


def test_two_people_on_one_case_never_overwrite_each_other() -> None:
    team = house.unit()
    case = house.case(house.response(team))
    seen = house.viewer(team)
    version = case.version
    services.take_step(by=seen, case=case, kind=CaseStep.Kind.CALL, text="Message laissé.", version=version)
    with pytest.raises(services.EditedMeanwhileError):
        services.close_case(by=seen, case=case, outcome="Clos.", version=version, at=timezone.now())
    assert CaseStep.objects.count() == 1


def test_only_the_person_named_may_contest_and_the_team_takes_over() -> None:
    them = house.cast(Role.ADVISER)
    mine = them.owner.account.person
    case = house.case(house.response(them.ours, person=mine), mine)
    with pytest.raises(PermissionDenied):
        services.contest(by=them.neighbour.viewer, case=case, text="Pas moi.", version=case.version)
    services.contest(by=them.owner.viewer, case=case, text="Ce n'était pas mon appel.", version=case.version)
    case.refresh_from_db()
    assert case.person is None
