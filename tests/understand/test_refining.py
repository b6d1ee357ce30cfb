"""What follows a reading in the background: themes refined by meanings, the tone of other languages."""

from __future__ import annotations

import datetime as dt

import pytest

from tests import house
from visavis.core.words import Voice
from visavis.listen.returns.models import ChangedMonth, Verbatim
from visavis.text import VERSION, Labelled, fit_themes
from visavis.understand.learning.engine import read_under
from visavis.understand.learning.models import Fit, Kind, Publication
from visavis.understand.learning.queries import models_in_force
from visavis.understand.search.services import take_meanings
from visavis.understand.themes.queries import taxonomy_in_force
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.reading import fingerprint
from visavis.understand.verbatims.services import read_elsewhere, read_unread

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 11, 30, tzinfo=dt.UTC)
SPANISH = "El servicio es pésimo, nadie contesta al teléfono y estoy muy enfadado con todos ustedes."


def _kept(text: str) -> Verbatim:
    kept = house.verbatim(house.response(house.unit()), text)
    read_unread(at=AT)
    return Verbatim.objects.get(pk=kept.pk)


def test_another_language_gets_its_tone_later_with_a_mark() -> None:
    text = _kept(SPANISH)
    assert (text.polarity, text.sentiment) == ("", None)
    ChangedMonth.objects.all().delete()
    assert read_elsewhere(at=AT) == 1
    text.refresh_from_db()
    assert text.polarity == "negative"
    assert 0.5 <= (text.certainty or 0) <= 1
    assert text.read_by.endswith("+use.1")
    assert ChangedMonth.objects.exists()
    assert read_elsewhere(at=AT) == 0


def test_what_a_person_said_of_another_language_is_left_alone() -> None:
    text = _kept(SPANISH)
    Verbatim.objects.filter(pk=text.pk).update(polarity="positive", corrected=True)
    assert read_elsewhere(at=AT) == 0


def test_texts_with_a_tone_and_employees_texts_do_not_wait() -> None:
    _kept("Accueil parfait, merci.")
    said = house.response(house.unit(), voice=Voice.EMPLOYEE, source="barometer")
    house.verbatim(said, SPANISH, voice=Voice.EMPLOYEE)
    read_unread(at=AT)
    assert read_elsewhere(at=AT) == 0


NICE = ["Conseillère adorable.", "Personnel très aimable.", "On m'a reçu avec le sourire."]
#: Words that no example holds, near to those of the wait by their meaning.
UNKNOWN_WORDS = "J'ai poireauté."
LONG = ["Attente interminable au téléphone.", "J'ai patienté une heure.", "Trop long d'attendre."]


@pytest.fixture
def deep() -> Publication:
    """A model of themes that learnt meanings, in force for customers."""
    themes = (house.theme("waiting"), house.theme("welcome"))
    codes = [frozenset({theme.code}) for theme in themes]
    said = [Labelled(each, codes[0], codes[1]) for each in LONG * 6]
    said += [Labelled(each, codes[1], codes[0]) for each in NICE * 6]
    model = fit_themes(taxonomy_in_force(Voice.CUSTOMER), said)
    assert model.deep is not None
    facts = {"made_at": AT, "engine": VERSION, "basis": "x", "answers": len(said), "verdict": "accepted"}
    fit = Fit.objects.create(
        kind=Kind.THEMES, voice=Voice.CUSTOMER, number=1, content=model.to_bytes(), **facts
    )
    return Publication.objects.create(
        kind=Kind.THEMES, voice=Voice.CUSTOMER, fit=fit, at=AT, since=AT.date(), done=True
    )


def _heard(text: Verbatim) -> dict[str, float | None]:
    told = Annotation.objects.current().filter(verbatim=text, theme__isnull=False, refused=False)
    return dict(told.order_by("pk").values_list("theme__code", "certainty"))


def test_themes_are_refined_when_the_meaning_arrives(deep: Publication) -> None:
    text = _kept(UNKNOWN_WORDS)
    assert _heard(text) == {}
    before = (text.polarity, text.sentiment, text.certainty, text.read_by)
    ChangedMonth.objects.all().delete()
    assert take_meanings() == 1
    [reading] = read_under(models_in_force(Voice.CUSTOMER), [text.text], Voice.CUSTOMER)
    assert set(_heard(text)) == {opinion.theme for opinion in reading.themes} == {"waiting"}
    assert ChangedMonth.objects.exists()
    text.refresh_from_db()
    assert (text.polarity, text.sentiment, text.certainty, text.read_by) == before


def test_a_theme_that_a_person_refused_stays_refused(deep: Publication) -> None:
    text = _kept(UNKNOWN_WORDS)
    human = Annotation.By.HUMAN
    Annotation.objects.filter(verbatim=text).delete()
    house.annotation(text, house.theme("waiting"), by=human, refused=True, version=fingerprint(text.text))
    assert take_meanings() == 1
    assert _heard(text) == {}


def test_texts_that_wait_for_another_version_are_left_to_it(deep: Publication) -> None:
    text = _kept(UNKNOWN_WORDS)
    Verbatim.objects.filter(pk=text.pk).update(read_by="0")
    ChangedMonth.objects.all().delete()
    assert take_meanings() == 1
    assert not ChangedMonth.objects.exists()
