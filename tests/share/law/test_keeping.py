"""Keeping times: shorter at once, longer with two roles; each purpose purged on dated rows, safe twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from tests.house import TODAY
from visavis.core.keys import key
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.models import Invitation
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow
from visavis.listen.returns.models import Answer, ChangedMonth, Response, Verbatim
from visavis.moments.exchanges.models import Customer, CustomerContact, Interaction
from visavis.people.access.journal import sentence
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.share.law import keeping, purging
from visavis.share.law.models import AdviserMonth, PrivacyRequest, Purge, SettingChange
from visavis.share.law.purposes import BY_PURPOSE, KEEPINGS, Purpose
from visavis.site.options import Instance
from visavis.understand.verbatims.models import Annotation

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(4)))
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.INSTANCE = Instance(tmp_path)
    settings.DEMO = False


@pytest.fixture
def team() -> Unit:
    return house.unit()


def ago(purpose: Purpose, *, more: int = 0) -> dt.date:
    """The last day that a purpose keeps, or so many days before it."""
    return TODAY - (BY_PURPOSE[purpose].days + more) * DAY


def purge(purpose: Purpose) -> int:
    return purging.purge(purpose, purging.cut_of(keeping.days_of(purpose), TODAY))


def test_the_defaults_are_those_of_the_design() -> None:
    told = {one.purpose: one.days for one in KEEPINGS}
    wanted = {"contacts": 90, "answers": 730, "texts": 1095, "invitations": 90, "participation": 30}
    wanted |= {"employee_words": 365, "adviser_days": 90, "adviser_months": 365, "audit": 365}
    assert told | wanted | {"files": 30, "exports": 7} == told


def two() -> tuple[Viewer, Viewer]:
    """An administrator and a data protection officer of the whole company."""
    return house.viewer(house.company(), Role.ADMIN), house.viewer(house.company(), Role.DPO)


def test_a_shorter_time_holds_at_once_and_the_journal_says_so() -> None:
    admin, _dpo = two()
    change = keeping.ask_days(by=admin, purpose=Purpose.TEXTS, days=400, reason="", at=AT)
    assert change.state == SettingChange.State.APPLIED
    assert keeping.days_of(Purpose.TEXTS) == 400
    line = JournalEntry.objects.get(verb="law.change_made")
    assert line.words["after"] == 400
    assert str(BY_PURPOSE[Purpose.TEXTS].what) in sentence(line)


def test_a_longer_time_waits_for_another_person_of_the_other_role() -> None:
    admin, dpo = two()
    other_admin = house.viewer(house.company(), Role.ADMIN)
    with pytest.raises(ValidationError):
        keeping.ask_days(by=admin, purpose=Purpose.AUDIT, days=700, reason=" ", at=AT)
    change = keeping.ask_days(by=admin, purpose=Purpose.AUDIT, days=700, reason="Contentieux", at=AT)
    assert keeping.days_of(Purpose.AUDIT) == 365
    for one in (admin, other_admin, house.viewer(house.company(), Role.HR)):
        with pytest.raises(PermissionDenied):
            keeping.decide(by=one, change=change, agreed=True, at=AT)
    keeping.decide(by=dpo, change=change, agreed=True, at=AT)
    assert keeping.days_of(Purpose.AUDIT) == 700


def test_whoever_holds_both_roles_cannot_sign_what_she_asked() -> None:
    someone = house.member(house.company(), Role.ADMIN)
    house.grant(someone.account, house.company(), Role.DPO)
    from visavis.people.access.viewer import viewer_of

    both = viewer_of(someone.account, today=TODAY)
    change = keeping.ask_days(by=both, purpose=Purpose.TEXTS, days=2000, reason="Étude", at=AT)
    assert not keeping.may_sign(both, change)
    with pytest.raises(PermissionDenied):
        keeping.decide(by=both, change=change, agreed=True, at=AT)


def test_a_refused_change_never_holds() -> None:
    admin, dpo = two()
    change = keeping.ask_days(by=dpo, purpose=Purpose.TEXTS, days=2000, reason="Étude", at=AT)
    keeping.decide(by=admin, change=change, agreed=False, at=AT)
    assert keeping.days_of(Purpose.TEXTS) == 1095
    with pytest.raises(PermissionDenied):
        keeping.decide(by=admin, change=SettingChange.objects.get(), agreed=True, at=AT)


@pytest.mark.parametrize("role", [Role.HR, Role.QUALITY, Role.READER, Role.MANAGER])
def test_other_roles_change_no_keeping_time(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        keeping.ask_days(
            by=house.viewer(house.company(), role), purpose=Purpose.TEXTS, days=30, reason="", at=AT
        )


def test_a_branch_is_not_the_company(team: Unit) -> None:
    with pytest.raises(PermissionDenied):
        keeping.ask_days(by=house.viewer(team, Role.ADMIN), purpose=Purpose.TEXTS, days=30, reason="", at=AT)


def test_customers_words_go_and_their_themes_stay(team: Unit) -> None:
    old = house.response(team, on=ago(Purpose.TEXTS, more=1), text="Un très vieux mécontentement ici.")
    last = house.response(team, on=ago(Purpose.TEXTS), text="Encore gardé aujourd’hui.")
    text = Verbatim.objects.get(response=old)
    house.annotation(text, house.theme(), polarity="negative", evidence=[[0, 4]])
    ChangedMonth.objects.all().delete()
    assert purge(Purpose.TEXTS) == 1
    text.refresh_from_db()
    assert (text.text, text.masked_text, text.stems) == ("", "", "")
    assert Annotation.objects.get(verbatim=text).evidence == []
    assert Verbatim.objects.get(response=last).text
    day = old.heard_on
    assert list(ChangedMonth.objects.values_list("month", flat=True)) == [day.year * 100 + day.month]
    assert purge(Purpose.TEXTS) == 0


def test_answers_lose_their_customer_and_stay_as_counts(team: Unit) -> None:
    who, person = house.customer(), house.person()
    day = ago(Purpose.ANSWERS, more=1)
    exchange = house.interaction(team, person, on=day, customer=who)
    old = house.response(
        team, on=day, customer=who, interaction=exchange, person=person, code="S-1", satisfaction=2
    )
    kept = house.customer()
    new = house.response(team, on=ago(Purpose.ANSWERS), customer=kept, code="S-2", satisfaction=4)
    house.case(old, status="closed", outcome="Rappelée.", closed_at=AT)
    purge(Purpose.ANSWERS)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.customer_id, old.interaction_id, old.person_id, old.code) == (None, None, None, "")
    assert (old.satisfaction, new.customer_id, new.code) == (2, kept.pk, "S-2")
    assert Interaction.objects.get().customer_id is None
    assert list(Customer.objects.all()) == [kept]
    assert purge(Purpose.ANSWERS) == 0


def test_contacts_go_after_the_close_and_stay_while_something_is_open(team: Unit) -> None:
    far = TODAY + 900 * DAY
    old, opened, promised, recent = (house.customer() for _ in range(4))
    for who, until in ((old, far), (opened, far), (promised, TODAY - DAY), (recent, far)):
        CustomerContact.objects.create(customer=who, phone="0102030405", keep_until=until)
    closed = house.response(team, on=ago(Purpose.CONTACTS, more=5), customer=old)
    moment = timezone.make_aware(dt.datetime.combine(ago(Purpose.CONTACTS, more=2), dt.time(9)))
    house.case(closed, status="closed", outcome="Fait.", closed_at=moment)
    house.case(house.response(team, on=ago(Purpose.CONTACTS, more=5), customer=opened))
    house.response(team, on=TODAY, customer=promised)
    house.response(team, on=ago(Purpose.CONTACTS), customer=recent)
    assert purge(Purpose.CONTACTS) == 2
    assert set(CustomerContact.objects.values_list("customer", flat=True)) == {opened.pk, recent.pk}


def test_invitations_of_customers_stay_as_counts_without_their_link() -> None:
    ended = house.campaign(closes_on=ago(Purpose.INVITATIONS, more=1))
    running = house.campaign(closes_on=TODAY)
    for campaign in (ended, running):
        Invitation.objects.create(
            campaign=campaign, customer=house.customer(), token_hash=f"h{campaign.pk}", answered=True
        )
    assert purge(Purpose.INVITATIONS) == 1
    gone, kept = Invitation.objects.get(campaign=ended), Invitation.objects.get(campaign=running)
    assert (gone.customer_id, gone.token_hash, gone.answered) == (None, None, True)
    assert kept.customer_id
    assert kept.token_hash


def test_who_took_part_in_a_wave_goes_a_month_after_its_close() -> None:
    asked = house.questionnaire(Voice.EMPLOYEE)
    ended = house.campaign(asked, code="wave1", closes_on=ago(Purpose.PARTICIPATION, more=1))
    running = house.campaign(asked, closes_on=ago(Purpose.PARTICIPATION))
    for turn in range(3):
        Invitation.objects.create(campaign=ended, person=house.person(), answered=turn > 0)
    Invitation.objects.create(campaign=running, person=house.person())
    assert purge(Purpose.PARTICIPATION) == 3
    assert Invitation.objects.get().campaign == running
    kept = Purge.objects.get(purpose=Purpose.PARTICIPATION).kept
    assert kept == {"wave1: invited": 3, "wave1: answered": 2}


def test_employees_comments_go_after_a_year(team: Unit) -> None:
    for more in (0, 1):
        house.response(
            team,
            Voice.EMPLOYEE,
            on=ago(Purpose.EMPLOYEE_WORDS, more=more),
            text="Les plannings changent trop.",
            source=Response.Source.BAROMETER,
        )
    assert purge(Purpose.EMPLOYEE_WORDS) == 1
    assert sorted(bool(text) for text in Verbatim.objects.values_list("text", flat=True)) == [False, True]
    assert not ChangedMonth.objects.exists(), "when an employee’s words came is nobody’s to know"


def test_feelings_lose_their_author_and_keep_their_mark(team: Unit) -> None:
    person, day = house.person(), ago(Purpose.FEELINGS, more=1)
    said = house.response(
        team,
        Voice.EMPLOYEE,
        on=day,
        text="Fatigant.",
        source=Response.Source.FEELING,
        author=person,
        interaction=house.interaction(team, person, on=day),
        heard_at=AT,
        id=key("feeling", 1, 2),
    )
    house.answer(said, house.question(house.questionnaire(Voice.EMPLOYEE)), 2)
    assert purge(Purpose.FEELINGS) == 1
    kept = Response.objects.get(voice=Voice.EMPLOYEE)
    assert (kept.author_id, kept.interaction_id, kept.heard_at) == (None, None, None)
    assert kept.pk != said.pk, "its identity was computed from the exchange and the author"
    assert Answer.objects.get(response=kept).value == 2
    assert not Verbatim.objects.exists()


def test_the_daily_detail_of_an_adviser_becomes_sums_of_her_months(team: Unit) -> None:
    person = house.person()
    first = ago(Purpose.ADVISER_DAYS, more=1)
    for lasted in (100, 200, None):
        house.interaction(team, person, on=first, handle_s=lasted)
    recent = house.interaction(team, person, on=ago(Purpose.ADVISER_DAYS), handle_s=50)
    assert purge(Purpose.ADVISER_DAYS) == 3
    assert list(Interaction.objects.filter(person=person)) == [recent]
    kept = AdviserMonth.objects.get(person=person)
    assert (kept.month, kept.exchanges, kept.timed, kept.handle_s) == (first.replace(day=1), 3, 2, 300)
    assert purge(Purpose.ADVISER_DAYS) == 0
    kept.refresh_from_db()
    assert kept.exchanges == 3, "a second purge adds nothing"


def test_sums_of_advisers_go_after_a_year() -> None:
    AdviserMonth.objects.create(person=house.person(), month=ago(Purpose.ADVISER_MONTHS, more=1))
    AdviserMonth.objects.create(person=house.person(), month=ago(Purpose.ADVISER_MONTHS))
    assert purge(Purpose.ADVISER_MONTHS) == 1


def _run(days: int, **fields: Any) -> ImportRun:
    run = ImportRun.objects.create(kind=Kind.RETURNS, file_name="f.csv", sha256="0" * 64, **fields)
    ImportRun.objects.filter(pk=run.pk).update(created_at=AT - days * DAY)
    return run


def test_files_received_and_refused_rows_go_after_a_month(tmp_path: Path) -> None:
    import os

    folder = tmp_path / "files"
    folder.mkdir()
    for name, days in (("old", 32), ("new", 2), ("under-way", 32)):
        (folder / name).write_text("client;texte")
        stamp = (AT - days * DAY).timestamp()
        os.utime(folder / name, (stamp, stamp))
    old, new = _run(32, stored_as="old"), _run(2, stored_as="new")
    _run(32, stored_as="under-way", status=ImportRun.Status.RUNNING)
    for run in (old, new):
        RejectedRow.objects.create(run=run, row=1, line=2, code="x", raw="Jeanne;06")
    purge(Purpose.FILES)
    assert sorted(path.name for path in folder.iterdir()) == ["new", "under-way"]
    assert RejectedRow.objects.get().run == new
    old.refresh_from_db()
    assert old.status == ImportRun.Status.CANCELLED
    assert purge(Purpose.FILES) == 0


def test_files_that_the_product_wrote_go_after_a_week(tmp_path: Path) -> None:
    import os

    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "old.csv").write_text("x")
    stamp = (AT - 9 * DAY).timestamp()
    os.utime(folder / "old.csv", (stamp, stamp))
    (folder / "new.csv").write_text("x")
    os.utime(folder / "new.csv", (AT.timestamp(), AT.timestamp()))
    assert purge(Purpose.EXPORTS) == 1
    assert [path.name for path in folder.iterdir()] == ["new.csv"]


def test_requests_of_people_go_three_years_after_their_answer() -> None:
    for more in (0, 1):
        day = ago(Purpose.REQUESTS, more=more)
        PrivacyRequest.objects.create(
            kind="access", voice=Voice.CUSTOMER, received_on=day, due_on=day, answered_on=day, state="done"
        )
    assert purge(Purpose.REQUESTS) == 1


def test_a_shorter_time_is_what_the_night_obeys(team: Unit) -> None:
    admin, _dpo = two()
    house.response(team, on=TODAY - 40 * DAY, text="Quarante jours déjà.")
    assert purge(Purpose.TEXTS) == 0
    keeping.ask_days(by=admin, purpose=Purpose.TEXTS, days=30, reason="", at=AT)
    assert purge(Purpose.TEXTS) == 1


def test_a_night_is_purged_once_and_a_missed_one_is_caught_up(team: Unit) -> None:
    house.response(team, on=ago(Purpose.TEXTS, more=3), text="Très ancien retour.")
    assert purging.sweep(at=AT, today=TODAY)["texts"] == 1
    assert purging.sweep(at=AT, today=TODAY) == {}
    one_in_the_morning = AT - dt.timedelta(hours=3) + DAY
    assert purging.sweep(at=one_in_the_morning, today=TODAY + DAY) == {}, "not before three"
    assert purging.sweep(at=one_in_the_morning + 3 * DAY, today=TODAY + 4 * DAY), "late: at once"


def test_the_demo_purges_nothing(team: Unit, settings: Any) -> None:
    settings.DEMO = True
    house.response(team, on=ago(Purpose.TEXTS, more=3), text="Très ancien retour.")
    assert purging.sweep(at=AT, today=TODAY) == {}
    assert Verbatim.objects.get().text


def test_many_rows_go_batch_after_batch(team: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "BATCH", 2)
    for _turn in range(5):
        house.response(team, on=ago(Purpose.TEXTS, more=1), text="Un mot parmi d’autres.")
    assert purge(Purpose.TEXTS) == 5
    assert not Verbatim.objects.exclude(text="").exists()


def test_the_journal_is_shortened_by_its_own_room_and_says_so() -> None:
    from visavis.people.access import journal
    from visavis.people.access.viewer import system

    house.company()
    old = journal.write(by=system(), verb="accounts.opened")
    moment = timezone.make_aware(dt.datetime.combine(ago(Purpose.AUDIT, more=1), dt.time(12)))
    JournalEntry.objects.filter(pk=old.pk).update(at=moment)
    assert purge(Purpose.AUDIT) == 1
    assert not JournalEntry.objects.filter(pk=old.pk).exists()
    assert JournalEntry.objects.filter(verb="access.journal_purged").exists()
