"""The screens of the taxonomy, as its quality manager uses them, and as the others read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import house
from visavis.core.words import Role, Voice
from visavis.moments.references.models import Edition
from visavis.text import ThemeSpec
from visavis.understand.themes import proposing
from visavis.understand.themes.forms import initial_of
from visavis.understand.themes.models import Discovery, Proposal, Rereading, Theme, ThemeDraft
from visavis.understand.themes.queries import drafted_sheets, sheets_in_force, taxonomy_of
from visavis.understand.themes.services import install_themes
from visavis.understand.themes.sheets import Sheet, live
from visavis.understand.verbatims.files.taxonomies import read_taxonomy

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def quality() -> house.Member:
    """A quality manager of the whole company."""
    return house.member(house.company(), Role.QUALITY, house.person(name="Claire Vasseur"))


@pytest.fixture(autouse=True)
def _themes() -> None:
    top = house.theme("wait", name={"fr": "Attente", "en": "Waiting"})
    house.theme("wait.phone", top, name={"fr": "Au téléphone"}, keywords={"fr": ["mis en attente"]})
    house.theme("bill", name={"fr": "Facture"}, keywords={"fr": ["facture"]})


def drafted(code: str) -> Sheet:
    """One theme as the draft has it."""
    return drafted_sheets(sheets_in_force())[code]


def typed(code: str, **words: Any) -> dict[str, Any]:
    """The form of a theme as its page shows it, with some fields typed again."""
    return initial_of(drafted(code)) | words


def url(name: str, *args: Any) -> str:
    """An address of the room."""
    return reverse(f"themes:{name}", args=args)


def said(answer: Any) -> str:
    """All that a page lets read, on one line."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_the_list_tells_shares_with_n_and_interval_and_hides_employees(quality: house.Member) -> None:
    team, bill = house.unit(), house.theme("bill")
    for place in range(40):
        text = house.verbatim(house.response(team), "Ma facture.", read_at=NOW)
        if place < 10:
            house.annotation(text, bill)
    other = house.verbatim(house.response(team, Voice.EMPLOYEE), "Les factures.", read_at=NOW)
    house.annotation(other, bill)
    house.theme("load", voices=[Voice.EMPLOYEE.value], name={"fr": "Charge"})
    answer = quality.client.get(url("list"))
    house.assert_scores_carry_n_and_interval(answer.content, at_least=2)
    shown = said(answer)
    assert "25\u00a0%".replace("\u00a0", " ") in shown.replace("\u00a0", " ")
    assert "40 textes de clients" in shown.replace("\u00a0", " ")
    scores = BeautifulSoup(answer.content, "html.parser").select("[data-score]")
    assert {score["data-n"] for score in scores} == {"40"}


def test_a_name_already_borne_is_refused_beside_the_name_and_what_was_typed_stays(
    quality: house.Member,
) -> None:
    twice = {"name_fr": "  attente ", "keywords_fr": "prix"}
    fresh = {"voices": [Voice.CUSTOMER.value], "parent": "", "name_en": "Price"}
    for answer in (
        quality.client.post(url("theme", "bill"), typed("bill", **twice)),
        quality.client.post(url("new"), twice | fresh),
    ):
        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 422
        [name] = page.select("[aria-invalid=true]")
        assert (name["name"], str(name["value"]).strip()) == ("name_fr", "attente")
        beside = page.find(id=str(name["aria-describedby"]).split()[-1])
        assert beside is not None
        assert "déjà le nom d’un autre thème" in beside.get_text()
        assert "prix" in page.select_one("#id_keywords_fr").text  # type: ignore[union-attr]
    file = SimpleUploadedFile("themes.csv", b"theme;name\nprice;Attente\n")
    assert "Attente » est déjà" in said(quality.client.post(url("file"), {"file": file}))
    assert not ThemeDraft.objects.exists()


@pytest.mark.parametrize("word", ["(((cher", "prix|tarif", "[Pp]rix", "pr*x", "* prix", "<b>prix</b>"])
def test_a_sign_of_another_way_of_searching_is_told_and_nothing_typed_is_lost(
    quality: house.Member, word: str
) -> None:
    answer = quality.client.post(url("theme", "bill"), typed("bill", keywords_fr=f"tarif*\n{word}"))
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert page.select_one("#id_keywords_fr").get_text().strip() == f"tarif*\n{word}"  # type: ignore[union-attr]
    told = page.select_one("#id_keywords_fr_error").get_text()  # type: ignore[union-attr]
    assert word in told
    assert "un signe qui ne veut rien dire ici" in told


def test_an_empty_company_is_told_where_to_begin(quality: house.Member) -> None:
    Theme.objects.exclude(parent=None).delete()
    Theme.objects.all().delete()
    assert reverse("references:start") in quality.client.get(url("list")).content.decode()


