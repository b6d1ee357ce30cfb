"""Somebody is erased: a marker planted everywhere is in no byte of the instance afterwards; figures stay."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from tests import conftest, house
from tests.house import TODAY
from visavis.act.inbox.models import CaseStep
from visavis.core.keys import key
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.models import Invitation
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.written import written
from visavis.moments.exchanges.models import Customer, CustomerContact, Interaction
from visavis.people.access.models import JournalEntry
from visavis.people.accounts.models import Account
from visavis.people.erasures.models import Erasure
from visavis.people.erasures.models import Kind as Erased
from visavis.people.erasures.replaying import replay
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit
from visavis.share.analytics import services as analytics
from visavis.share.law import answering, erasing, seeking
from visavis.share.law.models import PrivacyRequest
from visavis.share.law.seeking import Subject
from visavis.share.law.traces import holds
from visavis.share.letters.models import Letter, Subscription
from visavis.site.options import Instance
from visavis.understand.search.models import Vector
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.models import SavedView

pytestmark = pytest.mark.django_db(transaction=True)

AT = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(10)))
MARK = b"zorglub"
NAME = "Zorglubine Tarabiscotte"
WORDS = "Zorglubine attend toujours son remboursement depuis six longues semaines."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """An instance of its own for files; the database lies in the folder of the tests."""
    settings.INSTANCE = Instance(tmp_path)
    settings.ERASURE_COPIES = [tmp_path]
    settings.HUEY = {**settings.HUEY, "filename": str(tmp_path / "jobs.db")}
    for name in ("files", "exports"):
        (tmp_path / name).mkdir()
    with sqlite3.connect(tmp_path / "jobs.db") as jobs:
        jobs.executescript("PRAGMA journal_mode=WAL; CREATE TABLE task (id INTEGER, data BLOB)")
        jobs.execute("INSERT INTO task VALUES (1, ?)", (b"import_file 12",))
    jobs.close()
    return tmp_path


@pytest.fixture
def team() -> Unit:
    return house.unit()


@pytest.fixture
def dpo() -> Any:
    return house.viewer(house.company(), Role.DPO)


def _files(folder: Path) -> Iterator[Path]:
    places = [folder, conftest.FOLDER]
    return (path for place in places for path in sorted(place.rglob("*")) if path.is_file())


def marked(folder: Path) -> list[str]:
    """Every file of the instance that holds the marker in any byte, compressed ones unfolded."""
    found = [path.name for path in _files(folder) if MARK in path.read_bytes().lower()]
    found += [path.name for path in _files(folder) if zipfile.is_zipfile(path) and holds(path, [NAME])]
    return found + [path.name for path in _files(folder) if path.suffix == ".parquet" and _in_parquet(path)]


def _in_parquet(path: Path) -> bool:
    import pyarrow.parquet as pq

    return MARK in json.dumps(pq.read_table(path).to_pylist(), default=str).lower().encode()


def plant(team: Unit, folder: Path) -> Customer:
    """A customer whose marker stands wherever the instance may hold words."""
    who, adviser = house.customer("ZORGLUB-4812"), house.person()
    CustomerContact.objects.create(
        customer=who,
        shown_as="Z. Tarab.",
        email="zorglubine@mail.example",
        phone="06 55 44 33 22",
        keep_until=TODAY,
    )
    exchange = house.interaction(team, adviser, customer=who, code="zorglub-contact-1")
    feeling = house.response(
        team,
        Voice.EMPLOYEE,
        source=Response.Source.FEELING,
        author=adviser,
        interaction=exchange,
        id=key("feeling", exchange.pk, adviser.pk),
    )
    house.answer(feeling, house.question(house.questionnaire(Voice.EMPLOYEE, "feel"), "feeling"), 3)
    said = house.response(
        team,
        customer=who,
        interaction=exchange,
        person=adviser,
        code="zorglub-answer-1",
        url="https://avis.example/zorglubine",
        reply=f"Bonjour {NAME}",
        product="zorglub-product",
        satisfaction=1,
        recommendation=2,
    )
    house.answer(said, house.question(house.questionnaire(code="s")), 1, choice="zorglubine")
    text = house.verbatim(said, WORDS, **_columns(WORDS), read_at=AT, polarity="negative")
    theme = house.theme("delay", examples=[WORDS])
    house.annotation(text, theme, evidence=[[0, 10]])
    house.draw(text)
    Vector.objects.create(verbatim=text, numbers=bytes(512))
    case = house.case(said, status="closed", outcome=f"{NAME} rappelée.", closed_at=AT)
    CaseStep.objects.create(case=case, kind="note", text="Zorglubine est fâchée")
    Invitation.objects.create(
        campaign=house.campaign(), customer=who, interaction=exchange, token_hash="z" * 64
    )
    _elsewhere(team, folder)
    return who


def _columns(text: str) -> dict[str, str]:
    return {name: value for name, value in written(Voice.CUSTOMER, text).items() if name != "text"}


def _elsewhere(team: Unit, folder: Path) -> None:
    """What others wrote, saved, sent, or were about to import."""
    account = house.account()
    SavedView.objects.create(account=account, name="Dossier Zorglubine", query="q=Zorglubine")
    other = house.response(team, customer=house.customer(), satisfaction=4)
    house.verbatim(other, "Ma voisine Zorglubine Tarabiscotte m’a bien conseillée.")
    subscription = Subscription.objects.create(kind="day", account=account, unit=team, since=AT)
    Letter.objects.create(
        subscription=subscription,
        account=account,
        period="2025-12-01",
        message_id="<1@x>",
        due_at=AT,
        next_at=AT,
        text=f"Parle de {NAME}",
        html=f"<p>{NAME}</p>",
    )
    alert = house.alert(team)
    alert.explanation = f"La plainte de {NAME}"
    alert.save()
    run = ImportRun.objects.create(kind=Kind.RETURNS, file_name="a.csv", stored_as="draft", sha256="0" * 64)
    RejectedRow.objects.create(
        run=run, row=1, line=2, code="x", raw="zorglub-4812;1", params={"value": "Zorglub-4812"}
    )
    (folder / "files" / "draft").write_text("client;texte\nZORGLUB-4812;Zorglubine attend\n", "cp1252")
    with zipfile.ZipFile(folder / "files" / "book", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<t>{NAME}</t>" * 40)
    (folder / "exports" / "export.csv").write_text(f"{NAME};1")
    (folder / "files" / "innocent").write_text("client;texte\nAUTRE;Rien\n")


def published(month: int = 202512) -> None:
    analytics.publish_month(month=month, at=AT)
    analytics.forget_old_files(at=timezone.now() + dt.timedelta(hours=1))


def test_a_marker_planted_everywhere_is_in_no_byte_of_the_instance(
    team: Unit, folder: Path, dpo: Any
) -> None:
    from visavis.listen.returns.services import mark_changed

    who = plant(team, folder)
    mark_changed([TODAY])
    published()
    before = marked(folder)
    assert "draft" in before
    assert "export.csv" in before
    assert any(name.startswith("test.db") for name in before) or connection.vendor != "sqlite"
    request = answering.receive(
        by=dpo,
        kind=PrivacyRequest.Kind.ERASURE,
        subject=Subject(Voice.CUSTOMER, customer=who),
        received_on=TODAY,
        today=TODAY,
    )
    done = answering.erase(
        by=dpo, request=request, words=[NAME, "Zorglubine", "zorglub-product"], at=AT, today=TODAY
    )
    published()
    assert marked(folder) == []
    assert (folder / "files" / "innocent").exists()
    assert done.state == PrivacyRequest.State.DONE
    assert done.proof["responses"] == done.proof["texts"] == done.proof["contacts"] == 1
    assert done.proof["files"] == 3
    assert (done.customer_id, done.person_id) == (None, None)


def test_what_stays_of_an_erased_customer_leads_to_nobody(team: Unit, folder: Path, dpo: Any) -> None:
    who = plant(team, folder)
    said = Response.objects.get(customer=who)
    erasing.erase_customer(by=dpo, customer=who, at=AT)
    kept = Response.objects.get(voice=Voice.CUSTOMER, satisfaction=1)
    assert kept.pk != said.pk, "an identity computed from the source's code would lead back"
    assert (kept.customer_id, kept.interaction_id, kept.code, kept.url, kept.reply) == (
        None,
        None,
        "",
        "",
        "",
    )
    assert (kept.unit, kept.heard_on, kept.recommendation) == (team, TODAY, 2)
    answer = Answer.objects.get(response=kept)
    assert (answer.value, answer.choice) == (1, "")
    assert answer.pk != key(said.pk, answer.question.key)
    assert not Customer.objects.filter(code=who.code).exists()
    assert not Verbatim.objects.filter(response=kept).exists()
    exchange = Interaction.objects.get()
    assert exchange.customer_id is None
    assert exchange.pk != key("contact", "zorglub-contact-1")
    feeling = Response.objects.get(source=Response.Source.FEELING)
    assert feeling.interaction == exchange, "what the adviser said of it stays hers"
    assert feeling.author_id
    assert Answer.objects.get(response=feeling).value == 3


def test_an_erasure_is_noted_and_replayed_on_an_older_state(team: Unit, folder: Path, dpo: Any) -> None:
    erasing.erase_customer(by=dpo, customer=house.customer("K-90210"), at=AT)
    assert Erasure.objects.get().kind == Erased.CUSTOMER
    again = house.customer("K-90210")
    house.response(team, customer=again, text="Revenue d’une sauvegarde ancienne.")
    assert replay(dpo)[Erased.CUSTOMER] == 1
    assert not Customer.objects.filter(code="K-90210").exists()
    assert not Verbatim.objects.exists()
    assert replay(dpo)[Erased.CUSTOMER] == 0


def test_a_running_import_that_names_the_person_delays_the_erasure(folder: Path, dpo: Any) -> None:
    who = house.customer("K-5150-AA")
    (folder / "files" / "busy").write_text("client\nK-5150-AA\n")
    ImportRun.objects.create(
        kind=Kind.RETURNS, file_name="b", stored_as="busy", sha256="1" * 64, status=ImportRun.Status.RUNNING
    )
    with pytest.raises(ValidationError):
        erasing.erase_customer(by=dpo, customer=who, at=AT)
    assert Customer.objects.filter(pk=who.pk).exists(), "nothing half done"
    assert (folder / "files" / "busy").exists()


def _leaver(team: Unit) -> tuple[Person, Account]:
    person = house.person("M-77123", name="Aldegonde Quatrebarbes", email="aldegonde@acme.example")
    account = house.account(person, "aldegonde@acme.example")
    house.grant(account, team, Role.ADVISER)
    house.assignment(person, team, ends_on=TODAY - dt.timedelta(days=30))
    return person, account


def test_a_former_employee_becomes_a_pseudonym(team: Unit, folder: Path, dpo: Any) -> None:
    person, account = _leaver(team)
    house.response(team, person=person, text="Merci à Aldegonde Quatrebarbes, très claire.", satisfaction=5)
    own = house.response(
        team, Voice.EMPLOYEE, source=Response.Source.FEELING, author=person, text="Longue journée."
    )
    JournalEntry.objects.create(account=account, verb="accounts.opened")
    erasing.erase_person(by=dpo, person=person, at=AT, today=TODAY)
    person.refresh_from_db()
    account.refresh_from_db()
    assert person.name == person.code != "M-77123"
    assert (person.email, account.is_active, account.has_usable_password()) == ("", False, False)
    assert "aldegonde" not in account.email
    assert not Response.objects.filter(pk=own.pk).exists()
    kept = Response.objects.get(source=Response.Source.FEELING)
    assert kept.author_id is None
    about = Verbatim.objects.get()
    assert "Quatrebarbes" not in about.text
    assert "très claire" in about.text
    assert JournalEntry.objects.filter(account=account, verb="accounts.opened").exists()
    everything = b"".join(path.read_bytes() for path in _files(folder)).lower()
    assert b"quatrebarbes" not in everything
    assert b"m-77123" not in everything


def test_whoever_works_here_is_not_erased(team: Unit, dpo: Any) -> None:
    person = house.person()
    house.assignment(person, team)
    with pytest.raises(ValidationError):
        erasing.erase_person(by=dpo, person=person, at=AT, today=TODAY)


def test_another_person_of_the_same_name_is_left_alone(team: Unit, folder: Path, dpo: Any) -> None:
    person, _account = _leaver(team)
    namesake = house.person(name="Aldegonde Quatrebarbes")
    erasing.erase_person(by=dpo, person=person, at=AT, today=TODAY)
    namesake.refresh_from_db()
    assert namesake.name == "Aldegonde Quatrebarbes"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.HR, Role.QUALITY, Role.READER])
def test_nobody_else_erases_or_searches(team: Unit, role: Role) -> None:
    who, viewer = house.customer("K-31337"), house.viewer(house.company(), role)
    assert not seeking.customers(viewer, "K-31337")
    with pytest.raises(PermissionDenied):
        erasing.erase_customer(by=viewer, customer=who, at=AT)
    with pytest.raises(PermissionDenied):
        erasing.erase_person(by=viewer, person=house.person(), at=AT, today=TODAY)


def test_the_officer_of_a_branch_does_not_answer_for_the_company(team: Unit) -> None:
    viewer = house.viewer(team, Role.DPO)
    house.customer("K-31337")
    assert not seeking.customers(viewer, "K-31337")
    assert not seeking.requests(viewer)


def test_words_are_taken_out_whole(team: Unit, dpo: Any) -> None:
    from visavis.share.law.traces import GONE, erase_words

    text = house.verbatim(house.response(team), "Rosalinde et rosalindette sont là, merci ROSALINDE.")
    Theme.objects.create(code="t", name={"fr": "Rosalinde"}, voices=["customer"])
    erase_words(["Rosalinde", "a"], by=dpo)
    text.refresh_from_db()
    assert text.text == f"{GONE} et rosalindette sont là, merci {GONE}."
    assert Theme.objects.get(code="t").name == {"fr": GONE}
