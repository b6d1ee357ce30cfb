"""The clock, read once at the door of each gesture; queries and services are given the day."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    """The company's calendar day; in the demo, the day at which it stands still."""
    return settings.TODAY or timezone.localdate()


def now() -> dt.datetime:
    """The present instant; in the demo, nine in the morning of its day."""
    if settings.TODAY is None:
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(settings.TODAY, dt.time(9)))


def begins(day: dt.date) -> dt.datetime:
    """The first instant of a day of the company: what a column of instants is compared with.

    ``__date`` would have the database convert every row, and use no index.
    """
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
