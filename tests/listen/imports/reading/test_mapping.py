"""From columns to fields, and from rows to typed rows."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.listen.imports.reading.helpers import save, save_text
from tests.shared import shared_path
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reading.fields import KINDS
from visavis.listen.imports.reading.hints import DateOrder, Hints
from visavis.listen.imports.reading.mapping import Column, Mapping, Why, settle
from visavis.listen.imports.reading.proposals import propose
from visavis.listen.imports.reading.rows import (
    Reject,
    TypedRow,
    distinct_values,
    typed_rows,
    values_to_reconcile,
)
from visavis.listen.imports.reading.tables import Table, open_table

CONTACTS = (
    "ID_APPEL;DATE_APPEL;CANAL;MOTIF;NIVEAU;ATTENTE;DUREE;STATUT;MATRICULE;NUM_CLIENT"
    ";NOM_CLIENT;DT_NAISSANCE;TELEPHONE\n"
    "C1;03/11/2025 09:12;TEL;Cotisation;N1;45;3:25;résolu;A0412;9f8a2c;J. Martin;01/02/1970;06 12 34 56 78\n"
    "C2;03/11/2025 09:14;MEL;Sinistre;N2;;205;en cours;A0413;1b77e0;Anne Petit;11/12/1981;07 98 76 54 32\n"
)


def mapped(path: Path, kind: str) -> tuple[Table, Mapping]:
    table = open_table(path)
    return table, settle(table, propose(table, kind))


def targets(mapping: Mapping) -> dict[str, str | None]:
    return {column.name: column.field for column in mapping.columns}


def test_the_real_file_is_mapped_and_read_without_help() -> None:
    table, mapping = mapped(shared_path("data", "real", "avis-assurance.csv"), "reviews")
    assert targets(mapping) == {
        "date_publication": "published_on",
        "date_experience": "experienced_on",
        "assureur": "unit",
        "produit": "product",
        "note": "rating",
        "avis": "text",
        "client": "author",
    }
    assert all(column.confidence >= 0.9 for column in mapping.columns)
    rows = list(typed_rows(table, mapping))
    good = [row for row in rows if isinstance(row, TypedRow)]
    assert len(good) == len(rows) == 30_333
    assert 0.25 < sum(row.values["rating"] is None for row in good) / len(good) < 0.35
    assert {row.values["published_on"].year for row in good} <= set(range(2016, 2022))


def test_contacts_are_mapped_and_personal_columns_left_out(tmp_path: Path) -> None:
    _, mapping = mapped(save_text(tmp_path, CONTACTS), "contacts")
    assert targets(mapping) == {
        "ID_APPEL": "contact",
        "DATE_APPEL": "started_at",
        "CANAL": "channel",
        "MOTIF": "reason",
        "NIVEAU": "level",
        "ATTENTE": "wait_s",
        "DUREE": "handle_s",
        "STATUT": "outcome",
        "MATRICULE": "person",
        "NUM_CLIENT": "customer",
        "NOM_CLIENT": None,
        "DT_NAISSANCE": None,
        "TELEPHONE": None,
    }
    assert {column.why for column in mapping.columns[-3:]} == {Why.PERSONAL}


def test_a_customer_column_that_holds_names_is_not_imported(tmp_path: Path) -> None:
    text = "id;date;client\n" + "".join(
        f"{n};03/11/2025;{name}\n" for n, name in enumerate(["Jean Martin", "Anne Petit"])
    )
    assert targets(propose(open_table(save_text(tmp_path, text)), "contacts"))["client"] is None


@pytest.mark.parametrize(
    "cell",
    ["jean@example.org", "06 12 34 56 78", "1 85 05 78 006 084 36", "FR76 3000 6000 0112 3456 7890 189"],
)
def test_personal_contents_are_seen_under_any_name(tmp_path: Path, cell: str) -> None:
    table = open_table(save_text(tmp_path, f"id;date;divers;client\n1;03/11/2025;{cell};{cell}\n"))
    why = {column.name: (column.field, column.why) for column in propose(table, "contacts").columns}
    assert why["divers"] == (None, Why.PERSONAL)
    assert why["client"] == (None, Why.PERSONAL)


def test_the_organisation_keeps_the_names_it_needs(tmp_path: Path) -> None:
    text = (
        "Code équipe;Nom équipe;Type;Rattachement;Matricule;Nom;Fonction;Début;Courriel;Date de naissance\n"
        "ESC;Escaut;équipe;RBX;A1;Jeanne Martin;conseillère;01/09/2024;j@example.org;01/02/1970\n"
    )
    table, mapping = mapped(save_text(tmp_path, text), "organisation")
    assert list(targets(mapping).values()) == [
        "unit", "unit_name", "unit_kind", "parent", "person", "person_name", "role", "starts_on", "email",
        None,
    ]  # fmt: skip
    row = next(typed_rows(table, mapping))
    assert isinstance(row, TypedRow)
    assert (row.values["role"], row.values["unit_kind"]) == ("adviser", "équipe")


def test_the_canonical_names_of_every_kind_map_to_themselves(tmp_path: Path) -> None:
    for kind in KINDS.values():
        names = [field.name for field in kind.fields]
        table = open_table(save(tmp_path, [names]))
        assert targets(propose(table, kind.name)) == {name: name for name in names}


def test_a_question_keeps_its_key(tmp_path: Path) -> None:
    table, mapping = mapped(save_text(tmp_path, "date réponse;question:attente\n03/11/2025;4\n"), "returns")
    assert targets(mapping)["question:attente"] == "question:attente"
    row = next(typed_rows(table, mapping))
    assert isinstance(row, TypedRow)
    assert row.values["question:attente"] == 4


def test_a_required_date_and_a_text_are_found_by_what_they_hold(tmp_path: Path) -> None:
    text = "jour;blabla\n" + "03/11/2025;Le conseiller a bien répondu à ma demande du jour\n" * 3
    mapping = propose(open_table(save_text(tmp_path, text)), "reviews")
    assert [(column.field, column.why) for column in mapping.columns] == [
        ("published_on", Why.CONTENT),
        ("text", Why.CONTENT),
    ]


def test_a_name_that_the_contents_deny_is_not_believed(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, "date;note\nlundi;4\nmardi;5\n"))
    assert targets(propose(table, "reviews"))["date"] is None


def test_dates_with_the_month_first_are_settled_from_the_whole_file(tmp_path: Path) -> None:
    lines = "".join("03/04/2025;4\n" for _ in range(1500))
    table, mapping = mapped(save_text(tmp_path, f"date;note\n{lines}03/25/2025;5\n"), "reviews")
    assert mapping.hints.date_order is DateOrder.MONTH_FIRST
    first = next(typed_rows(table, mapping))
    assert isinstance(first, TypedRow)
    assert first.values["published_on"] == dt.date(2025, 3, 4)


def test_dates_that_contradict_each_other_are_a_question_to_a_person(tmp_path: Path) -> None:
    path = save_text(tmp_path, "date;note\n25/03/2025;4\n03/04/2025;4\n03/25/2025;5\n")
    table = open_table(path)
    with pytest.raises(Refused) as error:
        settle(table, propose(table, "reviews"))
    assert (error.value.refusal.code.value, error.value.refusal.line) == ("mixed_dates", 4)
    answered = open_table(path, hints=Hints(date_order=DateOrder.DAY_FIRST))
    rows = list(typed_rows(answered, settle(answered, propose(answered, "reviews"))))
    assert [type(row) for row in rows] == [TypedRow, TypedRow, Reject]


def test_a_mapping_goes_to_json_and_back(tmp_path: Path) -> None:
    _, mapping = mapped(save_text(tmp_path, CONTACTS), "contacts")
    full = Mapping(
        "contacts",
        mapping.columns,
        mapping.hints,
        {"mode": "human"},
        {"channel": {"TEL": "phone", "?": None}},
    )
    assert Mapping.from_json(json.loads(json.dumps(full.to_json()))) == full


@pytest.mark.parametrize(
    "data",
    [
        {}, {"kind": "contacts"}, {"kind": "unknown", "columns": []}, {"kind": "contacts", "columns": [1]},
        {"kind": "contacts", "columns": [{"column": "a", "field": "rating"}]},
        {"kind": "contacts", "columns": [{"column": each, "field": "contact"} for each in "ab"]},
        {"kind": "contacts", "columns": [], "constants": {"nothing": "x"}},
        {"kind": "contacts", "columns": [], "hints": {"date_order": "ymd"}},
    ],
)  # fmt: skip
def test_what_is_no_mapping_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Mapping.from_json(data)


def test_a_person_may_send_a_column_elsewhere(tmp_path: Path) -> None:
    table = open_table(save_text(tmp_path, "date;jour\n03/11/2025;04/11/2025\n"))
    mapping = propose(table, "reviews").assign("jour", "published_on")
    assert mapping.columns == (
        Column("date", None, 1.0, Why.TAKEN),
        Column("jour", "published_on", 1.0, Why.PERSON),
    )


def test_a_saved_mapping_says_what_another_file_lacks(tmp_path: Path) -> None:
    _, mapping = mapped(save_text(tmp_path, CONTACTS), "contacts")
    other = open_table(save_text(tmp_path, "ID_APPEL;DATE\nC1;03/11/2025\n", name="other.csv"))
    with pytest.raises(Refused) as error:
        typed_rows(other, mapping)
    assert error.value.refusal.params == {"column": "DATE_APPEL"}
    with pytest.raises(Refused) as missing:
        typed_rows(other, Mapping("contacts", (Column("ID_APPEL", "contact"),)))
    assert missing.value.refusal.params == {"field": "started_at"}


def test_a_reject_says_all_that_is_wrong_in_its_row(tmp_path: Path) -> None:
    text = "date;note;avis\n03/11/2025;4;bien\n31/02/2025;9;bien\n;;bien\n04/11/2025;;\ntrop;court\n"
    table, mapping = mapped(save_text(tmp_path, text), "reviews")
    rows = list(typed_rows(table, mapping))
    assert [type(row) for row in rows] == [TypedRow, Reject, Reject, TypedRow, Reject]
    wrong, empty, short = (row for row in rows if isinstance(row, Reject))
    assert [(p.line, p.column, p.code.value, p.raw) for p in wrong.problems] == [
        (3, "date", "impossible_date", "31/02/2025"),
        (3, "note", "out_of_range", "9"),
    ]
    assert wrong.cells == ("31/02/2025", "9", "bien")
    assert [(p.column, p.code.value) for p in empty.problems] == [("date", "required")]
    assert [(p.line, p.code.value) for p in short.problems] == [(6, "missing_cells")]


def test_a_lenient_field_is_left_empty_with_a_note(tmp_path: Path) -> None:
    table, mapping = mapped(
        save_text(tmp_path, f"date;url\n03/11/2025;{'x' * 300}\n03/11/2025;y\n"), "reviews"
    )
    row = next(typed_rows(table, mapping))
    assert isinstance(row, TypedRow)
    assert row.values["url"] is None
    assert [note.code.value for note in row.notes] == ["code_too_long"]


def test_a_repeated_hour_is_noted_on_its_row_only(tmp_path: Path) -> None:
    text = "id;date\n1;26/10/2025 02:30\n2;26/10/2025 04:30\n"
    table, mapping = mapped(save_text(tmp_path, text), "contacts")
    rows = [row for row in typed_rows(table, mapping) if isinstance(row, TypedRow)]
    assert [[note.code.value for note in row.notes] for row in rows] == [["repeated_hour"], []]


def test_values_are_reconciled_once_for_all(tmp_path: Path) -> None:
    text = "date;note;avis\n" + "".join(
        f"03/11/2025;{note};x\n" for note in ("5/5", "Mauvais", "5/5", "4", "?")
    )
    table, mapping = mapped(save_text(tmp_path, text), "reviews")
    mapping = mapping.assign("note", "rating")
    assert values_to_reconcile(table, mapping) == {"rating": {"5/5": 2, "Mauvais": 1, "?": 1}}
    meant = Mapping(
        "reviews", mapping.columns, mapping.hints, {}, {"rating": {"5/5": "5", "Mauvais": "1", "?": None}}
    )
    rows = [row for row in typed_rows(table, meant) if isinstance(row, TypedRow)]
    assert [row.values["rating"] for row in rows] == [5, 1, 5, 4, None]
    assert values_to_reconcile(table, meant) == {}


def test_labels_are_counted_as_the_file_writes_them(tmp_path: Path) -> None:
    table, mapping = mapped(save_text(tmp_path, CONTACTS), "contacts")
    assert distinct_values(table, mapping, "channel") == {"TEL": 1, "MEL": 1}
    assert distinct_values(table, mapping, "segment") == {}


def test_constants_fill_what_no_column_holds(tmp_path: Path) -> None:
    table, mapping = mapped(save_text(tmp_path, "date;note\n03/11/2025;4\n"), "reviews")
    filled = Mapping("reviews", mapping.columns, mapping.hints, {"source": "Site A"})
    row = next(typed_rows(table, filled))
    assert isinstance(row, TypedRow)
    assert row.values["source"] == "Site A"
    with pytest.raises(Refused):
        typed_rows(table, Mapping("reviews", mapping.columns, mapping.hints, {"replied_on": "jamais"}))


def test_typed_rows_resume_where_they_stopped(tmp_path: Path) -> None:
    text = "date;note\n" + "".join(f"{day:02d}/11/2025;{day % 7}\n" for day in range(1, 31))
    table, mapping = mapped(save_text(tmp_path, text), "reviews")
    whole = list(typed_rows(table, mapping))
    assert {type(row) for row in whole} == {TypedRow, Reject}
    for start in range(31):
        assert list(typed_rows(table, mapping, start=start)) == whole[start:]
