"""How screens write quotes and instants; figures are written by ``measure.figures``. Pure."""

from __future__ import annotations

import datetime as dt

from visavis.core.periods import spoken_day
from visavis.measure.figures import number

#: The shipped font has no narrow no-break space: this one everywhere.
NBSP = "\u00a0"


def is_french(language: str) -> bool:
    """Whether screens in ``language`` are written in French, which is what they fall back on."""
    return not language.lower().startswith("en")


def quote(text: str, language: str) -> str:
    """Put somebody's words between the quotation marks of the language.

    >>> quote("Merci.", "en")
    '“Merci.”'
    """
    words = text.strip()
    return f"«{NBSP}{words}{NBSP}»" if is_french(language) else f"“{words}”"


def shortened(text: str, most: int = 320) -> str:
    r"""Cut a text at a word, for a list; its page has it whole.

    >>> shortened("Merci à toute l’équipe", most=12)
    'Merci à\xa0…'
    """
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}{NBSP}…"


def capital(text: str) -> str:
    """Words with a capital first letter, to stand alone: what files write « auto » is shown « Auto ».

    >>> capital("habitation")
    'Habitation'
    """
    return text[:1].upper() + text[1:]


def percent(share: float, language: str, *, decimals: int = 0) -> str:
    """Write a share from 0 to 1 as a percentage.

    >>> percent(0.845, "en")
    '85%'
    """
    digits = number(share * 100, language, decimals)
    return f"{digits}{NBSP}%" if is_french(language) else f"{digits}%"


def hour(at: dt.time, language: str) -> str:
    """Write an hour: ``9 h 12`` in French, ``9:12`` in English; whole hours lose their zeros in French.

    >>> hour(dt.time(9, 5), "en")
    '9:05'
    """
    if not is_french(language):
        return f"{at.hour}:{at.minute:02d}"
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def relative_time(at: dt.datetime, now: dt.datetime, language: str) -> str:
    """Say when something happened, or falls due, as seen from ``now``.

    Args:
        at: the instant, in the reader's time zone.
        now: the present instant, in the same time zone.
        language: "fr" or "en", with or without a region.

    Returns:
        ``il y a 2 h`` within the day, ``hier, 17 h 40``, ``mardi 25 novembre, 9 h 12`` within the week,
        the day beyond it, with its year when it is another.

    >>> relative_time(dt.datetime(2025, 11, 30, 17, 40), dt.datetime(2025, 12, 1, 9), "en")
    'yesterday, 17:40'
    """
    distance = (at.date() - now.date()).days
    if distance == 0:
        return _within_the_day(at, now, french=is_french(language))
    if abs(distance) == 1:
        return f"{_neighbour(distance, french=is_french(language))}, {hour(at.time(), language)}"
    day = spoken_day(at.date(), language, weekday=abs(distance) < 7, year=at.year != now.year)
    return f"{day}, {hour(at.time(), language)}" if abs(distance) < 7 else day


def _within_the_day(at: dt.datetime, now: dt.datetime, *, french: bool) -> str:
    minutes = round((at - now).total_seconds() / 60)
    if minutes == 0:
        return "à l’instant" if french else "just now"
    length = abs(minutes)
    unit = f"{length}{NBSP}min" if length < 60 else f"{length // 60}{NBSP}h"
    if french:
        return f"dans {unit}" if minutes > 0 else f"il y a {unit}"
    return f"in {unit}" if minutes > 0 else f"{unit} ago"


def _neighbour(distance: int, *, french: bool) -> str:
    words = ("hier", "demain") if french else ("yesterday", "tomorrow")
    return words[distance > 0]
