"""What is closed and not yet released, in order; done by the worker, the command and the demo alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from visavis.core.periods import month_of
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases import exchanges, gates, services
from visavis.listen.releases.models import Kind, Release
from visavis.listen.releases.turns import BusyError
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.surveys.models import Questionnaire
from visavis.people.access.policy import LISTED_VOICES
from visavis.people.access.viewer import Viewer

#: One release to make.
Step = Callable[[], Release]


@dataclass(slots=True)
class Done:
    """What came of publishing all that is due.

    Attributes:
        made: how many releases were made.
        meanwhile: how many somebody else made before their turn came.
        busy: whether somebody else was publishing, and was left to it.
    """

    made: int = 0
    meanwhile: int = 0
    busy: bool = False


_SOURCES = {
    Kind.EXCHANGES: (Response.Source.FEELING,),
    Kind.WORDS: (Response.Source.FEELING, Response.Source.BAROMETER),
}
#: Exchanges that make a release by themselves; months after which fewer do.
_ENOUGH = 1000
_MOST_MONTHS = 6
_CAMPAIGNS = {
    Questionnaire.Kind.BAROMETER: services.release_wave,
    Questionnaire.Kind.MIRROR: services.release_mirror,
}


def due(*, by: Viewer, today: dt.date, now: dt.datetime) -> Iterator[Step]:
    """The releases to try, oldest first of each kind; none while the gate is closed or texts are unread.

    Args:
        by: on whose behalf.
        today: the company's day.
        now: the instant.
    """
    if not gates.is_open(today) or _unread():
        return
    for kind, release in _CAMPAIGNS.items():
        for campaign in _closed(kind, today):
            yield partial(release, by=by, campaign=campaign, today=today, now=now)
    for month in _months(Kind.WORDS, today):
        yield partial(services.release_words, by=by, month=month, today=today, now=now)
    for first, month in _stretches(today):
        yield partial(services.release_exchanges, by=by, month=month, today=today, now=now, since=first)


def release_due(*, by: Viewer, today: dt.date, now: dt.datetime) -> Done:
    """Release all that is due.

    Args:
        by: on whose behalf.
        today: the company's day.
        now: the instant.

    Returns:
        What was made, and what somebody else made meanwhile.

    Raises:
        ExceptionGroup: what some could not be made for, once all the others are.
    """
    return all_made(list(due(by=by, today=today, now=now)))


def all_made(steps: Iterable[Step]) -> Done:
    """Make the releases that can be: one that fails holds none of the others back, and is told at the end."""
    done = Done()
    failed: list[Exception] = []
    for step in steps:
        try:
            if release := made(step):
                done.made += release.made_now
                done.meanwhile += not release.made_now
        except BusyError:
            done.busy = True
            break
        except Exception as problem:  # noqa: BLE001 - raised again below, with the others
            failed.append(problem)
    if failed:
        raise ExceptionGroup("releases that could not be made", failed)
    return done


def made(step: Step) -> Release | None:
    """Make one release; a month in which nothing was told on both sides makes none.

    Raises:
        BusyError: if somebody else is publishing.
    """
    try:
        return step()
    except ValidationError:
        return None


def _unread() -> bool:
    """Whether an employee's text waits to be read: its themes would be missing from a release for ever."""
    return Verbatim.objects.unread().exclude(voice__in=LISTED_VOICES).exists()


def _closed(kind: str, today: dt.date) -> list[Campaign]:
    """Closed anonymous campaigns that were answered and not released."""
    closed = Campaign.objects.filter(
        questionnaire__kind=kind, anonymity=Campaign.Anonymity.ANONYMOUS, closes_on__lt=today
    ).exclude(voice__in=LISTED_VOICES)
    released = Release.objects.filter(campaign__isnull=False).order_by().values("campaign")
    answered = Response.objects.filter(campaign__isnull=False).order_by().values("campaign")
    return list(closed.exclude(pk__in=released).filter(pk__in=answered).order_by("closes_on", "pk"))


def _months(kind: Kind, today: dt.date) -> list[dt.date]:
    """The months that are over in which something was told, less those that were released, in order."""
    told = Response.objects.filter(source__in=_SOURCES[kind]).order_by()
    days = told.values_list("heard_on", flat=True).distinct()
    heard = {day.replace(day=1) for day in days if day < today.replace(day=1)}
    spans = list(Release.objects.filter(kind=kind).values_list("first_on", "last_on"))
    return sorted(month for month in heard if not any(first <= month <= last for first, last in spans))


def _stretches(today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Months of exchanges to release together, first and last: enough exchanges, or half a year.

    Under a thousand exchanges, what customers said could hardly stand beside how they were lived. What was
    told before the first release of all is parted into stretches of enough; the last takes what is left.
    """
    found: list[tuple[dt.date, dt.date]] = []
    pending: list[dt.date] = []
    told = 0
    begun = Release.objects.filter(kind=Kind.EXCHANGES).exists()
    for month in _months(Kind.EXCHANGES, today):
        told += len(exchanges.rows_of(month, month_of(month).last))
        pending.append(month)
        if told >= _ENOUGH or (begun and len(pending) >= _MOST_MONTHS):
            found.append((pending[0], month))
            pending, told = [], 0
    if pending and not begun:
        first, _last = found.pop() if found else (pending[0], pending[-1])
        found.append((first, pending[-1]))
    return found
