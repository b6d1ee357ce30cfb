"""The nightly backup: once a night, late rather than never."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.utils import timezone

from visavis.site.backups.records import records
from visavis.site.backups.taking import Taken, take
from visavis.site.options import options

logger = logging.getLogger("visavis.site")
#: After one that failed, the next is tried no sooner.
AGAIN = dt.timedelta(hours=1)


def is_due(at: dt.datetime) -> bool:
    """Whether the backup of the night is to be taken: none was since its hour, and none failed just now."""
    if not options().backup_nightly or settings.DEMO:
        return False
    local = timezone.localtime(at)
    slot = local.replace(hour=options().backup_hour, minute=0, second=0, microsecond=0)
    if slot > local:
        slot -= dt.timedelta(days=1)
    told = records()
    if any(one.good and one.at >= slot for one in told):
        return False
    return not (told and at - told[0].at < AGAIN)


def nightly(*, at: dt.datetime) -> Taken | None:
    """Take the backup of the night if it is due. A failure is told on the page and tried again.

    Args:
        at: the present instant.

    Returns:
        What was taken; none when nothing was due, or it failed.
    """
    if not is_due(at):
        return None
    try:
        return take(at=at, places=settings.BACKUPS, keys=options().backup_key)
    except Exception:
        logger.exception("The backup of the night failed")
        return None
