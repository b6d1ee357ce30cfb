"""Gestures on returns that belong to no screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from visavis.listen.returns.models import ChangedMonth


def mark_changed(days: Iterable[dt.date]) -> None:
    """Say that returns, words or readings of some days changed, in the transaction that changes them.

    Args:
        days: on which the returns were heard, before and after the change; none marks nothing.
    """
    months = sorted({day.year * 100 + day.month for day in days})
    ChangedMonth.objects.bulk_create(ChangedMonth(month=month) for month in months)
