"""Alerts: a figure that leaves its usual level is told to who sees it, dated and explained."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from visavis.core.keys import key
from visavis.core.periods import between, spoken_day
from visavis.core.stamps import MeanwhileError, stamps_of
from visavis.core.words import Role, Voice
from visavis.listen.imports.models import ImportRun
from visavis.listen.returns.models import Response
from visavis.people.units.models import Event, Unit
from visavis.share.alerts import jobs, looking, queries, services, watches
from visavis.share.alerts.expected import expected
from visavis.share.alerts.models import Alert, AlertStep, Figure, Told, Watch
from visavis.share.alerts.series import WEEK, cells_of, last_closed
from visavis.share.alerts.whole import CameIn, came_in

pytestmark = pytest.mark.django_db

NEWEST = last_closed(house.TODAY)
WEEKS = 20


def _week(where: Unit, back: int, satisfied: int, others: int, **fields: Any) -> None:
    """The returns of one week, ``back`` weeks before the newest closed one."""
    day = NEWEST - back * WEEK + dt.timedelta(days=2)
    rows = []
    for number in range(satisfied + others):
        facts = {"unit": where, "unit_path": where.path, "heard_on": day, "source": Response.Source.SURVEY}
        mark = 5 if number < satisfied else 1
        identity = key("alerts", where.code, back, number, str(fields))
        rows.append(Response(id=identity, voice=Voice.CUSTOMER, satisfaction=mark, **facts | fields))
    Response.objects.bulk_create(rows)


def _history(where: Unit, fall: int = 0, **fields: Any) -> None:
    """Twenty weeks at eight in ten; the last ``fall`` at five in ten."""
    for back in range(WEEKS):
        bad = back < fall
        _week(where, back, 20 if bad else 32, 20 if bad else 8, **fields)


def test_a_fall_opens_one_alert_with_its_date_its_interval_and_its_chart() -> None:
    team = house.unit()
    _history(team, fall=4)
    assert looking.late(house.TODAY)
    assert looking.look(today=house.TODAY)
    assert not looking.late(house.TODAY)
    assert looking.look(today=house.TODAY) == 0
    (alert,) = Alert.objects.filter(watch__figure=Figure.SATISFACTION)
    assert not alert.above
    assert alert.since == NEWEST - 3 * WEEK
    assert alert.since_first <= alert.since <= alert.since_last
    assert alert.found["before"] == [13 * 32]
    reader = house.member(house.company(), Role.QUALITY)
    page = reader.client.get("/comprendre/alertes/").content.decode()
    assert "Clients satisfaits\u00a0: sous le niveau habituel" in page
    assert "Écart net" in page
    one = reader.client.get(f"/comprendre/alertes/{alert.pk}/")
    house.assert_scores_carry_n_and_interval(one.content, at_least=0)
    text = one.content.decode()
    assert "<svg" in text
    assert "13 semaines seulement" in text
    assert "/ecouter/retours/?periode=" in text
    assert "1 indicateur sort de l’ordinaire" in reader.client.get("/").content.decode().replace(
        "\u00a0", " "
    )


def test_where_nothing_changes_the_page_says_what_is_watched_and_how_often_it_would_be_wrong() -> None:
    _history(house.unit())
    looking.look(today=house.TODAY)
    assert not Alert.objects.exists()
    page = house.member(house.company(), Role.DIRECTION).client.get("/comprendre/alertes/").content.decode()
    assert "Rien ne sort de l’ordinaire" in page
    assert "1 indicateur est examiné" in page.replace("\u00a0", " ")
    assert "3 par an au plus" in page.replace("\u00a0", " ")
    assert expected([], "fr").a_year == "0"


def test_a_departure_ends_once_it_is_well_back() -> None:
    team = house.unit()
    for back in range(40):
        _week(team, back, *((20, 20) if 20 <= back < 25 else (32, 8)))
    looking.look(today=house.TODAY)
    (alert,) = Alert.objects.all()
    assert alert.state == Alert.State.CLOSED
    assert alert.since == NEWEST - 24 * WEEK
    came = NEWEST - 19 * WEEK
    assert alert.found["back"] == [came.isoformat()] * 3
    page = house.member(house.company(), Role.DIRECTION).client.get(f"/comprendre/alertes/{alert.pk}/")
    said = page.content.decode().replace("\u00a0", " ")
    assert f"Retour depuis la semaine du {spoken_day(came, 'fr')}".replace("\u00a0", " ") in said
    steps = list(AlertStep.objects.order_by("on").values_list("kind", flat=True))
    assert steps == [AlertStep.Kind.OPENED, AlertStep.Kind.CLOSED]


def test_weeks_of_few_answers_are_passed_over_and_thirteen_are_needed() -> None:
    team = house.unit()
    for back in range(WEEKS):
        _week(team, back, 7, 2)
    looking.look(today=house.TODAY)
    assert not Watch.objects.filter(baseline__isnull=False).exists()
    page = house.member(house.company(), Role.QUALITY).client.get("/comprendre/alertes/").content.decode()
    assert "pas encore de niveau habituel" in page


def test_no_baseline_rests_on_the_weeks_of_a_storm() -> None:
    team = house.unit()
    for back in range(WEEKS):
        _week(team, back, *((12, 28) if 15 <= back < 18 else (32, 8)))
    facts = {"kind": Event.Kind.WEATHER, "name": {"fr": "Tempête"}, "unit": house.company()}
    first = NEWEST - 17 * WEEK
    ends = first + 2 * WEEK + dt.timedelta(days=6)
    Event.objects.create(code="storm", unit_path="/acme/", starts_on=first, ends_on=ends, **facts)
    looking.look(today=house.TODAY)
    (watch,) = Watch.objects.filter(baseline__isnull=False)
    assert watch.baseline is not None
    assert watch.baseline["centre"] == pytest.approx(0.8)
    assert first.isoformat() not in watch.baseline["weeks"]


def test_a_unit_s_alert_is_for_who_sees_the_unit_and_one_s_own_watch_for_oneself() -> None:
    them = house.cast(Role.MANAGER)
    _history(them.ours, fall=4)
    watches.watch(by=them.owner.viewer, figure=Figure.SATISFACTION, unit=them.ours)
    looking.look(today=house.TODAY)
    mine = queries.alerts(them.owner.viewer)
    assert [one.unit_path for one in mine] == [them.ours.path]
    for other in (them.neighbour.viewer, them.stranger.viewer, house.viewer(them.ours)):
        assert not queries.alerts(other).exists()
    direction = house.viewer(house.company(), Role.DIRECTION)
    assert [one.watch.usual for one in queries.alerts(direction)] == [True]
    with pytest.raises(PermissionDenied):
        watches.watch(by=them.neighbour.viewer, figure=Figure.SATISFACTION, unit=them.ours)
    with pytest.raises(PermissionDenied):
        watches.watch(by=them.owner.viewer, figure=Figure.SATISFACTION, unit=them.ours, everyone=True)


def test_the_form_starts_from_the_filters_of_the_address_and_asks_a_theme_for_a_theme() -> None:
    reader = house.member(house.company(), Role.QUALITY)
    house.channel("phone")
    page = reader.client.get("/comprendre/alertes/surveiller/?canal=phone&theme=nothing").content.decode()
    assert 'value="phone" selected' in page
    sent = {"figure": "theme", "unit": "acme"}
    assert reader.client.post("/comprendre/alertes/surveiller/", sent).status_code == 422
    sent["figure"] = "volume"
    assert reader.client.post("/comprendre/alertes/surveiller/", sent).status_code == 302
    watch = Watch.objects.get(figure=Figure.VOLUME)
    reader.client.post(f"/comprendre/alertes/surveiller/{watch.pk}/arreter/")
    assert not Watch.objects.exists()


def test_a_fall_of_volume_is_said_in_returns_a_week() -> None:
    team = house.unit()
    asked = house.member(house.company(), Role.QUALITY)
    watches.watch(by=asked.viewer, figure=Figure.VOLUME, unit=house.company())
    for back in range(WEEKS):
        _week(team, back, 80 if back < 4 else 32, 8)
    looking.look(today=house.TODAY)
    alert = Alert.objects.get(watch__figure=Figure.VOLUME)
    page = asked.client.get(f"/comprendre/alertes/{alert.pk}/").content.decode()
    said = page.replace("\u00a0", " ")
    assert "88 retours par semaine depuis (semaines : 4), contre 40 d’habitude (semaines : 13)" in said
    found = re.search(r"Écart net : \+48 par semaine, de \+(\d+) à \+(\d+)", said)
    assert found is not None
    assert int(found[1]) < 48 < int(found[2])


def test_a_volume_that_falls_silent_rings_once_later_returns_show_that_the_week_is_in() -> None:
    team, other = house.unit(), house.unit()
    asked = house.member(house.company(), Role.QUALITY)
    watches.watch(by=asked.viewer, figure=Figure.VOLUME, unit=team)
    for back in range(2, WEEKS):
        _week(team, back, 30, 6)
    looking.look(today=house.TODAY)
    # Nothing of the branch was brought in for two weeks: that says nothing yet.
    assert not Alert.objects.filter(watch__figure=Figure.VOLUME).exists()
    Watch.objects.update(looked_on=None)
    phone = house.channel("phone")
    watches.watch(by=asked.viewer, figure=Figure.VOLUME, unit=house.company(), channel=phone)
    for back in range(WEEKS):
        _week(other, back, 4, 2)
        if back >= 3:
            _week(team, back, 25, 5, channel=phone)
    looking.look(today=house.TODAY)
    silent = Alert.objects.get(watch__channel=phone)
    assert not silent.above
    assert silent.since == NEWEST - 2 * WEEK
    page = asked.client.get(f"/comprendre/alertes/{silent.pk}/").content.decode().replace("\u00a0", " ")
    assert "0 retours par semaine depuis" in page
    assert "Écart net" in page


def test_an_explanation_needs_words_and_may_set_the_new_usual_level() -> None:
    team = house.unit()
    _history(team, fall=4)
    looking.look(today=house.TODAY)
    alert = Alert.objects.get()
    quality = house.viewer(house.company(), Role.QUALITY)
    services.see(by=quality, alert=alert, today=house.TODAY)
    alert.refresh_from_db()
    assert alert.state == Alert.State.SEEN
    with pytest.raises(ValidationError):
        services.explain(by=quality, alert=alert, text=" ", lasting=False, today=house.TODAY)
    reader = house.viewer(house.company(), Role.READER)
    with pytest.raises(PermissionDenied):
        services.explain(by=reader, alert=alert, text="Travaux.", lasting=False, today=house.TODAY)
    seen = stamps_of({"text": alert.explanation})
    told: dict[str, Any] = {"by": quality, "alert": alert, "today": house.TODAY}
    services.explain(**told, text="Travaux.", lasting=False, seen=seen)
    with pytest.raises(MeanwhileError):
        services.explain(**told, text="Neige.", lasting=False, seen=seen)
    seen = stamps_of({"text": "Travaux."})
    services.explain(**told, text="Travaux au siège.", lasting=False, seen=seen)
    services.explain(**told, text="Travaux.", lasting=True, seen=seen)
    alert.refresh_from_db()
    assert alert.explanation == "Travaux au siège."
    assert alert.ended_on == house.TODAY
    assert alert.watch.baseline is None
    assert alert.watch.rebased_from == alert.since
    with pytest.raises(ValidationError):
        services.see(by=quality, alert=alert, today=house.TODAY)


def test_the_open_copy_counts_the_same_weeks_as_the_rows() -> None:
    from visavis.listen.returns.services import mark_changed
    from visavis.people.access.viewer import system
    from visavis.share.alerts import series
    from visavis.share.analytics.services import publish_month

    team = house.unit()
    phone, theme = house.channel("phone"), house.theme("delay")
    _history(team, fall=3, channel=phone)
    said = house.response(team, on=NEWEST, channel=phone, recommendation=9)
    house.annotation(house.verbatim(said, read_at=timezone.now()), about=theme)
    first, last = NEWEST - 6 * WEEK, NEWEST + WEEK - dt.timedelta(days=1)
    rows = cells_of(system(), "/acme/", first, last)
    mark_changed([first, last])
    for month in (202510, 202511):
        publish_month(month=month, at=timezone.now())
    period = between(first, last)
    for path in ("/acme/", team.path):
        assert series._from_copy(system(), path, period) == series._from_rows(system(), path, period)
    assert rows == series._from_rows(system(), "/acme/", period)


def test_the_job_waits_for_customers_and_for_a_week_to_close_and_to_come_in(settings: Any) -> None:
    settings.TODAY = house.TODAY
    assert jobs.step() == 0
    team = house.unit()
    _history(team)
    assert jobs.pending()
    assert jobs.step()
    assert jobs.step() == 0
    settings.TODAY = house.TODAY + dt.timedelta(days=6)
    assert jobs.pending() == 0
    settings.TODAY = house.TODAY + dt.timedelta(days=7)
    assert jobs.pending() == jobs.step() == 0
    _week(team, -1, 10, 30)
    assert jobs.pending()
    assert jobs.step()
    assert not jobs.pending()


def test_a_fall_whose_week_comes_in_after_its_night_is_not_missed(settings: Any) -> None:
    settings.TODAY = house.TODAY
    team = house.unit()
    for back in range(1, WEEKS):
        _week(team, back, 32, 8)
    assert jobs.step()
    assert not Alert.objects.exists()
    _week(team, 0, 4, 36)
    assert jobs.step()
    assert Alert.objects.get(watch__figure=Figure.SATISFACTION).week == NEWEST


def _daily(back: int, days: int = 6, **fields: Any) -> None:
    """Ten returns a day of one week, ``back`` weeks before the newest closed one, from its Monday."""
    for day in range(days):
        heard_on = NEWEST - back * WEEK + dt.timedelta(days=day)
        _week(house.company(), back, 8, 2, heard_on=heard_on, **fields)


def test_a_week_whose_file_stops_midweek_waits_for_the_rest_and_does_not_ring(settings: Any) -> None:
    settings.TODAY = house.TODAY
    asked = house.member(house.company(), Role.QUALITY)
    watches.watch(by=asked.viewer, figure=Figure.VOLUME, unit=house.company())
    for back in range(1, WEEKS):
        _daily(back, days=3 if back == 4 else 6)  # a week of holidays does not make Wednesdays usual
    _daily(0, days=2)
    assert came_in(house.TODAY).newest == NEWEST - WEEK
    assert jobs.step()
    assert not Alert.objects.exists()
    assert "attend" in asked.client.get("/comprendre/alertes/").text
    for row in Response.objects.filter(heard_on=NEWEST):
        row.id, row.heard_on = key("rest", row.pk), NEWEST + 5 * dt.timedelta(days=1)
        row.save(force_insert=True)
    assert came_in(house.TODAY) == CameIn(NEWEST, NEWEST + dt.timedelta(days=5))
    assert jobs.pending()


def test_a_channel_whose_file_is_missing_is_waited_for_until_another_week_begins() -> None:
    for back in range(WEEKS):
        _daily(back)
        if back:
            _daily(back, days=3, channel=house.channel("chat"))
    assert came_in(house.TODAY).newest == NEWEST - WEEK
    assert came_in(house.TODAY + WEEK).waits
    _daily(-1, days=1)
    assert came_in(house.TODAY + dt.timedelta(days=1)).newest == NEWEST


def test_nothing_is_looked_at_while_returns_are_being_imported() -> None:
    _daily(0)
    run = ImportRun.objects.create(kind="returns", file_name="x.csv", sha256="0", status="running")
    assert came_in(house.TODAY).newest is None
    assert looking.late(house.TODAY) == 0
    run.delete()
    assert came_in(house.TODAY).newest == NEWEST


def test_an_account_watches_thirty_figures_at_most() -> None:
    member = house.member(house.company(), Role.DIRECTION)
    where = house.company()
    for number in range(watches.MOST):
        where = house.unit(f"w{number}", parent=house.company())
        watches.watch(by=member.viewer, figure=Figure.VOLUME, unit=where)
    again = watches.watch(by=member.viewer, figure=Figure.VOLUME, unit=where)
    assert Told.objects.filter(watch=again).count() == 1
    page = member.client.post(
        "/comprendre/alertes/surveiller/", {"figure": Figure.VOLUME, "unit": house.company().code}
    )
    assert page.status_code == 422
    assert "Vous surveillez déjà" in page.text
    assert Told.objects.count() == watches.MOST


def test_figures_that_single_people_asked_for_are_counted_apart() -> None:
    member = house.member(house.company(), Role.DIRECTION)
    looking.look(today=house.TODAY)
    assert "sont jugés à part" not in member.client.get("/comprendre/alertes/").text
    watches.watch(by=member.viewer, figure=Figure.VOLUME, unit=house.company())
    assert "sont jugés à part" in member.client.get("/comprendre/alertes/").text


def test_the_explorer_leads_to_a_watch_filled_with_what_it_shows() -> None:
    root, theme = house.company(), house.theme("delay")
    house.response(root, text="Le délai est long.", channel=house.channel("phone"))
    member = house.member(root, Role.QUALITY)
    page = member.client.get("/ecouter/retours/?periode=tout&canal=phone&theme=delay").text
    [found] = re.findall(r'href="(/comprendre/alertes/surveiller/[^"]*)"', page)
    form = member.client.get(html.unescape(found)).context["form"]
    assert {name: form[name].value() for name in ("figure", "theme", "channel")} == {
        "figure": "theme",
        "theme": theme.code,
        "channel": "phone",
    }
