"""Texts are read once, re-read safely, and a person's word wins over the engine's."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Verbatim
from visavis.moments.references.models import Edition
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.text.stems import stems
from visavis.understand.themes.models import Theme
from visavis.understand.themes.services import install_sector, likely_sector
from visavis.understand.verbatims import jobs, services
from visavis.understand.verbatims.models import Annotation

pytestmark = pytest.mark.django_db

ANGRY = "Trois appels pour rien, toujours aucune réponse sur mon sinistre. Je résilie mon contrat."


def _read_all() -> None:
    while jobs.step():
        pass


def test_an_unread_text_is_found_and_read_with_its_words() -> None:
    said = house.response(house.unit(), text=ANGRY)
    assert jobs.pending() == 1
    _read_all()
    text = Verbatim.objects.get(response=said)
    assert (text.polarity, text.churn, text.language) == (Polarity.NEGATIVE, True, "fr")
    heard = Annotation.objects.filter(verbatim=text)
    assert heard.exists()
    for annotation in heard:
        for start, end in annotation.evidence:
            assert text.text[start:end].strip()


def test_a_company_without_themes_starts_from_those_of_its_sector() -> None:
    house.response(house.unit(), text=ANGRY)
    _read_all()
    assert Theme.objects.filter(parent__isnull=False).count() > 10
    assert {edition.kind for edition in Edition.objects.order_by("pk")} == {
        Edition.Kind.MOMENTS,
        Edition.Kind.THEMES,
    }


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Mon sinistre auto n'est toujours pas indemnisé et ma cotisation augmente.", "insurer"),
        ("Le train était supprimé, aucun bus de remplacement, correspondance ratée.", "transport"),
        ("Ma box n'a plus de réseau, la fibre est coupée depuis une semaine.", "telecom"),
    ],
)
def test_the_sector_is_recognised_from_the_words(text: str, sector: str) -> None:
    assert likely_sector([text] * 3, voice=Voice.CUSTOMER) == sector


def test_an_employee_text_gets_themes_and_never_a_tone() -> None:
    install_sector(by=system(), sector="insurer", at=timezone.now())
    house.response(
        house.unit(),
        Voice.EMPLOYEE,
        text="Les plannings changent au dernier moment, on ne peut rien prévoir.",
    )
    _read_all()
    text = Verbatim.objects.get()
    assert text.read_at is not None
    assert (text.polarity, text.sentiment, text.intensity) == ("", None, None)
    tones = Annotation.objects.filter(verbatim=text).values_list("polarity", flat=True)
    assert set(tones) == {""}


def test_reading_again_changes_nothing() -> None:
    house.response(house.unit(), text=ANGRY)
    _read_all()
    before = list(Annotation.objects.order_by("theme_id").values_list("theme_id", "polarity", "evidence"))
    Verbatim.objects.update(read_at=None)
    _read_all()
    assert (
        list(Annotation.objects.order_by("theme_id").values_list("theme_id", "polarity", "evidence"))
        == before
    )


def test_a_person_wins_over_the_engine_now_and_at_the_next_reading() -> None:
    team = house.unit()
    said = house.response(team, text=ANGRY)
    _read_all()
    text = Verbatim.objects.get(response=said)
    about = Annotation.objects.filter(verbatim=text).order_by("pk").first()
    assert about is not None
    assert about.theme is not None
    by, at = house.viewer(team), timezone.now()
    services.correct_tone(by=by, verbatim=text, polarity=Polarity.MIXED, at=at)
    services.correct_theme(by=by, verbatim=text, theme=about.theme, polarity=None, at=at, there=False)
    Verbatim.objects.update(read_at=None)
    _read_all()
    text.refresh_from_db()
    assert (text.polarity, text.corrected) == (Polarity.MIXED, True)
    holding = Annotation.objects.current().get(verbatim=text, theme=about.theme)
    assert (holding.by, holding.refused) == (Annotation.By.HUMAN, True)


def test_who_may_not_correct_changes_nothing() -> None:
    them = house.cast()
    text = house.verbatim(house.response(them.ours), ANGRY)
    for other in (them.neighbour, them.stranger):
        with pytest.raises(PermissionDenied):
            services.correct_tone(
                by=other.viewer, verbatim=text, polarity=Polarity.POSITIVE, at=timezone.now()
            )
    assert not Annotation.objects.exists()


def test_no_tone_can_be_given_to_an_employee_text() -> None:
    team = house.unit()
    text = house.verbatim(house.response(team, Voice.EMPLOYEE), "Les plannings changent sans cesse.")
    with pytest.raises(ValidationError):
        services.correct_tone(
            by=house.viewer(team), verbatim=text, polarity=Polarity.NEGATIVE, at=timezone.now()
        )


CALM = "Accueil parfait, conseillère très aimable, merci beaucoup."


def _reworded(text: Verbatim, words: str) -> None:
    """What an import does to a text whose words changed."""
    Verbatim.objects.filter(pk=text.pk).update(
        text=words, stems=stems(words), polarity="", certainty=None, corrected=False, read_at=None
    )


def _corrected(team: Unit) -> Verbatim:
    """A text whose tone and first theme a person corrected."""
    said = house.response(team, text=ANGRY)
    _read_all()
    text = Verbatim.objects.get(response=said)
    about = Annotation.objects.filter(verbatim=text).order_by("pk").first()
    assert about is not None
    by, at = house.viewer(team), timezone.now()
    services.correct_tone(by=by, verbatim=text, polarity=Polarity.MIXED, at=at)
    services.correct(by=by, verbatim=text, reading=(about.theme, Polarity.NEUTRAL), at=at)
    return text


def test_what_a_person_said_of_the_old_words_does_not_rule_the_new_ones() -> None:
    text = _corrected(house.unit())
    _reworded(text, CALM)
    _read_all()
    text.refresh_from_db()
    assert (text.polarity, text.corrected) == (Polarity.POSITIVE, False)
    holding = Annotation.objects.current().filter(verbatim=text)
    assert set(holding.values_list("by", flat=True)) == {Annotation.By.ENGINE}
    assert Annotation.objects.filter(verbatim=text, by=Annotation.By.HUMAN).count() == 2


def test_words_that_came_back_find_what_a_person_said_of_them() -> None:
    text = _corrected(house.unit())
    _reworded(text, CALM)
    _reworded(text, ANGRY)
    _read_all()
    text.refresh_from_db()
    assert (text.polarity, text.certainty, text.corrected) == (Polarity.MIXED, 1.0, True)


def test_a_text_that_waits_to_be_read_is_not_corrected() -> None:
    team = house.unit()
    text, theme = _corrected(team), Theme.objects.order_by("pk").first()
    _reworded(text, CALM)
    for reading in ((None, Polarity.NEGATIVE), (theme, Polarity.NEGATIVE), (theme, None)):
        with pytest.raises(ValidationError):
            services.correct(by=house.viewer(team), verbatim=text, reading=reading, at=timezone.now())
    text.refresh_from_db()
    assert (text.polarity, text.corrected) == ("", False)


def test_a_corrected_theme_keeps_the_words_that_carry_it() -> None:
    text = _corrected(house.unit())
    told = Annotation.objects.current().get(verbatim=text, by=Annotation.By.HUMAN, theme__isnull=False)
    engine = Annotation.objects.get(verbatim=text, by=Annotation.By.ENGINE, theme=told.theme)
    assert engine.evidence
    assert told.evidence == engine.evidence


def test_a_text_never_has_two_tones_that_hold() -> None:
    text = _corrected(house.unit())
    with pytest.raises(IntegrityError), transaction.atomic():
        house.annotation(text, polarity=Polarity.POSITIVE, by=Annotation.By.HUMAN)


def test_a_reading_and_a_correction_hold_the_text_until_they_are_done() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("this database locks whole files")
    with CaptureQueriesContext(connection) as asked:
        _corrected(house.unit())
    assert sum("FOR UPDATE" in query["sql"] for query in asked.captured_queries) == 3
