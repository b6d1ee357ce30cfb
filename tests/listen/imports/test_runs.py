"""What holds for every import: trials, refusals, cancelling, leases, crashes, saved mappings, rights."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import house
from tests.listen.imports.room import (
    BAROMETER,
    CONTACTS,
    MIRROR,
    ORGANISATION,
    RETURNS,
    REVIEWS,
    counts,
    everything,
    imported,
    mirror_study,
    reasons,
    received,
    started,
)
from visavis.core.words import Role
from visavis.listen.imports import engine, files, leases, queries, rejects, services, sweeps
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow, SavedMapping, Seen
from visavis.listen.imports.plans import Plan, Unknown
from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.header import unique_names
from visavis.listen.imports.reading.hints import DateOrder
from visavis.listen.returns.models import Answer, Response
from visavis.moments.exchanges.models import Channel, Interaction
from visavis.people.access.journal import sentence
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import NOBODY, Viewer, system, viewer_of
from visavis.people.units.models import Unit
from visavis.web.downloads import csv_lines
from visavis.web.navigation import sections

pytestmark = pytest.mark.django_db


@pytest.fixture
def chunk_of_one() -> Iterator[None]:
    """Each row in a transaction of its own."""
    from django.conf import settings as django_settings

    before, django_settings.OPTIONS.chunk = django_settings.OPTIONS.chunk, 1
    yield
    django_settings.OPTIONS.chunk = before


def plan_of(run: ImportRun) -> Plan:
    return services.propose_mapping(run)


def test_a_trial_says_what_would_happen_and_keeps_nothing() -> None:
    imported("organisation", ORGANISATION)
    run = received("contacts", CONTACTS)
    before = everything(), Channel.objects.count()
    report = services.check(by=system(), run=run, plan=plan_of(run))
    assert (report.read, report.imported, report.good) == (4, 4, 4)
    assert (everything(), Channel.objects.count()) == before
    assert not Seen.objects.exists()
    done = services.start(by=system(), run=run, plan=plan_of(run), nudge=False)
    assert counts(engine.run_import(done.pk)) == (4, 0, 0, 0)


def test_a_trial_lists_values_to_reconcile_with_a_proposal() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    rows = CONTACTS.replace("Sinistre", "Sinistres").replace("A1", "A77").replace(";résolu;", ";réglé;", 1)
    run = received("contacts", rows)
    report = services.check(by=system(), run=run, plan=plan_of(run))
    told = {(each.field, each.value): each for each in report.strangers}
    assert told["reason", "Sinistres"].proposal == "sinistre"
    assert told["reason", "Sinistres"].may_create
    assert told["outcome", "réglé"].column == "outcome"
    assert not told["outcome", "réglé"].may_create
    assert report.rejected == 3
    assert all(each.sentence for each in report.refused)


def test_a_value_reconciled_once_is_understood_everywhere() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    run = received("contacts", CONTACTS.replace("Sinistre", "ZZ"))
    plan = plan_of(run)
    data = plan.to_json() | {"reconciled": {"reason": {"ZZ": "sinistre"}}}
    run = services.start(by=system(), run=run, plan=Plan.from_json(data), nudge=False)
    assert counts(engine.run_import(run.pk)) == (0, 0, 4, 0)


def test_all_rows_can_be_tried() -> None:
    run = received("reviews", REVIEWS * 1)
    assert services.check(by=system(), run=run, plan=plan_of(run), rows=None).read == 3
    assert services.check(by=system(), run=run, plan=plan_of(run), rows=2).read == 2


def test_a_plan_survives_json() -> None:
    run = received("reviews", REVIEWS)
    plan = Plan(plan_of(run).mapping, {"unit": Unknown.REJECT}, {"channel": frozenset({"x"})}, "Acme")
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 rien", "pdf"),
        (b"PK\x03\x04rien", "damaged"),
        (b"<html><body>", "html"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_cause_and_not_kept(content: Any, code: Any) -> None:
    run = received("reviews", content)
    assert (run.status, (run.refusal or {})["code"]) == (ImportRun.Status.REFUSED, code)
    assert rejects.refusal_sentence(run)
    assert not (files.folder() / run.stored_as).is_file()


def test_a_file_too_big_is_refused_whatever_was_announced(settings: Any) -> None:
    settings.MAX_IMPORT_BYTES = 100
    before = set(files.folder().glob("*"))
    run = received("reviews", REVIEWS)
    assert (run.status, (run.refusal or {})["code"]) == (ImportRun.Status.REFUSED, "file_too_big")
    assert set(files.folder().glob("*")) == before


def test_a_file_is_kept_until_its_import_ends_and_no_longer(django_capture_on_commit_callbacks: Any) -> None:
    run = started("reviews", REVIEWS)
    path = files.path_of(run)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.name != run.file_name
    with django_capture_on_commit_callbacks(execute=True):
        engine.run_import(run.pk)
    assert not path.exists()


def test_an_import_whose_file_is_gone_says_so() -> None:
    run = started("reviews", REVIEWS)
    files.forget(run)
    run = engine.run_import(run.pk)
    assert (run.status, (run.refusal or {})["code"]) == (ImportRun.Status.REFUSED, "file_gone")


def test_a_required_field_without_column_refuses_the_start() -> None:
    run = received("reviews", "unit;rating\nx;4\n")
    with pytest.raises(Refused):
        services.start(by=system(), run=run, plan=plan_of(run))
    assert ImportRun.objects.get(pk=run.pk).status == ImportRun.Status.DRAFT


def test_an_import_is_cancelled_between_two_lots(chunk_of_one: Any) -> None:
    run = started("reviews", REVIEWS)
    run = engine.run_import(run.pk, progress=lambda each: services.cancel(by=system(), run=each))
    assert (run.status, run.cursor) == (ImportRun.Status.CANCELLED, 1)
    assert Response.objects.count() == 1
    assert not Seen.objects.exists()
    assert engine.run_import(run.pk).cursor == 1
    assert counts(imported("reviews", REVIEWS)) == (2, 0, 1, 0)


def test_two_workers_do_not_share_an_import(chunk_of_one: Any) -> None:
    run = started("reviews", REVIEWS)
    seen = []

    def second_worker(each: ImportRun) -> None:
        seen.append(leases.take(each.pk))

    run = engine.run_import(run.pk, progress=second_worker)
    assert seen == [None, None, None]
    assert counts(run) == (3, 0, 0, 0)


def test_a_worker_that_was_replaced_stops_at_its_next_lot(chunk_of_one: Any) -> None:
    run = started("reviews", REVIEWS)

    def replaced(each: ImportRun) -> None:
        ImportRun.objects.filter(pk=each.pk).update(lease="elsewhere|1|2|other")

    run = engine.run_import(run.pk, progress=replaced)
    assert (run.status, run.cursor) == (ImportRun.Status.RUNNING, 1)
    assert leases.take(run.pk) is None
    ImportRun.objects.filter(pk=run.pk).update(alive_at=timezone.now() - leases.SILENCE * 2)
    run = engine.run_import(run.pk)
    assert (run.status, counts(run)) == (ImportRun.Status.DONE, (3, 0, 0, 0))


def test_a_dead_process_of_this_machine_frees_its_import_at_once() -> None:
    mine = leases.token()
    assert not leases.is_dead(mine)
    host, _pid, began, rest = mine.split("|")
    assert leases.is_dead(f"{host}|999999999|{began}|{rest}")
    assert leases.is_dead(mine.replace(f"|{began}|", "|1|"))
    assert not leases.is_dead(f"elsewhere|999999999|{began}|{rest}")


def test_an_import_that_crashes_three_times_is_put_aside_with_its_reason(monkeypatch: Any) -> None:
    run = started("reviews", REVIEWS)

    def poisoned(*_args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(engine, "write_lot", poisoned)
        for _ in range(3):
            with pytest.raises(MemoryError):
                engine.run_import(run.pk)
        run = engine.run_import(run.pk)
    assert (run.status, (run.refusal or {})["params"]) == (
        ImportRun.Status.FAILED,
        {"attempts": 3, "error": "MemoryError"},
    )
    assert run.pk not in leases.waiting(timezone.now())
    services.resume(by=system(), run=run, nudge=False)
    assert counts(engine.run_import(run.pk)) == (3, 0, 0, 0)


def test_the_sweep_finds_what_nobody_works_on(monkeypatch: Any) -> None:
    queued = started("reviews", REVIEWS)
    left = started("reviews", REVIEWS.replace("abc", "xyz"))
    leases.take(left.pk)
    ImportRun.objects.filter(pk=left.pk).update(alive_at=timezone.now() - leases.SILENCE * 2)
    draft = received("reviews", REVIEWS)
    ImportRun.objects.filter(pk=draft.pk).update(created_at=timezone.now() - dt.timedelta(days=8))
    sweeps.sweep()
    status = dict(ImportRun.objects.order_by("pk").values_list("pk", "status"))
    assert status == {queued.pk: "done", left.pk: "done", draft.pk: "cancelled"}
    assert not list(files.folder().glob(draft.stored_as))


def test_followers_run_until_nothing_waits() -> None:
    from visavis.listen.imports.followers import followers, run_followers

    imported("reviews", REVIEWS)
    told = []
    done = run_followers(lambda each, n, of: told.append((each.name, n, of)))
    assert {each.name for each in followers()} >= set(done)
    assert all(each.pending() == 0 for each in followers())
    assert all(n <= of for _, n, of in told)


def test_a_saved_mapping_is_offered_for_the_same_columns_only() -> None:
    run = received("reviews", REVIEWS)
    plan = plan_of(run)
    chosen = plan.with_mapping(plan.mapping.assign("product", None))
    services.save_mapping(by=system(), kind=Kind.REVIEWS, name="Comparateur", plan=chosen)
    services.save_mapping(by=system(), kind=Kind.REVIEWS, name="Comparateur", plan=chosen)
    assert SavedMapping.objects.count() == 1
    again = received("reviews", REVIEWS.replace("Très", "Assez"))
    assert plan_of(again).mapping.column_of("product") is None
    other = received("reviews", REVIEWS.replace("product", "produit"))
    assert plan_of(other).mapping.column_of("product") == "produit"


def test_rejected_rows_are_downloaded_with_line_column_and_reason_and_no_formula() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    run = imported(
        "contacts",
        CONTACTS.replace("C1;", "=1+1;", 1).replace("2024-03-06", "2024-13-06").replace(";TEL;", ";=cmd;", 1),
    )
    assert counts(run) == (0, 0, 2, 2)
    with translation.override("fr"):
        table = rejects_of(run)
    assert table[0][:3] == ["Ligne", "Colonne", "Motif"]
    assert [line[:2] for line in table[1:]] == [["2", "channel"], ["3", "started_at"]]
    assert table[1][3].startswith("contact: =1+1 | started_at: 2024-03-04 08:12:00+00:00 | channel: =cmd | ")
    assert not any(cell.startswith("=") for line in table for cell in line)
    assert not list(rejects.rejects_table(NOBODY, run)[1])


@pytest.mark.parametrize("live", ["=1+1", "\u00a0=1+1", "\uff1d1+1", "@x", "+1", "-1+2"])
def test_no_cell_of_the_rejected_rows_is_computed_by_a_spreadsheet(live: str) -> None:
    content = f"{live};published_on;rating\nx;2024-13-40;4\n"
    run = received("reviews", content)
    columns = [("published_on", "published_on"), ("rating", "rating"), (live.strip(), "text")]
    plan = {"kind": "reviews", "columns": [{"column": name, "field": field} for name, field in columns]}
    hints = {"header_line": 1, "separator": ";"}
    run = services.start(by=system(), run=run, plan=Plan.from_json(plan | {"hints": hints}), nudge=False)
    engine.run_import(run.pk)
    table = rejects_of(run)
    assert [cell for cell in table[1] if cell.endswith("x | published_on: 2024-13-40 | rating: 4")] == [
        f"'{live.strip()}: x | published_on: 2024-13-40 | rating: 4"
    ]


def rejects_of(run: ImportRun) -> list[list[str]]:
    """The rejected rows as a spreadsheet reads them, header first."""
    text = b"".join(csv_lines(*rejects.rejects_table(system(), run))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def mapped(content: str, *names: str, kind: str = "reviews") -> ImportRun:
    """An import of the columns that bear the names of our fields, and of no other."""
    columns = [{"column": name, "field": name} for name in names]
    plan = Plan.from_json({"kind": kind, "columns": columns, "hints": {"header_line": 1, "separator": ";"}})
    run = services.start(by=system(), run=received(kind, content), plan=plan, nudge=False)
    return engine.run_import(run.pk)


def test_a_rejected_row_keeps_nothing_that_was_not_to_be_imported() -> None:
    header = "published_on;rating;text;naissance"
    rows = "2021-13-45;5;Bien;14/07/1971\n2021-09-07;4;Bien;14/07/1971;trop\n"
    mapped(f"{header}\n{rows}", "published_on", "rating", "text")
    told = list(RejectedRow.objects.order_by("row").values_list("line", "raw"))
    assert told == [(2, "published_on: 2021-13-45 | rating: 5 | text: Bien"), (3, "")]
    assert "2021-13-45" in whole_database()
    assert not [told for told in ("07/1971", "1971-07") if told in whole_database()]


def test_nothing_of_a_rejected_answer_to_the_barometer_is_kept() -> None:
    imported("organisation", ORGANISATION)
    rows = "2025-11;escaut;9;8;3;Phrase une\n2025-11;nulle-part;4;8;3;Phrase deux\n2025-11;lys;;;;\n"
    choices = {"unknown": {"unit": Unknown.REJECT}}
    run = imported("barometer", BAROMETER.splitlines()[0] + "\n" + rows, **choices)
    assert run.rejected == 3
    assert set(RejectedRow.objects.values_list("raw", flat=True)) == {""}
    assert "Phrase" not in whole_database()


def whole_database() -> str:
    """All that the tables hold, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "".join(found)


