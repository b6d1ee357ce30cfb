"""Background door: the nightly backup, caught up when the machine slept through it."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.site.backups import jobs


@db_periodic_task(crontab(minute="*/10"), expires=300)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("backups-nightly")  # type: ignore[untyped-decorator]
def nightly() -> None:
    """Take the backup of the night, if it is due."""
    jobs.nightly(at=timezone.now())
