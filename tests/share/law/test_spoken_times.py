"""Keeping times in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from visavis.share.law.keeping import spoken_time
from visavis.share.law.observing import value_of


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 jour"),
        (30, "30 jours"),
        (365, "1 an"),
        (366, "366 jours"),
        (1095, "3 ans"),
        (1200, "1 200 jours"),
    ],
)
def test_a_keeping_time_is_said_in_years_where_it_is_whole_years(days: int, said: str) -> None:
    with translation.override("fr"):
        assert spoken_time(days).replace("\xa0", " ") == said


def test_a_change_says_its_values_in_words() -> None:
    with translation.override("fr"):
        assert value_of("keep:texts", 730).replace("\xa0", " ") == "2 ans"
        assert (value_of("read:tone", 1), value_of("read:tone", 0)) == ("actif", "arrêté")
