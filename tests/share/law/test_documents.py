"""Documents are written from the settings: change a setting, they say otherwise."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from tests import house
from tests.house import TODAY
from tests.printed import facts_of, words_of
from visavis.core.words import Role
from visavis.people.access.policy import RIGHTS, Right
from visavis.share.law import keeping, models_in_use, observing
from visavis.share.law.documents import catalogue
from visavis.share.law.documents.live import tell_facts
from visavis.share.law.keeping import spoken_time
from visavis.share.law.model_cards import BY_CODE, CARDS
from visavis.share.law.models import Observed
from visavis.share.law.purposes import KEEPINGS, Purpose

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(10)))


@pytest.fixture
def dpo() -> Any:
    return house.viewer(house.company(), Role.DPO)


def text_of(viewer: Any, code: str, language: str = "fr") -> str:
    with translation.override(language):
        return catalogue.markdown(catalogue.document_of(viewer, code, today=TODAY)).replace("\xa0", " ")


def test_a_keeping_time_changes_and_every_document_says_so(dpo: Any) -> None:
    for code in ("registre", "aipd", "cse", "conservation", "notice-clients"):
        assert "3 ans" in text_of(dpo, code), code
    keeping.ask_days(by=dpo, purpose=Purpose.TEXTS, days=401, reason="", at=AT)
    for code in ("registre", "aipd", "cse", "conservation", "notice-clients"):
        assert "401 jours" in text_of(dpo, code), code
    assert "3 ans" not in text_of(dpo, "notice-clients")


def test_the_floors_of_the_gateway_are_those_of_the_documents(dpo: Any, settings: Any) -> None:
    assert "Un chiffre : 5 personnes" in text_of(dpo, "notice-collaborateurs")
    settings.SMALLEST_GROUP = 12
    told = text_of(dpo, "notice-collaborateurs")
    assert "Un chiffre : 12 personnes" in told
    assert "Un commentaire : 12 personnes" in told
    assert "moins de 12 collaborateurs" in text_of(dpo, "cse")


def test_a_model_turned_off_leaves_the_notices(dpo: Any) -> None:
    assert "le ton de vos mots" in text_of(dpo, "notice-clients")
    models_in_use.ask_switch(by=dpo, card=BY_CODE["ton"], on=False, reason="", at=AT)
    told = text_of(dpo, "notice-clients")
    assert "le ton de vos mots" not in told
    assert "les thèmes de vos mots" in told
    models_in_use.ask_switch(by=dpo, card=BY_CODE["themes"], on=False, reason="", at=AT)
    assert "Aucun programme ne lit vos mots" in text_of(dpo, "notice-clients")
    assert "arrêté" in text_of(dpo, "aipd")


def test_channels_facts_and_the_gate_are_told(dpo: Any) -> None:
    from visavis.listen.releases.models import WaveGate

    assert "[à compléter" in text_of(dpo, "registre").replace("\\", "")
    assert "Rien n’est encore enregistré" in text_of(dpo, "cse")
    house.channel("minitel", name={"fr": "Minitel", "en": "Videotex"})
    tell_facts(by=dpo, told={"controller": "Acme SA, Lille", "unknown": "x"}, at=AT)
    WaveGate.objects.create(
        consulted_on=dt.date(2025, 9, 4), assessment="AIPD-7", notice="…", acknowledged=True, recorded_at=AT
    )
    told = text_of(dpo, "registre")
    assert "Minitel" in told
    assert "Acme SA, Lille" in told
    assert "4 septembre 2025" in text_of(dpo, "cse")
    assert "Videotex" in text_of(dpo, "registre", "en")


def test_the_role_matrix_is_the_policy(dpo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    line = next(one for one in text_of(dpo, "habilitations").splitlines() if "fichier du jour" in one.lower())
    assert "Ressources humaines" not in line
    monkeypatch.setitem(RIGHTS, Role.HR, RIGHTS[Role.HR] | {Right.DAILY})
    line = next(one for one in text_of(dpo, "habilitations").splitlines() if "fichier du jour" in one.lower())
    assert "Ressources humaines" in line


def test_no_text_of_the_company_becomes_markup(dpo: Any) -> None:
    tell_facts(by=dpo, told={"controller": "<script>alert(1)</script> | *gras* [x](y)"}, at=AT)
    with translation.override("fr"):
        document = catalogue.document_of(dpo, "registre", today=TODAY)
        assert "<script>" not in catalogue.html(document)
        told = catalogue.markdown(document)
    assert "<script>" not in told
    assert "\\*gras\\* \\[x\\](y)" in told


def test_the_pack_holds_every_document_in_both_languages(dpo: Any) -> None:
    held = zipfile.ZipFile(io.BytesIO(catalogue.take_pack(by=dpo, today=TODAY, at=AT)))
    wanted = {
        f"{language}/{code}.{form}"
        for language in ("fr", "en")
        for code in catalogue.DOCUMENTS
        for form in ("pdf", "md", "html")
    }
    assert set(held.namelist()) == wanted
    assert "Durées de conservation" in held.read("fr/conservation.md").decode()
    assert "Keeping times" in held.read("en/conservation.md").decode()
    assert '<html lang="en">' in held.read("en/cse.html").decode()


def test_a_printed_document_is_tagged_and_says_what_the_page_says(dpo: Any) -> None:
    with translation.override("fr"):
        printed = catalogue.pdf(catalogue.document_of(dpo, "conservation", today=TODAY), at=AT)
    assert facts_of(printed)["Tagged"] == "yes"
    assert facts_of(printed)["Title"] == "Durées de conservation"
    with translation.override("fr"):
        times = {spoken_time(one.days).replace("\xa0", " ") for one in KEEPINGS}
    told = " ".join(words_of(printed).replace("\xa0", " ").split())
    assert {time for time in times if time in told} == times


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGER, Role.DIRECTION, Role.QUALITY])
def test_other_roles_read_no_document(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        catalogue.document_of(house.viewer(house.company(), role), "cse", today=TODAY)


def test_a_setting_of_the_operator_is_noted_each_time_it_changes(dpo: Any, settings: Any) -> None:
    settings.SMALLEST_GROUP = 9
    observing.observe(at=AT)
    assert observing.observe(at=AT) == 0, "twice changes nothing"
    settings.SMALLEST_GROUP = 6
    assert observing.observe(at=AT + dt.timedelta(hours=1)) == 1
    lines = [line for line in observing.log(dpo) if line.before]
    assert {(line.before, line.after, line.lowered) for line in lines} >= {("9", "6", True)}
    reader = house.viewer(house.company(), Role.READER)
    assert observing.log(reader) == observing.log(dpo), "the works council sees what the officer sees"
    assert not observing.log(house.viewer(house.company(), Role.MANAGER))
    assert Observed.objects.filter(setting="floor:scores").count() == 2


def test_the_cards_say_what_the_model_cards_measured() -> None:
    folder = Path(__file__).parents[3] / "docs" / "models"
    for card in CARDS:
        assert (folder / card.card).is_file(), card.card
    polarity = (folder / "french-polarity.md").read_text()
    right, of = BY_CODE["ton"].right or (0, 1)
    assert f"on the {of} plain ones | {right / of:.2f} |" in polarity
    second = (folder / "second-opinion.md").read_text()
    assert "| 0.879 |" in second
    assert "| 0.898 |" in second
    assert "0.760" in (folder / "themes.md").read_text()