def test_what_no_database_keeps_is_taken_out_of_names_and_rejected_rows() -> None:
    content = "published_on;rating;te\x7fxt\n2021-13-45;4;a\x7fb\n2021-09-07;4;b\n"
    mapped(content, "published_on", "rating", "text")
    assert list(RejectedRow.objects.values_list("raw", flat=True)) == [
        "published_on: 2021-13-45 | rating: 4 | text: ab"
    ]
    assert unique_names(["a\x00 \ud800b", "ab"], 1)[0] == ["a b", "ab"]


def gestures(who: Viewer, run: ImportRun, plan: Plan) -> list[Callable[[], object]]:
    """Every gesture of the room, not done yet."""
    table = io.BytesIO(b"a;b\n1;2\n")
    return [
        lambda: services.receive_file(by=who, kind=Kind.REVIEWS, name="x", source=table),
        lambda: services.check(by=who, run=run, plan=plan),
        lambda: services.start(by=who, run=run, plan=plan),
        lambda: services.cancel(by=who, run=run),
        lambda: services.resume(by=who, run=run),
        lambda: services.save_mapping(by=who, kind=Kind.REVIEWS, name="x", plan=plan),
    ]


def test_only_those_who_may_import_do() -> None:
    team = house.unit()
    run = received("reviews", REVIEWS)
    plan = plan_of(run)
    root = house.company()
    quality, admin = house.viewer(root, Role.QUALITY), house.viewer(root, Role.ADMIN)
    refused = [
        house.viewer(),
        house.viewer(root, Role.MANAGER),
        house.viewer(team, Role.QUALITY),
        house.viewer(team, Role.ADMIN),
    ]
    for who in refused:
        assert not queries.may_import(who)
        for gesture in gestures(who, run, plan):
            with pytest.raises(PermissionDenied):
                gesture()
        assert not queries.imports(who).exists()
        assert not queries.rejected_rows(who, run).exists()
        assert not queries.saved_mappings(who, run.kind).exists()
    assert queries.imports(quality).get() == run
    assert services.check(by=quality, run=run, plan=plan).good == 3
    assert services.check(by=admin, run=run, plan=plan).good == 3


