"""Working days in France: Monday to Friday, except the public holidays of the whole country."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
#: Month and day of the holidays that never move (Code du travail, article L3133-1).
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
#: Easter Monday, Ascension Day, Whit Monday: days after Easter Sunday (same article).
_AFTER_EASTER = (1, 39, 50)
_SATURDAY = 5


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    Source: the anonymous rule of Nature (1876), as given by J. Meeus, Astronomical Algorithms (1991), ch. 8.

    Args:
        year: from 1583 on, when the calendar began.

    Returns:
        A Sunday from 22 March to 25 April.

    Raises:
        ValueError: for an earlier year.

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    if year < 1583:
        raise ValueError(f"the Gregorian calendar begins in 1583, got {year}")
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, over = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    weekday = (32 + 2 * over + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of a year; those of Alsace, Moselle and overseas alone are left out.

    Args:
        year: from 1583 on.

    Returns:
        Their days; ten when two fall together, as Ascension Day and 1 or 8 May may.
    """
    moving = (easter(year) + days * _DAY for days in _AFTER_EASTER)
    return frozenset({*(date(year, month, day) for month, day in _FIXED), *moving})


def is_working_day(which: date) -> bool:
    """Whether offices are open: neither a week-end nor a public holiday.

    >>> is_working_day(date(2025, 11, 11)), is_working_day(date(2025, 11, 12))
    (False, True)
    """
    return which.weekday() < _SATURDAY and which not in holidays(which.year)


def latest_working_day(until: date) -> date:
    """The last working day up to ``until``, included.

    >>> latest_working_day(date(2025, 11, 11))
    datetime.date(2025, 11, 10)
    """
    return until if is_working_day(until) else latest_working_day(until - _DAY)


def working_day_of_month(within: date, number: int) -> date:
    """The ``number``-th working day of the month of ``within``.

    Args:
        within: any day of the month.
        number: from 1 to 15; every month has as many.

    Raises:
        ValueError: if ``number`` is not from 1 to 15.

    >>> working_day_of_month(date(2025, 11, 20), 3)
    datetime.date(2025, 11, 5)
    """
    if not 1 <= number <= 15:
        raise ValueError(f"a working day of a month is numbered from 1 to 15, got {number}")
    first = within.replace(day=1)
    open_days = (first + days * _DAY for days in range(31) if is_working_day(first + days * _DAY))
    return next(day for place, day in enumerate(open_days, 1) if place == number)
