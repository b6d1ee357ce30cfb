"""What follows an import here: months that changed are published again."""

from __future__ import annotations

from visavis.listen.returns.models import ChangedMonth
from visavis.people.access.clock import now
from visavis.share.analytics.services import forget_old_files, publish_month


def pending() -> int:
    """How many months wait to be published."""
    return ChangedMonth.objects.order_by().values("month").distinct().count()


def step() -> int:
    """Publish the oldest changed month; safe to run twice, or from two workers at once."""
    month = ChangedMonth.objects.order_by("month", "pk").values_list("month", flat=True).first()
    if month is None:
        return 0
    publish_month(month=month, at=now())
    forget_old_files(at=now())
    return 1
