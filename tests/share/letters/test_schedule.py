"""When letters fall due, and which days they tell."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from visavis.core.workdays import is_working_day
from visavis.share.letters.models import Kind, Subscription
from visavis.share.letters.schedule import latest_slot, next_due

REPORT = Subscription(kind=Kind.REPORT, working_day=3, hour=8)
DAY = Subscription(kind=Kind.DAY, hour=8)
ALERTS = Subscription(kind=Kind.ALERTS, hour=8)


def _at(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("at", "due", "period"),
    [
        ("2025-12-03T08:00", "2025-12-03T08:00", "2025-11"),
        ("2025-12-03T07:59", "2025-11-05T08:00", "2025-10"),
        ("2025-12-31T23:00", "2025-12-03T08:00", "2025-11"),
        ("2026-01-06T08:00", "2026-01-06T08:00", "2025-12"),  # the 1st is a holiday, then a week-end
    ],
)
def test_a_report_is_due_on_its_working_day_and_tells_the_month_before(
    at: str, due: str, period: str
) -> None:
    slot = latest_slot(REPORT, _at(at))
    assert (slot.due_at, slot.period.key) == (_at(due), period)


@pytest.mark.parametrize(
    ("at", "period"),
    [
        ("2025-12-02T09:00", "2025-12-01"),
        ("2025-12-01T09:00", "2025-11-28..2025-11-30"),  # Monday tells Friday to Sunday
        ("2025-11-12T09:00", "2025-11-10..2025-11-11"),  # after a holiday
        ("2025-12-06T12:00", "2025-12-04"),  # nothing on Saturday: Friday's stands
        ("2025-12-02T07:00", "2025-11-28..2025-11-30"),  # before the hour
    ],
)
def test_a_daily_letter_tells_all_days_since_the_working_day_before(at: str, period: str) -> None:
    assert latest_slot(DAY, _at(at)).period.key == period


@pytest.mark.parametrize(
    ("at", "due", "period"),
    [
        ("2025-12-01T08:00", "2025-12-01T08:00", "2025-11-24..2025-11-30"),
        ("2025-12-05T23:00", "2025-12-01T08:00", "2025-11-24..2025-11-30"),
        ("2025-12-01T07:59", "2025-11-24T08:00", "2025-11-17..2025-11-23"),
        ("2025-04-21T09:00", "2025-04-14T08:00", "2025-04-07..2025-04-13"),  # Easter Monday: on Tuesday
        ("2025-04-22T08:00", "2025-04-22T08:00", "2025-04-14..2025-04-20"),
    ],
)
def test_alerts_of_a_week_are_told_on_the_first_working_day_after(at: str, due: str, period: str) -> None:
    slot = latest_slot(ALERTS, _at(at))
    assert (slot.due_at, slot.period.key) == (_at(due), period)
    assert latest_slot(ALERTS, next_due(ALERTS, _at(at))).due_at == next_due(ALERTS, _at(at)) > _at(at)


def test_the_daily_letters_of_a_year_tell_each_day_once() -> None:
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(1, 370)]
    told = [latest_slot(DAY, _at(f"{day}T08:00")).period for day in days if is_working_day(day)]
    for before, after in pairwise(told):
        assert before.after == after.first


@given(st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)), st.times(), st.sampled_from([REPORT, DAY]))
def test_the_next_letter_follows_the_latest_with_none_between(
    day: dt.date, hour: dt.time, what: Subscription
) -> None:
    at = dt.datetime.combine(day, hour, dt.UTC)
    latest, following = latest_slot(what, at), next_due(what, at)
    assert latest.due_at <= at < following
    assert latest_slot(what, following).due_at == following
    assert latest_slot(what, following - dt.timedelta(seconds=1)) == latest
    assert is_working_day(timezone.localtime(following).date())
