"""What follows an import, and each night of a new week: look at the weeks that closed."""

from __future__ import annotations

from visavis.people.access.clock import today
from visavis.share.alerts import looking


def pending() -> int:
    """How many watched figures have a closed week to look at."""
    return looking.late(today())


def step() -> int:
    """Look at them, all together: false alarms are held over all that is watched. Safe to run twice."""
    return looking.look(today=today()) if pending() else 0
