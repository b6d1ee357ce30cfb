"""Weeks of a watched figure: counts of customers' returns and texts, Monday to Sunday."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from visavis.core.periods import Period, between
from visavis.core.words import Voice
from visavis.lake.datasets import MENTIONS, RETURNS, TEXTS, Dataset, Dimension
from visavis.lake.questions import Question
from visavis.listen.returns.queries import SATISFIED_FROM, counted, counted_texts
from visavis.measure.estimates import POINTS, SHARE, UNBOUNDED, Estimate, Scale
from visavis.measure.quantiles import z
from visavis.measure.scores import nps_interval
from visavis.measure.shares import proportion_interval
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.fields import branch
from visavis.share.alerts.models import Figure, Watch
from visavis.share.analytics import queries as analytics
from visavis.understand.verbatims.models import Annotation

WEEK = dt.timedelta(days=7)
#: Under this many answers a week is passed over, and said so.
FEWEST = 10
_COUNTS = (
    "returns", "marked", "satisfied", "promoters", "passives", "detractors",
    "satisfaction_sum", "satisfaction_squares",
)  # fmt: skip


def monday(day: dt.date) -> dt.date:
    """The first day of the week of a day."""
    return day - dt.timedelta(days=day.weekday())


def last_closed(today: dt.date) -> dt.date:
    """The Monday of the newest week that is over."""
    return monday(today) - WEEK


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a figure: counts whose meaning depends on it, and what they rest on.

    ``counts``: (yes,) of ``n`` for a share; promoters, passives, detractors for a score; (returns,) for a
    volume, whose ``n`` they are. ``marks``: sum and sum of squares of the marks behind a share of satisfied;
    they date its breaks, and are not kept with an alert.
    """

    first: dt.date
    counts: tuple[int, ...]
    n: int
    marks: tuple[int, int] = (0, 0)

    def usable(self, figure: str) -> bool:
        """Whether it rests on enough answers to be judged; a week of few returns is what a volume tells."""
        return self.n >= FEWEST or figure == Figure.VOLUME


def written(weeks: Sequence[Week], until: dt.date) -> list[list[Any]]:
    """The weeks up to one as JSON: what an alert was opened on is what its chart shows."""
    return [[one.first.isoformat(), list(one.counts), one.n] for one in weeks if one.first <= until]


def read_weeks(kept: Iterable[Sequence[Any]]) -> list[Week]:
    """The weeks that ``written`` wrote."""
    return [Week(dt.date.fromisoformat(first), tuple(counts), n) for first, counts, n in kept]


def value_of(figure: str, counts: tuple[int, ...], n: int) -> float:
    """The value of a week in its unit: a fraction, points, a number of returns."""
    match figure:
        case Figure.RECOMMENDATION:
            return 100 * (counts[0] - counts[2]) / n
        case Figure.VOLUME:
            return float(counts[0])
    return counts[0] / n


def weight_of(figure: str, n: int) -> float:
    """What a week weighs: its answers, or one for a volume."""
    return 1.0 if figure == Figure.VOLUME else float(n)


def estimate_of(figure: str, counts: tuple[int, ...], n: int) -> Estimate:
    """The figure of a week, or of several added up, with its interval."""
    match figure:
        case Figure.RECOMMENDATION:
            return nps_interval(counts[0], counts[1], counts[2])
        case Figure.VOLUME:
            half = z(0.95) * (counts[0] or 1) ** 0.5
            low, high = max(0.0, counts[0] - half), counts[0] + half
            return Estimate(
                estimate=counts[0], low=low, high=high, level=0.95, n=n, n_eff=n, method="poisson",
                scale=UNBOUNDED,
            )  # fmt: skip
    return proportion_interval(counts[0], n)


def scale_of(figure: str) -> Scale:
    """The unit of a figure."""
    return {Figure.RECOMMENDATION: POINTS, Figure.VOLUME: UNBOUNDED}.get(Figure(figure), SHARE)


