"""Answers of a mirror study: both sides in one file, customers by their code, employees by nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.listen.imports.room import (
    MIRROR,
    ORGANISATION,
    counts,
    everything,
    imported,
    mirror_study,
    reasons,
    received,
)  # fmt: skip
from visavis.core.words import Voice
from visavis.listen.imports import services
from visavis.listen.imports.models import RejectedRow
from visavis.listen.releases.models import Kind, Release
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.surveys.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _company() -> None:
    imported("organisation", ORGANISATION)


def test_columns_of_marks_are_proposed_as_questions_and_names_are_not() -> None:
    header, *rows = MIRROR.splitlines()
    content = "\n".join(
        [f"{header};nom;avis", *(f"{row};Jean Martin;assez long pour un avis" for row in rows)]
    )
    plan = services.propose_mapping(received("mirror", content))
    assert {each.name: each.field for each in plan.mapping.columns} == {
        "respondent": "respondent",
        "voice": "voice",
        "closed_on": "closed_on",
        "unit": "unit",
        "clarity": "question:clarity",
        "follow_up": "question:follow_up",
        "clarity_why": "question:clarity_why",
        "nom": None,
        "avis": None,
    }


def test_both_sides_come_in_and_employees_leave_no_trace() -> None:
    sides = mirror_study().sides
    run = imported("mirror", MIRROR)
    assert counts(run) == (5, 0, 0, 0)
    customers = Response.objects.filter(campaign=sides[Voice.CUSTOMER]).order_by("code")
    assert [(said.code, said.heard_on) for said in customers] == [
        ("X1", dt.date(2025, 5, 5)),
        ("X2", dt.date(2025, 5, 4)),
    ]
    employees = Response.objects.filter(campaign=sides[Voice.EMPLOYEE])
    assert {(said.code, said.heard_at, said.author_id, said.heard_on) for said in employees} == {
        ("", None, None, dt.date(2025, 5, 5))
    }
    assert sorted(said.unit_path for said in employees) == [
        "/vaubrune/roubaix/escaut/",
        "/vaubrune/roubaix/lys/",
        "/vaubrune/roubaix/lys/",
    ]
    assert {said.source for said in Response.objects.all()} == {"mirror"}
    assert Answer.objects.filter(response__in=employees).count() == 6
    assert sorted(Verbatim.objects.values_list("question_key", flat=True)) == ["clarity_why"] * 2
    assert Question.objects.filter(questionnaire__kind="mirror").count() == 6


def test_imported_again_or_in_another_order_nothing_changes(settings: Any) -> None:
    mirror_study()
    imported("mirror", MIRROR)
    before = everything()
    header, *rows = MIRROR.splitlines()
    assert counts(imported("mirror", "\n".join([header, *reversed(rows)]))) == (3, 0, 2, 0)
    assert everything() == before
    named = Response.objects.filter(voice=Voice.EMPLOYEE)
    held = set(named.values_list("pk", flat=True))
    named.delete()
    settings.LASTING_KEY = "another instance"
    imported("mirror", MIRROR)
    assert not held & set(Response.objects.filter(voice=Voice.EMPLOYEE).values_list("pk", flat=True))


def test_a_corrected_customer_is_updated() -> None:
    mirror_study()
    imported("mirror", MIRROR)
    corrected = "respondent;voice;closed_on;clarity;follow_up\nX2;client;2025-05-04;4;10\n"
    assert counts(imported("mirror", corrected)) == (0, 1, 0, 0)
    said = Response.objects.get(code="X2")
    assert Answer.objects.get(response=said, question__key="clarity").value == 4


def test_the_wording_is_frozen_and_marks_are_whole_and_on_their_scale() -> None:
    mirror_study()
    head = "voice;closed_on;clarity;honesty\n"
    assert reasons(imported("mirror", head + "client;2025-05-05;5;7\n")) == [
        (2, "honesty", "unknown_question")
    ]
    head = "voice;closed_on;question:clarity\n"
    rows = "client;2025-05-05;11\nclient;2025-05-05;7,5\nclient;2025-05-05;beaucoup\nclient;2025-05-05;\n"
    assert reasons(imported("mirror", head + rows)) == [
        (2, "question:clarity", "out_of_range"),
        (3, "question:clarity", "not_whole"),
        (4, "question:clarity", "not_whole"),
        (5, "", "nothing_said"),
    ]
    assert not Question.objects.filter(key="honesty").exists()


def test_a_row_finds_its_study_by_name_by_day_or_says_why_not() -> None:
    head = "study;voice;closed_on;clarity\n"
    assert reasons(imported("mirror", head + ";client;2025-05-05;5\n")) == [
        (2, "closed_on", "no_study_that_day")
    ]
    mirror_study()
    mirror_study("automne", closes_on=dt.date(2025, 6, 1))
    rows = (
        ";client;2025-05-05;5\nÉté;client;2025-05-05;5\nAutomne;client;2025-05-31;5\n;client;2025-05-20;5\n"
    )
    assert reasons(imported("mirror", head + rows)) == [
        (2, "closed_on", "several_studies"),
        (3, "study", "unknown_study"),
    ]
    assert {said.campaign.code for said in Response.objects.select_related("campaign") if said.campaign} == {
        "automne"
    }


def test_one_employee_counts_once_in_a_file_and_refusals_keep_nothing_of_her() -> None:
    mirror_study()
    head = "respondent;voice;closed_on;clarity\n"
    run = imported("mirror", head + "E1;agent;2025-05-05;5\nE1;agent;2025-05-05;9\nE1;client;2025-05-05;4\n")
    assert counts(run) == (2, 0, 0, 1)
    assert reasons(run) == [(3, "respondent", "code_repeated")]
    assert {each.raw for each in RejectedRow.objects.filter(run=run)} == {""}


def test_nothing_is_added_to_the_employees_of_a_published_mirror_study() -> None:
    sides = mirror_study().sides
    imported("mirror", MIRROR)
    Release.objects.create(
        kind=Kind.MIRROR, campaign=sides[Voice.EMPLOYEE], first_on="2025-04-01", last_on="2025-05-05",
        floor=5, comment_floor=10, crosstab_floor=10, sensitive_floor=11, people=3,
        published_at=timezone.now(),
    )  # fmt: skip
    late = MIRROR + "X9;collaborateur;2025-05-05;lys;1;1;\nX9;client;2025-05-05;;1;1;\n"
    run = imported("mirror", late)
    assert counts(run) == (1, 0, 2, 4)
    assert {(column, why) for _line, column, why in reasons(run)} == {("closed_on", "study_released")}
