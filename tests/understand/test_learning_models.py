"""Models learnt from people: stored with their measures, published by the gate, taken back, read with."""

from __future__ import annotations

import datetime as dt
from functools import partial

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import system
from visavis.text import VERSION
from visavis.text.learning import Adaptation
from visavis.text.weights import Line
from visavis.understand.learning import jobs, second, services
from visavis.understand.learning.candidates import Candidate
from visavis.understand.learning.gate import Trial, trial
from visavis.understand.learning.models import Draw, Fit, Kind, Publication
from visavis.understand.learning.publishing import keep, learn, publish_fit
from visavis.understand.learning.queries import models_in_force
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.reading import read_unread
from visavis.understand.verbatims.services import correct_tone

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(dt.datetime.combine(house.TODAY, dt.time(2)))
BETTER = trial([0.0, 1.0] * 20, [1.0, 1.0] * 20)
WORSE = trial([1.0] * 40, [0.0] * 40)


def _tone(shift: float = 0.5) -> Adaptation:
    """A model that finds every text a little more, or less, content."""
    none = np.array([], dtype=np.uint64)
    return Adaptation("fr", none, np.array([], dtype=np.float32), Line(1.0, shift), 100, 0.0)


def _candidate(basis: str = "one", test: Trial = BETTER, shift: float = 0.5) -> Candidate:
    return Candidate(f"{basis} {shift}", _tone(shift).to_bytes(), 100, test, None)


def _keep(basis: str = "one", test: Trial = BETTER, shift: float = 0.5) -> Fit:
    made = keep(
        by=system(), kind=Kind.TONE, voice=Voice.CUSTOMER, candidate=_candidate(basis, test, shift), at=AT
    )
    assert made is not None
    return made


def test_before_anything_is_learnt_the_engine_reads_as_shipped() -> None:
    found = models_in_force(Voice.CUSTOMER)
    assert (found.tone, found.taxonomy.model, found.version) == (None, None, VERSION)


def test_what_passes_is_in_force_with_its_own_version_and_its_measures() -> None:
    fit = _keep()
    found = models_in_force(Voice.CUSTOMER)
    assert (found.tone, found.version) == (_tone(), f"{VERSION}.t{fit.number}")
    assert fit.verdict == Fit.Verdict.ACCEPTED
    assert fit.measures["test"] == BETTER.told()
    assert JournalEntry.objects.filter(verb="learning.published").count() == 1
    assert models_in_force(Voice.EMPLOYEE).tone is None


def test_what_falls_is_stored_and_not_in_force() -> None:
    fit = _keep(test=WORSE)
    assert (fit.verdict, fit.why) == (Fit.Verdict.REFUSED, "falls")
    assert models_in_force(Voice.CUSTOMER).tone is None
    assert not Publication.objects.exists()


def test_the_same_candidate_is_stored_once() -> None:
    _keep()
    assert keep(by=system(), kind=Kind.TONE, voice=Voice.CUSTOMER, candidate=_candidate(), at=AT) is None
    assert Fit.objects.count() == 1


def test_going_back_takes_one_gesture_and_a_reason_and_holds() -> None:
    first, second_one = _keep("one"), _keep("two", shift=0.7)
    quality = house.viewer(house.company(), Role.QUALITY)
    choose = partial(services.choose, by=quality, kind=Kind.TONE, voice=Voice.CUSTOMER, at=AT)
    choose(fit=first, reason="Trop de textes tièdes lus positifs.")
    assert models_in_force(Voice.CUSTOMER).version == f"{VERSION}.t{first.number}"
    third = _keep("three", shift=0.9)
    assert (third.verdict, third.why) == (Fit.Verdict.WAITING, "held")
    assert models_in_force(Voice.CUSTOMER).version == f"{VERSION}.t{first.number}"
    choose(fit=third, reason="Vérifié à la main.")
    assert models_in_force(Voice.CUSTOMER).version == f"{VERSION}.t{third.number}"
    assert _keep("four", shift=1.1).verdict == Fit.Verdict.ACCEPTED
    choose(fit=None, reason="Retour au départ.")
    assert models_in_force(Voice.CUSTOMER).version == VERSION
    assert JournalEntry.objects.filter(verb="learning.chosen").count() == 3
    assert second_one.number == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_model_is_put_in_force_without_a_reason(reason: str) -> None:
    _keep()
    quality = house.viewer(house.company(), Role.QUALITY)
    with pytest.raises(ValidationError):
        services.choose(by=quality, kind=Kind.TONE, voice=Voice.CUSTOMER, fit=None, reason=reason, at=AT)


