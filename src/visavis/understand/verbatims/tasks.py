"""Background doors: texts in other languages get their tone each minute, some seconds at a time."""

from __future__ import annotations

import time

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.people.access.clock import now
from visavis.understand.verbatims.services import read_elsewhere

#: Seconds of a minute that are worked at most.
TURN = 4.0


@db_periodic_task(crontab(minute="*"), expires=60)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("other-languages")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Find customers' texts that were read without a tone because of their language."""
    end = time.monotonic() + TURN
    while read_elsewhere(at=now()) and time.monotonic() < end:
        pass
