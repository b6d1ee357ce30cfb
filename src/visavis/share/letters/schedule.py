"""When a subscription falls due, and which period its letter tells: a function of the instant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from visavis.core import periods
from visavis.core.periods import Period
from visavis.core.workdays import is_working_day, latest_working_day, working_day_of_month
from visavis.share.letters.models import Kind, Subscription

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """An instant at which a letter falls due, and the period that it tells."""

    due_at: dt.datetime
    period: Period


def latest_slot(subscription: Subscription, at: dt.datetime) -> Slot:
    """The last slot up to an instant, included.

    A report tells the month before; alerts, the week before, on the first working day after; a daily letter
    tells every day since the working day before, so that Monday's holds Friday to Sunday and no day is told
    twice or never.

    Args:
        subscription: its kind, working day and hour.
        at: any instant; days are the company's.

    Returns:
        The slot. Only the latest matters: what a stopped worker missed before it is on the pages.
    """
    day = _latest_day(subscription, timezone.localtime(at))
    return Slot(_instant(subscription, day), _told(subscription, day))


def next_due(subscription: Subscription, at: dt.datetime) -> dt.datetime:
    """The first instant after ``at`` at which the subscription falls due."""
    day = _day_of(subscription, timezone.localtime(at).date())
    while _instant(subscription, day) <= at:
        day = _following(subscription, day)
    return _instant(subscription, day)


def _latest_day(subscription: Subscription, local: dt.datetime) -> dt.date:
    day = _day_of(subscription, local.date())
    return day if _instant(subscription, day) <= local else _day_of(subscription, _earlier(subscription, day))


def _day_of(subscription: Subscription, near: dt.date) -> dt.date:
    """The day of sending of the month or the week of ``near``, or the last working day up to it."""
    if subscription.kind == Kind.REPORT:
        return working_day_of_month(near, subscription.working_day)
    if subscription.kind == Kind.ALERTS:
        return _first_working_day(near - near.weekday() * _DAY)
    return latest_working_day(near)


def _earlier(subscription: Subscription, day: dt.date) -> dt.date:
    if subscription.kind == Kind.REPORT:
        return periods.add_months(day, -1)
    return day - (7 if subscription.kind == Kind.ALERTS else 1) * _DAY


def _following(subscription: Subscription, day: dt.date) -> dt.date:
    if subscription.kind == Kind.REPORT:
        return _day_of(subscription, periods.add_months(day, 1))
    if subscription.kind == Kind.ALERTS:
        return _day_of(subscription, day + 7 * _DAY)
    return _first_working_day(day + _DAY)


def _first_working_day(day: dt.date) -> dt.date:
    return next(later for days in range(10) if is_working_day(later := day + days * _DAY))


def _instant(subscription: Subscription, day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(subscription.hour)))


def _told(subscription: Subscription, day: dt.date) -> Period:
    if subscription.kind == Kind.REPORT:
        return periods.month_of(day.replace(day=1) - _DAY)
    if subscription.kind == Kind.ALERTS:
        monday = day - day.weekday() * _DAY
        return periods.between(monday - 7 * _DAY, monday - _DAY)
    first, last = latest_working_day(day - _DAY), day - _DAY
    return periods.day(last) if first == last else periods.between(first, last)