def test_an_import_leaves_a_sentence_in_the_journal() -> None:
    account = house.account()
    house.grant(account, house.company(), Role.QUALITY)
    by = viewer_of(account, today=house.TODAY)
    run = services.receive_file(
        by=by, kind=Kind.REVIEWS, name="avis.csv", source=io.BytesIO(REVIEWS.encode())
    )
    run = services.start(by=by, run=run, plan=plan_of(run), nudge=False)
    engine.run_import(run.pk)
    entry = JournalEntry.objects.get(verb="imports.done")
    assert entry.account_id == account.pk
    with translation.override("en"):
        assert sentence(entry) == "imported avis.csv: 3 new, 0 updated, 0 unchanged, 0 rejected"


#: Rows without a name that are there already count as new ones: a file of guesses tells nothing.
NAMELESS = {Kind.BAROMETER: 4, Kind.MIRROR: 3}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_imported_twice_changes_nothing_and_adds_up(kind: Any, chunk_of_one: Any) -> None:
    content = {
        Kind.ORGANISATION: ORGANISATION,
        Kind.CONTACTS: CONTACTS,
        Kind.RETURNS: RETURNS,
        Kind.BAROMETER: BAROMETER,
        Kind.REVIEWS: REVIEWS,
        Kind.MIRROR: MIRROR,
    }[kind]
    imported("organisation", ORGANISATION)
    mirror_study()
    first = imported(kind, content)
    before = everything()
    again = imported(kind, content)
    assert everything() == before
    assert (again.imported, again.updated) == (NAMELESS.get(kind, 0), 0)
    for run in (first, again):
        assert sum(counts(run)) == run.cursor == run.total
        assert run.rejected == RejectedRow.objects.filter(run=run).values("row").distinct().count()


