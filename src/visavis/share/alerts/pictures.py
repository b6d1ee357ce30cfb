"""An alert in words and as the chart that says why; the list of what is watched in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.core.periods import between, spoken_day
from visavis.core.words import Voice
from visavis.draw.frame import Frame
from visavis.draw.paper import Table
from visavis.draw.timeline import Happening, Line, timeline, timeline_table
from visavis.measure.estimates import Difference, Estimate, Scale
from visavis.measure.figures import Noun, decimals_apart, number
from visavis.measure.sentences import Verdict, change_sentence, verdict
from visavis.measure.watching import Baseline, watched
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Event
from visavis.share.alerts.deciding import Followed, difference_of, values
from visavis.share.alerts.looking import baseline_of
from visavis.share.alerts.models import Alert, Figure, Watch
from visavis.share.alerts.series import WEEK, Week, estimate_of, read_weeks, scale_of
from visavis.web.filters import Filters

#: Weeks drawn before the break, and after it, at most.
SHOWN_BEFORE, SHOWN_AFTER = 26, 26


def name_of(watch: Watch) -> str:
    """What is watched, in words: the figure or its theme, then what it is limited to."""
    figure = watch.theme.label if watch.theme else str(Figure(watch.figure).label)
    within = [one.label for one in (watch.channel, watch.reason) if one]
    unit = [watch.unit.name] if watch.unit.parent_id else []
    return ", ".join([figure, *within, *unit])


def nouns(figure: str) -> Noun:
    """Singular and plural of what the figure counts."""
    match figure:
        case Figure.THEME:
            return (_("text read"), _("texts read"))
        case Figure.VOLUME:
            return (_("return"), _("returns"))
    return (_("answer"), _("answers"))


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as a line of the list."""

    pk: int
    name: str
    title: str
    since: str
    said: str
    state: str
    state_words: str
    over: bool


def row_of(alert: Alert, language: str) -> AlertRow:
    """Say an alert in three sentences: what left its usual level, since when, by how much."""
    return AlertRow(
        alert.pk, name_of(alert.watch), title_of(alert), since_of(alert, language), said(alert, language),
        alert.state, alert.get_state_display(), alert.ended_on is not None,
    )  # fmt: skip


def title_of(alert: Alert) -> str:
    """« Téléphone : sous le niveau habituel »."""
    words = _("%(name)s: above its usual level") if alert.above else _("%(name)s: under its usual level")
    return words % {"name": name_of(alert.watch)}


def since_of(alert: Alert, language: str) -> str:
    """Since which week, and until which one once it is over, each with the weeks that the data allow."""
    start = _range((alert.since, alert.since_first, alert.since_last), language)
    if alert.since_first == alert.since_last:
        words = _("Since the week of %(day)s; the data allow no other week (95%%).") % start
    else:
        words = _("Since the week of %(day)s, between that of %(first)s and that of %(last)s (95%%).") % start
    if "back" not in alert.found:
        return words
    days = [dt.date.fromisoformat(day) for day in alert.found["back"]]
    if days[1] == days[2]:
        back = _("Back since the week of %(day)s; the data allow no other week (95%%).")
    else:
        back = _("Back since the week of %(day)s, between that of %(first)s and that of %(last)s (95%%).")
    return f"{words} {back % _range(days, language)}"


def _range(days: Sequence[dt.date], language: str) -> dict[str, str]:
    said = (spoken_day(day, language) for day in days)
    return dict(zip(("day", "first", "last"), said, strict=True))


def said(alert: Alert, language: str) -> str:
    """How far the figure went, from its interval alone."""
    kept, figure = alert.found, alert.watch.figure
    far = difference_of(figure, kept)
    if figure == Figure.VOLUME:
        return _volume(kept, far, language)
    now, before = (tuple(kept[name]) for name in ("now", "before"))
    after, earlier = estimate_of(figure, now, kept["now_n"]), estimate_of(figure, before, kept["before_n"])
    subject = name_of(alert.watch)
    return change_sentence(after, earlier, far, language, subject=subject, noun=nouns(figure))


def _volume(kept: Mapping[str, Any], far: Difference, language: str) -> str:
    now, usual = (sum(each) / len(each) for each in kept["each"])
    # Rounded, an interval that excludes zero must not seem to hold it.
    places = decimals_apart(far.low, far.high, 0 if min(abs(far.low), abs(far.high)) >= 1 else 1)
    shown = {
        "now": number(now, language),
        "usual": number(usual, language),
        "weeks": number(len(kept["each"][0]), language),
        "base": number(len(kept["each"][1]), language),
        "gap": number(far.observed, language, places, signed=True),
        "low": number(far.low, language, places, signed=True),
        "high": number(far.high, language, places, signed=True),
    }
    clear = _(
        "%(now)s returns a week since then (weeks: %(weeks)s), against %(usual)s usually (weeks: %(base)s). "
        "Clear difference: %(gap)s a week, from %(low)s to %(high)s."
    )
    still = _(
        "%(now)s returns a week since then (weeks: %(weeks)s), against %(usual)s usually (weeks: %(base)s). "
        "Not conclusive yet: %(gap)s a week, from %(low)s to %(high)s."
    )
    return (clear if verdict(far) is Verdict.CLEAR else still) % shown