def test_a_model_that_failed_its_test_cannot_be_put_in_force_by_hand() -> None:
    quality = house.viewer(house.company(), Role.QUALITY)
    with pytest.raises(ValidationError):
        services.choose(
            by=quality, kind=Kind.TONE, voice=Voice.CUSTOMER, fit=_keep(test=WORSE), reason="Si.", at=AT
        )


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN, Role.DIRECTION])
def test_only_who_owns_the_references_chooses_a_model(role: Role) -> None:
    fit, other = _keep(), house.viewer(house.company(), role)
    with pytest.raises(PermissionDenied):
        services.choose(by=other, kind=Kind.TONE, voice=Voice.CUSTOMER, fit=fit, reason="Oui.", at=AT)
    with pytest.raises(PermissionDenied):
        services.reread(by=other, kind=Kind.TONE, voice=Voice.CUSTOMER, since=house.TODAY, reason="Oui.")


def test_bytes_that_are_no_model_leave_the_engine_as_shipped(caplog: pytest.LogCaptureFixture) -> None:
    wrong = Fit.objects.create(
        kind=Kind.TONE, voice=Voice.CUSTOMER, number=78, made_at=AT, engine=VERSION, basis="bad",
        answers=1, verdict=Fit.Verdict.ACCEPTED, why="holds", content=b"\x80\x04pickle",
    )  # fmt: skip
    publish_fit(by=system(), kind=Kind.TONE, voice=Voice.CUSTOMER, fit=wrong, reason="", at=AT)
    assert models_in_force(Voice.CUSTOMER).tone is None
    assert "cannot be read back" in caplog.text


def test_a_model_of_another_engine_is_left_aside() -> None:
    Fit.objects.filter(pk=_keep().pk).update(engine="0")
    assert models_in_force(Voice.CUSTOMER).version == VERSION


def _read_all() -> None:
    while read_unread(at=timezone.now()):
        pass


def test_a_publication_reads_the_running_month_again_and_leaves_the_months_told() -> None:
    team = house.unit()
    house.theme("delay", keywords={"fr": ["délai"]})
    before = house.response(team, text="Le délai est correct.", on=house.TODAY - dt.timedelta(days=2))
    now = house.response(team, text="Le délai est correct.")
    _read_all()
    Verbatim.objects.update(read_by="older")
    _keep()
    jobs.sweep(at=AT, today=house.TODAY)
    assert Verbatim.objects.get(response=before).read_by == "older"
    assert Verbatim.objects.get(response=now).read_by != "older"
    assert Publication.objects.get().done
    quality = house.viewer(house.company(), Role.QUALITY)
    since = house.TODAY - dt.timedelta(days=30)
    services.reread(
        by=quality, kind=Kind.TONE, voice=Voice.CUSTOMER, since=since, reason="Nouveau thème à suivre."
    )
    jobs.sweep(at=AT, today=house.TODAY)
    assert not Verbatim.objects.filter(read_by="older").exists()


def test_reading_again_never_overwrites_a_person() -> None:
    team = house.unit()
    text = house.verbatim(house.response(team), "Accueil parfait, merci beaucoup.")
    _read_all()
    text.refresh_from_db()
    correct_tone(by=house.viewer(team), verbatim=text, polarity=Polarity.NEGATIVE, at=AT)
    _keep(shift=5.0)
    while jobs.read_again(Voice.CUSTOMER, at=AT):
        pass
    text.refresh_from_db()
    assert (text.polarity, text.read_at is None) == (Polarity.NEGATIVE, False)


