"""How much each theme is heard, and how often it is corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from visavis.core.periods import Period, from_text
from visavis.listen.returns.queries import STUDY, verbatims
from visavis.measure.estimates import Estimate
from visavis.measure.shares import proportion_interval
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims.counting import Heard, heard_in
from visavis.understand.verbatims.explorer import Taxonomy, latest_period
from visavis.understand.verbatims.models import Annotation


@dataclass(frozen=True, slots=True)
class Usage:
    """What is heard of the themes over a recent period.

    Attributes:
        period: the period looked at.
        n: texts of it that were read.
        shares: code -> share of these texts that speak of the theme, or of one under it.
        corrections: code -> how many times people corrected it, whenever.
    """

    period: Period
    n: int
    shares: Mapping[str, Estimate]
    corrections: Mapping[str, int]


def usage(viewer: Viewer, today: dt.date) -> Usage:
    """Count the themes among the latest texts that the viewer may read.

    Args:
        viewer: who looks.
        today: the company's day.
    """
    period = from_text(latest_period(viewer, today), today)
    mine = verbatims(viewer).filter(viewer.within(Right.RETURNS), read_at__isnull=False)
    mine = mine.exclude(source=STUDY)
    rows = mine.filter(heard_on__gte=period.first, heard_on__lt=period.after)
    taxonomy, n = Taxonomy(viewer), rows.order_by().count()
    heard = heard_in(rows, taxonomy) if n else Heard()
    shares = {
        theme.code: proportion_interval(_number(theme.pk, theme.parent_id, heard), n)
        for theme in taxonomy.themes.values()
    }
    return Usage(period, n, shares, _corrections(viewer))


def _number(pk: int, parent: int | None, heard: Heard) -> int:
    return heard.number(pk) if parent else heard.tops.get(pk, 0)


def _corrections(viewer: Viewer) -> dict[str, int]:
    mine = Annotation.objects.filter(
        viewer.within(Right.RETURNS, "verbatim__unit_path"), by=Annotation.By.HUMAN, theme__isnull=False
    )
    return dict(mine.order_by().values_list("theme__code").annotate(number=Count("pk")))