def test_a_theme_is_written_in_the_draft_and_its_tests_run_at_once(quality: house.Member) -> None:
    told = typed(
        "bill",
        keywords_fr="facture\nprélèvement*",
        must="Deux prélèvements.",
        must_not="La facture est juste.",
    )
    answer = quality.client.post(url("theme", "bill"), told, follow=True)
    assert drafted("bill").keywords == {"fr": ("facture", "prélèvement*")}
    shown = said(answer)
    assert "tests échouent" in shown
    assert shown.index("échoue") < shown.index("réussit")
    assert "La facture est juste." in said(quality.client.get(url("tests")))


def test_what_cannot_be_heard_is_told_beside_its_field_and_nothing_typed_is_lost(
    quality: house.Member,
) -> None:
    answer = quality.client.post(url("theme", "bill"), typed("bill", name_fr="Prix", keywords_fr="prix\n!"))
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    field = page.select_one("#id_keywords_fr")
    assert field is not None
    assert field.get_text().strip() == "prix\n!"
    assert page.select_one("#id_name_fr")["value"] == "Prix"  # type: ignore[index]
    assert "«\u00a0!\u00a0»" in page.select_one("#id_keywords_fr_error").get_text()  # type: ignore[union-attr]
    assert not ThemeDraft.objects.exists()


def test_two_people_on_one_theme_see_both_versions_then_save(quality: house.Member) -> None:
    mine = typed("bill", keywords_fr="facture\nprélèvement*")
    other = house.member(house.company(), Role.QUALITY, house.person(name="Thomas Guérin"))
    other.client.post(url("theme", "bill"), typed("bill", keywords_fr="facture\nquittance"))
    answer = quality.client.post(url("theme", "bill"), mine)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert "Thomas Guérin" in said(answer)
    note = page.select_one(".note")
    assert note is not None
    assert "quittance" in note.get_text()
    assert "retiré" not in note.get_text()
    assert page.select_one("#id_keywords_fr").get_text().strip() == mine["keywords_fr"]  # type: ignore[union-attr]
    assert drafted("bill").keywords["fr"] == ("facture", "quittance")
    seen = page.select_one("input[name=seen]")
    assert seen is not None
    quality.client.post(url("theme", "bill"), mine | {"seen": seen["value"]})
    assert drafted("bill").keywords["fr"] == ("facture", "prélèvement*")


def test_a_new_theme_gets_a_code_under_its_top(quality: house.Member) -> None:
    told = {"name_fr": "À l’agence", "parent": "wait", "voices": ["customer"], "keywords_fr": "guichet"}
    quality.client.post(url("new"), told)
    assert drafted("wait.a_lagence").voices == ("customer",)
    quality.client.post(url("new"), told | {"name_fr": "À l’agence !"})
    assert drafted("wait.a_lagence_2").name == {"fr": "À l’agence !"}


@pytest.mark.parametrize("htmx", [False, True])
def test_a_sentence_is_tried_with_and_without_scripts(quality: house.Member, htmx: bool) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    sentence = "On m’a mis en attente <b>dix</b> minutes."
    answer = quality.client.post(url("trial"), {"text": sentence, "voice": "customer"}, headers=headers)
    page = BeautifulSoup(answer.content, "html.parser")
    assert [mark.get_text() for mark in page.select("mark")] == ["mis en attente"]
    assert "Au téléphone" in said(answer)
    assert "<b>dix" not in answer.content.decode()
    assert bool(page.select_one("h1")) is not htmx


def test_a_sentence_is_tried_with_the_draft_beside_what_is_in_force(quality: house.Member) -> None:
    quality.client.post(url("theme", "bill"), typed("bill", keywords_fr="quittance"))
    answer = quality.client.post(url("trial"), {"text": "Ma quittance.", "voice": "customer"})
    page = BeautifulSoup(answer.content, "html.parser")
    cards = [card.get_text(" ") for card in page.select("#heard .card")]
    assert ["Facture" in card for card in cards] == [True, False]


