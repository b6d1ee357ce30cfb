"""Stretches of days: written in an address, spoken in a title, compared with the stretch before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: Nothing that we are asked about happened before; keeps "everything" a plain pair of dates.
EARLIEST = date(1900, 1, 1)
#: The last day that may be asked for; keeps "the day after" within the calendar.
LATEST = date(2199, 12, 31)

#: Holds a day, its month and its year on one line.
NBSP = "\u00a0"

_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ROLLING = re.compile(r"([1-9][0-9]?)m")


class PeriodError(ValueError):
    """A text that names no stretch of days."""


class Kind(StrEnum):
    """How a period was asked for, hence what "the one before" means."""

    DAY = "day"
    MONTH = "month"
    RANGE = "range"
    ROLLING = "rolling"
    ALL = "all"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``first`` to the day before ``after``: half-open, so that neighbours never share a day.

    ``key`` is its canonical text in addresses and file names: ``2025-11``, ``2025-11-17``,
    ``2025-11-01..2025-11-30``, ``3m``, ``tout``.
    """

    first: date
    after: date
    key: str
    kind: Kind = Kind.RANGE

    def __post_init__(self) -> None:
        """Refuse an empty or backward stretch.

        Raises:
            PeriodError: the day after is not after the first.
        """
        if self.after <= self.first:
            raise PeriodError("a period has at least one day")

    @property
    def last(self) -> date:
        """Its last day, included."""
        return self.after - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has, at least 1."""
        return (self.after - self.first).days

    def __contains__(self, day: date) -> bool:
        """Whether ``day`` falls in it."""
        return self.first <= day < self.after

    def previous(self) -> Period | None:
        """The period of the same kind just before; None when nothing can come before.

        A month is compared with the month before, rolling months with as many months before them,
        anything else with as many days. The two never share a day.

        >>> month(2025, 1).previous().key
        '2024-12'
        """
        if self.kind is Kind.ALL or self.first <= EARLIEST:
            return None
        if self.kind is Kind.MONTH:
            return month_of(self.first - timedelta(days=1))
        if self.kind is Kind.ROLLING:
            return between(add_months(self.first, -int(self.key[:-1])), self.first - timedelta(days=1))
        if self.kind is Kind.DAY:
            return day(self.first - timedelta(days=1))
        return between(max(EARLIEST, self.first - timedelta(days=self.days)), self.first - timedelta(days=1))


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later (or earlier), or the last day of a shorter month.

    >>> add_months(date(2025, 5, 31), -3)
    datetime.date(2025, 2, 28)
    """
    index = start.year * 12 + start.month - 1 + months
    year, number = index // 12, index % 12 + 1
    following = date(year + number // 12, number % 12 + 1, 1)
    return min(date(year, number, 1) + timedelta(days=start.day - 1), following - timedelta(days=1))


def day(which: date) -> Period:
    """One day."""
    return _checked(which, which, which.isoformat(), Kind.DAY)


def month(year: int, number: int) -> Period:
    """One calendar month, ``number`` from 1 to 12."""
    return month_of(date(year, number, 1))


def month_of(which: date) -> Period:
    """The calendar month in which a day falls."""
    first = which.replace(day=1)
    return _checked(first, add_months(first, 1) - timedelta(days=1), f"{first:%Y-%m}", Kind.MONTH)


def between(first: date, last: date) -> Period:
    """From a day to another, both included."""
    return _checked(first, last, f"{first}..{last}", Kind.RANGE)


def last_months(number: int, today: date) -> Period:
    """From the same day ``number`` months ago (1 to 99) to ``today``, both included.

    >>> last_months(3, date(2025, 12, 1)).first
    datetime.date(2025, 9, 1)
    """
    return _checked(add_months(today, -number), today, f"{number}m", Kind.ROLLING)


def everything(today: date) -> Period:
    """All that was known up to ``today``, included."""
    return _checked(EARLIEST, today, "tout", Kind.ALL)


def from_text(text: str, today: date) -> Period:
    """Read a period as it is written in an address.

    Args:
        text: ``2025-11``, ``2025-11-17``, ``2025-11-01..2025-11-30``, ``3m``, ``12m`` or ``tout``.
        today: the day on which it is asked; rolling periods and ``tout`` end on it.

    Returns:
        The period; its ``key`` is ``text``.

    Raises:
        PeriodError: the text names no stretch of days, or one outside 1900-2199.

    >>> from_text("2025-11", date(2025, 12, 1)).days
    30
    """
    try:
        return _read(text.strip(), today)
    except (ValueError, OverflowError) as cause:
        raise PeriodError(f"no period is called {text[:40]!r}") from cause


def _read(text: str, today: date) -> Period:
    first, separator, last = text.partition("..")
    if separator:
        return between(_day(first), _day(last))
    if found := _MONTH.fullmatch(text):
        return month(int(found[1]), int(found[2]))
    if found := _ROLLING.fullmatch(text):
        return last_months(int(found[1]), today)
    if text == "tout":
        return everything(today)
    return day(_day(text))


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise PeriodError("not a day")
    return date(int(found[1]), int(found[2]), int(found[3]))


def _checked(first: date, last: date, key: str, kind: Kind) -> Period:
    if not EARLIEST <= first <= last <= LATEST:
        raise PeriodError("outside the calendar")
    return Period(first, last + timedelta(days=1), key, kind)


def spoken_day(which: date, language: str, *, weekday: bool = False, year: bool = True) -> str:
    r"""A day as people say it, on one line whatever its width; French unless ``language`` starts with ``en``.

    >>> spoken_day(date(2025, 12, 1), "fr", weekday=True)
    'lundi 1er\xa0décembre\xa02025'
    >>> spoken_day(date(2025, 12, 1), "en", year=False)
    '1\xa0December'
    """
    tongue = _tongue(language)
    number = "1er" if which.day == 1 and tongue == "fr" else str(which.day)
    day = NBSP.join([number, _MONTHS[tongue][which.month - 1], *([str(which.year)] if year else [])])
    return f"{_DAYS[tongue][which.weekday()]} {day}" if weekday else day


def spoken_month(which: date, language: str, *, year: bool = True) -> str:
    r"""A month as people say it, on one line.

    >>> spoken_month(date(2025, 11, 30), "fr")
    'novembre\xa02025'
    """
    name = _MONTHS[_tongue(language)][which.month - 1]
    return f"{name}{NBSP}{which.year}" if year else name


def of_month(which: date, language: str) -> str:
    """A month after a noun: « le baromètre de novembre 2025 », "the November 2025 barometer".

    Names and subjects are made of it: plain blanks, as people type when they look for them.

    >>> of_month(date(2025, 10, 31), "fr")
    'd’octobre 2025'
    """
    said = spoken_month(which, language).replace(NBSP, " ")
    if _tongue(language) == "en":
        return said
    return f"d’{said}" if said[0] in "ao" else f"de {said}"


def label(period: Period, language: str) -> str:
    r"""A period as people say it, to stand alone or at the start of a title.

    >>> label(month(2025, 11), "fr")
    'novembre\xa02025'
    >>> label(between(date(2025, 9, 1), date(2025, 11, 30)), "fr")
    'septembre à novembre\xa02025'
    >>> label(last_months(3, date(2025, 12, 1)), "en")
    'last 3 months'
    """
    french = _tongue(language) == "fr"
    if period.kind is Kind.ALL:
        return "toute la période" if french else "all dates"
    if period.kind is Kind.ROLLING:
        return _rolling(int(period.key[:-1]), french=french)
    if period.kind is Kind.MONTH:
        return spoken_month(period.first, language)
    if period.days == 1:
        return spoken_day(period.first, language, weekday=True)
    return _stretch(period, language, french=french)


def _rolling(number: int, *, french: bool) -> str:
    if number == 1:
        return "dernier mois" if french else "last month to date"
    return f"{number} derniers mois" if french else f"last {number} months"


def _stretch(period: Period, language: str, *, french: bool) -> str:
    same_year = period.first.year == period.last.year
    if period.first.day == period.after.day == 1:
        if (period.first.year, period.first.month) == (period.last.year, period.last.month):
            return spoken_month(period.first, language)
        start = spoken_month(period.first, language, year=not same_year)
        return f"{start} {'à' if french else 'to'} {spoken_month(period.last, language)}"
    same_month = same_year and period.first.month == period.last.month
    start = spoken_day(period.first, language, year=not same_year)
    if same_month:
        start = start.split()[0]
    end = spoken_day(period.last, language)
    return f"du {start} au {end}" if french else f"{start} to {end}"


def _tongue(language: str) -> str:
    return "en" if language.lower().startswith("en") else "fr"
