"""Requests of people: found, answered in time, handed over, corrected; anonymous ones found by nobody."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import house
from tests.house import TODAY
from tests.printed import words_of
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.models import Campaign, Invitation
from visavis.listen.imports.models import ImportRun
from visavis.listen.returns.models import Response, Verbatim
from visavis.moments.exchanges.models import Customer, CustomerContact
from visavis.people.access.models import JournalEntry
from visavis.people.accounts.models import Account
from visavis.people.erasures.models import Kind as Erased
from visavis.people.erasures.queries import erased
from visavis.people.units.models import Unit
from visavis.share.law import answering, seeking
from visavis.share.law.access_file import file_of
from visavis.share.law.models import PrivacyRequest
from visavis.share.law.seeking import Subject
from visavis.share.law.taking import printed_file
from visavis.site.options import Instance

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(10)))
Kind, State = PrivacyRequest.Kind, PrivacyRequest.State


@pytest.fixture
def team() -> Unit:
    return house.unit()


@pytest.fixture
def dpo() -> house.Member:
    return house.member(house.company(), Role.DPO)


def request(dpo: house.Member, kind: Any = Kind.ACCESS, **whom: Any) -> PrivacyRequest:
    voice = Voice.EMPLOYEE if "person" in whom else Voice.CUSTOMER
    return answering.receive(
        by=dpo.viewer, kind=kind, subject=Subject(voice, **whom), received_on=TODAY, today=TODAY
    )


def known(code: str = "C-778899") -> Any:
    who = house.customer(code)
    CustomerContact.objects.create(
        customer=who,
        email="jeanne@mail.example",
        phone="+33 6 12.34.56.78",
        shown_as="J. D.",
        keep_until=TODAY,
    )
    return who


@pytest.mark.parametrize("typed", ["c-778899", " JEANNE@mail.example ", "06 12 34 56 78", "0612345678"])
def test_a_customer_is_found_by_key_e_mail_or_telephone(dpo: house.Member, typed: str) -> None:
    who = known()
    house.customer("C-1")
    assert list(seeking.customers(dpo.viewer, typed)) == [who]


def test_a_few_figures_of_a_telephone_find_nobody(dpo: house.Member) -> None:
    known()
    assert not seeking.customers(dpo.viewer, "5678")
    assert not seeking.customers(dpo.viewer, " ")


def test_an_employee_is_found_by_code_or_name(dpo: house.Member) -> None:
    who = house.person("M-4", name="Ombeline Sansregret")
    assert list(seeking.people(dpo.viewer, "sansregret")) == [who]
    assert list(seeking.people(dpo.viewer, "m-4")) == [who]
    assert not seeking.people(dpo.viewer, "om")


def test_a_request_is_due_thirty_days_after_it_came(dpo: house.Member) -> None:
    made = request(dpo, customer=known())
    assert (made.due_on - made.received_on).days == 30
    with pytest.raises(ValidationError):
        answering.receive(
            by=dpo.viewer,
            kind=Kind.ACCESS,
            subject=Subject(Voice.CUSTOMER),
            received_on=TODAY + dt.timedelta(days=1),
            today=TODAY,
        )


def test_the_badge_counts_what_waits_and_a_late_request_is_said_late(dpo: house.Member) -> None:
    made = request(dpo, customer=known())
    assert seeking.waiting(dpo.viewer) == 1
    PrivacyRequest.objects.filter(pk=made.pk).update(due_on=dt.date(2020, 1, 1))
    assert "en retard" in dpo.client.get(reverse("law:requests")).content.decode()
    assert "en retard" in dpo.client.get(reverse("boards:home")).content.decode()
    answering.close(by=dpo.viewer, request=made, state=State.DONE, today=TODAY)
    assert seeking.waiting(dpo.viewer) == 0


def test_a_refusal_needs_a_reason_and_an_answer_is_given_once(dpo: house.Member) -> None:
    made = request(dpo, customer=known())
    with pytest.raises(ValidationError):
        answering.close(by=dpo.viewer, request=made, state=State.REFUSED, today=TODAY)
    answering.close(by=dpo.viewer, request=made, state=State.REFUSED, today=TODAY, answer="Contrat en cours")
    with pytest.raises(ValidationError):
        answering.close(by=dpo.viewer, request=made, state=State.DONE, today=TODAY)


def test_the_file_of_a_customer_holds_all_of_hers_and_nothing_of_others(
    team: Unit, dpo: house.Member
) -> None:
    who, other, adviser = known(), house.customer("C-OTHER"), house.person(name="Gontran Dugenou")
    exchange = house.interaction(team, adviser, customer=who, code="X-1")
    said = house.response(team, customer=who, interaction=exchange, person=adviser, satisfaction=2)
    text = house.verbatim(
        said, "Monsieur Gontran Dugenou m’a raccroché au nez, appelez mon fils au 06 99 88 77 66."
    )
    house.annotation(text, house.theme("kindness"), polarity="negative")
    house.answer(said, house.question(house.questionnaire()), 2)
    Invitation.objects.create(campaign=house.campaign(code="csat"), customer=who)
    house.case(said, outcome="")
    house.response(team, customer=other, text="Mots d’une autre cliente.")
    told = file_of(request(dpo, customer=who))
    flat = json.dumps(told, ensure_ascii=False)
    assert told["customer"][0]["key"] == "C-778899"
    assert told["contact"][0]["e-mail"] == "jeanne@mail.example"
    assert [one["code"] for one in told["exchanges"]] == ["X-1"]
    assert told["texts"][0]["themes"] == ["kindness"]
    assert "raccroché au nez" in flat
    assert "Dugenou" not in flat, "other people are masked"
    assert "99 88 77" not in flat
    assert "autre cliente" not in flat
    assert len(told["answers"]) == len(told["invitations"]) == len(told["cases"]) == 1


def test_the_file_of_an_employee_holds_her_own_feelings_and_what_is_said_of_her(
    team: Unit, dpo: house.Member
) -> None:
    who, colleague = house.person("M-5"), house.person("M-6")
    account = house.account(who)
    house.grant(account, team, Role.ADVISER)
    house.assignment(who, team)
    for person, words in ((who, "Un échange éprouvant."), (colleague, "Ressenti d’un autre.")):
        house.response(
            team, Voice.EMPLOYEE, source=Response.Source.FEELING, author=person, text=words, heard_at=AT
        )
    house.response(team, person=who, text="Très bon accueil de la conseillère.")
    told = file_of(request(dpo, person=who))
    flat = json.dumps(told, ensure_ascii=False)
    assert "éprouvant" in flat
    assert "Ressenti d’un autre" not in flat
    assert told["words_about_you"][0]["words"].startswith("Très bon accueil")
    assert told["account"][0]["roles"][0]["role"] == "adviser"


def test_anonymous_answers_are_found_by_nobody(team: Unit, dpo: house.Member) -> None:
    who = house.person("M-7", name="Hortense Dubocage")
    wave = house.campaign(house.questionnaire(Voice.EMPLOYEE), anonymity=Campaign.Anonymity.ANONYMOUS)
    Invitation.objects.create(campaign=wave, person=who, answered=True)
    said = house.response(
        team, Voice.EMPLOYEE, source=Response.Source.BAROMETER, campaign=wave, text="Les horaires m’épuisent."
    )
    flat = json.dumps(file_of(request(dpo, person=who)), ensure_ascii=False, default=str)
    assert "épuisent" not in flat
    assert str(said.pk) not in flat
    made = request(dpo, person=who)
    page = dpo.client.get(reverse("law:request", kwargs={"pk": made.pk})).content.decode()
    assert "nous ne pouvons pas savoir de qui elles sont" in page


def test_erasing_her_leaves_anonymous_answers_as_they_are(team: Unit, dpo: house.Member) -> None:
    from visavis.share.law.erasing import erase_person

    who = house.person("M-8", name="Hortense Dubocage")
    said = house.response(team, Voice.EMPLOYEE, source=Response.Source.BAROMETER, text="Rien à dire de plus.")
    erase_person(by=dpo.viewer, person=who, at=AT, today=TODAY)
    assert Response.objects.filter(pk=said.pk).exists()


def test_a_correction_is_made_once_and_the_journal_holds_no_value(dpo: house.Member) -> None:
    who = known()
    made = request(dpo, Kind.RECTIFICATION, customer=who)
    done = answering.rectify(
        by=dpo.viewer, request=made, told={"email": "jeanne.d@mail.example"}, today=TODAY
    )
    assert CustomerContact.objects.get(customer=who).email == "jeanne.d@mail.example"
    assert (done.state, done.proof) == (State.DONE, {"corrected": 1})
    assert "jeanne" not in json.dumps(list(JournalEntry.objects.values_list("words", flat=True)))


def test_a_correction_that_is_no_value_changes_nothing(dpo: house.Member) -> None:
    made = request(dpo, Kind.RECTIFICATION, customer=known())
    with pytest.raises(ValidationError):
        answering.rectify(by=dpo.viewer, request=made, told={"email": "pas une adresse"}, today=TODAY)
    made.refresh_from_db()
    assert made.state == State.RECEIVED


def test_through_the_screens_from_the_search_to_the_two_files(team: Unit, dpo: house.Member) -> None:
    who = known()
    house.response(team, customer=who, text="Réponse rapide et claire.")
    path = reverse("law:new_request")
    found = dpo.client.post(path, {"typed": "jeanne@mail.example"})
    assert found.status_code == 200
    assert f"customer:{who.pk}" in found.content.decode()
    written = dpo.client.post(
        path, {"kind": "access", "received_on": TODAY.isoformat(), "subject": f"customer:{who.pk}"}
    )
    assert written.status_code == 302
    made = PrivacyRequest.objects.get()
    told = dpo.client.get(reverse("law:file", kwargs={"pk": made.pk, "form": "json"}))
    assert json.loads(told.content)["customer"][0]["key"] == who.code
    printed = dpo.client.get(reverse("law:file", kwargs={"pk": made.pk, "form": "pdf"}))
    assert "Ce qui est gardé sur vous" in words_of(printed.content)
    assert "Gardé jusqu’au" in words_of(printed.content)
    assert "read_by" not in words_of(printed.content)
    assert JournalEntry.objects.filter(verb="law.file_taken").count() == 2


def test_a_file_of_many_texts_asks_no_more_of_the_database_than_one_of_few(
    team: Unit, dpo: house.Member
) -> None:
    who, theme = known(), house.theme("kindness")
    made = request(dpo, customer=who)

    def told() -> int:
        said = house.response(team, customer=who)
        house.annotation(house.verbatim(said, "Très aimable."), theme)
        house.case(said, outcome="")
        with CaptureQueriesContext(connection) as asked:
            file_of(made)
        return len(asked)

    assert told() == told() == told()
    assert [one["themes"] for one in file_of(made)["texts"]] == [["kindness"]] * 3


def test_marks_are_written_as_the_reader_writes_them(team: Unit, dpo: house.Member) -> None:
    who, question = known(), house.question(house.questionnaire())
    for mark in (4, 3.5):
        house.answer(house.response(team, customer=who), question, mark)
    printed = words_of(printed_file(file_of(request(dpo, customer=who)), today=TODAY, at=AT))
    assert "4.0" not in printed
    assert "3,5" in printed


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 19, "²"])
def test_a_key_that_nobody_has_is_answered_in_words(dpo: house.Member, key: str) -> None:
    asked = {"kind": "access", "received_on": TODAY.isoformat(), "subject": f"customer:{key}"}
    answer = dpo.client.post(reverse("law:new_request"), asked)
    assert answer.status_code == 422
    assert "Personne n’est connu ici" in answer.content.decode()
    assert not PrivacyRequest.objects.exists()


def test_somebody_not_known_here_is_answered_so(dpo: house.Member) -> None:
    dpo.client.post(
        reverse("law:new_request"),
        {"kind": "erasure", "received_on": TODAY.isoformat(), "subject": "employee:"},
    )
    made = PrivacyRequest.objects.get()
    assert (made.state, made.answered_on is not None, made.voice) == (State.NOT_FOUND, True, Voice.EMPLOYEE)


def test_erasing_by_screen_asks_to_be_sure(team: Unit, dpo: house.Member) -> None:
    made = request(dpo, Kind.ERASURE, customer=known())
    path = reverse("law:erase", kwargs={"pk": made.pk})
    assert dpo.client.post(path, {"words": ""}).status_code == 422
    assert dpo.client.post(path, {"words": "Jeanne Dupont", "sure": "on"}).status_code == 302
    page = dpo.client.get(reverse("law:request", kwargs={"pk": made.pk})).content.decode()
    assert "C-778899" not in page
    assert "Coordonnées supprimées" in page


REVIEW = "Je m’appelle Gudule Pantoufle et mon contrat traîne depuis des mois."


def review(team: Unit, folder: Path, settings: Any) -> Response:
    """A public review in an instance whose files hold it too."""
    settings.INSTANCE, settings.ERASURE_COPIES = Instance(folder), [folder]
    (folder / "files").mkdir()
    (folder / "files" / "draft").write_text(f"date;texte\n2025-11-30;{REVIEW}\n", "cp1252")
    (folder / "files" / "other").write_text("date;texte\n2025-11-30;Rien à voir.\n")
    author = house.customer("trustpilot:gudule")
    return house.response(
        team,
        customer=author,
        satisfaction=1,
        text=REVIEW,
        source=Response.Source.REVIEW,
        code="TP-88",
        url="https://avis.example/gudule",
    )


@pytest.mark.django_db(transaction=True)
def test_one_return_is_found_confirmed_erased_and_proved(
    team: Unit, dpo: house.Member, tmp_path: Path, settings: Any
) -> None:
    said = review(team, tmp_path, settings)
    path = reverse("law:erase_return", kwargs={"pk": said.pk})
    for typed in (" tp-88 ", "https://avis.example/gudule"):
        assert path in dpo.client.post(reverse("law:new_request"), {"typed": typed}).content.decode()
    page = dpo.client.get(path).content.decode()
    assert "TP-88" in page
    assert "Pantoufle" not in page, "an officer does not read words"
    assert dpo.client.post(path, {"words": "Gudule"}).status_code == 422
    assert Response.objects.filter(pk=said.pk).exists(), "nothing before it is confirmed"
    done = dpo.client.post(path, {"words": "Gudule Pantoufle", "sure": "on"}, follow=True)
    assert "La preuve reste avec la demande" in done.content.decode()
    made = PrivacyRequest.objects.get()
    assert (made.kind, made.state, made.account) == (Kind.ERASURE, State.DONE, dpo.account)
    assert (made.proof["texts"], made.proof["files"]) == (1, 1)
    kept = Response.objects.get()
    assert (kept.pk != said.pk, kept.satisfaction, kept.code, kept.url) == (True, 1, "", "")
    assert not Verbatim.objects.exists()
    assert not Customer.objects.filter(code="trustpilot:gudule").exists(), "the pseudonym signed nothing else"
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["other"]
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))[-3:] == [
        "law.return_erased", "law.request_received", "law.request_answered",
    ]  # fmt: skip
    assert dpo.client.get(path).status_code == 404
    assert erased(Erased.RETURN, [said.pk]) == {said.pk}


def test_a_pseudonym_that_signed_others_stays(
    team: Unit, dpo: house.Member, tmp_path: Path, settings: Any
) -> None:
    said = review(team, tmp_path, settings)
    other = house.response(team, customer=said.customer, satisfaction=4)
    answering.erase_return(by=dpo.viewer, response=said, words=(), at=AT, today=TODAY)
    other.refresh_from_db()
    assert other.customer is not None


def test_the_page_of_a_return_leads_there_for_those_who_may(team: Unit) -> None:
    said = house.response(team, text="Bonjour, j’attends.")
    page, path = reverse("verbatims:one", args=[said.pk]), reverse("law:erase_return", args=[said.pk])
    reader = house.member(house.company(), Role.QUALITY)
    assert path not in reader.client.get(page).content.decode()
    assert reader.client.post(path, {"sure": "on"}).status_code in (403, 404)
    house.grant(reader.account, house.company(), Role.DPO)
    for language, words in (("fr", "Effacer ce retour"), ("en", "Erase this return")):
        Account.objects.update(language=language)
        shown = reader.client.get(page).content.decode()
        assert path in shown
        assert words in shown
        assert page in reader.client.get(path).content.decode(), "whoever may read it may read it once more"


def test_an_employees_answer_is_nobodys_to_erase(team: Unit, dpo: house.Member) -> None:
    said = house.response(team, Voice.EMPLOYEE, source=Response.Source.BAROMETER, text="Les horaires.")
    assert dpo.client.get(reverse("law:erase_return", args=[said.pk])).status_code == 404


def test_a_return_in_a_file_that_goes_in_is_not_half_erased(
    team: Unit, dpo: house.Member, tmp_path: Path, settings: Any
) -> None:
    said = review(team, tmp_path, settings)
    facts = {"kind": "reviews", "file_name": "a", "stored_as": "draft", "sha256": "0" * 64}
    ImportRun.objects.create(status=ImportRun.Status.RUNNING, **facts)
    answer = dpo.client.post(reverse("law:erase_return", args=[said.pk]), {"sure": "on"})
    assert answer.status_code == 422
    assert Verbatim.objects.filter(response=said).exists()
    assert not PrivacyRequest.objects.exists()
