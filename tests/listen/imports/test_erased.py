"""Whoever was erased does not come back by an old file: no door lets the row in, none keeps it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from tests import house
from tests.house import TODAY
from tests.listen.imports.room import (
    CONTACTS,
    ORGANISATION,
    RETURNS,
    REVIEWS,
    counts,
    everything,
    imported,
    reasons,
    received,
    started,
)
from visavis.core.words import Role
from visavis.listen.imports import engine, services
from visavis.listen.imports.models import ImportRun, RejectedRow
from visavis.listen.imports.plans import Unknown, everywhere
from visavis.listen.imports.reasons import sentence
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Customer, Interaction
from visavis.people.access.viewer import system
from visavis.people.accounts.models import Account
from visavis.people.erasures.models import Kind
from visavis.people.erasures.services import note_erasure
from visavis.people.persons.models import Person
from visavis.share.law.erasing import erase_customer, erase_person
from visavis.share.law.erasing_returns import erase_return

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC)
ALL = {"unknown": everywhere(Unknown.CREATE)}
#: A returns' file that names its customers.
NAMED = """return;answered_at;customer;person;satisfaction;verbatim
R1;2024-03-05 08:00;S1;A1;5;Très bonne écoute.
R2;2024-03-07 08:00; s1 ;A1;2;Trois semaines sans réponse.
R3;2024-03-22 08:00;S2;A1;4;
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    """Marks are written here and nowhere else."""
    settings.ERASURE_COPIES = [tmp_path]


def gone(kind: Kind, key: object) -> None:
    note_erasure(by=system(), kind=kind, key=key, at=AT)


def nothing_kept_of(run: ImportRun) -> None:
    rows = RejectedRow.objects.filter(run=run, code="erased")
    assert {(row.raw, json.dumps(row.params)) for row in rows} == {("", "{}")}


@pytest.mark.parametrize(
    ("kind", "content", "named", "lines", "column", "left"),
    [
        ("contacts", CONTACTS, (Kind.CUSTOMER, "S1"), (2, 3, 4), "customer", 1),
        ("contacts", CONTACTS, (Kind.PERSON, "a2"), (3,), "person", 3),
        ("returns", NAMED, (Kind.CUSTOMER, "S1"), (2, 3), "customer", 1),
        ("returns", NAMED, (Kind.PERSON, "A1"), (2, 3, 4), "person", 0),
        ("reviews", REVIEWS, (Kind.CUSTOMER, "review:def"), (3, 4), "author", 1),
        ("organisation", ORGANISATION, (Kind.PERSON, "A1"), (4,), "person", 4),
    ],
    ids=["contacts", "contacts-adviser", "returns", "returns-adviser", "reviews", "organisation"],
)
def test_each_door_refuses_whoever_was_erased_says_where_and_keeps_nothing(
    kind: str, content: str, named: tuple[Kind, str], lines: tuple[int, ...], column: str, left: int
) -> None:
    gone(*named)
    run = imported(kind, content, **ALL)
    assert reasons(run) == [(line, column, "erased") for line in lines]
    assert (run.imported, run.rejected) == (left, len(lines))
    nothing_kept_of(run)
    code = named[1].upper()
    assert not Customer.objects.filter(code__iexact=code).exists()
    assert not Person.objects.filter(code__iexact=code).exists()


def test_a_row_that_cannot_be_read_is_not_kept_either() -> None:
    gone(Kind.CUSTOMER, "S1")
    run = imported("contacts", CONTACTS.replace("2024-03-04 09:12:00", "hier, je crois"), **ALL)
    assert (2, "customer", "erased") in reasons(run)
    assert not RejectedRow.objects.filter(run=run).exclude(code="erased").exists()
    nothing_kept_of(run)


def test_a_trial_says_it_too_and_shows_nothing_of_it() -> None:
    gone(Kind.CUSTOMER, "S1")
    run = received("contacts", CONTACTS)
    report = services.check(by=system(), run=run, plan=services.propose_mapping(run))
    assert (report.erased, report.rejected) == (3, 3)
    assert {(each.column, each.code, each.raw) for each in report.refused} == {("customer", "erased", "")}


def test_an_old_file_brings_nothing_of_an_erased_customer_back() -> None:
    for kind, content in (("contacts", CONTACTS), ("returns", RETURNS)):
        imported(kind, content, **ALL)
    erase_customer(by=system(), customer=Customer.objects.get(code="S1"), at=AT)
    before = everything()
    again = [
        imported(kind, content, **ALL) for kind, content in (("contacts", CONTACTS), ("returns", RETURNS))
    ]
    assert everything() == before
    # The returns name their customer by the exchange alone: they are known by what was erased with her.
    assert [counts(run) for run in again] == [(0, 0, 1, 3), (0, 0, 1, 2)]
    assert reasons(again[1]) == [(2, "return", "erased"), (3, "return", "erased")]


@pytest.mark.parametrize("coded", [True, False])
def test_an_erased_review_does_not_come_back(coded: bool) -> None:
    rows = REVIEWS.splitlines()
    column = ("review", "T1", "T2", "T3") if coded else ("source", *["trustpilot"] * 3)
    content = "".join(f"{cell};{row}\n" for cell, row in zip(column, rows, strict=True))
    imported("reviews", content)
    said = Response.objects.get(satisfaction=1)
    erase_return(by=system(), response=said, at=AT)
    before = everything()
    run = imported("reviews", content)
    assert everything() == before
    assert (counts(run), reasons(run)) == ((0, 0, 2, 1), [(4, "review" if coded else "", "erased")])
    nothing_kept_of(run)


def test_an_erased_adviser_stays_a_pseudonym() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS, **ALL)
    erase_person(by=system(), person=Person.objects.get(code="A2"), at=AT, today=TODAY)
    before, names = everything(), sorted(Person.objects.values_list("code", "name"))
    imported("organisation", ORGANISATION)
    run = imported("contacts", CONTACTS, **ALL)
    assert counts(run) == (0, 0, 3, 1)
    assert (everything(), sorted(Person.objects.values_list("code", "name"))) == (before, names)
    assert Interaction.objects.get(code="C2").person.name.startswith("P-")  # type: ignore[union-attr]


def test_erasing_somebody_while_a_file_goes_in_stops_her_next_row(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.OPTIONS, "chunk", 2)
    run = started("contacts", CONTACTS, **ALL)
    engine.run_import(run.pk, progress=lambda _each: gone(Kind.CUSTOMER, "S1"))
    run.refresh_from_db()
    assert (run.imported, reasons(run)) == (3, [(4, "customer", "erased")])


def test_the_report_counts_them_in_both_languages(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    gone(Kind.CUSTOMER, "S1")
    run = imported("contacts", CONTACTS, **ALL)
    reader = house.member(house.company(), Role.QUALITY)
    for language, words in (
        ("fr", "dont effacées à leur demande"),
        ("en", "of which erased at their request"),
    ):
        Account.objects.update(language=language)
        page = reader.client.get(f"/admin/imports/{run.pk}/").content.decode()
        assert words in page
        assert "S1" not in page
    with translation.override("fr"):
        assert "ni importée ni gardée" in sentence("erased", {})
    with translation.override("en"):
        assert "neither imported nor kept" in sentence("erased", {})
    file = tmp_path / "contacts.csv"
    file.write_text(CONTACTS)
    call_command("import", "contacts", str(file), json=True)
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["erased"] == 3
