"""A year with its two changes of the clock: the days add up to the months, row for row."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from tests import house
from visavis.core import periods
from visavis.core.words import Role
from visavis.share.restitution import queries, tables
from visavis.web.filters import Filters

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: The nights when the clock goes forward and back in Paris, and the night of the year.
_NIGHTS = (dt.date(2025, 3, 30), dt.date(2025, 10, 26), dt.date(2025, 1, 1))


def _year() -> int:
    """A return every hour of the nights around each change, and one a day of the year; all in Paris."""
    zone, team, n = ZoneInfo(settings.TIME_ZONE), house.unit(), 0
    starts = [
        dt.datetime.combine(night, dt.time(), zone).astimezone(dt.UTC) - dt.timedelta(hours=4)
        for night in _NIGHTS
    ]
    instants = [start + dt.timedelta(minutes=30 * step) for start in starts for step in range(24)]
    instants += [
        dt.datetime(2025, 1, 1, 22, 30, tzinfo=dt.UTC) + dt.timedelta(days=day) for day in range(365)
    ]
    for n, instant in enumerate(instants, 1):
        on = instant.astimezone(zone).date()
        house.response(team, on=on, heard_at=instant, satisfaction=n % 5 + 1)
    return n


def test_the_days_of_a_year_add_up_to_its_months_row_for_row() -> None:
    made = _year()
    viewer = house.viewer(house.company(), Role.QUALITY)

    def rows(period: periods.Period) -> list[object]:
        return [row[-1] for row in tables.daily(viewer, Filters(period))[1]]

    told = []
    for number in range(1, 13):
        month = periods.month(2025, number)
        days = [month.first + dt.timedelta(day) for day in range(month.days)]
        of_days = [row for day in days for row in rows(periods.day(day))]
        assert of_days == rows(month)
        assert len(of_days) == queries.report(viewer, Filters(month)).counts.returns
        told += of_days
    outside = rows(periods.month(2024, 12)) + rows(periods.month(2026, 1))
    assert len(set(told)) == len(told) == made - len(outside)
    assert outside
