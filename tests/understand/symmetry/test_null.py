"""Where nothing is linked, the page of symmetry says so: at most one company in twenty hears a link."""

from __future__ import annotations

import random

from visavis.measure.contrasts import contrast_of_shares
from visavis.measure.dating import step_after
from visavis.measure.likened import at_equal_requests
from visavis.measure.means import Sums
from visavis.measure.sentences import Verdict
from visavis.measure.sentences_of_links import link_verdict
from visavis.understand.symmetry.happenings import AFTER, BEFORE, LONGEST, STEP_LEVEL
from visavis.understand.symmetry.linking import links
from visavis.understand.symmetry.teams import Team

KINDS = (("simple", "phone"), ("simple", "mail"), ("claim", "phone"))


def unlinked(seed: int) -> list[Team]:
    """Teams of two sites whose climate, requests and customers have nothing to do with each other."""
    chance = random.Random(seed)
    cells: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    marks: dict[str, list[int]] = {}
    for number in range(23):
        place = f"/acme/site{number % 3}/team{number}/"
        mood, happy = chance.gauss(3.4, 0.4), min(0.97, max(0.4, chance.gauss(0.8, 0.05)))
        marks[place] = [min(5, max(1, round(chance.gauss(mood, 0.8)))) for _mark in range(80)]
        for kind in KINDS:
            n = chance.randint(20, 120)
            cells[place, kind] = (sum(chance.random() < happy for _return in range(n)), n)
    likened = at_equal_requests(cells)
    return [
        Team(
            place,
            place.split("/")[3],
            place.rsplit("/", 2)[0] + "/",
            Sums.of(said),
            (sum(cells[place, kind][0] for kind in KINDS), sum(cells[place, kind][1] for kind in KINDS)),
            likened[place],
        )
        for place, said in marks.items()
    ]


def test_unlinked_companies_hear_of_a_link_at_most_one_time_in_twenty() -> None:
    heard = 0
    for seed in range(200):
        fair = links(unlinked(seed)).fair
        heard += fair is not None and link_verdict(fair) is Verdict.CLEAR
    # 18 in 200 would happen once in a hundred with a true rate of one in twenty.
    assert heard < 18


def test_customers_who_never_moved_are_told_to_have_at_most_one_time_in_twenty() -> None:
    heard = 0
    for seed in range(200):
        chance = random.Random(seed)
        sides = [[chance.random() for _week in range(BEFORE + AFTER)] for _side in range(2)]
        won = [[sum(chance.random() < 0.8 for _return in range(20)) for _week in side] for side in sides]
        gaps = [(here - there) / 20 for here, there in zip(won[0], won[1], strict=True)]
        step = step_after(gaps, [10.0] * len(gaps), BEFORE, LONGEST)
        late = BEFORE + step.lag
        found = contrast_of_shares(
            (sum(won[0][late:]), 20 * (len(gaps) - late)),
            (sum(won[0][:BEFORE]), 20 * BEFORE),
            (sum(won[1][late:]), 20 * (len(gaps) - late)),
            (sum(won[1][:BEFORE]), 20 * BEFORE),
            STEP_LEVEL,
        )
        heard += found.excludes_zero
    assert heard < 18
