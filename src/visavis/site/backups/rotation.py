"""Which backups stay: all of the last day, then the last of each of seven days, four weeks, twelve months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

#: How many days, weeks and months keep their last backup.
DAYS, WEEKS, MONTHS = 7, 4, 12
#: All of them stay this long: one taken just before an upgrade outlives the night.
RECENT = dt.timedelta(days=1)
_Slot = Callable[[dt.datetime], tuple[int, ...]]


def _week(at: dt.datetime) -> tuple[int, ...]:
    return at.isocalendar()[:2]


_CUTS: tuple[tuple[_Slot, int], ...] = (
    (lambda at: (at.year, at.month, at.day), DAYS),
    (_week, WEEKS),
    (lambda at: (at.year, at.month), MONTHS),
)


def kept(instants: Iterable[dt.datetime]) -> set[dt.datetime]:
    """Choose the backups to keep.

    Days, weeks and months without any backup do not count: an instance left alone keeps what it has.

    Args:
        instants: when each backup was taken, in any order.

    Returns:
        Those that stay: at most 23, and all of the last day.

    >>> days = [dt.datetime(2025, 1, 1, 2) + dt.timedelta(days=n) for n in range(100)]
    >>> len(kept(days)), max(days) in kept(days)
    (12, True)
    """
    latest = sorted(instants, reverse=True)
    stay: set[dt.datetime] = set()
    for slot, number in _CUTS:
        lasts: dict[tuple[int, ...], dt.datetime] = {}
        for at in latest:
            lasts.setdefault(slot(at), at)
        stay.update(list(lasts.values())[:number])
    return stay | {at for at in latest if latest[0] - at < RECENT}