#: (week, channel, reason) -> counts; mentions have the theme too.
Cells = Mapping[tuple[Any, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a branch counts, week by week."""

    returns: Cells
    texts: Cells
    mentions: Cells


def weeks_of(watch: Watch, cells: Counted, period: Period) -> list[Week]:
    """The weeks of a watched figure over a period, oldest first, those without any answer too."""
    sums: dict[dt.date, Counter[int]] = defaultdict(Counter)
    for (week, channel, reason, *_), counts in cells.returns.items():
        if _kept(watch, channel, reason):
            sums[week].update(dict(enumerate(counts)))
    texts: Counter[dt.date] = Counter()
    heard: Counter[dt.date] = Counter()
    if watch.figure == Figure.THEME:
        for (week, channel, reason, *_), (read,) in cells.texts.items():
            texts[week] += read if _kept(watch, channel, reason) else 0
        for (week, channel, reason, theme), (times,) in cells.mentions.items():
            heard[week] += times if theme == watch.theme_id and _kept(watch, channel, reason) else 0
    days = range(0, period.days, 7)
    found = [
        _week(watch.figure, first, sums[first], (heard[first], texts[first]))
        for first in (period.first + dt.timedelta(days=day) for day in days)
    ]
    return _brought_in(found, cells) if watch.figure == Figure.VOLUME else found


def _brought_in(weeks: list[Week], cells: Counted) -> list[Week]:
    """Up to the last week with any return of the branch: those after it may not have been brought in yet."""
    last = max((week for week, *_rest in cells.returns), default=dt.date.min)
    return [week for week in weeks if week.first <= last]


def _kept(watch: Watch, channel: int | None, reason: int | None) -> bool:
    return watch.channel_id in {None, channel} and watch.reason_id in {None, reason}


def _week(figure: str, first: dt.date, sums: Counter[int], heard: tuple[int, int]) -> Week:
    returns, marked, satisfied, *scores, total, squares = (sums[place] for place in range(len(_COUNTS)))
    match figure:
        case Figure.RECOMMENDATION:
            return Week(first, tuple(scores), sum(scores))
        case Figure.THEME:
            return Week(first, (min(heard),), heard[1])
        case Figure.VOLUME:
            return Week(first, (returns,), returns)
    return Week(first, (satisfied,), marked, (total, squares))


def cells_of(viewer: Viewer, path: str, first: dt.date, last: dt.date) -> Counted:
    """Count the weeks of a branch: from the open copy where it is published, from the rows otherwise.

    Args:
        viewer: who reads; needs the figures of the branch.
        path: the branch.
        first: a Monday.
        last: the Sunday of the last week.

    Returns:
        Its counts by week, channel and reason.
    """
    period = between(first, last)
    if analytics.published_at(period) and not analytics.changed(period):
        return _from_copy(viewer, path, period)
    return _from_rows(viewer, path, period)


def _from_copy(viewer: Viewer, path: str, period: Period) -> Counted:
    by = (Dimension.WEEK, Dimension.CHANNEL, Dimension.REASON)

    def asked(dataset: Dataset, measures: tuple[str, ...], cut: tuple[Dimension, ...]) -> Cells:
        scope = "" if path.count("/") == 2 else path
        rows = analytics.wide(viewer, Right.FIGURES, Question(dataset, measures, cut, period, scope=scope))
        places = len(cut)
        return {(_day(row[0]), *row[1:places]): tuple(int(v or 0) for v in row[places:]) for row in rows}

    return Counted(
        asked(RETURNS, _COUNTS, by),
        asked(TEXTS, ("heard",), by),
        asked(MENTIONS, ("mentions",), (*by, Dimension.THEME)),
    )


def _day(number: Any) -> dt.date:
    return dt.date(number // 10_000, number // 100 % 100, number % 100)


def _from_rows(viewer: Viewer, path: str, period: Period) -> Counted:
    within = Q(heard_on__gte=period.first, heard_on__lt=period.after) & branch(path)
    returns = counted(viewer, Voice.CUSTOMER).filter(within)
    texts = counted_texts(viewer, Voice.CUSTOMER).filter(within, read_at__isnull=False)
    heard = Annotation.objects.current().filter(
        verbatim__in=texts.order_by(), theme__isnull=False, refused=False
    )
    at, of = "response__", "verbatim__response__"
    return Counted(
        _summed(
            returns.order_by()
            .values("heard_on", "channel_id", "reason_id")
            .annotate(
                returns=Count("pk"),
                marked=Count("satisfaction"),
                satisfied=Count("pk", filter=Q(satisfaction__gte=SATISFIED_FROM)),
                promoters=Count("pk", filter=Q(recommendation__gte=9)),
                passives=Count("pk", filter=Q(recommendation__in=(7, 8))),
                detractors=Count("pk", filter=Q(recommendation__lte=6)),
                satisfaction_sum=Coalesce(Sum("satisfaction"), 0),
                satisfaction_squares=Coalesce(Sum(F("satisfaction") * F("satisfaction")), 0),
            )
            .values_list("heard_on", "channel_id", "reason_id", *_COUNTS),
            3,
        ),
        _summed(
            texts.order_by()
            .values("heard_on", f"{at}channel_id", f"{at}reason_id")
            .annotate(times=Count("pk"))
            .values_list("heard_on", f"{at}channel_id", f"{at}reason_id", "times"),
            3,
        ),
        _summed(
            heard.order_by()
            .values("verbatim__heard_on", f"{of}channel_id", f"{of}reason_id", "theme_id")
            .annotate(times=Count("pk"))
            .values_list("verbatim__heard_on", f"{of}channel_id", f"{of}reason_id", "theme_id", "times"),
            4,
        ),
    )


def _summed(rows: Iterable[tuple[Any, ...]], places: int) -> Cells:
    """Days gathered into weeks."""
    found: dict[tuple[Any, ...], tuple[int, ...]] = {}
    for row in rows:
        key = (monday(row[0]), *row[1:places])
        counts = row[places:]
        known = found.get(key, (0,) * len(counts))
        found[key] = tuple(a + b for a, b in zip(known, counts, strict=True))
    return found
