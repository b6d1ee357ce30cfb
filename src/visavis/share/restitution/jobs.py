"""What follows the publication of figures, and each day: freeze what is due, notice what changed."""

from __future__ import annotations

from visavis.people.access.clock import now, today
from visavis.share.restitution import frozen


def pending() -> int:
    """How many reports wait to be frozen, or compared with the figures of today."""
    return len(frozen.due(today())) + frozen.changed().count()


def step() -> int:
    """Freeze or compare the next one. Safe to run twice, or from two workers at once."""
    if units := frozen.due(today()):
        frozen.freeze(unit=units[0], month=frozen.last_due(today()), at=now())
        return 1
    report = frozen.changed().first()
    if report is None:
        return 0
    frozen.compare(report=report, at=max(now(), report.published))  # type: ignore[attr-defined]
    return 1
