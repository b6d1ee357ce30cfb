"""Working days in France."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.core.workdays import (
    easter,
    holidays,
    is_working_day,
    latest_working_day,
    working_day_of_month,
)

#: Easter Sundays as the Bureau des longitudes (IMCCE) publishes them.
EASTERS = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 2285: (3, 22)}
#: Easter Monday, Ascension Day and Whit Monday, as service-public.fr lists them.
MOVING = {
    2024: ((4, 1), (5, 9), (5, 20)),
    2025: ((4, 21), (5, 29), (6, 9)),
    2026: ((4, 6), (5, 14), (5, 25)),
    2027: ((3, 29), (5, 6), (5, 17)),
}
YEARS = st.integers(1600, 2400)


@pytest.mark.parametrize("year", EASTERS)
def test_easter_falls_where_the_almanac_puts_it(year: int) -> None:
    assert easter(year) == dt.date(year, *EASTERS[year])


@pytest.mark.parametrize("year", MOVING)
def test_a_year_has_its_eleven_holidays(year: int) -> None:
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    assert holidays(year) == {dt.date(year, *day) for day in (*fixed, *MOVING[year])}
    assert len(holidays(year)) == 11


@given(YEARS)
def test_easter_is_a_sunday_of_the_spring(year: int) -> None:
    found = easter(year)
    assert found.weekday() == 6
    assert dt.date(year, 3, 22) <= found <= dt.date(year, 4, 25)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_the_latest_working_day_works_and_nothing_after_it_does(day: dt.date) -> None:
    found = latest_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(found + dt.timedelta(days=n)) for n in range(1, (day - found).days + 1))


@pytest.mark.parametrize(
    ("month", "number", "day"),
    [
        ("2025-11-01", 1, "2025-11-03"),
        ("2025-11-30", 6, "2025-11-10"),
        ("2025-11-12", 7, "2025-11-12"),  # the 11th is a holiday
        ("2026-05-01", 3, "2026-05-06"),  # the 1st too
        ("2026-01-15", 1, "2026-01-02"),
    ],
)
def test_working_days_of_a_month_are_counted_without_holidays(month: str, number: int, day: str) -> None:
    assert working_day_of_month(dt.date.fromisoformat(month), number) == dt.date.fromisoformat(day)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 15))
def test_every_month_has_fifteen_working_days_in_order(day: dt.date, number: int) -> None:
    found = working_day_of_month(day, number)
    assert (found.year, found.month) == (day.year, day.month)
    assert number == 15 or found < working_day_of_month(day, number + 1)


def test_years_before_the_calendar_and_numbers_beyond_it_are_refused() -> None:
    with pytest.raises(ValueError, match="1583"):
        easter(1500)
    with pytest.raises(ValueError, match="1 to 15"):
        working_day_of_month(dt.date(2025, 11, 1), 16)
