"""People as a directory tells them: names of SCIM 2.0 as columns, or its JSON as a file (RFC 7643)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.listen.imports.room import counts, imported, reasons
from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.tables import open_table
from visavis.people.access.clock import today
from visavis.people.persons.models import Assignment, Person

pytestmark = pytest.mark.django_db

CORE, LIST = (
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "urn:ietf:params:scim:api:messages:2.0:ListResponse",
)
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def user(
    number: str, given: str, family: str, department: str = "Équipe Lys", **facts: Any
) -> dict[str, Any]:
    return {
        "schemas": [CORE, ENTERPRISE],
        "id": f"2819c223-{number}",
        "externalId": number,
        "userName": f"{given}.{family}@acme.example".lower(),
        "name": {"givenName": given, "familyName": family},
        "emails": [
            {"value": f"home-{number}@mail.example", "type": "home"},
            {"value": f"{given}.{family}@acme.example".lower(), "type": "work", "primary": True},
        ],
        "title": "Conseillère",
        ENTERPRISE: {"department": department, "division": "Roubaix", "manager": {"value": "26118915"}},
    } | facts


def answer(*users: Any) -> str:
    told = {"schemas": [LIST], "totalResults": len(users), "Resources": list(users)}
    return json.dumps(told, ensure_ascii=False, indent=1)


INES, AMADOU = user("A1", "Ines", "Morel"), user("A2", "Amadou", "Diallo", active=True)


def test_an_answer_of_a_directory_becomes_people_in_their_teams() -> None:
    assert counts(imported("organisation", answer(INES, AMADOU), company="Acme")) == (2, 0, 0, 0)
    found = Person.objects.get(code="A1")
    assert (found.name, found.email, found.form) == ("Ines Morel", "ines.morel@acme.example", "Conseillère")
    work = Assignment.objects.get(person=found)
    assert (work.unit.code, work.unit.name, work.ends_on) == ("Équipe-Lys", "Équipe Lys", None)
    assert work.unit.parent is not None
    assert work.unit.parent.code == "Roubaix"
    assert counts(imported("organisation", answer(INES, AMADOU))) == (0, 0, 2, 0)


def test_whoever_is_no_longer_active_works_nowhere_from_today() -> None:
    imported("organisation", answer(INES, AMADOU), company="Acme")
    gone = answer(INES, AMADOU | {"active": False}, user("A9", "Never", "Known", active=False))
    assert counts(imported("organisation", gone)) == (0, 1, 2, 0)
    ended = Assignment.objects.get(person__code="A2").ends_on
    assert ended is not None
    assert abs((ended - today()).days) <= 1
    assert Assignment.objects.get(person__code="A1").ends_on is None
    assert not Person.objects.filter(code="A9").exists()
    assert counts(imported("organisation", gone)) == (0, 0, 3, 0)


def test_a_user_that_does_not_fit_is_located_by_its_place_in_the_answer() -> None:
    homeless, group = (
        user("A3", "Sans", "Service", department=""),
        {"schemas": ["x:Group"], "displayName": "G"},
    )
    run = imported("organisation", answer(INES, group, homeless, AMADOU), company="Acme")
    assert counts(run) == (2, 0, 0, 1)
    assert reasons(run) == [(3, "department.code", "required")]


def test_one_user_alone_is_read_too_and_names_of_attributes_have_no_case() -> None:
    odd = {key.upper() if key == "externalId" else key: value for key, value in INES.items()}
    assert counts(imported("organisation", json.dumps(odd), company="Acme")) == (1, 0, 0, 0)
    assert Person.objects.get().code == "A1"


@pytest.mark.parametrize("names", ["short", "whole"])
def test_columns_named_as_in_scim_are_known(names: str) -> None:
    department = "department" if names == "short" else f"{ENTERPRISE}:department"
    header = f"externalId;userName;name.givenName;name.familyName;emails;active;title;{department}"
    lines = [
        header,
        "A1;ines@acme.example;Ines;Morel;ines@acme.example;true;Conseillère;lys",
        "A2;amadou@acme.example;Amadou;Diallo;amadou@acme.example;true;Conseiller;lys",
    ]
    imported("organisation", "\n".join(lines), company="Acme")
    assert sorted(Person.objects.values_list("code", "name")) == [
        ("A1", "Ines Morel"),
        ("A2", "Amadou Diallo"),
    ]
    assert {each.unit.code for each in Assignment.objects.select_related("unit")} == {"lys"}
    lines[2] = lines[2].replace("true", "false")
    imported("organisation", "\n".join(lines))
    assert Assignment.objects.get(person__code="A2").ends_on is not None


@pytest.mark.parametrize("rest", ["3}", "["])
def test_an_answer_that_is_cut_is_refused(rest: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text(f'{{"schemas": ["{LIST}"], "Resources": {rest}')
    with pytest.raises(Refused) as refusal:
        open_table(file)
    assert refusal.value.refusal.code is Code.DAMAGED
