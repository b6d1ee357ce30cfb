"""The queue « Aider à lire »: fair draws, one tap an answer, a test set that nothing learns from."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import NOBODY
from visavis.people.units.models import Unit
from visavis.text import Taxonomy
from visavis.understand.learning import draws, labels, queue, services
from visavis.understand.learning.models import FROZEN_ONE_IN, Draw, is_frozen
from visavis.understand.verbatims.models import Annotation

pytestmark = pytest.mark.django_db

WEEK = house.TODAY


def _texts(number: int, voice: Voice = Voice.CUSTOMER, on: dt.date = WEEK) -> None:
    """Texts that were read, each as certain as its place."""
    team = house.unit()
    for place in range(number):
        certainty = 0.5 + place / (2 * number)
        tone = {"polarity": "positive", "sentiment": 0.2} if voice.tone_may_be_read else {}
        house.verbatim(
            house.response(team, voice, on=on),
            f"Texte numéro {place}, merci.",
            read_at=timezone.now(),
            certainty=certainty,
            language="fr",
            **tone,
        )


def test_a_week_holds_the_least_certain_texts_and_three_in_ten_by_chance() -> None:
    _texts(300)
    assert draws.draw_week(WEEK) == draws.WEEK
    chance = Draw.objects.filter(random=True)
    assert (chance.count(), chance.filter(frozen=True).count()) == (18, 9)
    doubtful = Draw.objects.filter(random=False)
    assert doubtful.count() == 42
    drawn = Verbatim.objects.filter(pk__in=doubtful.values("pk")).values_list("certainty", flat=True)
    left = Verbatim.objects.exclude(pk__in=Draw.objects.values("pk")).values_list("pk", "certainty")
    assert max(filter(None, drawn)) <= min(sure or 0 for pk, sure in left if not is_frozen(pk))


def test_drawing_twice_in_a_week_draws_nothing_more() -> None:
    _texts(100)
    draws.draw_week(WEEK)
    before = set(Draw.objects.values_list("pk", "place"))
    assert draws.draw_week(WEEK + dt.timedelta(days=4)) == 0
    assert set(Draw.objects.values_list("pk", "place")) == before


def test_the_next_week_keeps_what_chance_chose_and_gives_back_the_rest() -> None:
    _texts(300)
    draws.draw_week(WEEK)
    chance = set(Draw.objects.filter(random=True).values_list("pk", flat=True))
    draws.draw_week(WEEK + dt.timedelta(days=7))
    now = Draw.objects.filter(week=WEEK + dt.timedelta(days=7))
    assert now.count() == draws.WEEK
    assert chance <= set(now.values_list("pk", flat=True))
    assert not Draw.objects.filter(week=WEEK).exists()


def test_only_chance_puts_a_text_into_the_test_set_and_its_key_decides() -> None:
    _texts(300)
    draws.draw_week(WEEK)
    for draw in Draw.objects.order_by("pk"):
        assert draw.frozen == (draw.pk % FROZEN_ONE_IN == 0)
        assert draw.random or not draw.frozen


def test_texts_older_than_a_year_and_texts_of_employees_are_not_drawn() -> None:
    _texts(5, on=WEEK - dt.timedelta(days=400))
    _texts(5, Voice.EMPLOYEE)
    _texts(3)
    assert draws.draw_week(WEEK) == 3
    assert set(Draw.objects.values_list("voice", flat=True)) == {Voice.CUSTOMER.value}


def test_the_same_words_are_not_asked_twice_for_their_doubt() -> None:
    team = house.unit()
    for _ in range(30):
        house.verbatim(
            house.response(team),
            "Merci !",
            read_at=timezone.now(),
            certainty=0.5,
            sentiment=0.0,
            language="fr",
        )
    draws.draw_week(WEEK)
    assert Draw.objects.filter(random=False).count() == 1


def test_a_text_whose_words_changed_leaves_the_queue() -> None:
    _texts(20)
    draws.draw_week(WEEK)
    gone = Draw.objects.order_by("pk").first()
    assert gone is not None
    Verbatim.objects.filter(pk=gone.pk).update(text="D’autres mots.", read_at=None)
    draws.draw_week(WEEK)
    assert not Draw.objects.filter(pk=gone.pk).exists()


def _drawn(team: Unit, **fields: object) -> Draw:
    text = house.verbatim(house.response(team), read_at=timezone.now(), polarity="positive", sentiment=0.6)
    return house.draw(text, **fields)


def test_right_keeps_the_reading_and_makes_the_tone_a_persons() -> None:
    team = house.unit()
    theme = house.theme("delay")
    draw = _drawn(team, themes=[{"code": "delay", "tone": "positive", "certainty": 0.9, "spans": [[0, 7]]}])
    by = house.viewer(team)
    services.answer(by=by, draw=draw, tone=Polarity.POSITIVE, themes=[theme], at=timezone.now())
    draw.refresh_from_db()
    assert (draw.status, draw.said_tone, draw.said_themes) == ("answered", "positive", ["delay"])
    told = Annotation.objects.current().get(verbatim=draw.verbatim)
    assert (told.theme, told.polarity, told.by) == (None, "positive", Annotation.By.HUMAN)


def test_an_answer_corrects_the_tone_adds_and_removes_themes() -> None:
    team = house.unit()
    house.theme("delay")
    price = house.theme("price")
    draw = _drawn(team, themes=[{"code": "delay", "tone": "positive", "certainty": 0.9, "spans": []}])
    by = house.viewer(team)
    services.answer(by=by, draw=draw, tone=Polarity.NEGATIVE, themes=[price], at=timezone.now())
    text = Verbatim.objects.get(pk=draw.pk)
    assert (text.polarity, text.corrected) == (Polarity.NEGATIVE, True)
    told = Annotation.objects.current().filter(verbatim=text, theme__isnull=False)
    assert set(told.values_list("theme__code", "refused")) == {("delay", True), ("price", False)}
    assert JournalEntry.objects.filter(verb="learning.answered").count() == 1


def test_a_text_is_answered_once() -> None:
    team = house.unit()
    draw, by = _drawn(team), house.viewer(team)
    services.answer(by=by, draw=draw, tone=Polarity.POSITIVE, themes=[], at=timezone.now())
    with pytest.raises(ValidationError):
        services.skip(by=house.viewer(team), draw=draw, at=timezone.now())
    assert Draw.objects.get().status == Draw.Status.ANSWERED


def test_words_that_changed_meanwhile_are_not_answered() -> None:
    team = house.unit()
    draw = _drawn(team)
    Verbatim.objects.update(text="Tout a changé.")
    with pytest.raises(ValidationError):
        services.answer(
            by=house.viewer(team), draw=draw, tone=Polarity.POSITIVE, themes=[], at=timezone.now()
        )
    assert not Annotation.objects.exists()


def test_a_tone_is_needed() -> None:
    team = house.unit()
    with pytest.raises(ValidationError):
        services.answer(by=house.viewer(team), draw=_drawn(team), tone=None, themes=[], at=timezone.now())


def test_a_neighbour_and_a_stranger_answer_nothing() -> None:
    them = house.cast()
    draw = _drawn(them.ours)
    for other in (them.neighbour.viewer, them.stranger.viewer, NOBODY):
        assert not queue.draws(other).exists()
        with pytest.raises(PermissionDenied):
            services.skip(by=other, draw=draw, at=timezone.now())
    assert list(queue.draws(them.owner.viewer)) == [draw]


def test_what_is_said_of_a_text_of_the_test_set_teaches_nothing_whoever_says_it() -> None:
    team = house.unit()
    by = house.viewer(team)
    taxonomy = Taxonomy([])
    kept: list[int] = []
    learnt: list[int] = []
    for _ in range(40):
        draw = _drawn(team)
        services.answer(by=by, draw=draw, tone=Polarity.POSITIVE, themes=[], at=timezone.now())
        (kept if is_frozen(draw.pk) else learnt).append(draw.pk)
    assert kept
    assert sorted(learnt) == sorted(one.key for one in labels.tones_said(Voice.CUSTOMER))
    assert sorted(learnt) == [key for key, _said in labels.themes_said(Voice.CUSTOMER, taxonomy)]


def test_the_page_shows_one_text_and_goes_on_without_scripts() -> None:
    them = house.cast()
    first, second = _drawn(them.ours), _drawn(them.ours)
    page = them.owner.client.get(reverse("learning:queue"))
    assert page.content.decode().count("<blockquote") == 1
    answer = them.owner.client.post(reverse("learning:answer", args=[first.pk]), {"say": "negative"})
    assert answer.status_code == 302
    page = them.owner.client.get(reverse("learning:queue"))
    assert reverse("learning:answer", args=[second.pk]) in page.content.decode()
    assert Draw.objects.get(pk=first.pk).said_tone == "negative"


def test_htmx_gets_the_next_text_alone() -> None:
    them = house.cast()
    draw = _drawn(them.ours)
    answer = them.owner.client.post(
        reverse("learning:answer", args=[draw.pk]), {"say": "skip"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert Draw.objects.get().status == Draw.Status.SKIPPED


def test_an_answer_that_is_none_is_refused_with_a_sentence() -> None:
    them = house.cast()
    draw = _drawn(them.ours)
    for said in ({"say": "shout"}, {}, {"say": "right", "themes": ["nowhere"]}):
        them.owner.client.post(reverse("learning:answer", args=[draw.pk]), said)
    assert Draw.objects.get().status == Draw.Status.WAITING


def test_the_progress_is_that_of_ones_branch_and_week() -> None:
    them = house.cast()
    _drawn(them.theirs)
    _drawn(them.ours, week=WEEK - dt.timedelta(days=7))
    draw = _drawn(them.ours)
    _drawn(them.ours)
    services.skip(by=them.owner.viewer, draw=draw, at=timezone.now())
    found = queue.week(them.owner.viewer, WEEK)
    assert (found.total, found.answered, found.skipped, found.done) == (2, 0, 1, 1)


def test_quality_draws_more_and_a_supervisor_does_not() -> None:
    _texts(50)
    quality = house.member(house.company(), Role.QUALITY)
    quality.client.post(reverse("learning:more"))
    assert Draw.objects.count() == draws.MORE
    with pytest.raises(PermissionDenied):
        draws.draw_more(by=house.viewer(house.unit()), today=WEEK)
