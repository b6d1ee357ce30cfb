"""The mirror study of Vaubrune, by the real import and release, held against what its generator knows."""

from __future__ import annotations

import pytest

from tests.demo.conftest import Instance, browser_of, viewer_named
from visavis.core.words import Voice
from visavis.demo.vaubrune.extras import MIRROR_CUSTOMERS, MIRROR_EMPLOYEES, MIRROR_QUESTIONS
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.world import TODAY
from visavis.listen.returns.models import Response
from visavis.measure.equivalence import Likeness
from visavis.understand.mirror import page, queries
from visavis.understand.mirror.findings import Line
from visavis.understand.mirror.queries import State

PLANTED = {"clarity": 1.2, "listening": -0.9, "reachability": 0.7}
#: The small one that the study cannot tell from the margin by itself: whatever is said rests on its interval.
BETWEEN = "letters"
ADDRESS = "/comprendre/miroir/etude-miroir-de-printemps/"


def _lines() -> dict[str, Line]:
    viewer = viewer_named("claire")
    held = queries.study(viewer, "etude-miroir-de-printemps", today=TODAY)
    assert held is not None
    assert held.state is State.READY
    assert held.people == {Voice.CUSTOMER: MIRROR_CUSTOMERS, Voice.EMPLOYEE: MIRROR_EMPLOYEES}
    found = page.findings_of(viewer, held)
    assert found is not None
    assert not found.left_out
    return {line.asked.key: line for line in found.lines}


@pytest.mark.usefixtures("vaubrune")
def test_the_planted_gaps_are_demonstrated_first_and_within_their_tolerance() -> None:
    found = _lines()
    assert set(found) == set(MIRROR_QUESTIONS)
    first = list(found.values())[: len(PLANTED)]
    assert {line.asked.key for line in first} <= {*PLANTED, BETWEEN}
    for key, gap in PLANTED.items():
        assert found[key].found.verdict is Likeness.APART
        assert found[key].gap.observed == pytest.approx(gap, abs=0.35)


@pytest.mark.usefixtures("vaubrune")
def test_aligned_questions_are_not_declared_apart_and_the_one_between_stays_honest() -> None:
    found = _lines()
    aligned = set(MIRROR_QUESTIONS) - {*PLANTED, BETWEEN}
    assert not [key for key in aligned if found[key].found.verdict is Likeness.APART]
    assert sum(found[key].found.verdict is Likeness.ALIKE for key in aligned) >= 4
    between = found[BETWEEN]
    planted = dict(zip(MIRROR_QUESTIONS, Plan().mirror_gaps, strict=True))[BETWEEN]
    assert between.gap.low <= planted <= between.gap.high
    assert between.found.verdict is not Likeness.ALIKE or between.found.inner.high < 0.5


def test_the_figures_are_those_that_the_generator_counted(vaubrune: Instance) -> None:
    told = vaubrune.truth["realised"]["other_files"]["mirror_gaps"]
    gaps = {key: round(line.gap.observed, 2) for key, line in _lines().items()}
    assert gaps == pytest.approx(told, abs=0.011)


@pytest.mark.usefixtures("vaubrune")
def test_employees_of_the_study_keep_no_code_and_customers_enter_no_monthly_figure() -> None:
    employees = Response.objects.filter(source="mirror", voice=Voice.EMPLOYEE)
    assert employees.exists()
    assert not employees.exclude(code="", heard_at=None, author=None).exists()


@pytest.mark.usefixtures("vaubrune")
def test_the_page_says_the_gaps_and_why_teams_are_not_told() -> None:
    browser = browser_of("claire")
    shown = browser.get(ADDRESS).content.decode()
    assert "Les collaborateurs surestiment" in shown
    assert "symétrie démontrée" in shown
    assert "ne portent pas d’équipe" in shown
    assert browser.get("/comprendre/miroir/").status_code == 200
    assert browser.get(f"{ADDRESS}export.pdf").content.startswith(b"%PDF")
