"""What was said at Vaubrune before anything of employees was published, then all that is closed published."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from visavis.listen.releases import gates, jobs
from visavis.listen.releases.models import Release
from visavis.people.access.clock import now, today
from visavis.people.access.viewer import system

#: The works council of Vaubrune was consulted before its first wave.
CONSULTED_ON = dt.date(2024, 6, 18)


def release_all() -> int:
    """Record the gate of Vaubrune, then release its waves and months by the gestures of the product.

    Returns:
        How many releases were made.
    """
    if gates.gate() is None:
        gates.record_gate(
            by=system(),
            consulted_on=CONSULTED_ON,
            assessment="AIPD-2024-03",
            notice=_(
                "Your answers are anonymous: nothing links them to you. They are published once a wave is "
                "closed, by groups of five people at least, the same for everybody."
            ),
            acknowledged=True,
            now=now(),
        )
    done = jobs.release_due(by=system(), today=today(), now=now())
    _date_back()
    return done.made


def _date_back() -> None:
    """Vaubrune published each wave and month on the morning after its last day, not all on one day."""
    for release in Release.objects.order_by("pk"):
        morning = dt.datetime.combine(release.last_on + dt.timedelta(days=1), dt.time(9), tzinfo=now().tzinfo)
        release.published_at = min(morning, release.published_at)
        release.save(update_fields=["published_at"])