def test_reading_again_is_taken_up_where_it_stopped() -> None:
    team = house.unit()
    for _ in range(6):
        house.response(team, text="Réponse claire.")
    _read_all()
    _keep()
    size, jobs.STEP = jobs.STEP, 2
    try:
        assert jobs.read_again(Voice.CUSTOMER, at=AT) == 2
        cursor = Publication.objects.get().cursor
        assert sorted(Verbatim.objects.values_list("pk", flat=True))[1] == cursor
        steps = [jobs.read_again(Voice.CUSTOMER, at=AT) for _ in range(3)]
    finally:
        jobs.STEP = size
    assert steps == [2, 2, 0]
    assert Publication.objects.get().done


def test_the_test_set_judges_each_version_in_force() -> None:
    team = house.unit()
    text = house.verbatim(house.response(team), "Accueil parfait.", read_at=AT)
    said = {"random": True, "frozen": True, "status": Draw.Status.ANSWERED, "said_tone": "positive"}
    draw = house.draw(text, version="older", tone="negative", **said)
    assert jobs.judge_again(Voice.CUSTOMER) == 1
    draw.refresh_from_db()
    assert (draw.version, draw.tone) == (VERSION, Polarity.POSITIVE)
    assert jobs.judge_again(Voice.CUSTOMER) == 0


def test_themes_are_learnt_from_answers_and_stored_once() -> None:
    team = house.unit()
    house.theme("delay", keywords={"fr": ["délai"]})
    house.theme("welcome", keywords={"fr": ["accueil"]})
    by = house.viewer(team)
    for place in range(24):
        late = place % 2
        words = (
            f"On m’a fait patienter longtemps, dossier {place}." if late else f"Souriante et aimable {place}."
        )
        draw = house.draw(house.verbatim(house.response(team), words, read_at=AT))
        heard = [house.theme("delay" if late else "welcome")]
        services.answer(by=by, draw=draw, tone=Polarity.POSITIVE, themes=heard, at=AT)
    fit = learn(by=system(), kind=Kind.THEMES, voice=Voice.CUSTOMER, at=AT)
    assert fit is not None
    assert fit.answers > 10
    assert fit.measures["cross"]["n"] == fit.answers
    assert learn(by=system(), kind=Kind.THEMES, voice=Voice.CUSTOMER, at=AT) is None


def test_with_nothing_said_nothing_is_learnt() -> None:
    house.theme("delay", keywords={"fr": ["délai"]})
    assert jobs.learn_all(at=AT) == []


def test_the_engine_learns_at_night_and_as_soon_as_possible_after_a_missed_one() -> None:
    noon = AT.replace(hour=12)
    assert not jobs.late(noon)
    text = house.verbatim(house.response(house.unit()), read_at=AT)
    house.annotation(text, polarity="positive", by=Annotation.By.HUMAN, made_at=AT - dt.timedelta(days=3))
    assert jobs.late(noon)
    Fit.objects.filter(pk=_keep().pk).update(made_at=AT)
    assert not jobs.late(noon)


def test_the_second_opinion_rests_unless_it_is_turned_on(settings: object) -> None:
    house.verbatim(house.response(house.unit()), read_at=AT, sentiment=0.1, certainty=0.5)
    assert second.step(Voice.CUSTOMER, at=AT) == 0
    assert not second.progress(Voice.CUSTOMER).on
    settings.SECOND_OPINION = True  # type: ignore[attr-defined]
    assert second.step(Voice.EMPLOYEE, at=AT) == 0


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("learn")
    told = capsys.readouterr().out
    assert "Rien de nouveau à apprendre" in told
    call_command("learn")
    assert capsys.readouterr().out == told
