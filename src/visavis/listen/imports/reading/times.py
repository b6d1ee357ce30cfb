"""Dates, instants and durations as people and programs write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.hints import DateOrder
from visavis.listen.imports.reading.invalid import Invalid

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
LONGEST_SECONDS: Final = 90 * 24 * 3600
#: Serial day numbers of spreadsheets that are taken for dates: 1954 to 2119. Day 1 is 1 January 1900.
_SERIALS: Final = (20_000, 80_000)
_SERIAL_ZERO: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a naive calendar origin
_DAY: Final = dt.timedelta(days=1)

_MONTHS: Final = {
    "janvier": 1, "janv": 1, "jan": 1, "january": 1,
    "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2,
    "mars": 3, "mar": 3, "march": 3, "avril": 4, "avr": 4, "april": 4, "apr": 4, "mai": 5, "may": 5,
    "juin": 6, "june": 6, "jun": 6, "juillet": 7, "juil": 7, "july": 7, "jul": 7,
    "aout": 8, "august": 8, "aug": 8,
    "septembre": 9, "sept": 9, "sep": 9, "september": 9, "octobre": 10, "oct": 10, "october": 10,
    "novembre": 11, "nov": 11, "november": 11, "decembre": 12, "dec": 12, "december": 12,
}  # fmt: skip
_TIME: Final = (
    r"(?:(?:[T ]|\s*,\s*|\s+[àa]\s+|\s+)"
    r"(?P<hour>\d{1,2})\s?[:h.]\s?(?P<minute>\d{2})?(?:[:.m](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s?(?P<half>[AaPp][Mm])?\s?(?P<offset>Z|z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_NUMERIC: Final = re.compile(
    r"(?:(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<end>\d{4}|\d{2}))" + _TIME
)
_WORDED: Final = re.compile(
    r"(?:\w+\.?,?\s+)?(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[\s-]+(?P<name>[^\W\d_]+)\.?[\s-]+(?P<year>\d{4})"
    + _TIME
)
_COMPACT: Final = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_SLASHED: Final = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?:\D.*)?", re.DOTALL)

DateParser = Callable[[str], dt.date]
InstantParser = Callable[[str], dt.datetime]


@dataclass(frozen=True, slots=True)
class Clock:
    """How one file writes time: order of day and month, serial numbers or not, and whose clock it is.

    Dates written year first are read as such whatever ``order`` says: nothing else can be meant.
    """

    order: DateOrder
    serials: bool
    zone: ZoneInfo

    def read(self, raw: str) -> tuple[dt.datetime, bool]:
        """The naive or offset-aware time that a cell says, and whether it gave a time of day."""
        text = raw.strip()
        found = _NUMERIC.fullmatch(text)
        if found:
            return self._numeric(found)
        if self.serials and _SERIAL.fullmatch(text):
            return _from_serial(float(text))
        if found := _COMPACT.fullmatch(text):
            return _built(int(found["year"]), int(found["month"]), int(found["day"]), None)
        if found := _WORDED.fullmatch(text):
            month = _MONTHS.get(_plain(found["name"]))
            if month:
                return _built(int(found["year"]), month, int(found["day"]), found)
        raise Invalid(Code.NOT_DATE)

    def _numeric(self, found: re.Match[str]) -> tuple[dt.datetime, bool]:
        if found["year"]:
            return _built(int(found["year"]), int(found["month"]), int(found["day"]), found)
        day, month = int(found["one"]), int(found["two"])
        if self.order is DateOrder.MONTH_FIRST:
            day, month = month, day
        return _built(_full_year(found["end"]), month, day, found)


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _full_year(digits: str) -> int:
    """Two digits name the years 1970 to 2069."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _built(year: int, month: int, day: int, time: re.Match[str] | None) -> tuple[dt.datetime, bool]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(Code.IMPLAUSIBLE_DATE, low=FIRST_YEAR, high=LAST_YEAR)
    try:
        if time is None or time["hour"] is None:
            return dt.datetime(year, month, day), False  # noqa: DTZ001 - the zone comes later
        second = int(time["second"] or 0)
        part = int((time["part"] or "0").ljust(6, "0")[:6])
        moment = dt.datetime(year, month, day, _hour(time), int(time["minute"] or 0), second, part)  # noqa: DTZ001
    except ValueError:
        raise Invalid(Code.IMPOSSIBLE_DATE) from None
    return (moment.replace(tzinfo=_offset(time["offset"])) if time["offset"] else moment), True


def _hour(time: re.Match[str]) -> int:
    hour = int(time["hour"])
    if not time["half"]:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if time["half"].lower() == "pm" else 0)


def _offset(text: str) -> dt.timezone:
    if text in "Zz":
        return dt.UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    try:
        return dt.timezone(-offset if text[0] == "-" else offset)
    except ValueError:
        raise Invalid(Code.IMPOSSIBLE_DATE) from None


def _from_serial(number: float) -> tuple[dt.datetime, bool]:
    if not _SERIALS[0] <= number <= _SERIALS[1]:
        raise Invalid(Code.NOT_DATE)
    seconds = round((number - int(number)) * 86_400)
    return _SERIAL_ZERO + dt.timedelta(days=int(number), seconds=seconds), number != int(number)


