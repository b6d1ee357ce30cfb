"""Shares keep their promises: bounds, symmetry, coverage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.exact import coverage
from visavis.measure.estimates import Display, Estimate
from visavis.measure.shares import (
    multinomial_intervals,
    proportion_difference,
    proportion_interval,
    proportion_sample_size,
    top_box,
)


@st.composite
def counted(draw: st.DrawFn, least: int = 1) -> tuple[int, int]:
    n = draw(st.integers(least, 3000))
    return draw(st.integers(0, n)), n


@given(counted(), st.sampled_from(["wilson", "clopper_pearson"]))
def test_a_share_never_leaves_zero_to_one_and_lies_in_its_interval(
    counts: tuple[int, int], method: str
) -> None:
    share = proportion_interval(*counts, method=method)
    assert share.estimate is not None
    assert 0 <= share.low <= share.estimate <= share.high <= 1


@given(counted())
def test_a_share_mirrors_when_yes_and_no_swap(counts: tuple[int, int]) -> None:
    yes, n = counts
    share, other = proportion_interval(yes, n), proportion_interval(n - yes, n)
    assert share.low == pytest.approx(1 - other.high)


@given(st.integers(1, 3000))
def test_nobody_and_everybody_touch_the_ends(n: int) -> None:
    assert proportion_interval(0, n).low == 0
    assert proportion_interval(n, n).high == 1
    assert proportion_interval(n, n).low < 1


@given(counted(), st.integers(2, 9))
def test_more_answers_of_the_same_kind_narrow_the_interval(counts: tuple[int, int], times: int) -> None:
    few = proportion_interval(*counts)
    many = proportion_interval(counts[0] * times, counts[1] * times)
    assert many.high - many.low < few.high - few.low


@given(counted(), st.floats(1.01, 20))
def test_clusters_widen_the_interval_and_leave_the_share(counts: tuple[int, int], effect: float) -> None:
    plain, clustered = proportion_interval(*counts), proportion_interval(*counts, design_effect=effect)
    assert clustered.estimate == plain.estimate
    assert clustered.low <= plain.low
    assert clustered.high >= plain.high
    assert clustered.n_eff < plain.n_eff


@given(counted(), st.floats(0.5, 0.9), st.floats(0.91, 0.999))
def test_a_higher_level_holds_a_lower_one(counts: tuple[int, int], low: float, high: float) -> None:
    inner, outer = proportion_interval(*counts, low), proportion_interval(*counts, high)
    assert outer.low <= inner.low
    assert inner.high <= outer.high


@pytest.mark.parametrize("n", [10, 30, 100])
def test_wilson_covers_what_it_promises_on_average(n: int) -> None:
    def bounds(counts: object) -> tuple[float, float]:
        assert isinstance(counts, tuple)
        share = proportion_interval(counts[0], n)
        return share.low, share.high

    grid = [place / 40 for place in range(1, 40)]
    covered = [coverage(n, (p, 1 - p), p, bounds) for p in grid]
    assert 0.945 <= sum(covered) / len(covered) <= 0.965
    assert min(covered) > 0.89


def test_no_answer_gives_no_share_and_the_whole_range() -> None:
    share = proportion_interval(0, 0)
    assert (share.estimate, share.low, share.high, share.display) == (None, 0, 1, Display.HIDDEN)


@pytest.mark.parametrize(("yes", "n"), [(-1, 3), (4, 3), (0, -1)])
def test_impossible_counts_are_refused(yes: int, n: int) -> None:
    with pytest.raises(ValueError, match="impossible counts"):
        proportion_interval(yes, n)


def test_unknown_methods_and_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="choose one of"):
        proportion_interval(1, 2, method="wald")
    with pytest.raises(ValueError, match="level"):
        proportion_interval(1, 2, level=1.0)
    with pytest.raises(ValueError, match="design effect"):
        proportion_interval(1, 2, design_effect=0.5)


@given(counted(), counted())
def test_a_difference_of_shares_turns_its_sign_with_its_sides(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    there, back = proportion_difference(*first, *second), proportion_difference(*second, *first)
    assert there.difference == pytest.approx(-back.difference)
    assert there.low == pytest.approx(-back.high)
    assert -1 <= there.low <= there.difference <= there.high <= 1


@given(counted())
def test_the_same_counts_twice_never_differ(counts: tuple[int, int]) -> None:
    assert not proportion_difference(*counts, *counts).excludes_zero


def test_a_difference_needs_answers_on_both_sides() -> None:
    with pytest.raises(ValueError, match="both sides"):
        proportion_difference(1, 2, 0, 0)


def test_the_side_with_fewest_answers_decides_what_is_shown() -> None:
    assert proportion_difference(20, 40, 2, 4).display is Display.HIDDEN
    assert proportion_difference(20, 40, 6, 12).display is Display.INDICATIVE
    assert proportion_difference(20, 40, 20, 30).display is Display.FULL


@given(st.lists(st.integers(0, 200), min_size=5, max_size=5).filter(any))
def test_the_top_box_is_the_share_of_its_marks(counts: list[int]) -> None:
    box, share = top_box(counts, [4, 5]), proportion_interval(counts[3] + counts[4], sum(counts))
    assert (box.share, box.low, box.high, box.n) == (share.estimate, share.low, share.high, share.n)
    assert box.mean is not None
    assert 1 <= box.mean <= 5


def test_a_top_mark_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="impossible marks"):
        top_box([1, 2, 3], [4])


@given(st.lists(st.integers(0, 500), min_size=3, max_size=7).filter(any))
def test_joint_intervals_hold_each_share_and_are_wider_than_lone_ones(counts: list[int]) -> None:
    joint = multinomial_intervals(counts)
    for count, (low, high) in zip(counts, joint.intervals, strict=True):
        alone = proportion_interval(count, sum(counts))
        assert 0 <= low <= count / sum(counts) <= high <= 1
        assert high - low > alone.high - alone.low


@given(st.integers(1, 10**6), st.floats(0.01, 0.2))
def test_nobody_needs_more_answers_than_there_are_people(population: int, margin: float) -> None:
    size = proportion_sample_size(population, margin)
    assert 1 <= size.n_finite <= min(population, size.n_infinite)


def test_an_interval_that_goes_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="goes from a finite number"):
        Estimate(estimate=0.5, low=float("nan"), high=1.0, level=0.95, n=3, n_eff=3, method="wilson")
