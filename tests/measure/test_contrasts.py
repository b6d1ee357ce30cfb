"""What happened to some and not to others; when it moved; units at equal requests."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.contrasts import contrast_of_means, contrast_of_shares
from visavis.measure.dating import step_after
from visavis.measure.likened import at_equal_requests
from visavis.measure.means import Sums

Cells = dict[tuple[str, tuple[str, ...]], tuple[int, int]]
MARKS = st.lists(st.integers(1, 5), min_size=2, max_size=40)


@given(MARKS, MARKS, MARKS, MARKS)
def test_a_contrast_is_the_difference_of_two_changes(
    after: list[int], before: list[int], others_after: list[int], others_before: list[int]
) -> None:
    sides = [Sums.of(marks) for marks in (after, before, others_after, others_before)]
    found = contrast_of_means(sides[0], sides[1], sides[2], sides[3])
    means = [side.total / side.n for side in sides]
    assert found.observed == pytest.approx(means[0] - means[1] - means[2] + means[3])
    assert found.low < found.observed < found.high


def test_a_contrast_of_shares_covers_the_truth_about_as_often_as_it_says() -> None:
    chance, held = random.Random(4), 0
    for _draw in range(400):
        cells = [(sum(chance.random() < p for _ in range(60)), 60) for p in (0.6, 0.8, 0.7, 0.75)]
        found = contrast_of_shares(cells[0], cells[1], cells[2], cells[3])
        held += found.low <= -0.15 <= found.high
    assert held >= 370


def test_a_contrast_needs_its_four_groups() -> None:
    with pytest.raises(ValueError, match="four groups"):
        contrast_of_shares((1, 2), (0, 0), (1, 2), (1, 2))
    with pytest.raises(ValueError, match="four groups"):
        contrast_of_means(Sums.of([1, 2]), Sums.of([3]), Sums.of([1, 2]), Sums.of([1, 2]))


@given(st.integers(0, 8), st.floats(0.5, 5))
def test_a_clean_step_is_dated_exactly(lag: int, size: float) -> None:
    series = [0.0] * (10 + lag) + [size] * 12
    found = step_after(series, [1.0] * len(series), 10)
    assert (found.lag, found.low, found.high) == (lag, lag, lag)
    assert found.shift == pytest.approx(size)


def test_the_range_of_a_step_holds_its_date_about_as_often_as_it_says() -> None:
    chance, held = random.Random(7), 0
    for _draw in range(300):
        series = [chance.gauss(0, 1) + (1.5 if week >= 31 else 0) for week in range(50)]
        found = step_after(series, [1.0] * 50, 26)
        held += found.low <= 5 <= found.high
    assert held >= 270


def test_a_step_needs_two_periods_on_each_side() -> None:
    with pytest.raises(ValueError, match="2 periods"):
        step_after([1, 2, 3], [1, 1, 1], 0)


def test_teams_that_answer_alike_are_alike_once_their_requests_are() -> None:
    cells: Cells = {
        ("easy", ("simple", "phone")): (90, 100),
        ("easy", ("claim", "phone")): (6, 10),
        ("hard", ("simple", "phone")): (9, 10),
        ("hard", ("claim", "phone")): (60, 100),
    }
    found = at_equal_requests(cells)
    assert 96 / 110 - 69 / 110 > 0.24
    assert found["easy"].value == pytest.approx(found["hard"].value, abs=1e-9)
    assert found["easy"].n == 110


def test_a_difference_that_the_mix_does_not_make_is_kept() -> None:
    cells: Cells = {(team, (kind,)): (won, 50) for team, won in (("a", 40), ("b", 30)) for kind in "xy"}
    found = at_equal_requests(cells)
    assert found["a"].value - found["b"].value == pytest.approx(0.2)
    assert 0 < found["a"].se < 0.1


def test_a_unit_alone_in_its_requests_keeps_its_own_share_and_moves_no_other() -> None:
    linked: Cells = {(team, (kind,)): (won, 50) for team, won in (("a", 40), ("b", 30)) for kind in "xy"}
    alone: Cells = {("alone", ("other",)): (10, 100)}
    found, without = at_equal_requests({**linked, **alone}), at_equal_requests(linked)
    assert found["alone"].value == pytest.approx(0.1)
    assert found["alone"].se == pytest.approx((0.2 * 0.8 / 100) ** 0.5, rel=0.5)
    for team in "ab":
        assert found[team].value == pytest.approx(without[team].value)


def test_units_without_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one answer"):
        at_equal_requests({("a", ("x",)): (0, 0)})


def test_weeks_that_happen_to_lie_close_do_not_shorten_the_range() -> None:
    series = [0.0, 0.1, 0.0, 0.1, 0.9, 1.0, 0.9, 1.0]
    close = step_after(series, [10.0] * 8, 2)
    wide = step_after(series, [10.0] * 8, 2, least=1.0)
    assert close.lag == wide.lag == 2
    assert (close.low, close.high) == (2, 2)
    assert wide.high - wide.low > 0
    assert wide.se > close.se