ROW = st.tuples(
    st.sampled_from(["R1", "R2", "R3", ""]),
    st.sampled_from(["2024-03-05 08:00", "31/03/2024 02:30", "", "2024-03-06"]),
    st.sampled_from(["1", "5", "6", ""]),
    st.sampled_from(["Bien.", "Mal.", ""]),
)


class TestAnyTable(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(rows=st.lists(ROW, min_size=1, max_size=8))
    def test_any_table_imported_twice_adds_up_and_changes_nothing(self, rows: list[tuple[str, ...]]) -> None:
        header = "return;answered_at;satisfaction;verbatim"
        content = "\n".join([header, *(";".join(row) for row in rows)])
        run = received("returns", content)
        if run.status == ImportRun.Status.REFUSED:
            return
        choices = Plan.from_json(
            {
                "kind": "returns",
                "columns": [{"column": name, "field": name} for name in header.split(";")],
                "hints": {"header_line": 1, "separator": ";"},
            }
        )
        first = engine.run_import(services.start(by=system(), run=run, plan=choices, nudge=False).pk)
        before = everything()
        run = received("returns", content)
        again = engine.run_import(services.start(by=system(), run=run, plan=choices, nudge=False).pk)
        assert everything() == before
        assert (again.imported, again.updated, again.rejected) == (0, 0, first.rejected)
        assert sum(counts(first)) == first.cursor


def test_reviews_of_an_instance_with_a_company_go_under_it() -> None:
    house.company()
    imported("reviews", REVIEWS)
    assert set(Unit.objects.exclude(kind="company").values_list("path", flat=True)) == {
        "/acme/direct/",
        "/acme/directe/",
    }
    assert not Interaction.objects.exists()


def test_whoever_imports_for_one_branch_only_does_not_bring_in_the_company() -> None:
    team = house.unit()
    for role in (Role.QUALITY, Role.ADMIN):
        member = house.member(team, role)
        for kind in Kind:
            with pytest.raises(PermissionDenied):
                services.receive_file(by=member.viewer, kind=kind, name="x", source=io.BytesIO(b"a;b\n1;2\n"))
        assert member.client.get("/admin/imports/").status_code == 404
        assert member.client.get("/admin/imports/nouveau/").status_code == 404
        assert not _leads_to_imports(member.viewer)
    assert _leads_to_imports(house.viewer(house.company(), Role.QUALITY))
    assert not ImportRun.objects.exists()


def _leads_to_imports(who: Viewer) -> bool:
    links = [link for section in sections(who, "/") for link in section.links]
    return "/admin/imports/" in [link.url for link in links]


def test_a_draft_started_while_old_drafts_are_swept_goes_on(monkeypatch: Any) -> None:
    old = received("reviews", REVIEWS)
    ImportRun.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=8))
    late = received("reviews", REVIEWS.replace("abc", "xyz"))
    ImportRun.objects.filter(pk=late.pk).update(created_at=timezone.now() - dt.timedelta(days=8))
    forget = files.forget

    def starts_the_other(run: ImportRun) -> None:
        forget(run)
        services.start(by=system(), run=late, plan=plan_of(late), nudge=False)

    monkeypatch.setattr(files, "forget", starts_the_other)
    sweeps.sweep()
    assert ImportRun.objects.get(pk=old.pk).status == ImportRun.Status.CANCELLED
    assert ImportRun.objects.get(pk=late.pk).status == ImportRun.Status.QUEUED
    assert files.path_of(late).is_file()


