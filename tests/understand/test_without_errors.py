"""Shares of themes without the engine's errors, beside the themes of the explorer and of the report."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import house
from visavis.core.words import Role
from visavis.text import VERSION
from visavis.understand.learning.models import Draw

pytestmark = pytest.mark.django_db
EXPLORER, REPORT = "/ecouter/retours/", "/comprendre/rapports/"
TITLE = "Sans les erreurs de lecture"


def _company(version: str = VERSION, wrong: int = 10) -> house.Member:
    """Forty texts, ten of which are read as speaking of delays; chance checked them all."""
    root, delay = house.company(), house.theme("delay")
    read = [{"code": "delay", "tone": "", "certainty": 0.9, "spans": []}]
    for place in range(40):
        heard, true = place < 20, place < 20 - wrong
        text = house.verbatim(house.response(root), read_at=timezone.now(), read_by=version)
        if heard:
            house.annotation(text, delay, polarity="negative")
        facts = {"themes": read if heard else [], "said_themes": ["delay"] if true else []}
        house.draw(text, random=True, status=Draw.Status.ANSWERED, said_tone="negative", **facts)
    return house.member(root, Role.QUALITY)


@pytest.mark.parametrize("url", [EXPLORER, f"{EXPLORER}?theme=delay", REPORT])
def test_a_theme_read_too_often_is_told_with_its_share_without_errors(url: str) -> None:
    page = _company().client.get(url, follow=True)
    # Counted 20 of 40; true in half of them: (0.5 + 20 / 30 - 1) / (1 + 20 / 30 - 1), Rogan and Gladen.
    assert TITLE in page.text
    assert "compté : 50" in page.text.replace("\u00a0", " ")
    assert ">25" in page.text.replace("\u00a0", " ")


@pytest.mark.parametrize("asked", ["ton=negatif", "q=claire", "rappel=oui"])
def test_rates_of_all_texts_are_not_lent_to_those_of_one_tone_or_word(asked: str) -> None:
    assert TITLE not in _company().client.get(f"{EXPLORER}?{asked}").text


def test_nothing_is_told_of_texts_that_an_earlier_version_read() -> None:
    assert TITLE not in _company(version="older").client.get(EXPLORER).text


def test_nothing_is_told_while_too_few_texts_are_checked() -> None:
    member = _company()
    Draw.objects.exclude(pk__in=Draw.objects.order_by("pk").values("pk")[:4]).delete()
    assert TITLE not in member.client.get(EXPLORER).text
