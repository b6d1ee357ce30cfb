"""The nightly look: each closed week, once, over all that is watched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.db.models import Max, Min

from visavis.core.periods import between
from visavis.core.words import Voice
from visavis.listen.returns.models import Response
from visavis.measure.watching import Baseline, Watched
from visavis.people.access.viewer import system
from visavis.people.units.models import Event
from visavis.share.alerts.deciding import Followed, broken, departures, frozen, judged, returned
from visavis.share.alerts.models import Alert, AlertStep, Watch
from visavis.share.alerts.series import WEEK, Week, cells_of, monday, weeks_of, written
from visavis.share.alerts.watches import ensure_usual
from visavis.share.alerts.whole import came_in

#: Weeks looked at when a figure is first watched: what the alerts of the last year would have been.
BACK = 52
#: Weeks loaded before the first one that is looked at, for the baseline.
BEFORE = 52
#: What explains a week by itself: no baseline rests on it.
_DISTURBING = (Event.Kind.INCIDENT, Event.Kind.WEATHER)


def late(today: dt.date) -> int:
    """How many watched figures have a closed week that is in and that nobody looked at."""
    newest = came_in(today).newest
    if newest is None:
        return 0
    ensured = Watch.objects.filter(usual=True).exists()
    waiting = Watch.objects.exclude(looked_on__gte=newest).count()
    return waiting or int(not ensured)


@transaction.atomic
def look(*, today: dt.date) -> int:
    """Look at every closed week that is in and was not looked at, over all watched figures together.

    Args:
        today: the company's day: weeks that ended before it are closed.

    Returns:
        How many figures were looked at. Run twice, it finds nothing more to do.
    """
    newest = came_in(today).newest
    if newest is None:
        return 0
    ensure_usual()
    watches = list(Watch.objects.select_for_update().exclude(looked_on__gte=newest).order_by("pk"))
    followed = _followed(watches, newest)
    for week in _weeks(watches, newest):
        late_ones = {one.pk: one for one in watches if one.looked_on is None or one.looked_on < week}
        _week(late_ones, followed, week)
    Watch.objects.filter(pk__in=[one.pk for one in watches]).update(looked_on=newest)
    return len(watches)


def _weeks(watches: list[Watch], newest: dt.date) -> list[dt.date]:
    first = newest - (BACK - 1) * WEEK
    starts = [max(first, (one.looked_on or first - WEEK) + WEEK) for one in watches]
    weeks = (newest - min(starts, default=newest)).days // 7 if starts else -1
    return [newest - back * WEEK for back in range(weeks, -1, -1)]


def _followed(watches: list[Watch], newest: dt.date) -> dict[int, Followed]:
    """The weeks and the baseline of each, loaded branch by branch; a baseline is frozen when it can be."""
    first = _first_week(newest)
    disturbed: dict[str, set[dt.date]] = {}
    cells = {}
    found = {}
    for one in watches:
        if one.unit_path not in cells:
            cells[one.unit_path] = cells_of(system(), one.unit_path, first, newest + WEEK - dt.timedelta(1))
            disturbed[one.unit_path] = disturbed_weeks(one.unit_path)
        weeks = weeks_of(one, cells[one.unit_path], between(first, newest + WEEK - dt.timedelta(1)))
        found[one.pk] = followed_of(one, weeks, newest, disturbed[one.unit_path])
    return found


def _first_week(newest: dt.date) -> dt.date:
    """The Monday from which weeks are loaded: two years, or the first return if it is later."""
    heard = Response.objects.filter(voice=Voice.CUSTOMER).aggregate(first=Min("heard_on"))["first"]
    asked = newest - (BACK + BEFORE) * WEEK
    return max(asked, monday(heard)) if heard else asked


def disturbed_weeks(path: str) -> set[dt.date]:
    """The weeks that an incident or a storm of the branch, or of what lies over it, explains."""
    events = Event.objects.filter(kind__in=_DISTURBING).order_by("starts_on", "pk")
    found: set[dt.date] = set()
    for event in events:
        if path.startswith(event.unit_path) or event.unit_path.startswith(path):
            last = event.ends_on or event.starts_on
            number = (monday(last) - monday(event.starts_on)).days // 7
            found.update(monday(event.starts_on) + step * WEEK for step in range(number + 1))
    return found


def followed_of(watch: Watch, weeks: list[Week], newest: dt.date, disturbed: set[dt.date]) -> Followed:
    """A watched figure with its weeks and its baseline, frozen now if it was not and can be.

    Args:
        watch: what is watched; its baseline is kept on it.
        weeks: its weeks, oldest first.
        newest: Monday of the newest closed week.
        disturbed: Mondays that no baseline may rest on.
    """
    if watch.baseline is None:
        start = max(newest - (BACK - 1) * WEEK, (watch.looked_on or dt.date.min) + WEEK)
        since = watch.rebased_from or dt.date.min
        made = frozen(watch.figure, [week for week in weeks if week.first >= since], start, disturbed)
        if made is None:
            return Followed(watch.figure, weeks)
        watch.baseline = asdict(made[0]) | {"weeks": [week.first.isoformat() for week in made[1]]}
        watch.save(update_fields=["baseline"])
    return Followed(watch.figure, weeks, *baseline_of(watch))


def baseline_of(watch: Watch) -> tuple[Baseline | None, frozenset[dt.date]]:
    """The baseline kept on a watched figure, and the Mondays of its weeks."""
    if watch.baseline is None:
        return None, frozenset()
    kept = dict(watch.baseline)
    weeks = frozenset(dt.date.fromisoformat(day) for day in kept.pop("weeks"))
    return Baseline(**kept), weeks


def _week(watches: Mapping[int, Watch], followed: Mapping[int, Followed], week: dt.date) -> None:
    """Judge a week over all figures together: open what departs, date again what lasts, close the rest."""
    found = {pk: said for pk in watches if (said := judged(followed[pk], week))}
    # What single people watch must not make it harder for what everybody watches to be seen.
    shared = {pk: said for pk, said in found.items() if watches[pk].everyone}
    out = departures(shared) | departures({pk: said for pk, said in found.items() if pk not in shared})
    live = {
        one.watch_id: one
        for one in Alert.objects.filter(watch__in=list(watches), ended_on=None).order_by("pk")
    }
    for pk, said in found.items():
        if pk in live and said.back:
            _close(live[pk], followed[pk], week)
        elif pk in live and said.out:
            _tell(live[pk], followed[pk], week, said)
        elif pk in out and pk not in live:
            _open(watches[pk], followed[pk], week, said)


def _open(watch: Watch, followed: Followed, week: dt.date, said: Watched) -> None:
    alert = Alert(watch=watch, unit_path=watch.unit_path, week=week)
    _tell(alert, followed, week, said)
    AlertStep.objects.create(alert=alert, kind=AlertStep.Kind.OPENED, on=week + WEEK)


def _tell(alert: Alert, followed: Followed, week: dt.date, said: Watched) -> None:
    """Keep what a week says of a departure: it is dated again as long as it stays outside."""
    before = Alert.objects.filter(watch=alert.watch, ended_on__lte=week).aggregate(last=Max("ended_on"))
    at = broken(followed, week, said.smooth[-1], before["last"] or dt.date.min)
    alert.above, alert.since, alert.since_first, alert.since_last = at.above, at.since, at.first, at.last
    alert.found = at.told | {"p_value": said.p_value, "until": week.isoformat()}
    alert.found["drawn"] = written(followed.weeks, week)
    alert.save()


def _close(alert: Alert, followed: Followed, week: dt.date) -> None:
    alert.found["drawn"] = written(followed.weeks, week)
    if alert.state != Alert.State.EXPLAINED:
        alert.state = Alert.State.CLOSED
    alert.ended_on = week + WEEK
    if back := returned(followed, alert.since, week):
        alert.found["back"] = [day.isoformat() for day in back]
    alert.save(update_fields=["state", "ended_on", "found"])
    AlertStep.objects.create(alert=alert, kind=AlertStep.Kind.CLOSED, on=week + WEEK)
