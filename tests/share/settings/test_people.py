"""The people of the company: who may see and change them, two changes at once, a departure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError

from tests import house
from tests.guards import HouseClient
from visavis.core.words import Role
from visavis.people.access.models import Grant, JournalEntry
from visavis.people.accounts.models import Account
from visavis.people.accounts.staff import edit_person, facts_of, note_departure
from visavis.people.persons.models import Assignment, Person
from visavis.share.settings.people import people

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/personnes/"
YESTERDAY = house.TODAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _that_day(settings: Any) -> None:
    settings.TODAY = house.TODAY


def worker(where: Any, code: str, **facts: Any) -> Person:
    someone = house.person(code, **facts)
    house.assignment(someone, where)
    return someone


def names(answer: Any) -> list[str]:
    rows = BeautifulSoup(answer.content, "html.parser").select("tbody th a")
    return [row.get_text(strip=True) for row in rows]


def fields(client: HouseClient, who: Person) -> dict[str, str]:
    """What the form of a person shows, as a browser would send it back."""
    page = BeautifulSoup(client.get(f"{PEOPLE}{who.pk}/").content, "html.parser")
    form = page.select_one('form[action$="/modifier/"]')
    assert form is not None
    return {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}


def test_people_are_found_by_each_of_their_names_and_an_empty_search_says_so() -> None:
    team = house.unit()
    admin = house.member(house.company(), Role.ADMIN)
    ines = worker(team, "K-17", name="Inès Quenouille", email="iq@acme.example")
    worker(team, "K-18", name="Paul Vermillon")
    for words in ("quenouille", "k-17", "IQ@acme", "inès k-17"):
        assert names(admin.client.get(PEOPLE, {"mots": words})) == [ines.name]
    assert len(names(admin.client.get(PEOPLE))) == 2
    nobody = admin.client.get(PEOPLE, {"mots": "quenouille vermillon"}).content.decode()
    assert "Personne ne répond à ces mots" in nobody
    assert admin.client.get(PEOPLE, {"mots": "\0", "page": "x"}).status_code == 200


def test_whoever_rules_a_branch_sees_those_who_work_there_only_and_whoever_rules_all_everybody() -> None:
    ours, theirs = house.unit(), house.unit()
    here, there, both, gone = (
        worker(team, code) for team, code in zip([ours, theirs, ours, ours], "htbg", strict=True)
    )
    house.assignment(both, theirs, starts_on=YESTERDAY)
    Assignment.objects.filter(person=gone).update(ends_on=YESTERDAY)
    branch = house.member(ours, Role.ADMIN)
    whole = house.member(house.company(), Role.ADMIN)
    assert list(people(branch.viewer, today=house.TODAY)) == [here]
    assert set(people(whole.viewer, today=house.TODAY)) == {here, there, both, gone}
    assert not people(house.viewer(ours, Role.MANAGER), today=house.TODAY)
    for other in (there, both, gone):
        with pytest.raises(PermissionDenied):
            edit_person(by=branch.viewer, person=other, typed={"name": "X"}, today=house.TODAY)
        with pytest.raises(PermissionDenied):
            note_departure(by=branch.viewer, person=other, last_day=house.TODAY, today=house.TODAY)


def test_an_edit_is_kept_and_told_by_the_journal_without_its_words() -> None:
    team = house.unit()
    admin = house.member(house.company(), Role.ADMIN)
    who = worker(team, "e1")
    sent = fields(admin.client, who) | {
        "name": "Inès Quenouille",
        "form": "conseillère",
        "hired_on": "2020-02-03",
    }
    assert admin.client.post(f"{PEOPLE}{who.pk}/modifier/", sent).status_code == 302
    who.refresh_from_db()
    assert (who.name, who.form, who.hired_on) == ("Inès Quenouille", "conseillère", dt.date(2020, 2, 3))
    line = JournalEntry.objects.get(verb="persons.edited")
    assert (line.account_id, line.words) == (admin.account.pk, {"number": 3})
    assert admin.client.post(f"{PEOPLE}{who.pk}/modifier/", fields(admin.client, who)).status_code == 302
    assert JournalEntry.objects.filter(verb="persons.edited").count() == 1
    assert admin.client.post(f"{PEOPLE}{who.pk}/modifier/", sent | {"email": "no address"}).status_code == 422


def test_two_who_change_the_same_name_at_once_see_both_versions_and_lose_nothing() -> None:
    team = house.unit()
    first, second = (house.member(house.company(), Role.ADMIN) for _ in range(2))
    who = worker(team, "e2")
    shown, also_shown = fields(first.client, who), fields(second.client, who)
    first.client.post(f"{PEOPLE}{who.pk}/modifier/", shown | {"name": "Inès Première", "form": "agente"})
    clash = second.client.post(f"{PEOPLE}{who.pk}/modifier/", also_shown | {"name": "Inès Seconde"})
    assert clash.status_code == 422
    assert all(name in clash.content.decode() for name in ("Inès Première", "Inès Seconde"))
    who.refresh_from_db()
    assert facts_of(who)["name"] == "Inès Première"
    other = second.client.post(
        f"{PEOPLE}{who.pk}/modifier/", also_shown | {"name": shown["name"], "email": "i@acme.example"}
    )
    assert other.status_code == 302
    who.refresh_from_db()
    assert (who.name, who.form, who.email) == ("Inès Première", "agente", "i@acme.example")


def test_a_departure_ends_assignments_roles_sessions_and_the_account_at_once() -> None:
    team, other = house.unit(), house.unit()
    admin = house.member(house.company(), Role.ADMIN)
    who = worker(team, "e3")
    house.assignment(who, other, starts_on=house.TODAY + dt.timedelta(days=40))
    leaving = house.member(team, Role.MANAGER, who=who)
    house.grant(leaving.account, other, Role.MANAGER, starts_on=house.TODAY)
    assert leaving.client.get("/").status_code == 200
    answer = admin.client.post(f"{PEOPLE}{who.pk}/depart/", {"last_day": YESTERDAY.isoformat()})
    assert (answer.status_code, answer["Location"]) == (302, f"{PEOPLE}{who.pk}/")
    who.refresh_from_db()
    assert who.left_on == YESTERDAY
    assert [each.ends_on for each in Assignment.objects.filter(person=who)] == [YESTERDAY]
    assert not Grant.objects.on(house.TODAY).filter(account=leaving.account).exists()
    assert not Account.objects.get(pk=leaving.account.pk).is_active
    assert leaving.client.get("/")["Location"].startswith("/compte/login/")
    assert {"persons.left", "accounts.closed"} <= set(JournalEntry.objects.values_list("verb", flat=True))
    page = admin.client.get(f"{PEOPLE}{who.pk}/").content.decode()
    assert "/depart/" not in page


def test_a_departure_to_come_one_before_the_hiring_and_ones_own_are_refused() -> None:
    admin = house.member(house.company(), Role.ADMIN, who=worker(house.company(), "e4"))
    who = worker(house.unit(), "e5", hired_on=YESTERDAY)
    for day in (house.TODAY + dt.timedelta(days=1), YESTERDAY - dt.timedelta(days=1)):
        answer = admin.client.post(f"{PEOPLE}{who.pk}/depart/", {"last_day": day.isoformat()})
        assert answer.status_code == 422
    own = Person.objects.get(code="e4")
    with pytest.raises(ValidationError):
        note_departure(by=admin.viewer, person=own, last_day=house.TODAY, today=house.TODAY)
    assert not Person.objects.filter(left_on__isnull=False).exists()
    assert not JournalEntry.objects.filter(verb="persons.left").exists()


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("days", [-40, 40])
def test_whoever_rules_a_branch_does_not_close_an_account_that_has_or_will_have_a_role_elsewhere(
    closed: bool, days: int
) -> None:
    ours, theirs = house.unit(), house.unit()
    branch = house.member(ours, Role.ADMIN)
    who = worker(ours, "e6")
    held = house.account(who, is_active=not closed)
    house.grant(held, theirs, Role.MANAGER, starts_on=house.TODAY + dt.timedelta(days=days))
    assert (
        branch.client.post(f"{PEOPLE}{who.pk}/depart/", {"last_day": YESTERDAY.isoformat()}).status_code
        == 404
    )
    assert Account.objects.get(pk=held.pk).is_active is not closed
    assert Grant.objects.filter(account=held, ends_on__isnull=True).exists()
    assert Person.objects.get(pk=who.pk).left_on is None


def test_before_anybody_is_known_the_page_leads_to_the_import() -> None:
    admin = house.member(house.company(), Role.ADMIN)
    page = admin.client.get(PEOPLE).content.decode()
    assert "/admin/imports/nouveau/" in page
