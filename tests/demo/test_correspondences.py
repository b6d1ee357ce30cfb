"""Correspondences on Vaubrune, through the real pipeline: E11, the themes face to face, what stays open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict

from tests.demo.conftest import Instance, browser_of, viewer_named
from visavis.demo.vaubrune.world import TODAY
from visavis.listen.releases.models import Kind, Release
from visavis.understand.correspondences import page
from visavis.understand.correspondences.evidence import firsts
from visavis.understand.correspondences.proposing import Proposal, State, known_pairs, proposals

pytestmark = pytest.mark.slow

SERVER = ("reach.voice_server", "reach.voice_server")
#: Monday of the week of the voice server.
STARTS = dt.date(2025, 1, 13)


@pytest.fixture
def wanted(vaubrune: Instance) -> page.Asked:
    return page.asked(viewer_named("claire"), QueryDict(), TODAY)


@pytest.fixture
def links(wanted: page.Asked) -> dict[tuple[str, str], Proposal]:
    made = proposals(viewer_named("claire"), wanted.themes, wanted.both, "fr")
    return {(one.left.code, one.right.code): one for one in made}


def test_advisers_say_the_voice_server_before_customers_do(vaubrune: Instance, wanted: page.Asked) -> None:
    truth = vaubrune.truth["realised"]["E11"]
    assert wanted.both is not None
    found = firsts(wanted.both, known_pairs(wanted.themes))[SERVER]
    assert found.employees_on is not None
    assert found.customers_on is not None
    assert abs((found.employees_on - STARTS).days) <= 7
    late = STARTS + dt.timedelta(weeks=truth["customers_alarm_week"])
    assert abs((found.customers_on - late).days) <= 7
    assert (found.order.lead or 0) >= 1
    assert found.clear


def test_it_is_the_only_lead_of_the_company(links: dict[tuple[str, str], Proposal]) -> None:
    clear = [pair for pair, one in links.items() if one.first is not None and one.first.clear]
    assert clear == [SERVER]


def test_the_slow_claims_tool_faces_delays_and_follow_up(
    vaubrune: Instance, links: dict[tuple[str, str], Proposal]
) -> None:
    """The link between teams is too faint for the small company: it may be open, never refuted."""
    for code in ("follow_up.delay", "follow_up.claim"):
        one = links[code, "tools.claims_tool"]
        assert one.facing
        assert one.state in {State.OPEN, State.CONFIRMED}
        if one.link is not None:
            assert one.link.low <= vaubrune.truth["planted"]["theme_link"] <= one.link.high


def test_nothing_that_is_not_planted_is_confirmed(links: dict[tuple[str, str], Proposal]) -> None:
    planted = {SERVER, ("follow_up.delay", "tools.claims_tool"), ("follow_up.claim", "tools.claims_tool")}
    assert {pair for pair, one in links.items() if one.state is State.CONFIRMED} <= planted


def test_the_page_puts_both_dates_side_by_side(vaubrune: Instance) -> None:
    said = browser_of("claire").get("/comprendre/correspondances/").content.decode()
    assert "13\u00a0janvier\u00a02025" in said
    assert "Les collaborateurs précèdent les clients d’environ" in said
    assert "Serveur vocal" in said


def test_without_releases_nobody_reads_a_word_of_employees(vaubrune: Instance) -> None:
    Release.objects.filter(kind=Kind.WORDS).delete()
    for who in ("claire", "karim", "sophie"):
        said = browser_of(who).get("/comprendre/correspondances/").content.decode()
        assert "Aucun mot de collaborateurs publié" in said, who
