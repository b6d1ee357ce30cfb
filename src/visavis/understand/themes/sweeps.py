"""What a worker looks for every minute."""

from __future__ import annotations

from visavis.understand.themes import proposing, rereading, works
from visavis.understand.themes.models import Discovery, Rereading


def sweep() -> None:
    """Work on what is late: second readings and searches that nobody works on."""
    for pk in works.waiting(Rereading):
        rereading.work_on(pk)
    for pk in works.waiting(Discovery):
        proposing.work_on(pk)
