"""Personal data shows nowhere but in the case, to whoever treats it, and by break-glass."""

from __future__ import annotations

import datetime as dt
from io import BytesIO, StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import house
from visavis.core.words import Role
from visavis.listen.returns.models import Response, Verbatim
from visavis.people.access.clock import now
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.forgetting import forget
from visavis.understand.verbatims.models import Annotation, Unveiling
from visavis.understand.verbatims.originals import OPEN_FOR, opening, original_words, unveil
from visavis.understand.verbatims.reading import read_unread

pytestmark = pytest.mark.django_db

PHONE, NAME = "06 12 34 56 78", "Suleyka"
WORDS = f"Très déçue de l’attente au téléphone. Rappelez Mme {NAME} Quernevel au {PHONE} avant ce soir."
REASON = "Rappeler la personne avant ce soir"


def _said(where: Unit, **fields: Any) -> Response:
    said = house.response(where, heard_on=house.TODAY, **fields)
    house.verbatim(said, WORDS)
    read_unread(at=now())
    return said


def _seen(client: Client, address: str) -> str:
    answer = client.get(address)
    if "export" in address:
        answer = client.post(address, {"pourquoi": house.PURPOSE})
    assert answer.status_code == 200, address
    content = b"".join(answer) if answer.streaming else answer.content
    if address.endswith("xlsx") or "xlsx?" in address:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    return content.decode()


def _is_hidden(seen: str) -> bool:
    return PHONE not in seen and NAME not in seen and "Quernevel" not in seen


def test_what_is_personal_is_masked_as_it_is_written_and_found_by_nothing() -> None:
    said = _said(house.unit())
    text = Verbatim.objects.get(response=said)
    assert text.text == WORDS
    assert _is_hidden(text.shown)
    assert "[nom]" in text.shown
    assert "[téléphone]" in text.shown
    assert len(text.heard) == len(text.shown)
    assert "[" not in text.heard
    assert not {"suleyka", "quernevel", "nom"} & set(text.stems.split())


def test_evidence_stands_in_the_words_that_are_shown() -> None:
    house.theme("waiting", keywords={"fr": ["attente"]})
    text = Verbatim.objects.get(response=_said(house.unit()))
    told = list(Annotation.objects.filter(verbatim=text).exclude(evidence=[]).order_by("pk"))
    assert told
    assert all("attente" in text.shown[start:end] for each in told for start, end in each.evidence)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.QUALITY, Role.DIRECTION])
def test_lists_pages_and_files_show_no_personal_data(role: Role) -> None:
    team = house.unit()
    said = _said(team, satisfaction=1)
    house.case(said)
    client = house.member(team.parent or team, role).client
    day = f"?periode={house.TODAY.isoformat()}"
    addresses = [
        "/",
        reverse("verbatims:list"),
        reverse("verbatims:one", args=[said.pk]),
        reverse("verbatims:export", args=["csv"]),
        reverse("verbatims:export", args=["xlsx"]),
        reverse("restitution:day") + day,
        reverse("restitution:day_export", args=["csv"]) + day,
        reverse("restitution:day_export", args=["xlsx"]) + day,
    ]
    seen = {address: _seen(client, address) for address in addresses}
    assert [address for address, page in seen.items() if not _is_hidden(page)] == []
    # Nor is it so because nothing of the text is there.
    assert [address for address, page in seen.items() if "attente au" not in page] in ([], ["/"])


def test_a_masked_word_is_not_found_by_searching_it() -> None:
    team = house.unit()
    _said(team)
    client = house.member(team).client
    asked = BeautifulSoup(_seen(client, reverse("verbatims:list") + "?q=Quernevel"), "html.parser")
    assert not asked.select("[data-said]")
    found = BeautifulSoup(_seen(client, reverse("verbatims:list") + "?q=attente"), "html.parser")
    assert found.select("[data-said]")


def test_who_treats_a_case_reads_the_words_as_written_and_others_masked() -> None:
    team, who = house.unit(), house.person()
    house.assignment(who, team)
    said = _said(team, person=who, satisfaction=1)
    case = house.case(said, who)
    page = reverse("inbox:case", args=[case.pk])
    adviser, manager = house.member(team, Role.ADVISER, who), house.member(team)
    assert PHONE in _seen(adviser.client, page)
    seen = _seen(manager.client, page)
    assert _is_hidden(seen)
    assert reverse("verbatims:originals", args=[said.pk]) in seen
    type(case).objects.filter(pk=case.pk).update(status="closed", closed_at=now(), outcome="Rappelée.")
    assert _is_hidden(_seen(adviser.client, page))


