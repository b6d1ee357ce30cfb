"""The planted effects of both voices, found through the real pipeline: import, release, pages."""

from __future__ import annotations

import pytest

from tests.demo.conftest import Instance, browser_of, viewer_named
from visavis.core.periods import everything
from visavis.demo.vaubrune.world import TODAY
from visavis.understand.symmetry import page
from visavis.understand.symmetry.happenings import Days, Followed, climates, followed
from visavis.understand.symmetry.linking import exceptions, links
from visavis.understand.symmetry.teams import Sides, sides
from visavis.web.filters import Filters

pytestmark = pytest.mark.slow
ALL = Filters(everything(TODAY))


@pytest.fixture
def both(vaubrune: Instance) -> Sides:
    return sides(viewer_named("claire"), ALL)


@pytest.fixture
def schedules(vaubrune: Instance) -> Followed:
    viewer = viewer_named("claire")
    [one] = followed(Days(viewer, climates(viewer)), climates(viewer), path="/vaubrune/roubaix/", today=TODAY)
    return one


def test_teams_are_linked_at_equal_requests_inside_their_sites(vaubrune: Instance, both: Sides) -> None:
    truth = vaubrune.truth["realised"]["E1"]
    found = links(both.teams)
    assert found.teams == truth["teams"] == 23
    assert found.raw is not None
    assert found.fair is not None
    # Some waves show a small team with its neighbour only: the marks of these are not counted for it.
    assert found.raw.observed == pytest.approx(truth["raw_r"], abs=0.06)
    assert found.fair.observed == pytest.approx(truth["adjusted_r"], abs=0.12)
    assert found.fair.low <= 0.70 <= found.fair.high
    said, _raw = page.sentences(found, "fr")
    assert "est net" in said
    assert "Il ne dit pas à lui seul lequel entraîne l’autre" in said


def test_the_exceptions_are_listed_rather_than_hidden(vaubrune: Instance, both: Sides) -> None:
    planted = set(vaubrune.truth["realised"]["E1"]["exceptions"])
    assert planted & {one.label.lower() for one in exceptions(both.teams)}


def test_saint_malo_stands_with_caen_and_nobody_else(both: Sides) -> None:
    [merged] = [team for team in both.teams if "saint-malo" in team.place]
    assert merged.label == "Caen et Saint-Malo"


def test_the_schedules_are_seen_in_the_climate_at_once(vaubrune: Instance, schedules: Followed) -> None:
    found = schedules.employees
    assert schedules.event.code == "new-rotating-schedules-roubaix"
    assert found is not None
    assert found.high < 0
    assert found.observed == pytest.approx(vaubrune.truth["realised"]["E3"], abs=0.1)


def test_what_a_small_company_cannot_prove_is_not_said(vaubrune: Instance, schedules: Followed) -> None:
    truth = vaubrune.truth["realised"]["E4"]["points"]
    found = schedules.customers
    assert found is not None
    assert 100 * found.low <= truth <= 100 * found.high
    [said] = page.told([schedules], "fr")
    if found.excludes_zero:
        assert "suivent environ" in said.follows
    else:
        assert "pas encore concluant" in said.customers
        assert said.follows == ""


def test_the_page_puts_both_voices_face_to_face(vaubrune: Instance) -> None:
    shown = browser_of("claire").get("/comprendre/symetrie/?periode=tout").content.decode()
    assert "Équipe par équipe" in shown
    assert "Caen et Saint-Malo" in shown
    assert "Prendre son poste" in shown
    assert "les deux côtés souffrent" in shown