UNCODED = {
    Kind.REVIEWS: (REVIEWS, ["published_on", "text"], ["published_on", "text", "rating"]),
    Kind.RETURNS: (RETURNS, ["answered_at", "verbatim"], ["answered_at", "verbatim", "satisfaction"]),
    Kind.BAROMETER: (BAROMETER, ["wave", "unit", "climate"], ["wave", "unit", "climate", "tools"]),
    Kind.MIRROR: (
        MIRROR.replace(";clarity;follow_up", ";question:clarity;question:follow_up"),
        ["respondent", "voice", "closed_on", "question:clarity"],
        ["respondent", "voice", "closed_on", "question:clarity", "question:follow_up"],
    ),
}


@pytest.mark.parametrize("kind", UNCODED)
def test_rows_without_a_code_are_not_doubled_by_one_more_column(kind: Kind) -> None:
    imported("organisation", ORGANISATION)
    mirror_study()
    content, some, more = UNCODED[kind]
    mapped(content, *some, kind=kind)
    before = everything()
    with pytest.raises(Refused) as refused:
        mapped(content, *more, kind=kind)
    assert refused.value.refusal.code == Code.OTHER_WAY
    assert refused.value.refusal.params == {"columns": ", ".join(some)}
    assert ImportRun.objects.latest("pk").status == ImportRun.Status.DRAFT
    again = mapped(content, *some, kind=kind)
    assert (again.imported, again.updated) == (NAMELESS.get(kind, 0), 0)
    assert everything() == before