def test_the_original_words_open_for_a_reason_and_leave_one_line_without_them() -> None:
    team = house.unit()
    said, manager = _said(team), house.member(team)
    page = reverse("verbatims:originals", args=[said.pk])
    assert page in _seen(manager.client, reverse("verbatims:one", args=[said.pk]))
    assert _is_hidden(_seen(manager.client, page))
    assert manager.client.post(page, {"reason": "  "}).status_code == 422
    assert not JournalEntry.objects.filter(verb="verbatims.originals_opened").exists()
    assert manager.client.post(page, {"reason": f"{REASON}, M. Dupuis"}).status_code == 302
    assert PHONE in _seen(manager.client, page)
    assert manager.client.post(page, {"reason": REASON}).status_code == 302
    [line] = JournalEntry.objects.filter(verb="verbatims.originals_opened")
    assert (line.account_id, line.unit_path) == (manager.account.pk, team.path)
    assert str(said.pk) in line.about
    assert line.words["reason"] == f"{REASON}, [nom]"
    assert _is_hidden(_seen(manager.client, reverse("verbatims:one", args=[said.pk])))


def test_the_journal_page_tells_who_opened_which_words_and_why() -> None:
    team = house.unit()
    said, manager = _said(team), house.member(team)
    manager.client.post(reverse("verbatims:originals", args=[said.pk]), {"reason": REASON})
    admin = house.member(house.company(), Role.ADMIN)
    seen = _seen(admin.client, reverse("settings:journal"))
    assert REASON in seen
    assert _is_hidden(seen)


def test_the_words_open_to_one_person_for_one_return_and_close() -> None:
    team = house.unit()
    said, other = _said(team), house.response(team)
    house.verbatim(other, "Écrivez-moi à lea.roux@example.org, merci.")
    one, colleague, at = house.viewer(team), house.viewer(team), now()
    opened = unveil(by=one, said=said, reason=REASON, at=at)
    assert original_words(one, opened, at) == [WORDS]
    assert original_words(colleague, opened, at) == []
    assert opening(colleague, said, at) is None
    assert opening(one, other, at) is None
    late = at + OPEN_FOR
    assert opening(one, said, late) is None
    assert original_words(one, opened, late) == []
    assert opening(one, said, late - dt.timedelta(seconds=1)) == opened


@pytest.mark.parametrize("role", [Role.ADVISER, Role.DIRECTION, Role.READER, Role.HR, Role.ADMIN, Role.DPO])
def test_who_has_not_the_right_is_offered_nothing_and_refused(role: Role) -> None:
    team = house.unit()
    said, member = _said(team), house.member(team, role)
    page = reverse("verbatims:originals", args=[said.pk])
    assert member.client.get(page).status_code == 404
    assert member.client.post(page, {"reason": REASON}).status_code == 404
    assert not Unveiling.objects.exists()


def test_a_neighbour_may_not_open_the_words_of_another_team() -> None:
    ours, theirs = house.unit(), house.unit()
    said = _said(ours)
    with pytest.raises(PermissionDenied):
        unveil(by=house.viewer(theirs), said=said, reason=REASON, at=now())
    page = reverse("verbatims:originals", args=[said.pk])
    assert house.member(theirs).client.get(page).status_code == 404


def test_a_text_is_forgotten_with_what_was_copied_from_it() -> None:
    theme = house.theme("waiting", keywords={"fr": ["attente"]}, examples={"fr": []})
    said = _said(house.unit())
    text = Verbatim.objects.get(response=said)
    mine, others = " ".join(text.shown.split()), "Une autre phrase que personne d’ici n’a jamais dite."
    Theme.objects.filter(pk=theme.pk).update(examples={"fr": [mine, others]})
    assert Annotation.objects.filter(verbatim=text).exists()
    with pytest.raises(PermissionDenied):
        forget([text.pk], by=house.viewer(house.unit()))
    gone = forget([text.pk], by=system())
    theme.refresh_from_db()
    assert theme.examples == {"fr": [others]}
    assert gone.sentences == 1
    assert not Annotation.objects.filter(verbatim=text).exists()


def test_a_text_may_be_forgotten_and_what_was_heard_in_it_stay() -> None:
    house.theme("waiting", keywords={"fr": ["attente"]})
    text = Verbatim.objects.get(response=_said(house.unit()))
    heard = list(Annotation.objects.filter(verbatim=text).values_list("theme", flat=True).order_by("pk"))
    forget([text.pk], by=system(), readings=False)
    kept = Annotation.objects.filter(verbatim=text).order_by("pk")
    assert [each.theme_id for each in kept] == heard
    assert all(each.evidence == [] for each in kept)


def test_texts_masked_by_an_older_product_are_masked_again_and_read_again() -> None:
    said, other = _said(house.unit()), _said(house.unit())
    text = Verbatim.objects.get(response=said)
    Verbatim.objects.filter(pk=text.pk).update(masked_text="", stems="tres quernevel")
    call_command("mask", stdout=StringIO())
    again = Verbatim.objects.get(pk=text.pk)
    assert again.masked_text == text.masked_text
    assert again.stems == text.stems
    assert (again.read_at, again.vectored) == (None, False)
    assert Verbatim.objects.get(response=other).read_at is not None
