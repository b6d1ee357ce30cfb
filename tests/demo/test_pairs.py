"""Double attention on Vaubrune, held against what its generator knows of itself: E8, E9, E10."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.conftest import Instance, browser_of, viewer_named
from visavis.core.periods import from_text
from visavis.demo.vaubrune.world import TODAY
from visavis.listen.releases.models import Kind, Release
from visavis.measure.two_views import Spread, spearman_of
from visavis.understand.pairs import findings, queries
from visavis.understand.pairs.findings import Corner, Place, Standing
from visavis.understand.pairs.own import own_pairs

ALL = from_text("tout", TODAY)


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


def test_a_rise_of_premiums_is_a_blind_spot_and_comes_first(vaubrune: Instance) -> None:
    found = _standings()[Corner.BLIND]
    assert (found[0].line.place, found[0].place) == ("premium_change", Place.ABOVE)
    standing = {one.line.place: one for one in found}
    assert standing["simple_request"].place is Place.BELOW
    truths = _truth(vaubrune)["by_reason"]
    for code, one in standing.items():
        assert one.estimate.n == truths[code]["n"]
        exact = pytest.approx(truths[code]["blind_spot"], abs=0.1)
        assert one.line.least or 100 * (one.estimate.estimate or 0) == exact
    assert {"premium_change", "claim", "simple_request"} <= standing.keys()


def test_bereavement_is_where_advisers_take_it_upon_themselves_at_the_least(vaubrune: Instance) -> None:
    """Two customers were not satisfied: crossing would name their advisers; the bounds are enough."""
    found = _standings()[Corner.BORNE]
    assert [one.line.place for one in found if one.place is Place.ABOVE] == ["bereavement"]
    line = found[0].line
    assert line.least
    assert line.most
    n = line.least.n
    truth = _truth(vaubrune)["by_reason"]["bereavement"]["takes_upon"]
    assert 100 * line.least.customer_only / n <= truth <= 100 * line.most.customer_only / n + 0.1
    assert (line.n, n) == (0, _truth(vaubrune)["by_reason"]["bereavement"]["n"])


@pytest.mark.usefixtures("vaubrune")
def test_no_view_of_complaints_is_told() -> None:
    """Too few advisers stand on either side of it to be crossed, too many exchanges to be bounded."""
    lines, _spread = _lines("reason")
    (complaint,) = [line for line in lines if line.place == "complaint"]
    assert (complaint.n, complaint.least) == (0, None)
    assert complaint.told


def test_the_two_views_of_one_exchange_go_together(vaubrune: Instance) -> None:
    (company, *_sites), spread = _lines("unit")
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


@pytest.mark.usefixtures("vaubrune")
def test_the_page_says_where_the_blind_spots_are() -> None:
    client = browser_of("claire")
    page = "/comprendre/double-attention/?periode=tout"
    assert "les angles morts sont plus fréquents ici" in client.get(page).content.decode()
    assert "Décès" in (said := client.get(page).content.decode())
    assert "au moins" in said


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