def test_rows_with_a_code_of_their_own_take_one_more_column() -> None:
    imported("organisation", ORGANISATION)
    mapped(RETURNS, "return", "answered_at", "verbatim", kind="returns")
    with pytest.raises(Refused):
        mapped(RETURNS, "answered_at", "verbatim", kind="returns")
    again = mapped(RETURNS, "return", "answered_at", "verbatim", "satisfaction", kind="returns")
    assert (counts(again), Response.objects.count()) == ((1, 2, 0, 0), 3)


def test_a_mark_off_the_scale_of_its_question_is_refused_where_it_stands(chunk_of_one: Any) -> None:
    content = "answered_at;question:accueil\n2024-03-05;4\n2024-03-06;9\n2024-03-07;1\n2024-03-08;NSP\n"
    run = mapped(content, "answered_at", "question:accueil", kind="returns")
    assert reasons(run) == [(3, "question:accueil", "out_of_range"), (5, "question:accueil", "out_of_range")]
    assert set(Answer.objects.values_list("value", flat=True)) == {4, 1}
    told = RejectedRow.objects.order_by("row").values_list("params", flat=True)
    assert list(told) == [{"low": 1, "high": 5}] * 2


def test_a_saved_mapping_keeps_decimals_and_dates_and_reads_the_rest_afresh() -> None:
    run = received("reviews", REVIEWS)
    plan = plan_of(run)
    odd = replace(plan.mapping.hints, encoding="utf-16", sheet="Feuille", date_order=DateOrder.MONTH_FIRST)
    saved = plan.with_mapping(replace(plan.mapping, hints=odd))
    found = services.read_again(saved, services.table_of(run)).mapping.hints
    assert (found.encoding, found.sheet, found.date_order) == ("utf-8", None, DateOrder.MONTH_FIRST)
    other = received("reviews", REVIEWS.replace("product", "produit"))
    with pytest.raises(Refused) as refused:
        services.read_again(saved, services.table_of(other))
    assert refused.value.refusal.code == Code.OTHER_COLUMNS
