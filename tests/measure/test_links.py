"""Links between two sides: bounds that hold what they bound, and nothing told where nothing is measured."""

from __future__ import annotations

import random
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from visavis.measure.estimates import Display
from visavis.measure.latent import between_team_correlation, latent_correlation_interval
from visavis.measure.links import (
    correlation_of,
    correlation_sample_size,
    disattenuate,
    fisher,
    pearson,
    rank_correlation,
)

POINTS = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=4, max_size=30)
RELIABILITIES = st.floats(0.05, 1)


def sides(points: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    x, y = (list(side) for side in zip(*points, strict=True))
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    return x, y


@given(POINTS, st.integers(1, 9), st.integers(-90, 90))
def test_units_do_not_change_a_correlation(points: list[tuple[int, int]], a: int, b: int) -> None:
    x, y = sides(points)
    one = pearson(x, y)
    assert one.r is not None
    assert one.low <= one.r <= one.high
    assert pearson(y, x).r == pytest.approx(one.r, abs=1e-12)
    assert pearson([a * value + b for value in x], y).r == pytest.approx(one.r, abs=1e-9)
    assert pearson([-value for value in x], y).r == pytest.approx(-one.r, abs=1e-9)
    ranks = rank_correlation(x, y)
    assert rank_correlation([value**3 for value in x], y).spearman == pytest.approx(ranks.spearman)


def test_a_side_that_never_varies_has_no_correlation() -> None:
    assert correlation_of([3, 3, 3, 3], [1, 2, 3, 4]) is None
    assert rank_correlation([3, 3, 3], [1, 2, 3]).kendall is None
    with pytest.raises(ValueError, match="vary"):
        pearson([3, 3, 3, 3], [1, 2, 3, 4])
    with pytest.raises(ValueError, match="4 points"):
        pearson([1, 2, 3], [1, 3, 2])
    with pytest.raises(ValueError, match="finite"):
        pearson([1, 2, 3, float("nan")], [1, 3, 2, 4])


@given(st.floats(-1, 1), st.integers(4, 80), RELIABILITIES, RELIABILITIES)
def test_a_link_freed_of_errors_keeps_the_verdict_of_the_link_observed(
    r: float, teams: int, one: float, other: float
) -> None:
    found = latent_correlation_interval(r, teams, one, other)
    assert found.latent is not None
    assert found.low <= found.latent <= found.high
    low, high = fisher(r, teams, 0.95)
    assert found.excludes_zero == (low > 0 or high < 0)
    plain = latent_correlation_interval(r, teams, 1, 1)
    assert (plain.latent, plain.low, plain.high) == pytest.approx((r, low, high))


@given(st.floats(-1, 1), RELIABILITIES, RELIABILITIES)
def test_errors_only_ever_shrink_a_link(r: float, one: float, other: float) -> None:
    found = disattenuate(r, one, other)
    assert found.corrected is not None
    assert abs(found.corrected) >= abs(r) - 1e-12
    assert found.clipped == (abs(r) > found.ceiling)


def test_nothing_measurable_has_no_figure() -> None:
    alike = between_team_correlation([7.2, 6.9, 7.4, 6.8] * 4, [30, 22, 28, 31] * 4, [0.3] * 16, [30] * 16)
    assert (alike.reliability_x, alike.latent) == (0, None)
    shown = alike.interval()
    assert shown is not None
    assert (shown.display, shown.low, shown.high) == (Display.HIDDEN, -1, 1)
    flat = between_team_correlation([3] * 5, [1, 2, 3, 4, 5], [0.1] * 5, [0.1] * 5)
    assert (flat.observed, flat.latent, flat.interval()) == (None, None, None)


@pytest.mark.parametrize(("teams", "display"), [(14, Display.HIDDEN), (15, Display.FULL)])
def test_a_link_is_figured_from_fifteen_teams(teams: int, display: Display) -> None:
    assert latent_correlation_interval(0.4, teams, 0.8, 0.8).display is display


def test_the_interval_of_a_link_holds_it_as_often_as_promised() -> None:
    source, held, draws = random.Random(11), 0, 400
    for _ in range(draws):
        true_x = [source.gauss(0, 1) for _ in range(24)]
        true_y = [0.6 * value + 0.8 * source.gauss(0, 1) for value in true_x]
        x = [value + source.gauss(0, 0.6) for value in true_x]
        y = [value + source.gauss(0, 0.5) for value in true_y]
        found = between_team_correlation(x, y, [0.36] * 24, [0.25] * 24).interval()
        held += found is not None and found.low <= 0.6 <= found.high
    assert held / draws >= 0.93


@given(st.floats(0.05, 0.9))
def test_weaker_links_take_more_points(r: float) -> None:
    assert correlation_sample_size(r).n >= correlation_sample_size(min(0.95, r + 0.05)).n
    assert correlation_sample_size(r).n == correlation_sample_size(-r).n
    n = correlation_sample_size(r).n
    assert fisher(r, n, 0.95)[0] > -1 / sqrt(n)


@pytest.mark.parametrize("wrong", [{"r": 0}, {"r": 1}, {"r": 0.3, "power": 0.4}, {"r": 0.3, "alpha": 0}])
def test_impossible_sizes_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must lie|a power"):
        correlation_sample_size(**wrong)
