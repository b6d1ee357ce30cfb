"""Each kind of file, end to end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.listen.imports.room import (
    BAROMETER,
    CONTACTS,
    ORGANISATION,
    RETURNS,
    REVIEWS,
    counts,
    everything,
    imported,
    reasons,
)
from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.imports.models import ImportRun, Seen
from visavis.listen.imports.plans import Unknown, everywhere
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.surveys.models import Question
from visavis.moments.exchanges.models import Channel, Customer, Interaction
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.models import Unit

pytestmark = pytest.mark.django_db

ALL = {"unknown": everywhere(Unknown.CREATE)}


def test_an_organisation_becomes_a_dated_tree() -> None:
    run = imported("organisation", ORGANISATION)
    assert (run.status, counts(run)) == (ImportRun.Status.DONE, (5, 0, 0, 0))
    paths = dict(Unit.objects.order_by("path").values_list("path", "kind"))
    assert paths == {
        "/vaubrune/": "company",
        "/vaubrune/roubaix/": "centre",
        "/vaubrune/roubaix/escaut/": "team",
        "/vaubrune/roubaix/lys/": "team",
    }
    amadou = Assignment.objects.get(person__code="A2")
    assert (amadou.unit_path, amadou.role, amadou.ends_on) == (
        "/vaubrune/roubaix/lys/",
        "adviser",
        dt.date(2024, 12, 31),
    )


def test_lines_of_people_that_leave_out_the_unit_above_add_no_second_root() -> None:
    rows = (
        "unit;unit_name;parent;person\nvaubrune;Mutuelle Vaubrune;;\nlys;Lys;vaubrune;\n"
        "lys;;;A1\nvaubrune;;;D1\n"
    )
    assert counts(imported("organisation", rows)) == (4, 0, 0, 0)
    assert list(Unit.objects.order_by("path").values_list("path", "name")) == [
        ("/vaubrune/", "Mutuelle Vaubrune"),
        ("/vaubrune/lys/", "Lys"),
    ]


def test_the_same_organisation_twice_changes_nothing() -> None:
    imported("organisation", ORGANISATION)
    before = list(Assignment.objects.order_by("pk").values()) + list(Unit.objects.order_by("pk").values())
    again = imported("organisation", ORGANISATION)
    assert counts(again) == (0, 0, 5, 0)
    after = list(Assignment.objects.order_by("pk").values()) + list(Unit.objects.order_by("pk").values())
    assert after == before


def test_a_move_closes_the_previous_assignment_the_day_before() -> None:
    imported("organisation", ORGANISATION)
    move = "unit;person;starts_on\nlys;A1;2024-06-01\n"
    assert counts(imported("organisation", move)) == (1, 0, 0, 0)
    spells = Assignment.objects.filter(person__code="A1").order_by("starts_on")
    assert list(spells.values_list("unit__code", "starts_on", "ends_on")) == [
        ("escaut", dt.date(2024, 1, 1), dt.date(2024, 5, 31)),
        ("lys", dt.date(2024, 6, 1), None),
    ]
    assert counts(imported("organisation", ORGANISATION)) == (0, 0, 5, 0)
    assert counts(imported("organisation", move)) == (0, 0, 1, 0)


def test_assignments_told_newest_first_end_where_the_next_starts() -> None:
    rows = "unit;person;starts_on\nlys;A1;2024-06-01\nescaut;A1;2024-01-01\n"
    assert counts(imported("organisation", rows)) == (2, 0, 0, 0)
    assert Assignment.objects.get(unit__code="escaut").ends_on == dt.date(2024, 5, 31)
    assert counts(imported("organisation", rows)) == (0, 0, 2, 0)


def test_two_places_at_once_are_rejected_with_the_place_in_the_way() -> None:
    run = imported(
        "organisation",
        "unit;person;starts_on;ends_on\nlys;A1;2024-01-01;2024-12-31\nescaut;A1;2024-06-01;\n",
    )
    assert counts(run) == (1, 0, 0, 1)
    assert reasons(run) == [(3, "starts_on", "overlap")]
    assert list(Assignment.objects.values_list("unit__code", flat=True).order_by("pk")) == ["lys"]


def test_what_cannot_be_in_an_organisation_is_located() -> None:
    run = imported(
        "organisation",
        "unit;unit_name;parent;person;starts_on;ends_on;email\n"
        "a b;;;;;;\n"
        "x;;;P1;2024-05-01;2024-01-01;\n"
        "y;Un nom;;;;;\n"
        "y;Un autre;;;;;\n"
        "z;;y;P2;2024-01-01;;pas une adresse\n"
        "y;;z;;;;\n",
    )
    assert reasons(run) == [
        (2, "unit", "not_a_code"),
        (3, "ends_on", "ends_before_start"),
        (5, "unit", "contradiction"),
        (6, "", "impossible_fact"),
    ]


def test_a_unit_that_moves_takes_its_branch_and_its_people_along() -> None:
    imported("organisation", ORGANISATION)
    run = imported("organisation", "unit;parent\nangers;vaubrune\nlys;angers\n")
    assert counts(run) == (1, 1, 0, 0)
    assert Unit.objects.get(code="lys").path == "/vaubrune/angers/lys/"
    assert set(Assignment.objects.filter(unit__code="lys").values_list("unit_path", flat=True)) == {
        "/vaubrune/angers/lys/"
    }
    assert reasons(imported("organisation", "unit;parent\nangers;lys\n")) == [(2, "parent", "under_itself")]


def test_without_dates_somebody_is_where_the_file_says_until_another_file_says_otherwise() -> None:
    rows = "unit;person\nlys;A1\nescaut;A2\n"
    assert counts(imported("organisation", rows)) == (2, 0, 0, 0)
    assert counts(imported("organisation", rows)) == (0, 0, 2, 0)
    assert counts(imported("organisation", "unit;person\nescaut;A1\n")) == (1, 0, 0, 0)
    assert reasons(imported("organisation", "unit;person\nlys;A1\nescaut;A1\n"))[0][2] == "contradiction"


def test_contacts_find_their_person_and_the_unit_of_that_day() -> None:
    imported("organisation", ORGANISATION)
    imported("organisation", "unit;person;starts_on\nlys;A1;2024-03-10\n")
    run = imported("contacts", CONTACTS)
    assert counts(run) == (4, 0, 0, 0)
    found = {
        each.code: each for each in Interaction.objects.select_related("channel", "customer").order_by("pk")
    }
    assert found["C1"].unit_path == "/vaubrune/roubaix/escaut/"
    assert found["C3"].unit_path == "/vaubrune/roubaix/lys/"
    assert found["C1"].pk == key("contact", "C1")
    assert (found["C1"].channel.code, found["C1"].outcome, found["C1"].wait_s) == ("phone", "resolved", 30)
    assert found["C1"].started_at == dt.datetime(2024, 3, 4, 8, 12, tzinfo=dt.UTC)
    assert found["C4"].day == dt.date(2024, 3, 21)
    assert found["C4"].person_id is None
    assert found["C4"].customer_id == key("customer", "S2")


def test_repeated_contacts_are_chained_within_seven_days_whatever_the_channel_and_the_order() -> None:
    imported("organisation", ORGANISATION)
    header, *rows = CONTACTS.splitlines()
    imported("contacts", "\n".join([header, *reversed(rows)]))
    previous = dict(Interaction.objects.order_by("code").values_list("code", "previous__code"))
    assert previous == {"C1": None, "C2": "C1", "C3": None, "C4": None}
    imported("contacts", f"{header}\nC5;2024-03-13 10:00:00;mail;Sinistre;N1;;;résolu;A1;S1\n", **ALL)
    previous = dict(Interaction.objects.order_by("code").values_list("code", "previous__code"))
    assert previous == {"C1": None, "C2": "C1", "C5": "C2", "C3": "C5", "C4": None}


def test_a_corrected_contact_leaves_the_chain_of_its_former_customer() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    run = imported("contacts", CONTACTS.replace("transféré;A2;S1", "transféré;A2;S9"))
    assert counts(run) == (0, 1, 3, 0)
    assert not Interaction.objects.filter(previous__isnull=False).exists()


def test_a_person_with_no_unit_that_day_is_a_reject_that_says_so() -> None:
    imported("organisation", ORGANISATION)
    late = CONTACTS.replace("2024-03-06", "2025-03-06")
    run = imported("contacts", late)
    assert reasons(run) == [(3, "person", "no_unit_that_day")]


def test_lists_that_somebody_wrote_are_respected_and_empty_ones_are_filled() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    run = imported(
        "contacts", CONTACTS.replace("C", "D").replace("Sinistre", "Sinistr").replace("DREC", "CREC")
    )
    assert {code for *_, code in reasons(run)} == {"unknown_reason"}
    more = imported("contacts", CONTACTS.replace("A2", "A9"), unknown={"person": Unknown.CREATE})
    assert counts(more) == (0, 1, 3, 0)
    assert Person.objects.filter(code="A9").exists()


def test_one_value_may_be_created_and_the_others_still_rejected() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    rows = "contact;started_at;channel\nC8;2024-03-04 09:00;visio\nC9;2024-03-04 09:00;fax\n"
    run = imported("contacts", rows, create={"channel": frozenset({"visio"})})
    assert reasons(run) == [(3, "channel", "unknown_channel")]
    assert Channel.objects.filter(code="visio").exists()


def test_a_code_given_twice_with_other_values_is_rejected_even_far_apart(settings: Any) -> None:
    settings.OPTIONS.chunk = 1
    nine, later = "2024-03-04 09:00;tel", "2024-03-04 09:01;tel"
    rows = f"contact;started_at;channel\nC1;{nine}\nC2;{nine}\nC1;{later}\nC2;{nine}\n"
    try:
        run = imported("contacts", rows)
        again = imported("contacts", rows)
    finally:
        settings.OPTIONS.chunk = 2000
    assert counts(run) == (2, 0, 1, 1)
    assert reasons(run) == [(4, "contact", "code_repeated")]
    assert counts(again) == (0, 0, 3, 1)
    assert not Seen.objects.exists()


def test_returns_take_channel_person_unit_and_customer_from_their_exchange() -> None:
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    run = imported("returns", RETURNS)
    assert counts(run) == (3, 0, 0, 0)
    said: Any = Response.objects.select_related("channel", "reason", "level", "person", "customer").get(
        code="R1"
    )
    assert said.pk == key("return", "R1")
    assert (said.satisfaction, said.recommendation, said.callback) == (5, 9, False)
    assert (said.channel.code, said.level.code, said.person.code, said.customer.code) == (
        "phone",
        "n1",
        "A1",
        "S1",
    )
    assert (said.interaction.code, said.unit_path) == ("C1", "/vaubrune/roubaix/escaut/")
    assert said.heard_at == dt.datetime(2024, 3, 5, 7, tzinfo=dt.UTC)
    answers = dict(Answer.objects.filter(response=said).values_list("question__key", "value"))
    assert answers == {"satisfaction": 5, "recommendation": 9, "resolved": 1, "tri": 4}
    text = Verbatim.objects.get(response=said)
    assert (text.pk, text.text, text.stems) == (
        key(said.pk, "verbatim"),
        "Très bonne écoute.",
        "tre bon ecout",
    )
    assert Question.objects.get(key="tri").scale == Question.Scale.ONE_FIVE


def test_a_return_of_an_unknown_exchange_is_rejected_once_exchanges_are_known() -> None:
    alone = imported("returns", RETURNS)
    assert counts(alone) == (3, 0, 0, 0)
    imported("organisation", ORGANISATION)
    imported("contacts", CONTACTS)
    linked = imported("returns", RETURNS)
    assert counts(linked) == (0, 3, 0, 0)
    assert Response.objects.filter(interaction__isnull=False).count() == 3
    stray = imported("returns", "return;answered_at;contact;satisfaction\nR9;2024-03-05;C99;4\n")
    assert reasons(stray) == [(2, "contact", "unknown_contact")]


def test_an_updated_return_loses_what_it_no_longer_says_and_only_new_words_are_read_again() -> None:
    imported("returns", RETURNS)
    Verbatim.objects.update(read_at=dt.datetime(2024, 4, 1, tzinfo=dt.UTC), polarity="negative")
    changed = RETURNS.replace("5;9;oui;Très bonne écoute.", "4;;oui;Très bonne écoute.").replace(
        "Trois", "Deux"
    )
    run = imported("returns", changed)
    assert counts(run) == (0, 2, 1, 0)
    first, second = Response.objects.get(code="R1"), Response.objects.get(code="R2")
    assert (first.satisfaction, first.recommendation) == (4, None)
    assert "recommendation" not in Answer.objects.filter(response=first).values_list(
        "question__key", flat=True
    )
    assert Verbatim.objects.get(response=first).polarity == "negative"
    reread = Verbatim.objects.get(response=second)
    assert (reread.text, reread.read_at, reread.polarity) == ("Deux semaines sans réponse.", None, "")
    silent = imported("returns", changed.replace("Très bonne écoute.", ""))
    assert counts(silent) == (0, 1, 2, 0)
    assert not Verbatim.objects.filter(response=first).exists()


def test_returns_without_code_are_known_by_what_they_say() -> None:
    said = "2024-03-05 08:00;4;Bien.\n"
    rows = f"answered_at;satisfaction;verbatim\n{said}{said}2024-03-05 09:00;4;Bien.\n"
    assert counts(imported("returns", rows)) == (3, 0, 0, 0)
    assert counts(imported("returns", rows)) == (0, 0, 3, 0)
    header, *lines = rows.splitlines()
    assert counts(imported("returns", "\n".join([header, *reversed(lines)]))) == (0, 0, 3, 0)


def test_a_row_that_says_nothing_is_rejected() -> None:
    run = imported("returns", "return;answered_at;satisfaction;verbatim\nR1;2024-03-05;;\n")
    assert reasons(run) == [(2, "", "nothing_said")]


def test_reviews_need_no_preparation() -> None:
    run = imported("reviews", REVIEWS, company="Comparateur")
    assert counts(run) == (3, 0, 0, 0)
    assert Unit.objects.get(kind="company").name == "Comparateur"
    assert list(Unit.objects.exclude(kind="company").order_by("path").values_list("path", "name")) == [
        ("/comparateur/direct/", "Direct"),
        ("/comparateur/directe/", "Directe"),
    ]
    said: Any = Response.objects.get(satisfaction=5)
    assert (said.source, said.channel.code, said.product, said.heard_at, said.heard_on) == (
        "review",
        "review",
        "auto",
        None,
        dt.date(2021, 9, 6),
    )
    assert Answer.objects.get(response=said).question.role == Question.Role.CSAT
    assert Customer.objects.count() == 2
    assert counts(imported("reviews", REVIEWS)) == (0, 0, 3, 0)


def test_a_reply_that_comes_later_updates_its_review() -> None:
    imported("reviews", REVIEWS)
    header, first, *_ = REVIEWS.splitlines()
    run = imported("reviews", f"{header};reply;replied_on\n{first};Merci à vous.;2021-09-10\n")
    assert counts(run) == (0, 1, 0, 0)
    assert Response.objects.get(satisfaction=5).reply == "Merci à vous."


def test_barometer_answers_lead_to_nobody() -> None:
    imported("organisation", ORGANISATION)
    run = imported("barometer", BAROMETER)
    assert counts(run) == (4, 0, 0, 0)
    wave = Campaign.objects.get()
    assert (wave.anonymity, wave.wave, wave.closes_on) == ("anonymous", "2025-11", dt.date(2025, 11, 30))
    for said in Response.objects.order_by("pk"):
        assert said.voice == Voice.EMPLOYEE
        assert (said.author_id, said.person_id, said.customer_id, said.interaction_id) == (None,) * 4
        assert (said.heard_at, said.code, said.heard_on) == (None, "", wave.closes_on)
    assert Verbatim.objects.get().question_key == "comment"
    assert counts(imported("barometer", BAROMETER)) == (4, 0, 0, 0)
    assert Response.objects.count() == 4
    assert not Seen.objects.exists()


def test_barometer_identities_follow_neither_the_order_of_the_file_nor_what_anybody_can_hash(
    settings: Any,
) -> None:
    imported("organisation", ORGANISATION)
    header, *rows = BAROMETER.splitlines()
    imported("barometer", "\n".join([header, *reversed(rows)]))
    before = everything()
    assert counts(imported("barometer", BAROMETER)) == (4, 0, 0, 0)
    assert everything() == before
    Response.objects.all().delete()
    settings.LASTING_KEY = "another instance"
    imported("barometer", BAROMETER)
    assert not {row[0] for row in everything()["Response"]} & {row[0] for row in before["Response"]}


def test_a_wave_whose_name_tells_no_day_needs_one() -> None:
    imported("organisation", ORGANISATION)
    run = imported("barometer", "wave;unit;climate\nPrintemps;lys;4\n")
    assert reasons(run) == [(2, "closed_on", "required")]
    dated = imported("barometer", "wave;closed_on;unit;climate\nPrintemps;2025-04-30;lys;4\n")
    assert counts(dated) == (1, 0, 0, 0)


def test_codes_that_do_not_fit_are_rejected_on_both_databases() -> None:
    run = imported("contacts", f"contact;started_at;channel\n{'x' * 150};2024-03-04 09:00;tel\n")
    assert reasons(run) == [(2, "contact", "code_too_long")]


def test_the_hour_that_the_spring_change_skips_is_rejected() -> None:
    starts = {"C1": "31/03/2024 02:30", "C2": "31/03/2024 03:30", "C3": "27/10/2024 02:30"}
    rows = "contact;started_at;channel\n" + "".join(f"{code};{at};tel\n" for code, at in starts.items())
    run = imported("contacts", rows)
    assert reasons(run) == [(2, "started_at", "skipped_hour")]
    assert Interaction.objects.get(code="C2").started_at.hour == 1
    assert Interaction.objects.get(code="C3").started_at.hour == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_french_comes_in_whole_whatever_its_encoding(encoding: Any) -> None:
    imported("reviews", REVIEWS.replace("Très bien", "Très bien, cœur à l’ouvrage").encode(encoding))
    assert Verbatim.objects.filter(text="Très bien, cœur à l’ouvrage, rapide.").count() == 1


def test_a_code_far_above_its_contradiction_is_found_on_every_import() -> None:
    header = "review;source;published_on;text;unit"
    rows = [f"{n};site;2024-01-0{n % 9 + 1};Texte {n};Direct" for n in range(1, 6)]
    good = imported("reviews", "\n".join([header, *rows, "1;autre;2024-01-02;Autre site;Direct"]))
    assert counts(good) == (6, 0, 0, 0)
    twice = "\n".join([header, *rows, "3;site;2024-01-04;Autre chose;Direct", rows[0]])
    for _ in range(2):
        run = imported("reviews", twice)
        assert counts(run) == (0, 0, 6, 1)
        assert reasons(run) == [(7, "review", "code_repeated")]
    assert Verbatim.objects.filter(text="Texte 3").exists()
    corrected = imported("reviews", twice.replace("Texte 5", "Texte cinq"))
    assert counts(corrected) == (0, 1, 5, 1)
