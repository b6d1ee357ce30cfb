from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.web import wording


def at(year: int, month: int, day: int, hour: int, minute: int, second: int = 0) -> dt.datetime:
    """An instant."""
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)


NOW = at(2025, 12, 1, 11, 30)
N = wording.NBSP


@pytest.mark.parametrize(
    ("when", "french", "english"),
    [
        (at(2025, 12, 1, 11, 30, 10), "à l’instant", "just now"),
        (at(2025, 12, 1, 11, 18), f"il y a 12{N}min", f"12{N}min ago"),
        (at(2025, 12, 1, 9, 20), f"il y a 2{N}h", f"2{N}h ago"),
        (at(2025, 12, 1, 14, 30), f"dans 3{N}h", f"in 3{N}h"),
        (at(2025, 11, 30, 17, 40), f"hier, 17{N}h{N}40", "yesterday, 17:40"),
        (at(2025, 12, 2, 12, 0), f"demain, 12{N}h", "tomorrow, 12:00"),
        (at(2025, 11, 25, 9, 5), f"mardi 25\u00a0novembre, 9{N}h{N}05", "Tuesday 25\u00a0November, 9:05"),
        (at(2025, 11, 1, 9, 5), "1er\u00a0novembre", "1\u00a0November"),
        (at(2024, 11, 1, 9, 5), "1er\u00a0novembre\u00a02024", "1\u00a0November\u00a02024"),
    ],
)
def test_an_instant_is_told_as_people_tell_it(when: dt.datetime, french: str, english: str) -> None:
    assert wording.relative_time(when, NOW, "fr") == french
    assert wording.relative_time(when, NOW, "en-gb") == english


@given(st.datetimes(timezones=st.just(dt.UTC)))
def test_any_instant_can_be_told(when: dt.datetime) -> None:
    assert wording.relative_time(when, NOW, "fr")
    assert wording.relative_time(when, NOW, "en")


def test_a_quote_never_loses_its_marks_at_the_end_of_a_line() -> None:
    assert wording.quote(" Merci. ", "fr") == f"«{N}Merci.{N}»"
    assert wording.quote("Merci.", "en") == "“Merci.”"


@pytest.mark.parametrize(
    ("share", "french", "english"), [(0.845, f"85{N}%", "85%"), (0, f"0{N}%", "0%"), (1, f"100{N}%", "100%")]
)
def test_a_share_is_written_as_a_percentage(share: float, french: str, english: str) -> None:
    assert (wording.percent(share, "fr"), wording.percent(share, "en")) == (french, english)