@dataclass(frozen=True, slots=True)
class Why:
    """The chart that says why, with its table; what its baseline rests on; the weeks passed over."""

    wide: str
    narrow: str
    table: Table
    baseline: str
    skipped: int


def why(alert: Alert, language: str) -> Why | None:
    """Draw the weeks around a departure: the figure, what is usual with its limits, the smoothed line.

    Args:
        alert: one that the viewer sees; its weeks are those that it was opened on.
        language: "fr" or "en".

    Returns:
        The chart; none once its baseline was taken again or no week may be shown.
    """
    watch = alert.watch
    baseline, base = baseline_of(watch)
    first, last = alert.since - SHOWN_BEFORE * WEEK, _last_shown(alert)
    if baseline is None:
        return None
    weeks = [week for week in read_weeks(alert.found["drawn"]) if week.first <= last]
    usable = [week for week in weeks if week.first >= first and week.usable(watch.figure)]
    if not usable:
        return None
    shown = [week for week in weeks if week.first >= usable[0].first]
    lines = _lines(Followed(watch.figure, weeks, baseline, base), usable)
    frame = Frame(name_of(watch), language, of=_("Week of"), noun=nouns(watch.figure))
    happened = _events(watch, first, last)
    wide, narrow = (timeline(lines, each, events=happened) for each in (frame, frame.narrow()))
    return Why(
        wide, narrow, timeline_table(lines, frame), _baseline_said(baseline, base, language),
        len(shown) - len(usable),
    )  # fmt: skip


def _last_shown(alert: Alert) -> dt.date:
    until = dt.date.fromisoformat(alert.found["until"])
    return min(max(until, (alert.ended_on or until) - WEEK), alert.since + SHOWN_AFTER * WEEK)


def _lines(followed: Followed, shown: Sequence[Week]) -> list[Line]:
    """The figure week by week, its usual level with the limits, and the smoothed line that is judged."""
    figure, baseline = followed.figure, followed.baseline
    after = followed.after(shown[-1].first)
    lines = [Line(_("week"), [(one.first, _weekly(figure, one)) for one in shown], voice=Voice.CUSTOMER)]
    if baseline is None or not after:
        return lines
    numbers, weights = values(figure, after)
    smooth = watched(numbers, weights, baseline)
    step = baseline.spread / sqrt(sum(weights) / len(weights))
    scale = scale_of(figure)
    judged = {
        week.first: _plain(baseline.centre + z * step, week.n, scale)
        for week, z in zip(after, smooth.smooth, strict=True)
    }
    usual = [(one.first, _usual(baseline, smooth.limit * step, one.n, scale)) for one in shown]
    lines.append(Line(_("usual"), usual))
    points = [(one.first, judged[one.first]) for one in shown if one.first in judged]
    return [*lines, Line(_("smoothed"), points)] if points else lines


def _weekly(figure: str, week: Week) -> Estimate:
    return estimate_of(figure, week.counts, week.n)


def _plain(value: float, n: int, scale: Scale) -> Estimate:
    at = scale.clip(value)
    return Estimate(estimate=at, low=at, high=at, level=0.95, n=n, n_eff=n, method="ewma", scale=scale)


def _usual(baseline: Baseline, half: float, n: int, scale: Scale) -> Estimate:
    low, high = scale.clip(baseline.centre - half), scale.clip(baseline.centre + half)
    return replace(_plain(baseline.centre, n, scale), low=low, high=high)


def _events(watch: Watch, first: dt.date, last: dt.date) -> list[Happening]:
    events = Event.objects.filter(starts_on__gte=first, starts_on__lte=last + WEEK).order_by(
        "starts_on", "pk"
    )
    # Several teams may share an event: it is lettered once.
    told = {
        (one.starts_on, one.label): Happening(one.starts_on, one.label)
        for one in events
        if watch.unit_path.startswith(one.unit_path) or one.unit_path.startswith(watch.unit_path)
    }
    return list(told.values())


def _baseline_said(baseline: Baseline, base: frozenset[dt.date], language: str) -> str:
    shown = {
        "number": baseline.periods,
        "first": spoken_day(min(base), language),
        "last": spoken_day(max(base), language),
    }
    if baseline.periods >= 20:
        return _("Usual level: frozen on %(number)s weeks, from %(first)s to %(last)s.") % shown
    words = _("Usual level: frozen on %(number)s weeks only, from %(first)s to %(last)s: history is short.")
    return words % shown


def texts_url(viewer: Viewer, alert: Alert) -> str:
    """Where the texts behind an alert are read, if the viewer reads texts there."""
    watch = alert.watch
    if not viewer.may(Right.RETURNS, watch.unit_path):
        return ""
    until = dt.date.fromisoformat(alert.found["until"]) + WEEK - dt.timedelta(1)
    filters = Filters(
        between(alert.since, until),
        scope=watch.unit.code if watch.unit.parent_id else "",
        channel=watch.channel.code if watch.channel else "",
        reason=watch.reason.code if watch.reason else "",
    )
    return filters.on(reverse("verbatims:list"), theme=watch.theme.code if watch.theme else "")
