"""Double attention on Vaubrune, held against what its generator knows of itself: E8, E9, E10."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone

from tests.demo.conftest import Instance, browser_of, viewer_named
from visavis.core.periods import from_text
from visavis.demo.vaubrune.world import TODAY
from visavis.listen.releases import exchanges
from visavis.listen.releases.models import Kind, Release, ReleasedCell, ReleasedFigure
from visavis.measure.two_views import Spread, spearman_of
from visavis.moments.exchanges.models import Reason
from visavis.understand.pairs import findings, queries
from visavis.understand.pairs.findings import Corner, Place, Standing
from visavis.understand.pairs.own import own_pairs

FIRST, LAST = dt.date(2024, 9, 1), dt.date(2025, 11, 30)
ALL = from_text("tout", TODAY)


@pytest.fixture
def _told(vaubrune: Instance) -> None:
    """All that both sides told, as a company large enough would see it released: each reason crossed.

    The small company is too small for the auditor to let its reasons be crossed (``tests/listen`` holds
    that); what the page concludes from released cells is held here on the story's own rows.
    """
    Release.objects.filter(kind=Kind.EXCHANGES).delete()
    rows = exchanges.rows_of(FIRST, LAST)
    release = Release.objects.create(
        kind=Kind.EXCHANGES, first_on=FIRST, last_on=LAST, floor=5, comment_floor=10, crosstab_floor=10,
        sensitive_floor=11, people=len({row.person for row in rows}), published_at=timezone.now(),
    )  # fmt: skip
    _cell(release, "unit", "/vaubrune/", rows)
    for reason in Reason.objects.order_by("position", "pk"):
        _cell(release, "reason", reason.code, [row for row in rows if row.cuts["reason"] == reason.code])


def _cell(release: Release, cut: str, place: str, rows: list[Any]) -> None:
    position = ReleasedCell.objects.filter(release=release, cut=cut).count()
    cell = ReleasedCell.objects.create(
        release=release, cut=cut, place=place, position=position, members=[place], unit_path="/vaubrune/",
        people=len({row.person for row in rows}), state="shown", names={"fr": place},
    )  # fmt: skip
    for key, known in ((exchanges.FELT, ""), (exchanges.SATISFIED, "band"), (exchanges.PAIR, "mark")):
        counts = Counter(
            ",".join(filter(None, (row.cuts.get(known), row.answers[exchanges.FELT]))) for row in rows
        )
        ReleasedFigure.objects.create(cell=cell, key=key, counts=dict(counts), n=len(rows))


def _lines(cut: str) -> tuple[list[queries.Line], Spread]:
    viewer = viewer_named("claire")
    shown = queries.months(viewer, ALL)
    spread = queries.spread(shown)
    assert spread is not None
    return queries.lines(viewer, shown, cut), spread


def _standings() -> dict[Corner, list[Standing]]:
    return findings.standings(*_lines("reason"))


def _truth(vaubrune: Instance) -> dict[str, Any]:
    told: dict[str, Any] = vaubrune.truth["realised"]["E8_E9_E10"]
    return told


@pytest.mark.usefixtures("_told")
def test_a_rise_of_premiums_is_a_blind_spot_and_comes_first(vaubrune: Instance) -> None:
    found = _standings()[Corner.BLIND]
    assert (found[0].line.place, found[0].place) == ("premium_change", Place.ABOVE)
    standing = {one.line.place: one for one in found}
    assert standing["simple_request"].place is Place.BELOW
    for code, truth in _truth(vaubrune)["by_reason"].items():
        estimate = standing[code].estimate
        assert 100 * (estimate.estimate or 0) == pytest.approx(truth["blind_spot"], abs=0.1)
        assert estimate.n == truth["n"]


@pytest.mark.usefixtures("_told")
def test_bereavement_is_where_advisers_take_it_upon_themselves(vaubrune: Instance) -> None:
    found = _standings()[Corner.BORNE]
    assert [one.line.place for one in found if one.place is Place.ABOVE] == ["bereavement"]
    truth = _truth(vaubrune)["by_reason"]["bereavement"]["takes_upon"]
    assert 100 * (found[0].estimate.estimate or 0) == pytest.approx(truth, abs=0.1)


@pytest.mark.usefixtures("_told")
def test_the_two_views_of_one_exchange_go_together(vaubrune: Instance) -> None:
    (company,), spread = _lines("unit")
    assert company.table is not None
    truth = _truth(vaubrune)
    assert spearman_of(company.table) == pytest.approx(truth["spearman"], abs=0.005)
    agreed = findings.agreement(company.table, spread)
    assert agreed is not None
    assert agreed.rank is not None
    assert 0.32 <= (agreed.rank.estimate or 0) <= 0.38
    assert agreed.rank.low > 0.2
    corners = {"blind_spot": company.four.adviser_only, "takes_upon": company.four.customer_only}
    for name, count in corners.items():
        assert 100 * count / company.n == pytest.approx(truth["quadrants"][name], abs=0.1)


@pytest.mark.usefixtures("_told")
def test_the_page_says_where_the_blind_spots_are() -> None:
    client = browser_of("claire")
    page = "/comprendre/double-attention/?periode=tout"
    assert "les angles morts sont plus fréquents ici" in client.get(page).content.decode()
    assert "premium_change" in client.get(page).content.decode()


def test_nobody_reads_what_was_not_released(vaubrune: Instance) -> None:
    Release.objects.filter(kind=Kind.EXCHANGES).delete()
    for who in ("claire", "karim", "sophie", "nadia", "thomas", "ines"):
        said = browser_of(who).get("/comprendre/double-attention/?periode=tout").content.decode()
        assert "Aucun mois publié" in said, who


def test_ines_reads_her_own_pairs_and_only_hers(vaubrune: Instance) -> None:
    hers = own_pairs(viewer_named("ines"), ALL)
    assert hers
    assert {pair.felt.author_id for pair in hers} == {viewer_named("ines").person_id}
    assert {pair.said.person_id for pair in hers} == {viewer_named("ines").person_id}
    assert own_pairs(viewer_named("sophie"), ALL) == []
    assert own_pairs(viewer_named("thomas"), ALL) == []
