"""Background doors: the nightly purge, and what the settings of the operator were seen to be."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.people.access.clock import now, today
from visavis.share.law import observing, purging


@db_periodic_task(crontab(minute="10"), expires=3600)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("law-night")  # type: ignore[untyped-decorator]
def night() -> None:
    """Purge what is older than its keeping time, once a night; note the settings as they stand."""
    observing.observe(at=now())
    purging.sweep(at=timezone.localtime(now()), today=today())
