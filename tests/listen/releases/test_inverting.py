"""Printed intervals undone: on a small group they give its counts back; beside a larger one, what is left."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import pytest

from tests import house
from tests.listen.releases.agreeing import Rounded, sides, squares
from tests.listen.releases.faced import Known
from tests.listen.releases.inverting import Drawn, Printed, fours, lived, times
from tests.listen.releases.solving import Attacker, Claim
from visavis.measure.agreement import Quadrants, gwet_ac1, weighted_kappa
from visavis.measure.quantiles import z
from visavis.measure.raters import bland_altman
from visavis.measure.shrinkage import random_effects
from visavis.measure.two_views import Spread
from visavis.understand.pairs.findings import Corner, corner_share, share

#: Exchanges of one team go together, by an amount that is not printed.
SPREAD = Spread(icc=0.07, clusters=9)


def printed(count: int, n: int, digits: int, high: int | None = None) -> Printed:
    """A share of exchanges as a page (0 digits) or a file (2) writes it, out of a hundred."""
    told, top = share(count, n, SPREAD), share(count if high is None else high, n, SPREAD)
    assert told.estimate is not None
    value, low, last = (_rounded(100 * each, digits) / 100 for each in (told.estimate, told.low, top.high))
    half = 0.5 / 10 ** (digits + 2)
    return Printed(value, low, last, half, half)


def _rounded(value: float, digits: int) -> float:
    return float(Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


@pytest.mark.parametrize("n", [7, 12, 40])
def test_a_value_and_an_interval_give_the_counts_of_a_small_group(n: int) -> None:
    """As a naive page would print them: rounding hides nobody, even where the design effect is not told."""
    for count in range(n + 1):
        assert times(n, printed(count, n, 0)) == [count]


def test_the_four_views_of_a_larger_group_are_found_together() -> None:
    for counts in ((0, 31, 4, 5), (11, 200, 50, 39), (400, 601, 0, 199)):
        n = sum(counts)
        assert fours(n, [printed(each, n, 2) for each in counts]) == [counts]
        ways = fours(n, [printed(each, n, 0) for each in counts])
        assert counts in ways
        apart = [times(n, printed(each, n, 0)) for each in counts]
        assert len(ways) <= sum(sum(some) == n for some in product(*apart))


def test_bounds_of_a_view_tell_how_many_exchanges_were_well_lived() -> None:
    """The page tells both bounds of who was blind: the attacker knows how many customers were satisfied."""
    n, satisfied = 200, 188
    for good in (150, 171, 199):
        fewest, largest = max(0, good + satisfied - n), min(good, satisfied)
        least = Quadrants(
            symmetric_high=largest, customer_only=satisfied - largest, adviser_only=good - largest,
            symmetric_low=n - good - satisfied + largest,
        )  # fmt: skip
        assert corner_share(least, Corner.BORNE, SPREAD) == share(satisfied - largest, n, SPREAD)
        borne = lived(n, satisfied, printed(satisfied - largest, n, 0, satisfied - fewest), blind=False)
        blind = lived(n, satisfied, printed(good - largest, n, 0, good - fewest), blind=True)
        assert good in set(borne) & set(blind)
        assert len(borne) <= 5


def test_naive_intervals_of_a_whole_and_of_its_parts_tell_who_is_left() -> None:
    """Nineteen exchanges and sixteen of them, printed in whole points: three advisers' answers are known."""
    company = {"w": [_one(at, "1" if at in {4, 17} else "5") for at in range(19)]}

    def read(places: range) -> Claim:
        n = len(places)
        found = times(n, printed(sum(company["w"][at].said["q"] == "1" for at in places), n, 0))
        group = frozenset(("w", at) for at in places)
        return Claim("page", "q", group, (("1", 1.0),), min(found), max(found))

    naive = Attacker([read(range(19)), read(range(16)), read(range(17))], company, 5)
    assert (naive.nested(), naive.linear(), naive.program()) == (3, 2, 1)
    whole = Attacker([read(range(19))], company, 5)
    assert (whole.nested(), whole.linear(), whole.program()) == (0, 0, 0)


@pytest.mark.parametrize("n", [7, 12])
def test_agreement_gives_the_counts_of_a_small_group_to_who_knows_one_side(n: int) -> None:
    """A naive page that printed AC1 and the share of one side would tell who lived what."""
    satisfied = n - 3
    for good, other in product(range(satisfied + 1), range(n - satisfied + 1)):
        found = sides(n, satisfied, *_agreed(n, satisfied, good, other))
        assert (good, other) in found
        assert len(found) <= 2  # AC1 does not tell a table from its mirror


def test_agreement_leaves_few_ways_of_a_large_group() -> None:
    found = sides(600, 470, *_agreed(600, 470, 300, 90))
    assert (300, 90) in found
    assert len(found) < 40


def _agreed(n: int, satisfied: int, good: int, other: int) -> tuple[Printed, Rounded]:
    table = [[n - satisfied - other, other], [satisfied - good, good]]
    return printed(n - satisfied - other + good, n, 0), Rounded(
        _rounded(gwet_ac1(table).ac1 or 0.0, 2), 0.005
    )


def test_kappa_and_limits_give_sums_of_squares() -> None:
    table = [[3, 2, 1, 0, 0], [1, 6, 3, 1, 0], [0, 2, 9, 4, 1], [0, 1, 5, 14, 6], [1, 0, 2, 8, 20]]
    pairs = [
        (mark, felt)
        for mark, felt in product(range(1, 6), repeat=2)
        for _ in range(table[mark - 1][felt - 1])
    ]
    marks, felt = ([one[side] for one in pairs] for side in (0, 1))
    told, kappa = bland_altman(felt, marks), weighted_kappa(table).kappa
    assert kappa is not None
    gap, reach = Rounded(_rounded(told.bias, 2), 0.005), Rounded((told.loa_high - told.loa_low) / 2, 0.05)
    gaps, powers = squares(len(pairs), gap, reach, Rounded(_rounded(kappa, 2), 0.005), marks)
    assert gaps[0] <= sum((one - other) ** 2 for one, other in pairs) <= gaps[1]
    assert powers[0] <= sum(mark * mark for mark in felt) <= powers[1]
    assert powers[1] - powers[0] < sum(mark * mark for mark in felt) / 2


def test_a_shrunken_team_gives_its_marks_back_to_who_knows_the_others() -> None:
    biases, variances, answers = (0.4, -0.2, 0.1, 0.7), (0.03, 0.02, 0.05, 0.02), (64, 80, 72, 96)
    customers = 3.25
    for team, total in enumerate((230, 250, 240, 371)):
        known = (*biases[:team], total / answers[team] - customers, *biases[team + 1 :])
        told, drawn = random_effects(known, variances), Drawn(known, variances, customers, answers)
        value, reach = told.shrunken[team], z(0.95) * told.shrunken_se[team]
        shown = [_rounded(each, 1) for each in (value, value - reach, value + reach)]
        found = drawn.sums(team, Printed(shown[0], shown[1], shown[2], 0.05, 0.05))
        assert total in found
        assert len(found) < answers[team] / 4
        fine = drawn.sums(team, Printed(value, value - reach, value + reach, 1e-4, 1e-4))
        assert fine == [total]


def _one(person: int, answer: str) -> Known:
    return Known(person, "/acme/", {}, house.TODAY, {"q": answer})
