"""The four steps of an import, without a line of JavaScript."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import house
from tests.listen.imports.room import received
from visavis.core.words import Role
from visavis.listen.imports import engine, services
from visavis.listen.imports.files import path_of
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow, SavedMapping
from visavis.listen.imports.plans import Plan
from visavis.listen.imports.sweeps import work_on
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Channel
from visavis.people.access.viewer import system
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit

pytestmark = pytest.mark.django_db

ORGANISATION = (
    "CODE_EQUIPE;NOM_EQUIPE;MATRICULE;NOM;ROLE;DEBUT\r\n"
    "lys;Équipe Lys;A0412;Inès Morel;conseiller;01/09/2024\r\n"
    "lys;Équipe Lys;A0001;Sophie Lambert;manager;01/09/2024\r\n"
)
RETURNS = (
    "DATE_REPONSE;CANAL;EQUIPE;NOTE_SATISFACTION;VERBATIM;DT_NAISSANCE\r\n"
    "13/11/2025 09:12;TEL;lys;5;Réponse claire, merci.;12/03/1961\r\n"
    "14/11/2025 10:00;PIGEON;lys;2;Trop d’attente avant de parler à quelqu’un.;02/07/1980\r\n"
    "15/11/2025 11:30;TEL;lys;9;Note impossible.;25/12/1990\r\n"
)
Client = Any


def importer() -> house.Member:
    return house.member(house.company(), Role.QUALITY)


def send(client: Client, text: str | bytes, kind: str = "returns", name: str = "retours.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post("/admin/imports/nouveau/", {"kind": kind, "file": file}, follow=True)


def latest() -> ImportRun:
    return ImportRun.objects.latest("pk")


def form_of(answer: Any, action: str) -> dict[str, str]:
    """What a browser would send for the form of that address, as it stands."""
    soup = BeautifulSoup(answer.content, "html.parser")
    form = next(each for each in soup.find_all("form") if str(each.get("action")).endswith(action))
    told = {
        str(field["name"]): str(field.get("value", ""))
        for field in form.find_all("input")
        if field.get("name")
    }
    for select in form.find_all("select"):
        chosen: Any = select.find("option", selected=True) or select.find("option")
        told[str(select["name"])] = str(chosen["value"])
    return told


def select_named(answer: Any, column: str) -> str:
    """The name of the select that says where a column goes."""
    soup = BeautifulSoup(answer.content, "html.parser")
    row: Any = next(row for row in soup.find_all("tr") if row.th and row.th.get_text() == column)
    return str(row.find("select")["name"])


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(answer.content, "html.parser").get_text(" "))


def try_out(client: Client, answer: Any, **changes: str) -> Any:
    told = form_of(answer, "colonnes/") | {"then": "check"} | changes
    return client.post(f"/admin/imports/{latest().pk}/colonnes/", told, follow=True)


def start(client: Client, answer: Any) -> Any:
    return client.post(f"/admin/imports/{latest().pk}/lancer/", form_of(answer, "lancer/"), follow=True)


def test_an_organisation_and_its_returns_go_in_through_four_steps() -> None:
    client = importer().client
    columns = send(client, ORGANISATION, "organisation", "organisation.csv")
    assert columns.redirect_chain[-1][0].endswith("/colonnes/")
    start(client, try_out(client, columns))
    work_on(latest().pk)
    assert set(Person.objects.values_list("code", flat=True)) == {"A0412", "A0001"}
    assert Unit.objects.get(code="lys").name == "Équipe Lys"

    columns = send(client, RETURNS)
    assert "donnée inutile" in text_of(columns) or "inutile, non importée par défaut" in text_of(columns)
    checked = try_out(client, columns)
    assert "1 rejetée" in text_of(checked)
    start(client, checked)
    work_on(latest().pk)
    result = client.get(f"/admin/imports/{latest().pk}/")
    assert Response.objects.count() == 2
    assert "Note impossible" in text_of(result)
    assert "1961" not in text_of(result)
    file: Any = client.get(f"/admin/imports/{latest().pk}/rejets.csv")
    rejects = csv.reader(b"".join(file.streaming_content).decode("utf-8-sig").splitlines(), delimiter=";")
    assert [line[:2] for line in rejects] == [["Ligne", "Colonne"], ["4", "NOTE_SATISFACTION"]]


def test_the_draft_is_where_it_was_left_on_another_day() -> None:
    member = importer()
    columns = send(member.client, RETURNS)
    name = select_named(columns, "NOTE_SATISFACTION")
    told = form_of(columns, "colonnes/") | {name: "effort", "then": "stay"}
    member.client.post(f"/admin/imports/{latest().pk}/colonnes/", told)
    colleague = importer().client
    again = colleague.get(f"/admin/imports/{latest().pk}/", follow=True)
    assert form_of(again, "colonnes/")[name] == "effort"
    checked = try_out(colleague, again)
    assert checked.redirect_chain[-1][0].endswith("/verification/")
    assert member.client.get(f"/admin/imports/{latest().pk}/", follow=True).status_code == 200
    assert "/verification/" in member.client.get(f"/admin/imports/{latest().pk}/")["Location"]


def test_reading_a_draft_whose_file_is_gone_says_so_and_writes_nothing() -> None:
    client = importer().client
    send(client, RETURNS)
    run = latest()
    path_of(run).unlink()
    told = client.get(f"/admin/imports/{run.pk}/colonnes/", follow=True)
    assert "Le fichier n’est plus là" in text_of(told)
    assert ImportRun.objects.get(pk=run.pk).status == ImportRun.Status.DRAFT


def test_two_people_on_one_draft_do_not_undo_each_other() -> None:
    first, second = importer().client, importer().client
    columns = send(first, RETURNS)
    told = form_of(columns, "colonnes/")
    name = select_named(columns, "NOTE_SATISFACTION")
    second.post(f"/admin/imports/{latest().pk}/colonnes/", told | {name: "effort", "then": "stay"})
    late = first.post(
        f"/admin/imports/{latest().pk}/colonnes/", told | {name: "clarity", "then": "stay"}, follow=True
    )
    assert "entre-temps" in text_of(late)
    assert form_of(late, "colonnes/")[name] == "effort"


def test_starting_twice_imports_once() -> None:
    client = importer().client
    checked = try_out(client, send(client, RETURNS))
    told = form_of(checked, "lancer/")
    client.post(f"/admin/imports/{latest().pk}/lancer/", told)
    again = client.post(f"/admin/imports/{latest().pk}/lancer/", told, follow=True)
    assert again.status_code == 200
    assert latest().status == ImportRun.Status.QUEUED
    work_on(latest().pk)
    assert Response.objects.count() == 2


def test_a_word_of_the_file_is_matched_added_or_left_out() -> None:
    house.channel("phone", aliases=["TEL"])
    client = importer().client
    checked = try_out(client, send(client, RETURNS))
    assert "PIGEON" in text_of(checked)
    assert "2 rejetées" in text_of(checked)
    told = form_of(checked, "verification/")
    key = next(name for name in told if name.startswith("v-channel"))
    pk = latest().pk
    for answer, rejected in (
        ("=phone", "1 rejetée"),
        ("+", "1 rejetée"),
        ("-", "1 rejetée"),
        ("", "2 rejetées"),
    ):
        told = form_of(checked, "verification/")
        checked = client.post(f"/admin/imports/{pk}/verification/", told | {key: answer}, follow=True)
        assert rejected in text_of(checked), answer
    checked = client.post(
        f"/admin/imports/{pk}/verification/", form_of(checked, "verification/") | {key: "=phone"}, follow=True
    )
    assert form_of(checked, "verification/")[key] == "=phone"
    start(client, checked)
    work_on(pk)
    assert list(Channel.objects.values_list("code", flat=True)) == ["phone"]
    assert Response.objects.filter(channel__code="phone").count() == 2


def test_a_match_that_was_not_offered_is_passed_over() -> None:
    house.channel("phone", aliases=["TEL"])
    client = importer().client
    checked = try_out(client, send(client, RETURNS))
    told = form_of(checked, "verification/")
    key = next(name for name in told if name.startswith("v-channel"))
    url = f"/admin/imports/{latest().pk}/verification/"
    again = client.post(url, told | {key: "=nowhere", "o-channel": "explode"}, follow=True)
    assert again.status_code == 200
    assert latest().mapping["reconciled"] == {}


def test_a_mapping_kept_under_a_name_is_offered_for_the_same_columns() -> None:
    client = importer().client
    columns = send(client, RETURNS)
    name = select_named(columns, "NOTE_SATISFACTION")
    told = form_of(columns, "colonnes/") | {name: "effort", "then": "stay", "name": "Retours <b>mensuels</b>"}
    client.post(f"/admin/imports/{latest().pk}/colonnes/", told)
    assert SavedMapping.objects.get().name == "Retours <b>mensuels</b>"
    again = send(client, RETURNS)
    assert form_of(again, "colonnes/")[name] == "effort"
    assert "Retours <b>mensuels</b>" not in again.content.decode()
    assert "Retours &lt;b&gt;mensuels" in again.content.decode()
    fresh = form_of(again, "modele/") | {"saved": ""}
    proposed = client.post(f"/admin/imports/{latest().pk}/modele/", fresh, follow=True)
    assert form_of(proposed, "colonnes/")[name] == "satisfaction"


def test_two_columns_cannot_fill_one_field() -> None:
    client = importer().client
    columns = send(client, RETURNS)
    told = form_of(columns, "colonnes/") | {select_named(columns, "DT_NAISSANCE"): "verbatim"}
    answer = client.post(f"/admin/imports/{latest().pk}/colonnes/", told)
    assert answer.status_code == 422
    assert "VERBATIM" in text_of(answer)


def test_a_file_that_needs_a_word_is_kept_until_it_is_said() -> None:
    client = importer().client
    asked = send(client, "13/11/2025;5\r\n14/11/2025;4\r\n")
    assert latest().status == ImportRun.Status.DRAFT
    assert "noms de colonnes" in text_of(asked)
    told = form_of(asked, "lecture/") | {"r-header_line": "0"}
    columns = client.post(f"/admin/imports/{latest().pk}/lecture/", told, follow=True)
    assert columns.status_code == 200
    assert len(latest().mapping["columns"]) == 2


def test_a_separator_chosen_by_hand_reads_the_file_again() -> None:
    client = importer().client
    columns = send(client, "answered_at;satisfaction|note\r\n13/11/2025;5|2\r\n14/11/2025;4|1\r\n")
    before = [each["column"] for each in latest().mapping["columns"]]
    told = form_of(columns, "lecture/") | {"r-separator": "|"}
    client.post(f"/admin/imports/{latest().pk}/lecture/", told)
    assert [each["column"] for each in latest().mapping["columns"]] != before


@pytest.mark.parametrize(
    ("content", "cause"),
    [(b"%PDF-1.7 nothing", "PDF"), (b"", "vide"), (b"PK\x05\x06" + b"\0" * 18, "archive")],
)
def test_a_file_that_is_no_table_is_refused_with_its_cause(content: bytes, cause: str) -> None:
    client = importer().client
    refused = send(client, content)
    assert latest().status == ImportRun.Status.REFUSED
    assert cause in text_of(refused)
    assert "Choisir un autre fichier" in text_of(refused)


def test_a_file_that_is_too_heavy_is_refused_politely_and_never_kept(settings: Any) -> None:
    settings.MAX_IMPORT_BYTES = 2 << 20
    folder = settings.INSTANCE.folder / "files"
    before = set(folder.iterdir())
    client = importer().client
    answer = send(client, "a;b\r\n" * 600_000)
    assert answer.status_code == 422
    assert "Le fichier pèse 3 Mo ; la limite est 2 Mo." in text_of(answer).replace("\u00a0", " ")
    assert not ImportRun.objects.exists()
    assert set(folder.iterdir()) == before


def test_hostile_names_and_texts_are_shown_and_never_run() -> None:
    client = importer().client
    head = 'DATE_REPONSE;NOTE_SATISFACTION;"<script>alert(""x"")</script>"'
    row = '13/11/2025;"<script>alert(1)</script>";"<img src=x onerror=alert(1)>"'
    text = f"{head}\r\n{row}\r\n"
    columns = send(client, text, name="<img src=x onerror=alert(1)>.csv")
    checked = try_out(client, columns)
    listed = client.get("/admin/imports/")
    for page in (columns, checked, listed):
        body = page.content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
    assert "&lt;script&gt;" in columns.content.decode()


def test_an_import_that_nobody_works_on_says_so() -> None:
    client = importer().client
    under_way = start(client, try_out(client, send(client, RETURNS)))
    assert "visavis worker" in text_of(under_way)


def test_with_a_worker_alive_the_page_only_waits(settings: Any) -> None:
    from visavis.listen.imports import pulse

    client = importer().client
    with pulse.beating(every=60):
        under_way = start(client, try_out(client, send(client, RETURNS)))
        assert "visavis worker" not in text_of(under_way)
    assert not pulse.somebody_works()


def test_progress_comes_as_a_part_and_the_end_as_a_new_page() -> None:
    client = importer().client
    start(client, try_out(client, send(client, RETURNS)))
    url = f"/admin/imports/{latest().pk}/"
    part = client.get(url, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b"under-way" in part.content
    work_on(latest().pk)
    assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_stopping_an_import_says_what_stays() -> None:
    client = importer().client
    start(client, try_out(client, send(client, RETURNS)))
    answer = client.post(f"/admin/imports/{latest().pk}/arreter/", follow=True)
    assert latest().status == ImportRun.Status.CANCELLED
    assert "Ce qui a été importé reste" in text_of(answer)


def test_only_those_who_may_import_see_imports() -> None:
    client = importer().client
    checked = try_out(client, send(client, RETURNS))
    assert checked.status_code == 200
    pk = latest().pk
    manager = house.member(house.company(), Role.MANAGER).client
    absent = text_of(manager.get("/admin/imports/987654321/"))
    for step in ("", "colonnes/", "verification/", "rejets.csv"):
        answer = manager.get(f"/admin/imports/{pk}/{step}")
        assert answer.status_code == 404
    assert text_of(manager.get(f"/admin/imports/{pk}/")) == absent
    for step in ("colonnes", "lecture", "modele", "verification", "lancer", "arreter", "reprendre"):
        assert manager.post(f"/admin/imports/{pk}/{step}/").status_code == 404
    assert manager.post("/admin/imports/nouveau/").status_code == 404
    assert latest().status == ImportRun.Status.DRAFT
    assert importer().client.get(f"/admin/imports/{pk}/verification/").status_code == 200


def test_an_empty_list_says_what_will_stand_there() -> None:
    page = importer().client.get("/admin/imports/")
    assert "Aucun fichier" in text_of(page)
    assert not RejectedRow.objects.exists()


def test_a_mapping_that_does_not_fit_the_file_is_refused_politely() -> None:
    client = importer().client
    send(client, RETURNS)
    plan = Plan.from_json(latest().mapping)
    services.save_mapping(by=system(), kind=Kind.RETURNS, name="Celle-ci", plan=plan)
    columns = send(client, RETURNS.replace("VERBATIM", "PAROLE"))
    before = latest().mapping
    path = f"/admin/imports/{latest().pk}/modele/"
    told = form_of(columns, "colonnes/") | {"saved": str(SavedMapping.objects.get().pk)}
    answer = client.post(path, told, follow=True)
    assert answer.status_code == 200
    assert "d’autres colonnes" in text_of(answer)
    assert latest().mapping == before
    assert client.post(path, told | {"saved": "9" * 5000}).status_code == 302


def test_a_draft_that_can_no_longer_be_read_its_way_is_read_in_another() -> None:
    client = importer().client
    send(client, RETURNS)
    run = latest()
    run.mapping["hints"]["encoding"] = "no-such-encoding"
    run.save()
    unread = client.get(f"/admin/imports/{run.pk}/colonnes/")
    told = form_of(unread, "lecture/") | {"r-encoding": "utf-8"}
    answer = client.post(f"/admin/imports/{run.pk}/lecture/", told, follow=True)
    assert answer.status_code == 200
    assert latest().mapping["hints"]["encoding"] == "utf-8"
    assert form_of(answer, "colonnes/")


def test_a_file_that_would_double_its_rows_is_not_started() -> None:
    client = importer().client
    content = "published_on;text;rating\n2024-03-05;Bien;4\n"
    file = received("reviews", content)
    columns = [{"column": name, "field": name} for name in ("published_on", "text")]
    short = Plan.from_json({"kind": "reviews", "columns": columns})
    engine.run_import(services.start(by=system(), run=file, plan=short, nudge=False).pk)
    checked = try_out(client, send(client, content, "reviews"))
    answer = start(client, checked)
    assert "déjà été importé" in text_of(answer)
    assert latest().status == ImportRun.Status.DRAFT