def test_the_tone_of_an_employee_s_sentence_is_not_read(quality: house.Member) -> None:
    answer = quality.client.post(url("trial"), {"text": "Ma facture est nulle !", "voice": "employee"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select("#heard .token")
    assert not page.select("#heard .token[data-tone]")


def test_what_would_change_is_told_on_the_latest_texts_with_n_and_interval(quality: house.Member) -> None:
    team = house.unit()
    for _ in range(30):
        house.verbatim(house.response(team), "Ma quittance est fausse.", read_at=NOW)
        house.verbatim(house.response(team), "Ma facture est fausse.", read_at=NOW)
    house.verbatim(house.response(team, Voice.EMPLOYEE), "Secret des quittances.", read_at=NOW)
    quality.client.post(url("theme", "bill"), typed("bill", keywords_fr="quittance"))
    answer = quality.client.get(url("effect", "bill"))
    house.assert_scores_carry_n_and_interval(answer.content, at_least=2)
    scores = BeautifulSoup(answer.content, "html.parser").select("[data-score]")
    assert [(score["data-score"], score["data-n"]) for score in scores] == [("0.5", "60"), ("0.5", "60")]
    assert "Secret" not in said(answer)


def test_a_version_is_published_compared_and_brought_back(quality: house.Member) -> None:
    for words in ("facture", "facture\nquittance"):
        quality.client.post(
            url("theme", "bill"), typed("bill", keywords_fr=words, name_fr=f"Facture {len(words)}")
        )
        page = BeautifulSoup(quality.client.get(url("draft")).content, "html.parser")
        seen = page.select_one("input[name=seen]")
        assert seen is not None
        quality.client.post(url("draft"), {"reason": "Revue", "seen": seen["value"]})
    assert [each.number for each in Edition.objects.order_by("number")] == [1, 2]
    shown = said(quality.client.get(url("compare"), {"de": "1", "a": "2"}))
    assert "quittance" in shown
    assert "s’appelait" in shown
    quality.client.post(url("bring_back", 1))
    assert drafted("bill").keywords["fr"] == ("facture",)
    assert quality.client.get(url("compare"), {"de": "1", "a": "1"}).status_code == 422


def test_a_draft_that_changed_is_not_published_unseen_and_the_reason_stays(quality: house.Member) -> None:
    quality.client.post(url("theme", "bill"), typed("bill", name_fr="Factures"))
    answer = quality.client.post(url("draft"), {"reason": "Revue de mars", "seen": "other"})
    assert answer.status_code == 422
    assert "a changé entre-temps" in said(answer)
    assert "Revue de mars" in answer.content.decode()
    assert not Edition.objects.exists()


def test_gestures_say_why_they_cannot_be_done(quality: house.Member) -> None:
    assert "Des thèmes se trouvent sous" in said(quality.client.post(url("retire", "wait"), follow=True))
    assert "fusionné avec lui-même" in said(
        quality.client.post(url("merge", "bill"), {"into": "bill"}, follow=True)
    )
    assert "n’est pas retiré" in said(quality.client.post(url("reinstate", "bill"), follow=True))
    quality.client.post(url("merge", "bill"), {"into": "wait"})
    assert drafted("bill").merged_into == "wait"
    assert "Rétablir" in said(quality.client.get(url("theme", "bill")))
    quality.client.post(url("discard", "bill"))
    assert not drafted("bill").retired


def test_what_is_exported_can_be_imported(quality: house.Member) -> None:
    content = b"".join(quality.client.get(url("export", "csv")).streaming_content)  # type: ignore[attr-defined]
    changed = content.replace(b"facture", b"quittance")
    file = SimpleUploadedFile("themes.csv", changed)
    quality.client.post(url("file"), {"file": file})
    assert drafted("bill").keywords == {"fr": ("quittance",)}
    assert [each.code for each in ThemeDraft.objects.order_by("pk")] == ["bill"]
    answer = quality.client.get(url("export", "json"))
    assert {row["code"] for row in json.loads(answer.content)["themes"]} == {"wait", "wait.phone", "bill"}


def test_the_smallest_file_is_imported_and_published(quality: house.Member) -> None:
    file = SimpleUploadedFile("themes.csv", b"theme,keywords\nparking,se garer\n")
    page = BeautifulSoup(quality.client.post(url("file"), {"file": file}, follow=True).content, "html.parser")
    seen = page.select_one("input[name=seen]")
    assert seen is not None
    quality.client.post(url("draft"), {"reason": "Fichier", "seen": seen["value"]})
    assert Theme.objects.get(code="parking").keywords == {"fr": ["se garer"]}


def _heard(spec: ThemeSpec) -> tuple[str | None, dict[str, list[str]], dict[str, list[str]]]:
    words, sentences = (
        # A cell keeps plain spaces only.
        {language: [" ".join(one.split()) for one in each] for language, each in written.items() if each}
        for written in (spec.keywords, spec.examples)
    )
    return spec.parent, words, sentences


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_exported_is_heard_alike_by_the_command(
    quality: house.Member, tmp_path: Path, form: str, voice: Voice
) -> None:
    Theme.objects.update(retired_in=None)
    install_themes(by=quality.viewer, sector="bank", at=NOW)
    split = Theme.objects.filter(parent__isnull=False, voices=[voice.value]).order_by("code")[0]
    split.examples = {"fr": ["On attend ; personne ne vient."]}
    split.save()
    retired = Theme.objects.get(code="bill")
    retired.retired_in = Edition.objects.get()
    retired.save()
    answer: Any = quality.client.get(url("export", form))
    file = tmp_path / f"themes.{form}"
    file.write_bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    found = {spec.slug: spec for spec in read_taxonomy(file, "fr", voice).themes}
    wanted = {spec.slug: spec for spec in taxonomy_of(live(sheets_in_force()), voice).themes}
    assert found.keys() == wanted.keys()
    assert list(found[split.code].examples["fr"]) == ["On attend ; personne ne vient."]
    assert "bill" not in found
    assert [_heard(found[code]) for code in wanted] == [_heard(one) for one in wanted.values()]


def test_a_bad_file_is_told_line_by_line(quality: house.Member) -> None:
    file = SimpleUploadedFile("themes.csv", "theme;voice\nÀ l’heure;\nbill;robot\n".encode())
    answer = quality.client.post(url("file"), {"file": file})
    assert answer.status_code == 422
    shown = said(answer).replace("\u00a0", " ")
    assert "Ligne 2 :" in shown
    assert "Ligne 3 :" in shown


def test_a_proposal_is_shown_named_and_told_as_decided(quality: house.Member) -> None:
    text = house.verbatim(house.response(house.unit()), "Le parking est plein.", read_at=NOW)
    search = Discovery.objects.create(asked_at=NOW, state=Discovery.State.READY)
    found = Proposal.objects.create(
        discovery=search, words=["parking", "plein"], size=12, texts=[text.pk], centre=b""
    )
    assert "Le parking est plein." in said(quality.client.get(url("proposals")))
    address = f"{url('new')}?proposition={found.pk}"
    page = BeautifulSoup(quality.client.get(address).content, "html.parser")
    assert page.select_one("#id_keywords_fr").get_text().strip() == "parking\nplein"  # type: ignore[union-attr]
    told = {"name_fr": "Parking", "voices": ["customer"], "keywords_fr": "parking"}
    quality.client.post(address, told)
    assert (Proposal.objects.get().fate, Proposal.objects.get().theme) == ("named", "parking")
    assert quality.client.get(address).status_code == 404
    assert quality.client.get(f"{url('new')}?proposition=²").status_code == 404


def test_refusing_a_proposal_needs_a_reason(quality: house.Member) -> None:
    search = Discovery.objects.create(asked_at=NOW, state=Discovery.State.READY)
    found = Proposal.objects.create(discovery=search, words=["merci"], size=12, texts=[], centre=b"")
    assert quality.client.post(url("refuse_proposal", found.pk), {"reason": ""}).status_code == 422
    quality.client.post(url("refuse_proposal", found.pk), {"reason": "Politesse"})
    assert Proposal.objects.get().fate == "refused"
    assert "Politesse" in said(quality.client.get(url("proposals")))


def test_a_search_is_asked_for_once_and_said_under_way(quality: house.Member) -> None:
    quality.client.post(url("proposals"))
    shown = said(quality.client.post(url("proposals"), follow=True))
    assert "Une recherche est en cours" in shown
    assert Discovery.objects.count() == 1
    assert proposing.MOST == 3000
    assert "collaborateurs n’est jamais regardé" in shown


def test_a_second_reading_is_asked_for_watched_and_left(quality: house.Member) -> None:
    quality.client.post(url("theme", "bill"), typed("bill", name_fr="Factures"))
    seen = BeautifulSoup(quality.client.get(url("draft")).content, "html.parser").select_one(
        "input[name=seen]"
    )
    assert seen is not None
    quality.client.post(url("draft"), {"reason": "Revue", "seen": seen["value"]})
    answer = quality.client.post(url("reread", 1), follow=True)
    assert "en cours de relecture" in said(answer)
    found = Rereading.objects.get()
    Rereading.objects.update(state=Rereading.State.READY)
    refreshed = quality.client.get(url("rereading", found.pk), headers={"HX-Request": "true"})
    assert refreshed["HX-Refresh"] == "true"
    quality.client.post(url("leave", found.pk))
    assert "laissée de côté" in said(quality.client.get(url("rereading", found.pk))).lower()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DIRECTION])
def test_readers_see_the_words_and_no_gesture(role: Role) -> None:
    reader = house.member(house.company(), role)
    for page in (url("list"), url("theme", "bill"), url("versions"), url("tests")):
        found = BeautifulSoup(reader.client.get(page).content, "html.parser").find("main")
        posts = list(found.find_all("form", method="post"))  # type: ignore[union-attr]
        assert {form.get("action") for form in posts} <= {url("trial")}, page
    assert reader.client.post(url("theme", "bill"), typed("bill", name_fr="Prix")).status_code == 404
    assert not ThemeDraft.objects.exists()
