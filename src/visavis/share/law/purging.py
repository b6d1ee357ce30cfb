"""The nightly purge: what is older than its keeping time goes, in small transactions; safe to run twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from visavis.act.inbox.models import Case
from visavis.listen.campaigns.models import Invitation
from visavis.listen.returns.models import Response
from visavis.listen.returns.services import mark_changed
from visavis.moments.exchanges.models import Customer, Interaction
from visavis.people.access.services import purge_journal
from visavis.people.access.viewer import system
from visavis.people.accounts import counts
from visavis.share.law import purging_files, stale
from visavis.share.law.keeping import keepings
from visavis.share.law.models import AdviserMonth, Purge
from visavis.share.law.purposes import Purpose
from visavis.share.law.severing import blank_texts, sever
from visavis.share.law.stale import STALE, Cut, Rows
from visavis.share.law.wiping import wipe_traces

#: Rows of one transaction.
BATCH = 500
#: What a night writes when it is over, whatever it found.
NIGHT = ""
#: The hour from which a night's purge is due.
HOUR = 3

#: Takes the next rows in one transaction: how many went, what is kept of them as counts. 0: none is left.
Step = Callable[[Cut], tuple[int, Mapping[str, int]]]
_NONE: Final[Mapping[str, int]] = {}


def sweep(*, at: dt.datetime, today: dt.date) -> dict[str, int]:
    """Do tonight's purge if it is due: from three in the morning, or at once after a night that was missed.

    Args:
        at: the present instant, in the company's time.
        today: the company's day.

    Returns:
        How much went, by purpose; nothing in the demo, whose data are invented and whose day stands still.
    """
    last = Purge.objects.filter(purpose=NIGHT).aggregate(last=Max("on"))["last"]
    late = last is None or last < today - dt.timedelta(days=1)
    if settings.DEMO or last == today or (at.hour < HOUR and not late):
        return {}
    return purge_all(today=today, at=at)


def purge_all(*, today: dt.date, at: dt.datetime) -> dict[str, int]:
    """Purge every purpose, then wipe what the database still holds of what is gone.

    Args:
        today: the company's day.
        at: the present instant.

    Returns:
        How much went, by purpose.
    """
    done = {
        str(kept.keeping.purpose): purge(kept.keeping.purpose, cut_of(kept.days, today))
        for kept in keepings()
    }
    Session.objects.filter(expire_date__lt=at).delete()
    counts.forget_past(now=at)
    Purge.objects.create(purpose=NIGHT, on=today, before=today, number=sum(done.values()))
    wipe_traces()
    return done


def cut_of(days: int, today: dt.date) -> Cut:
    """Where a keeping time cuts on a day: what is just as old as it may be stays."""
    return Cut(today - dt.timedelta(days=days), today)


def purge(purpose: Purpose, cut: Cut) -> int:
    """Purge one purpose, transaction after transaction; what is purged already is left alone.

    Args:
        purpose: which.
        cut: where it cuts.

    Returns:
        How much went.
    """
    total, kept = 0, Counter[str]()
    while True:
        with transaction.atomic():
            number, counts = STEPS[purpose](cut)
        kept.update(counts)
        total += number
        if not number:
            break
    if total:
        facts = {"on": cut.today, "before": cut.before, "number": total, "kept": dict(kept)}
        Purge.objects.create(purpose=purpose, **facts)
    return total


def due(purpose: Purpose, cut: Cut) -> int | None:
    """How many rows or files would go tonight, for the page; none where another room alone can tell."""
    if purpose in STALE:
        return STALE[purpose](cut).order_by().count()
    return purging_files.due(purpose, cut)


def _first(rows: Rows) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _drop(find: Callable[[Cut], Rows]) -> Step:
    """Delete rows outright."""

    def step(cut: Cut) -> tuple[int, Mapping[str, int]]:
        rows = find(cut)
        keys = _first(rows)
        QuerySet(rows.model).filter(pk__in=keys).delete()
        return len(keys), _NONE

    return step


def _forget_words(find: Callable[[Cut], Rows]) -> Step:
    """Take the words, keep how they were read."""

    def step(cut: Cut) -> tuple[int, Mapping[str, int]]:
        keys = _first(find(cut))
        blank_texts(keys, by=system())
        return len(keys), _NONE

    return step


def _unname_answers(cut: Cut) -> tuple[int, Mapping[str, int]]:
    """Take off answers whom and what they name, then off exchanges; then the keys that name nobody."""
    keys = _first(stale.answers(cut))
    rows = Response.objects.filter(pk__in=keys)
    days = list(rows.order_by("pk").values_list("heard_on", flat=True))
    Case.objects.filter(response__in=keys, status=Case.Status.CLOSED).delete()
    bare = {"customer": None, "interaction": None, "person": None, "heard_at": None}
    rows.update(**bare, code="", url="", reply="", fingerprint=0)
    mark_changed(days)
    number = Interaction.objects.filter(pk__in=_first(stale.exchanges(cut))).update(customer=None)
    if not (days or number):
        alone = _first(stale.lonely_customers(cut))
        Customer.objects.filter(pk__in=alone).delete()
        return len(alone), _NONE
    return len(days) + number, _NONE


def _end_participation(cut: Cut) -> tuple[int, Mapping[str, int]]:
    """Delete who was invited; how many were, and how many answered, is kept with the purge."""
    rows = Invitation.objects.filter(pk__in=_first(stale.participation(cut)))
    kept: Counter[str] = Counter()
    told = rows.order_by("campaign__code").values_list("campaign__code")
    for code, invited, answered in told.annotate(n=Count("pk"), a=Count("pk", filter=Q(answered=True))):
        kept[f"{code}: invited"] += invited
        kept[f"{code}: answered"] += answered
    return rows.delete()[0], kept


def _unname_invitations(cut: Cut) -> tuple[int, Mapping[str, int]]:
    keys = _first(stale.invitations(cut))
    Invitation.objects.filter(pk__in=keys).update(customer=None, interaction=None, token_hash=None)
    return len(keys), _NONE


def _unname_feelings(cut: Cut) -> tuple[int, Mapping[str, int]]:
    keys = _first(stale.feelings(cut))
    sever(keys, by=system())
    return len(keys), _NONE


def _unname_exchanges(cut: Cut) -> tuple[int, Mapping[str, int]]:
    """Add each adviser's exchanges to the sums of her month, then take her off them."""
    rows = Interaction.objects.filter(pk__in=_first(stale.adviser_days(cut)))
    sums: dict[tuple[int, dt.date], list[int]] = {}
    for person, day, lasted in rows.order_by("pk").values_list("person", "day", "handle_s"):
        cell = sums.setdefault((person or 0, day.replace(day=1)), [0, 0, 0])
        cell[0], cell[1], cell[2] = cell[0] + 1, cell[1] + (lasted is not None), cell[2] + (lasted or 0)
    for (person, month), added in sums.items():
        found, _new = AdviserMonth.objects.get_or_create(person_id=person, month=month)
        found.exchanges, found.timed = found.exchanges + added[0], found.timed + added[1]
        found.handle_s += added[2]
        found.save()
    return rows.update(person=None, handle_s=None), _NONE


def _audit(cut: Cut) -> tuple[int, Mapping[str, int]]:
    """The journal is another room's: it alone knows how to shorten its chain."""
    first = timezone.make_aware(dt.datetime.combine(cut.before, dt.time()))
    return purge_journal(by=system(), before=first), _NONE


STEPS: Final[Mapping[Purpose, Step]] = {
    Purpose.CONTACTS: _drop(stale.contacts),
    Purpose.ANSWERS: _unname_answers,
    Purpose.TEXTS: _forget_words(stale.texts),
    Purpose.INVITATIONS: _unname_invitations,
    Purpose.PARTICIPATION: _end_participation,
    Purpose.EMPLOYEE_WORDS: _forget_words(stale.employee_words),
    Purpose.FEELINGS: _unname_feelings,
    Purpose.ADVISER_DAYS: _unname_exchanges,
    Purpose.ADVISER_MONTHS: _drop(stale.adviser_months),
    Purpose.AUDIT: _audit,
    Purpose.FILES: purging_files.received,
    Purpose.EXPORTS: purging_files.written,
    Purpose.REQUESTS: _drop(stale.requests),
}
