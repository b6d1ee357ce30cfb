"""What falls due becomes letters in the outbox, once; old ones are forgotten."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction

from visavis.share.letters.models import Letter, Problem, State, Subscription
from visavis.share.letters.recipients import Recipient, recipients
from visavis.share.letters.schedule import Slot, latest_slot

#: How long the outbox keeps what a letter said, and that there was one.
_SAID, _KEPT = dt.timedelta(days=31), dt.timedelta(days=400)
#: Whoever stopped, left, or no longer holds the role is not written to. A missing right is tried, and shown.
_NO_LETTER = {Problem.STOPPED, Problem.CLOSED, Problem.NO_ROLE}


def plan(*, at: dt.datetime, today: dt.date) -> int:
    """Put in the outbox what fell due, one letter a recipient; what is there already stays as it is.

    Args:
        at: the present instant.
        today: the day on which roles must hold.

    Returns:
        How many subscriptions fell due.
    """
    due = 0
    for subscription in Subscription.objects.filter(active=True).select_related("unit").order_by("pk"):
        slot = latest_slot(subscription, at)
        if slot.due_at >= subscription.since and slot.period.key != subscription.planned:
            _put(subscription, slot, today=today)
            due += 1
    return due


@transaction.atomic
def _put(subscription: Subscription, slot: Slot, *, today: dt.date) -> None:
    named = [one for one in recipients(subscription, today=today) if one.problem not in _NO_LETTER]
    Letter.objects.bulk_create([_letter(subscription, slot, one) for one in named], ignore_conflicts=True)
    Subscription.objects.filter(pk=subscription.pk).update(planned=slot.period.key)


def _letter(subscription: Subscription, slot: Slot, to: Recipient) -> Letter:
    return Letter(
        subscription=subscription,
        account=to.account,
        period=slot.period.key,
        message_id=f"<{secrets.token_hex(16)}@{settings.LETTERS_DOMAIN}>",
        due_at=slot.due_at,
        next_at=slot.due_at,
    )


def forget(*, at: dt.datetime) -> None:
    """Drop what letters said after a month, and the letters themselves after a year and a month.

    Args:
        at: the present instant.
    """
    Letter.objects.filter(due_at__lt=at - _KEPT).delete()
    said = Letter.objects.filter(state=State.SENT, sent_at__lt=at - _SAID).exclude(text="")
    said.update(text="", html="")