def date_parser(clock: Clock) -> DateParser:
    """Read a day. A time of day is left out; one with an offset counts for the day it is in the zone."""

    def parse(raw: str) -> dt.date:
        moment, _ = clock.read(raw)
        return (moment.astimezone(clock.zone) if moment.tzinfo else moment).date()

    return parse


def instant_parser(clock: Clock, tell: Callable[[Code, dict[str, object]], None]) -> InstantParser:
    """Read an instant, in UTC.

    A time without offset is the company's (``clock.zone``); a day without time is its first minute there.
    A time that the spring change of clocks skips is refused. A time that the autumn change repeats is taken
    as its first occurrence (summer time) and told through ``tell``: the file does not say which one it was.
    """
    offsets: dict[dt.date, dt.timedelta | None] = {}
    zone, key = clock.zone, str(clock.zone)

    def parse(raw: str) -> dt.datetime:
        try:
            moment, _ = clock.read(raw)
        except Invalid as error:
            raise (Invalid(Code.NOT_INSTANT) if error.code is Code.NOT_DATE else error) from None
        if moment.tzinfo:
            return moment.astimezone(dt.UTC)
        day = moment.date()
        if day not in offsets:
            offsets[day] = _steady_offset(day, zone)
        offset = offsets[day]
        if offset is not None:
            return (moment - offset).replace(tzinfo=dt.UTC)
        if _is_skipped(moment, zone):
            raise Invalid(Code.SKIPPED_HOUR, zone=key)
        first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() != second.utcoffset():
            tell(Code.REPEATED_HOUR, {"zone": key})
        return first.astimezone(dt.UTC)

    return parse


def _steady_offset(day: dt.date, zone: ZoneInfo) -> dt.timedelta | None:
    """The offset of a zone over a whole day; ``None`` on the days when clocks change."""
    start = dt.datetime.combine(day, dt.time(), zone)
    hours = {(start + dt.timedelta(hours=hour)).utcoffset() for hour in range(-1, 26)}
    return hours.pop() if len(hours) == 1 else None


def _is_skipped(moment: dt.datetime, zone: ZoneInfo) -> bool:
    there_and_back = moment.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) != moment


_CLOCK: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})(?:[.,]\d+)?")
_UNITS: Final = re.compile(
    r"(?:(\d+)\s*(?:h|hr|hrs|heures?|hours?)\s*)?"
    r"(?:(\d+)\s*(?:m|min|mn|minutes?|')\.?\s*)?(?:(\d+)(?:[.,]\d+)?\s*(?:s|sec|secs|secondes?|seconds?|\"|'')?\.?)?",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?", re.IGNORECASE)
_SECONDS: Final = re.compile(r"\d+(?:[.,]\d+)?")


def duration(raw: str) -> int:
    """Seconds, rounded, from "205", "3:25" (minutes and seconds), "0:03:25", "3 min 25", "1 h 02", "PT3M25S".

    A bare number is seconds; after hours alone ("1 h 02") it is minutes. At most seven days.
    """
    text = raw.strip()
    seconds = round(float(text.replace(",", "."))) if _SECONDS.fullmatch(text) else _composed(text)
    if not 0 <= seconds <= LONGEST_SECONDS:
        raise Invalid(Code.OUT_OF_RANGE, low=0, high=LONGEST_SECONDS)
    return seconds


def _composed(text: str) -> int:
    found = _CLOCK.fullmatch(text) or _ISO.fullmatch(text) or _UNITS.fullmatch(text)
    if not found or not any(found.groups()):
        raise Invalid(Code.NOT_DURATION)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if found.re is _UNITS and found[1] and not found[2] and text[-1:].isdigit():
        minutes, seconds = seconds, 0
    if found.re is _CLOCK and (seconds > 59 or (found[1] and minutes > 59)):
        raise Invalid(Code.NOT_DURATION)
    return hours * 3600 + minutes * 60 + seconds


def order_of(dates: Iterable[tuple[int, str]]) -> DateOrder | None:
    """Whether the day or the month comes first, from every date of a file; day first unless shown otherwise.

    Args:
        dates: the line and the text of each cell of the columns that hold dates.

    Returns:
        ``None`` if no cell is written that way (so there is nothing to settle), else the order.

    Raises:
        Refused: if some dates can only be read day first and others only month first: a person must say.
    """
    seen, day_first, month_first = False, 0, 0
    for line, text in dates:
        found = _SLASHED.fullmatch(text) if text else None
        if not found:
            continue
        seen = True
        one, two = int(found[1]), int(found[2])
        if one > 12 >= two:
            day_first = day_first or line
        elif two > 12 >= one:
            month_first = month_first or line
    if day_first and month_first:
        raise Refused(
            Code.MIXED_DATES, max(day_first, month_first), day_first=day_first, month_first=month_first
        )
    if not seen:
        return None
    return DateOrder.MONTH_FIRST if month_first else DateOrder.DAY_FIRST
