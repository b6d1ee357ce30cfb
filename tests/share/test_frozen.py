"""A report that was told does not move: frozen some days after its month, its revisions listed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from tests import house
from visavis.core import periods
from visavis.core.words import Role
from visavis.listen.returns.models import Response
from visavis.listen.returns.services import mark_changed
from visavis.people.units.models import Unit
from visavis.share.analytics.services import publish_month
from visavis.share.restitution import frozen, jobs, queries
from visavis.share.restitution.models import FrozenReport, FrozenUnit, Revision
from visavis.share.restitution.packing import packed, unpacked
from visavis.web.filters import Filters

pytestmark = pytest.mark.django_db

NOVEMBER = periods.month(2025, 11)
FOURTH = dt.date(2025, 12, 4)


def _returns(where: Unit, satisfied: int, others: int, on: dt.date, **fields: Any) -> None:
    for mark, times in ((5, satisfied), (1, others)):
        for _ in range(times):
            house.response(where, on=on, satisfaction=mark, recommendation=2 * mark, **fields)


def _november(where: Unit) -> None:
    _returns(where, 40, 10, dt.date(2025, 11, 12), channel=house.channel("phone"), reason=house.reason())
    _returns(where, 20, 20, dt.date(2025, 10, 12), channel=house.channel("phone"), reason=house.reason())


def _at(day: dt.date, hour: int = 9) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def test_a_month_is_due_three_days_after_its_end_and_once(settings: Any) -> None:
    _november(house.unit())
    settings.TODAY = FOURTH - dt.timedelta(days=1)
    assert frozen.last_due(settings.TODAY).key == "2025-10"
    settings.TODAY = FOURTH
    assert frozen.last_due(settings.TODAY) == NOVEMBER
    assert jobs.pending() == 1
    assert jobs.step() == 1
    assert jobs.step() == 0
    assert FrozenReport.objects.get().month == NOVEMBER.first


def test_a_company_without_returns_freezes_nothing(settings: Any) -> None:
    settings.TODAY = FOURTH
    house.company()
    assert jobs.pending() == 0
    assert jobs.step() == 0


def test_thawing_gives_the_report_that_was_packed() -> None:
    team = house.unit()
    _november(team)
    said = house.response(team, on=dt.date(2025, 11, 12))
    text = house.verbatim(said, "Réponse claire et rapide, merci.", polarity="positive")
    reader = house.viewer(team, Role.QUALITY)
    found = queries.report(reader, Filters(NOVEMBER))
    found.verbatims["positive"].append(text)
    assert unpacked(packed(found), found.filters, {text.pk: text}) == found
    assert unpacked(packed(found), found.filters, {}).verbatims["positive"] == []


def test_the_page_and_its_files_keep_what_was_told_and_list_what_changed(settings: Any) -> None:
    team = house.unit()
    _november(team)
    settings.TODAY = FOURTH
    jobs.step()
    reader = house.member(house.company(), Role.DIRECTION)
    told = reader.client.get("/comprendre/rapports/2025-11/").content.decode()
    assert "figé le 4 décembre 2025" in told.replace("\u00a0", " ")
    assert "Révisions" not in told
    _returns(team, 0, 30, dt.date(2025, 11, 20), channel=house.channel("phone"))
    mark_changed([dt.date(2025, 11, 20)])
    publish_month(month=202511, at=_at(FOURTH, 10))
    assert jobs.pending() == 1
    assert jobs.step() == 1
    assert jobs.step() == 0
    page = reader.client.get("/comprendre/rapports/2025-11/").content.decode()
    assert "80\u00a0%" in page
    assert "Révisions" in page
    assert "80,0 (n = 50), aujourd’hui 50,0 (n = 80)" in page.replace("\u00a0", " ")
    export = reader.client.get("/comprendre/rapports/export.csv?periode=2025-11")
    kept = b"".join(export.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert '"50";"80";' in kept
    live = reader.client.get("/comprendre/rapports/2025-11/?chiffres=aujourdhui").content.decode()
    assert "50\u00a0%" in live
    assert "Voir le rapport figé" in live
    house.assert_scores_carry_n_and_interval(live.encode())


def test_the_same_figures_make_no_revision_and_the_same_revision_is_noted_once(settings: Any) -> None:
    team = house.unit()
    _november(team)
    settings.TODAY = FOURTH
    report = frozen.freeze(unit=house.company(), month=NOVEMBER, at=_at(FOURTH))
    assert frozen.freeze(unit=house.company(), month=NOVEMBER, at=_at(FOURTH, 11)) == report
    assert frozen.compare(report=report, at=_at(FOURTH, 10)) is None
    Response.objects.filter(heard_on__month=11, satisfaction=5).update(satisfaction=1)
    assert frozen.compare(report=report, at=_at(FOURTH, 11))
    assert frozen.compare(report=report, at=_at(FOURTH, 12)) is None
    assert Revision.objects.count() == 1
    with translation.override("fr"):
        words = frozen.revision_words(Revision.objects.get().lines["fr"])
    assert any("80,0 (n" in line and "aujourd’hui 0,0" in line for line in words)


def test_a_unit_is_frozen_from_when_somebody_asks_and_shown_to_who_reads_its_report(settings: Any) -> None:
    them = house.cast(Role.QUALITY)
    _november(them.ours)
    settings.TODAY = FOURTH
    while jobs.step():
        pass
    scoped = f"/comprendre/rapports/2025-11/?perimetre={them.ours.code}"
    assert "Figer chaque mois" in them.owner.client.get(scoped).content.decode()
    them.owner.client.post("/comprendre/rapports/figer/", {"unit": them.ours.code})
    assert FrozenUnit.objects.get().unit == them.ours
    while jobs.step():
        pass
    assert "figé le" in them.owner.client.get(scoped).content.decode()
    # The company's frozen report is not hers: her own branch without a scope has today's figures.
    assert "figé le" not in them.owner.client.get("/comprendre/rapports/2025-11/").content.decode()
    assert "figé le" not in them.neighbour.client.get(scoped).content.decode()
    refused = them.neighbour.client.post("/comprendre/rapports/figer/", {"unit": them.ours.code})
    assert refused.status_code == 404
