"""From when figures are: the last day that they cover, the instant at which they were counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.share.restitution.counting import Slice
from visavis.web.filters import Filters
from visavis.web.wording import hour


@dataclass(frozen=True, slots=True)
class AsOf:
    """Two facts about figures.

    ``last`` is the last day that they cover, ``at`` the instant, in the company's zone, of the sums that they
    come from when ``published``, otherwise of the count of the rows themselves.
    """

    last: dt.date
    at: dt.datetime
    published: bool


def as_of(viewer: Viewer, filters: Filters, now: dt.datetime) -> AsOf:
    """From when the figures of a report are.

    Args:
        viewer: who reads.
        filters: what the report is limited to.
        now: the present instant, for figures that are counted as they are asked.
    """
    published = Slice(viewer, filters, Right.REPORT).published_at()
    at = timezone.localtime(published or now)
    return AsOf(min(at.date(), filters.period.last), at, published is not None)


def counted(filters: Filters, now: dt.datetime) -> AsOf:
    """The same for figures that always come from the rows."""
    at = timezone.localtime(now)
    return AsOf(min(at.date(), filters.period.last), at, published=False)


def said(fresh: AsOf, language: str) -> str:
    """Say both facts, for the foot of a page or the head of a file."""
    words = (
        _("Data up to %(day)s. Figures published on %(date)s at %(hour)s.")
        if fresh.published
        else _("Data up to %(day)s. Figures counted on %(date)s at %(hour)s.")
    )
    return words % {
        "day": spoken_day(fresh.last, language),
        "date": spoken_day(fresh.at.date(), language),
        "hour": hour(fresh.at.time(), language),
    }
