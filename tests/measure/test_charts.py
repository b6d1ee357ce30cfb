"""Control charts: silent at their target, indifferent to units, prompt when something happens."""

from __future__ import annotations

import random
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.charts import cusum, ewma_chart, nps_ewma_chart, xmr_chart
from visavis.measure.share_charts import laney_p_chart, p_chart

SERIES = st.lists(st.integers(-50, 50), min_size=1, max_size=40)
PERIODS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=2, max_size=20)


@given(SERIES, st.integers(-20, 20), st.integers(-100, 100))
def test_moving_a_series_with_its_target_moves_no_signal(x: list[int], target: int, by: int) -> None:
    there = ewma_chart(x, target, 9.37, 0.25)
    moved = ewma_chart([value + by for value in x], target + by, 9.37, 0.25)
    assert there.signals == moved.signals


@given(st.floats(-100, 100), st.integers(1, 60), st.floats(0.01, 1))
def test_a_series_at_its_target_never_signals(target: float, size: int, lam: float) -> None:
    assert ewma_chart([target] * size, target, 1e-6, lam).signals == ()
    assert cusum([target] * size, target, 0, 1e-6).signals == ()


@given(SERIES, st.integers(1, 30))
def test_a_smoothing_of_one_is_shewharts_chart(x: list[int], sigma: int) -> None:
    chart = ewma_chart(x, 0, sigma, lam=1, L=3)
    assert list(chart.ewma) == pytest.approx(x)
    assert chart.signals == tuple(place for place, value in enumerate(x) if abs(value) > 3 * sigma)


@given(SERIES, st.integers(0, 10), st.integers(1, 60))
def test_reversing_a_series_swaps_the_two_sums(x: list[int], k: int, h: int) -> None:
    there, back = cusum(x, 3, k, h), cusum([6 - value for value in x], 3, k, h)
    assert (there.high, there.low, there.signals) == (back.low, back.high, back.signals)
    assert min(there.high + there.low) >= 0


@given(PERIODS)
def test_limits_of_shares_stay_on_their_scale_and_hold_the_centre(periods: list[tuple[int, int]]) -> None:
    x, n = [min(pair) for pair in periods], [max(pair) for pair in periods]
    chart = p_chart(x, n)
    assert all(0 <= low <= chart.centre <= high <= 1 for low, high in zip(chart.lcl, chart.ucl, strict=True))
    outside = [
        place
        for place, share in enumerate(chart.shares)
        if not chart.lcl[place] - 1e-9 <= share <= chart.ucl[place] + 1e-9
    ]
    assert list(chart.signals) == outside


def test_laneys_limits_follow_how_much_periods_differ() -> None:
    n = [5000] * 24
    lively = [2500 + (150 if week % 2 else -150) for week in range(24)]
    assert len(p_chart(lively, n).signals) == 24
    assert laney_p_chart(lively, n).signals == ()
    assert laney_p_chart([2500] * 24, n).signals == ()


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=40), st.integers(-9, 9), st.integers(1, 9))
def test_the_chart_of_single_values_scales_with_them(x: list[int], shift: int, by: int) -> None:
    one, other = xmr_chart(x), xmr_chart([by * value + shift for value in x])
    assert other.centre == pytest.approx(by * one.centre + shift)
    assert other.ucl == pytest.approx(by * one.ucl + shift)


def test_a_value_out_of_the_ordinary_is_marked() -> None:
    assert xmr_chart([10, 11, 10, 11, 10, 11, 10, 11, 40, 10, 11]).signals == (8,)


def _first_signal(source: random.Random, shares: tuple[float, float], horizon: int) -> int:
    """Weeks of 30 answers until the chart rings, a passive share of .3 in the baseline."""
    weeks = []
    for _ in range(horizon):
        draws = [source.random() for _ in range(30)]
        promoters = sum(draw < shares[0] for draw in draws)
        detractors = sum(draw > 1 - shares[1] for draw in draws)
        weeks.append((promoters, 30 - promoters - detractors, detractors))
    signals = nps_ewma_chart(weeks, (450, 300, 250)).signals
    return signals[0] + 1 if signals else horizon


def test_quiet_weeks_ring_rarely_and_a_fall_of_twenty_points_soon() -> None:
    source = random.Random(4)
    quiet = mean(_first_signal(source, (0.45, 0.25), 1500) for _ in range(60))
    assert 200 <= quiet <= 500
    assert median(_first_signal(source, (0.35, 0.35), 60) for _ in range(201)) <= 6


@pytest.mark.parametrize("x", [[], [1.0, float("nan")], [float("inf")]])
def test_a_series_without_finite_points_is_refused(x: list[float]) -> None:
    for chart in (lambda: ewma_chart(x, 0, 1), lambda: cusum(x, 0, 1, 5)):
        with pytest.raises(ValueError, match="points"):
            chart()


@pytest.mark.parametrize(("lam", "sigma", "limit"), [(0, 1, 3), (1.1, 1, 3), (0.2, 0, 3), (0.2, 1, 0)])
def test_impossible_charts_are_refused(lam: float, sigma: float, limit: float) -> None:
    with pytest.raises(ValueError, match="impossible chart"):
        ewma_chart([1, 2], 0, sigma, lam, limit)


def test_impossible_sums_shares_and_baselines_are_refused() -> None:
    with pytest.raises(ValueError, match="impossible chart"):
        cusum([1], 0, -1, 5)
    with pytest.raises(ValueError, match="0 <= x <= n"):
        p_chart([4], [3])
    with pytest.raises(ValueError, match="one count for each size"):
        p_chart([4], [8, 9])
    with pytest.raises(ValueError, match="both kinds"):
        laney_p_chart([3, 3], [3, 3])
    with pytest.raises(ValueError, match="at least 2 points"):
        xmr_chart([1])
    with pytest.raises(ValueError, match="baseline"):
        nps_ewma_chart([(1, 2, 3)], (30, 0, 0))
    with pytest.raises(ValueError, match="impossible counts"):
        nps_ewma_chart([(0, 0, 0)], (30, 20, 10))
