"""Which month, which day: the latest that has something to say, and its neighbours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max

from visavis.core import periods
from visavis.core.periods import Kind, Period
from visavis.core.words import Voice
from visavis.listen.returns.queries import counted
from visavis.people.access.viewer import Viewer

_DAY = dt.timedelta(days=1)


def latest_month(viewer: Viewer, today: dt.date) -> Period:
    """The last whole month with returns; without any, the last whole month.

    Args:
        viewer: who reads: only what may enter their figures counts.
        today: the company's day.
    """
    last_whole = periods.month_of(today.replace(day=1) - _DAY)
    heard = _last_heard(viewer, last_whole.last)
    return periods.month_of(heard) if heard else last_whole


def latest_day(viewer: Viewer, today: dt.date) -> Period:
    """The last day before ``today`` with returns; without any, yesterday."""
    return periods.day(_last_heard(viewer, today - _DAY) or today - _DAY)


def _last_heard(viewer: Viewer, until: dt.date) -> dt.date | None:
    rows = counted(viewer, Voice.CUSTOMER).filter(heard_on__lte=until)
    last: dt.date | None = rows.order_by().aggregate(last=Max("heard_on"))["last"]
    return last


@dataclass(frozen=True, slots=True)
class Around:
    """The period before and the one after, for the two links beside the title."""

    before: Period | None
    after: Period | None


def asked_month(text: str) -> Period | None:
    """The month that an address names; none if the calendar has no such month."""
    try:
        return periods.month(*(int(part) for part in text.split("-")))
    except ValueError:
        return None


def around(period: Period, today: dt.date) -> Around:
    """The neighbours of a month or of a day; none in the future, none of another kind of period."""
    if period.kind not in {Kind.MONTH, Kind.DAY}:
        return Around(None, None)
    if period.after > today:
        return Around(period.previous(), None)
    follow = periods.month_of(period.after) if period.kind is Kind.MONTH else periods.day(period.after)
    return Around(period.previous(), follow)
