"""The register of models: who reads it, what is measured, and switches that truly turn reading off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from tests import house
from tests.house import TODAY
from visavis.core.words import Role
from visavis.listen.returns.models import Verbatim
from visavis.people.units.models import Unit
from visavis.share.law import models_in_use
from visavis.share.law.model_cards import BY_CODE
from visavis.share.law.models import SettingChange
from visavis.understand.learning.models import Draw, Reader
from visavis.understand.learning.queries import models_in_force
from visavis.understand.learning.switches import turn, turned_off
from visavis.understand.search.models import Vector
from visavis.understand.search.queries import nearest_to_words, waiting_texts
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.services import read_unread

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(10)))
ANGRY = "Service lamentable, je suis très déçu, trois semaines d’attente pour rien."


@pytest.fixture
def text() -> Verbatim:
    """A customer's angry words, read."""
    team: Unit = house.unit()
    house.theme("delay", keywords={"fr": ["attente"], "en": ["wait"]})
    made = house.verbatim(house.response(team, satisfaction=1), ANGRY)
    read_unread(at=AT)
    made.refresh_from_db()
    return made


def two() -> tuple[Any, Any]:
    return house.viewer(house.company(), Role.ADMIN), house.viewer(house.company(), Role.DPO)


def test_the_tone_turned_off_goes_from_every_text_and_comes_back_with_two_people(text: Verbatim) -> None:
    assert text.polarity == "negative"
    admin, dpo = two()
    models_in_use.ask_switch(by=dpo, card=BY_CODE["ton"], on=False, reason="", at=AT)
    assert turned_off() == {Reader.TONE}
    assert read_unread(at=AT) == 1, "what it had read waits to be read without it"
    text.refresh_from_db()
    assert (text.polarity, text.sentiment, text.intensity, text.emotion) == ("", None, None, "")
    assert not Annotation.objects.exclude(polarity="").exists()
    with pytest.raises(ValidationError):
        models_in_use.ask_switch(by=dpo, card=BY_CODE["ton"], on=True, reason=" ", at=AT)
    change = models_in_use.ask_switch(by=dpo, card=BY_CODE["ton"], on=True, reason="CSE consulté", at=AT)
    assert turned_off() == {Reader.TONE}, "one person is not enough"
    with pytest.raises(PermissionDenied):
        models_in_use.sign(by=dpo, change=change, agreed=True, at=AT)
    models_in_use.sign(by=admin, change=change, agreed=True, at=AT)
    assert turned_off() == frozenset()
    read_unread(at=AT)
    text.refresh_from_db()
    assert text.polarity == "negative"


def test_what_a_person_said_of_a_tone_outlives_the_switch(text: Verbatim) -> None:
    from visavis.core.words import Polarity
    from visavis.understand.verbatims.services import correct_tone

    quality = house.viewer(house.company(), Role.QUALITY)
    correct_tone(by=quality, verbatim=text, polarity=Polarity.MIXED, at=AT)
    turn(reader=Reader.TONE, on=False, at=AT)
    read_unread(at=AT)
    text.refresh_from_db()
    assert text.polarity == "mixed"


def test_themes_turned_off_are_heard_no_more(text: Verbatim) -> None:
    assert Annotation.objects.filter(theme__code="delay").exists()
    turn(reader=Reader.THEMES, on=False, at=AT)
    read_unread(at=AT)
    assert not Annotation.objects.filter(theme__isnull=False).exists()


def test_meanings_turned_off_are_forgotten_and_not_searched(text: Verbatim) -> None:
    Vector.objects.create(verbatim=text, numbers=bytes(512))
    Verbatim.objects.update(vectored=True)
    turn(reader=Reader.MEANING, on=False, at=AT)
    assert not Vector.objects.exists()
    assert not waiting_texts().exists()
    assert nearest_to_words(Verbatim.objects.order_by("pk"), "attente") == []


def test_words_that_are_gone_are_not_read_again(text: Verbatim) -> None:
    Verbatim.objects.update(text="", masked_text="", stems="")
    assert turn(reader=Reader.TONE, on=False, at=AT) == 0
    text.refresh_from_db()
    assert text.polarity == "negative", "themes and tone of a purged text stay"


def test_a_refused_switch_stays_off(text: Verbatim) -> None:
    admin, dpo = two()
    models_in_use.ask_switch(by=admin, card=BY_CODE["ton"], on=False, reason="", at=AT)
    change = models_in_use.ask_switch(by=admin, card=BY_CODE["ton"], on=True, reason="Essai", at=AT)
    models_in_use.sign(by=dpo, change=change, agreed=False, at=AT)
    assert turned_off() == {Reader.TONE}
    assert change.pk == SettingChange.objects.get(state="refused").pk


def test_masking_has_no_switch() -> None:
    _admin, dpo = two()
    with pytest.raises(PermissionDenied):
        models_in_use.ask_switch(by=dpo, card=BY_CODE["masquage"], on=False, reason="", at=AT)


def test_errors_have_n_and_an_interval_or_say_that_there_are_too_few(text: Verbatim) -> None:
    _admin, dpo = two()
    with translation.override("fr"):
        tone = next(one for one in models_in_use.register(dpo) if one.card.code == "ton")
        assert "pas encore assez de réponses (0)" in tone.measured[0].figure
        assert tone.reviewed is None
    version = models_in_force(BY_CODE["ton"].voices[0]).version
    for turn_ in range(40):
        said = house.verbatim(house.response(house.unit(), satisfaction=1), f"Texte numéro {turn_}.")
        house.draw(
            said,
            random=True,
            status=Draw.Status.ANSWERED,
            said_tone="positive" if turn_ < 36 else "negative",
            version=version,
            answered_at=AT,
        )
    with translation.override("fr"):
        tone = next(one for one in models_in_use.register(dpo) if one.card.code == "ton")
    figure = tone.measured[0].figure.replace("\xa0", " ")
    assert figure.startswith("90 %")
    assert "40 textes" in figure
    assert tone.reviewed == AT


def test_who_reads_the_register() -> None:
    may = {Role.HR, Role.READER, Role.DPO, Role.ADMIN, Role.QUALITY}
    for role in Role:
        found = models_in_use.register(house.viewer(house.company(), role))
        assert bool(found) == (role in may), role
