"""What the worker does each minute: put what fell due in the outbox, send what waits there."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from visavis.share.letters.holding import held_since
from visavis.share.letters.planning import forget, plan
from visavis.share.letters.sending import recover, send_due


def sweep(*, at: dt.datetime, today: dt.date) -> int:
    """Do a minute's work; safe to run twice, to kill, and from two workers at once.

    Args:
        at: the present instant.
        today: the company's day.

    Returns:
        How many letters left. None leaves without a mail server in the options, nor from the demo, nor
        while they are held after a restore.
    """
    if held_since() is not None:
        return 0
    plan(at=at, today=today)
    forget(at=at)
    recover(at=at)
    return send_due(at=at, today=today) if settings.SENDS_LETTERS else 0
