"""Returns to treat: ordered rules, a sentence for each rank, gestures that are never lost in silence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from visavis.act.inbox import jobs, queries, services
from visavis.act.inbox.models import Case, CaseStep, Rule, Why
from visavis.act.inbox.rules import DEFAULT_ORDER, Heard, decide, order_in_force
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.returns.models import Response, Verbatim
from visavis.people.access.models import JournalEntry
from visavis.people.persons.models import Person

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


@pytest.fixture
def _monday(settings: Any) -> None:
    settings.TODAY = house.TODAY


def _typed(answer: Any, name: str) -> dict[str, str]:
    """What a form of the page would send again."""
    page = BeautifulSoup(answer.content, "html.parser")
    form: Any = page.select_one(f'form[action$="/{name}/"]')
    sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return sent | {field["name"]: field.get_text().strip() for field in form.select("textarea")}


@pytest.mark.usefixtures("_monday")
def test_who_takes_a_return_over_reads_its_words_and_a_neighbour_does_not() -> None:
    them = house.cast(Role.ADVISER)
    giver, taker = them.owner.account.person, house.person()
    house.assignment(taker, them.ours)
    newcomer = house.member(them.ours, Role.ADVISER, taker)
    case = house.case(house.response(them.ours, person=giver, text="Toujours pas de réponse."), giver)
    url = f"/agir/dossiers/{case.pk}/"
    assert newcomer.client.get(url).status_code == 404
    told = {"handover-to": taker.pk, "handover-text": "À toi.", "handover-version": case.version}
    assert them.owner.client.post(f"{url}handover/", told).status_code == 302
    page = newcomer.client.get(url).content.decode()
    assert "Toujours pas de réponse." in page
    assert "À toi." in page
    assert them.neighbour.client.get(url).status_code == 404
    assert queries.texts(them.neighbour.viewer, case) == []


@pytest.mark.usefixtures("_monday")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("step", {"step-kind": "call", "step-text": "Rappelée hier."}),
        ("close", {"close-outcome": "Rappelée hier."}),
        ("handover", {"handover-to": "", "handover-text": "Rappelée hier."}),
    ],
)
def test_a_conflict_shows_what_changed_keeps_the_words_and_is_settled_by_sending_again(
    name: str, told: dict[str, str]
) -> None:
    them = house.cast(Role.MANAGER)
    case = house.case(house.response(them.ours))
    url, stale = f"/agir/dossiers/{case.pk}/", {f"{name}-version": str(case.version)}
    services.take_step(
        by=them.owner.viewer, case=case, kind=CaseStep.Kind.NOTE, text="Vue par Zoé.", version=case.version
    )
    refused = them.owner.client.post(f"{url}{name}/", told | stale)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Vue par Zoé." in page
    assert "Rappelée hier." in page
    assert CaseStep.objects.count() == 1
    again = told | _typed(refused, name)
    assert again[f"{name}-version"] == str(case.version)
    assert them.owner.client.post(f"{url}{name}/", again).status_code == 302
    assert CaseStep.objects.filter(text="Rappelée hier.").count() == 1


@pytest.mark.usefixtures("_monday")
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("name", ["step", "close", "handover", "contest"])
def test_what_was_typed_stays_on_the_page_of_a_case_closed_meanwhile(name: str, late: bool) -> None:
    them = house.cast(Role.MANAGER)
    case = house.case(house.response(them.ours, person=them.owner.account.person))
    before = case.version
    services.close_case(
        by=them.owner.viewer, case=case, outcome="Déjà réglé.", version=before, at=timezone.now()
    )
    version = {f"{name}-version": case.version if late else before}
    field = "outcome" if name == "close" else "text"
    told = {f"{name}-{field}": "Rappelée hier.", f"{name}-kind": "call", f"{name}-to": ""} | version
    answer = them.owner.client.post(f"/agir/dossiers/{case.pk}/{name}/", told)
    assert answer.status_code == 422
    assert _typed(answer, name)[f"{name}-{field}"] == "Rappelée hier."
    assert "clos" in answer.content.decode()
    case.refresh_from_db()
    assert (case.outcome, case.status) == ("Déjà réglé.", Case.Status.CLOSED)
    assert CaseStep.objects.count() == 1
    quiet = BeautifulSoup(them.owner.client.get(f"/agir/dossiers/{case.pk}/").content, "html.parser")
    assert not quiet.select('form[action*="/agir/dossiers/"]')


def test_a_return_is_handed_to_a_colleague_of_its_unit_or_to_the_team() -> None:
    them = house.cast(Role.MANAGER)
    here, gone = house.person(), house.person()
    house.assignment(here, them.ours)
    house.assignment(gone, them.ours, ends_on=house.TODAY - dt.timedelta(days=1))
    case = house.case(house.response(them.ours))

    def give(to: Person | None) -> None:
        services.hand_over(
            by=them.owner.viewer, case=case, to=to, text="", version=case.version, today=house.TODAY
        )

    for elsewhere in (them.neighbour.account.person, gone, house.person()):
        with pytest.raises(ValidationError):
            give(elsewhere)
    assert not CaseStep.objects.exists()
    give(here)
    case.refresh_from_db()
    assert case.person == here
    give(None)
    case.refresh_from_db()
    assert case.person is None


def test_whoever_may_correct_a_reading_is_led_to_it_from_the_case_once_it_is_read() -> None:
    team = house.unit()
    camille = house.person()
    said = house.response(team, person=camille, text="Attente trop longue.")
    text = Verbatim.objects.get(response=said)
    page = f"/agir/dossiers/{house.case(said, camille).pk}/"
    correct = f"/ecouter/retours/textes/{text.pk}/theme/"
    manager, adviser = house.member(team, Role.MANAGER), house.member(team, Role.ADVISER, camille)
    assert correct not in manager.client.get(page).content.decode()
    Verbatim.objects.filter(pk=text.pk).update(read_at=timezone.now())
    assert correct in manager.client.get(page).content.decode()
    assert manager.client.get(correct).status_code == 200
    own = adviser.client.get(page).content.decode()
    assert "Attente trop longue." in own
    assert correct not in own
