"""What the reading is worth: rates on random answers, of the version in force, with n and interval."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import house
from visavis.core.words import Polarity, Role, Voice
from visavis.text import VERSION
from visavis.understand.learning.models import Draw
from visavis.understand.learning.rates import checks, corrected_share, theme_rates, tone_rates

pytestmark = pytest.mark.django_db


def _answered(read: str, said: str, number: int = 1, **fields: Any) -> list[Draw]:
    """Random answers: what was read, what a person said."""
    team = house.unit()
    facts = {"random": True, "status": Draw.Status.ANSWERED, "tone": read, "said_tone": said}
    sentiment = {"positive": 0.8, "negative": -0.8}.get(read, 0.0)
    return [
        house.draw(
            house.verbatim(house.response(team), read_at=timezone.now()),
            **{"sentiment": sentiment} | facts | fields,
        )
        for _ in range(number)
    ]


def test_only_random_answers_of_the_version_in_force_count() -> None:
    _answered("positive", "positive", 3)
    _answered("positive", "negative", 2, random=False)
    _answered("positive", "negative", 4, version="older")
    _answered("positive", "", 1, status=Draw.Status.SKIPPED)
    known = checks(Voice.CUSTOMER)
    assert (len(known.draws), known.skipped, known.older, known.version) == (3, 1, 4, VERSION)


def test_the_tone_is_judged_by_tone_and_abstentions_are_counted_apart() -> None:
    _answered("positive", "positive", 40)
    _answered("positive", "negative", 10)
    _answered("negative", "negative", 30)
    _answered("", "mixed", 20)
    found = tone_rates(checks(Voice.CUSTOMER).draws)
    assert (found.right.estimate, found.right.n) == (70 / 80, 80)
    assert found.told.estimate == 80 / 100
    assert found.found["negative"].estimate == 30 / 40
    assert found.trusted["positive"].estimate == 40 / 50
    assert found.found["mixed"].estimate == 0
    assert found.confusion[("negative", "positive")] == 10
    assert found.error is not None
    assert found.error.estimate == pytest.approx(0.9 - 70 / 80)
    assert found.error.low <= (found.error.estimate or 0) <= found.error.high
    assert found.slices[0.9].n == 80


def test_under_thirty_answers_no_calibration_is_told() -> None:
    _answered("positive", "positive", 29)
    assert tone_rates(checks(Voice.CUSTOMER).draws).error is None


def test_themes_are_judged_by_what_is_found_and_what_is_right() -> None:
    delay = [{"code": "delay", "tone": "", "certainty": 0.9, "spans": []}]
    _answered("positive", "positive", 6, themes=delay, said_themes=["delay"])
    _answered("positive", "positive", 2, themes=delay, said_themes=[])
    _answered("positive", "positive", 4, themes=[], said_themes=["delay", "price"])
    whole, each = theme_rates(checks(Voice.CUSTOMER).draws)
    assert list(each) == ["delay", "price"]
    assert (each["delay"].found.estimate, each["delay"].found.n) == (6 / 10, 10)
    assert each["delay"].trusted.estimate == 6 / 8
    assert each["price"].found.estimate == 0
    assert whole.found.estimate == pytest.approx(6 / 14)


def test_a_share_is_corrected_by_the_errors_found() -> None:
    _answered("negative", "negative", 45)
    _answered("positive", "negative", 5)
    _answered("positive", "positive", 46)
    _answered("negative", "positive", 4)
    known = checks(Voice.CUSTOMER)
    share = corrected_share(known, flagged=300, n=1000, tone=Polarity.NEGATIVE)
    assert share is not None
    # (0.3 + 0.92 - 1) / (0.9 + 0.92 - 1), Rogan and Gladen (1978).
    assert share.estimate == pytest.approx(0.22 / 0.82)
    assert share.low < (share.estimate or 0) < share.high
    assert share.observed == 0.3


def test_a_share_waits_for_five_checks_on_either_side() -> None:
    _answered("negative", "negative", 4)
    _answered("positive", "positive", 40)
    known = checks(Voice.CUSTOMER)
    assert corrected_share(known, flagged=3, n=10, tone=Polarity.NEGATIVE) is None
    assert corrected_share(known, flagged=3, n=10, theme="delay") is None


def _page(role: Role, query: str = "") -> str:
    found = house.member(house.company(), role).client.get(reverse("learning:rates") + query)
    assert found.status_code == 200
    return str(found.content.decode())


def test_the_page_is_whole_with_nothing_with_few_and_with_many_answers() -> None:
    assert "Pas encore assez de réponses" in _page(Role.QUALITY)
    _answered("positive", "positive", 3)
    house.assert_scores_carry_n_and_interval(_page(Role.QUALITY))
    delay = house.theme("delay")
    themes = [{"code": delay.code, "tone": "", "certainty": 0.9, "spans": []}]
    _answered("positive", "positive", 40, themes=themes, said_themes=["delay"])
    _answered("negative", "negative", 40)
    page = _page(Role.QUALITY)
    house.assert_scores_carry_n_and_interval(page)
    assert "Parts sans les erreurs du moteur" in page
    assert "83 réponses" in page.replace("\u00a0", " ")


def test_an_administrator_sees_the_models_and_no_figure_of_customers() -> None:
    _answered("positive", "positive", 40)
    page = _page(Role.ADMIN)
    assert "Parts sans les erreurs du moteur" not in page
    assert "Ton des textes" in page


def test_no_text_of_an_employee_nor_its_tone_is_ever_told() -> None:
    team = house.unit()
    secret = "Les plannings changent au dernier moment."
    house.verbatim(house.response(team, Voice.EMPLOYEE), secret, read_at=timezone.now())
    page = _page(Role.QUALITY, "?voix=employee")
    assert secret not in page
    assert "Ton des textes" not in page
    assert "Leur ton n’est jamais lu" in page


def test_the_second_opinion_says_how_to_have_it(settings: Any) -> None:
    settings.SECOND_OPINION = False
    assert "VISAVIS_SECOND_OPINION" in _page(Role.QUALITY)
    settings.SECOND_OPINION = True
    assert "Second avis" in _page(Role.QUALITY)


def test_a_model_is_chosen_on_its_own_page_with_a_reason() -> None:
    quality = house.member(house.company(), Role.QUALITY)
    path = reverse("learning:choose", args=["tone", "customer", 0])
    assert quality.client.post(path, {"reason": ""}).status_code == 422
    assert "déjà en vigueur" in quality.client.post(path, {"reason": "Essai."}).content.decode()
    assert quality.client.get(reverse("learning:choose", args=["tone", "customer", 7])).status_code == 404
    assert quality.client.get(reverse("learning:choose", args=["mood", "customer", 0])).status_code == 404
    path = reverse("learning:reread", args=["themes", "employee"])
    refused = quality.client.post(path, {"reason": "Nouveau.", "since": "2025-01-01"})
    assert (refused.status_code, "rien à relire" in refused.content.decode()) == (422, True)
