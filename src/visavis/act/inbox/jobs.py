"""What follows an import here: each new return goes through the rules of priority, once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from visavis.act.inbox.models import Case
from visavis.act.inbox.rules import Heard, decide, order_in_force
from visavis.listen.returns.models import Response, Verbatim
from visavis.moments.references.models import Moment
from visavis.people.access.clock import today
from visavis.people.access.policy import LISTED_VOICES

#: Only recent returns ask for a gesture: importing three years of history opens no ten thousand cases.
HORIZON = dt.timedelta(days=30)


def pending() -> int:
    """How many returns the rules have not looked at."""
    return _ready().count()


def _ready() -> QuerySet[Response]:
    """Returns to look at: their texts are read, so that the rules know what the words say."""
    unread = Verbatim.objects.unread().filter(response=OuterRef("pk"))
    return Response.objects.filter(~Exists(unread), triaged=False)


def step(size: int = 2000) -> int:
    """Look at the next returns, open a case for each that somebody should treat. Safe to run twice."""
    with transaction.atomic():
        waiting = _ready().select_related("reason", "moment", "interaction").order_by("pk")
        rows = list(waiting[:size])
        since = _latest(today()) - HORIZON
        recent = [row for row in rows if row.voice in LISTED_VOICES and row.heard_on >= since]
        Case.objects.bulk_create(_cases(recent), ignore_conflicts=True)
        Response.objects.filter(pk__in=[row.pk for row in rows]).update(triaged=True)
    return len(rows)


def _latest(day: dt.date) -> dt.date:
    """The last day heard, not after ``day``: an imported history has its own end."""
    heard = Response.objects.filter(voice__in=LISTED_VOICES, heard_on__lte=day).aggregate(
        last=Max("heard_on")
    )
    return heard["last"] or day


def _cases(rows: Sequence[Response]) -> list[Case]:
    texts: dict[int, list[Verbatim]] = defaultdict(list)
    for text in Verbatim.objects.filter(response__in=rows).order_by("pk"):
        texts[text.response_id].append(text)
    order = order_in_force()
    cases = []
    for row in rows:
        rule = decide(heard_in(row, texts[row.pk]), order)
        if rule:
            due = row.heard_on + dt.timedelta(days=rule.due_days) if rule.due_days is not None else None
            cases.append(
                Case(
                    response=row,
                    why=rule.why,
                    rank=rule.rank,
                    person_id=row.person_id,
                    unit_path=row.unit_path,
                    opened_on=row.heard_on,
                    due_on=due,
                )
            )
    return cases


def heard_in(row: Response, texts: Sequence[Verbatim]) -> Heard:
    """Gather what the rules look at in one return and its texts."""
    high = Moment.Stake.HIGH
    return Heard(
        satisfaction=row.satisfaction,
        recommendation=row.recommendation,
        polarity=next((text.polarity for text in texts if text.polarity), ""),
        callback=row.callback or any(text.callback for text in texts),
        churn=any(text.churn for text in texts),
        repeat=bool(row.interaction and row.interaction.previous_id) or any(text.repeat for text in texts),
        high_stake=high in (row.reason and row.reason.stake, row.moment and row.moment.stake),
        has_text=bool(texts),
    )
