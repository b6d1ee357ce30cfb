"""Which closed weeks are whole: a week is judged once, hence not while its returns are still coming in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.listen.imports.queries import returns_under_way
from visavis.listen.returns.queries import counted
from visavis.people.access.viewer import system
from visavis.share.alerts.series import WEEK, last_closed, monday

#: Weeks before that tell up to which day returns usually come in, and in how many of them a channel is usual.
KNOWN, USUAL = 8, 6

#: A channel, or None for returns without any -> the days of which it has returns.
Heard = Mapping[int | None, Collection[dt.date]]


@dataclass(frozen=True, slots=True)
class CameIn:
    """How far the returns have come in.

    Attributes:
        newest: Monday of the newest closed week that is whole; none before the first return, and while
            returns are being imported.
        last: the last day of which a return came in.
        waits: whether a closed week after ``newest`` has returns and is not whole yet.
    """

    newest: dt.date | None = None
    last: dt.date | None = None
    waits: bool = False


def is_whole(week: dt.date, heard: Heard) -> bool:
    """Whether the returns of a week are in.

    They are once every channel that usually has returns has some up to the day of the week up to which they
    usually come in, or once returns of a later week came in: a channel without any is then silent.

    Args:
        week: Monday of a closed week.
        heard: the days of which each channel has returns, from ``KNOWN`` weeks before it.
    """
    if any(day >= week + WEEK for days in heard.values() for day in days):
        return True
    return all(_is_in(week, days) for days in heard.values())


def _is_in(week: dt.date, days: Collection[dt.date]) -> bool:
    """Whether a channel has returns up to its usual day, or none is usual.

    The usual day is the earliest but one over the weeks known: a week of holidays ends early.
    """
    ends: dict[dt.date, int] = defaultdict(int)
    for day in days:
        ends[monday(day)] = max(ends[monday(day)], day.weekday())
    known = sorted(end for first, end in ends.items() if week - KNOWN * WEEK <= first < week)
    return len(known) < USUAL or (week in ends and ends[week] >= known[1])


def came_in(today: dt.date) -> CameIn:
    """How far customers' returns have come in, over the whole company.

    Args:
        today: the company's day: weeks that ended before it are closed.
    """
    returns = counted(system(), Voice.CUSTOMER)
    last = returns.order_by("-heard_on").values_list("heard_on", flat=True).first()
    if last is None:
        return CameIn()
    if returns_under_way():
        return CameIn(None, last, waits=True)
    newest = min(last_closed(today), monday(last))
    whole = last >= newest + WEEK or is_whole(newest, _heard(newest - KNOWN * WEEK, last))
    return CameIn(newest, last) if whole else CameIn(newest - WEEK, last, waits=True)


def _heard(first: dt.date, last: dt.date) -> Heard:
    days = counted(system(), Voice.CUSTOMER).filter(heard_on__gte=first, heard_on__lte=last).order_by()
    found: dict[int | None, set[dt.date]] = defaultdict(set)
    for channel, day in days.values_list("channel", "heard_on").distinct():
        found[channel].add(day)
    return found
