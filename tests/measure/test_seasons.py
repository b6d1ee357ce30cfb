"""Seasons and breaks: the parts make the whole, and a jump is dated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.breaks import single_mean_shift
from visavis.measure.seasons import stl_decompose

VALUES = st.lists(st.integers(-100, 100), min_size=12, max_size=40)


@given(VALUES, st.integers(2, 6), st.sampled_from([0, 1]))
def test_the_parts_add_up(y: list[int], period: int, robust: int) -> None:
    parts = stl_decompose(y, period, outer_iter=robust)
    rows = zip(parts.seasonal, parts.trend, parts.remainder, strict=True)
    assert [sum(row) for row in rows] == pytest.approx(y, abs=1e-9)


@given(VALUES, st.integers(2, 6), st.integers(-1000, 1000))
def test_a_constant_moves_the_trend_alone(y: list[int], period: int, by: int) -> None:
    parts, moved = stl_decompose(y, period), stl_decompose([value + by for value in y], period)
    assert moved.seasonal == pytest.approx(parts.seasonal, abs=1e-7)
    assert moved.trend == pytest.approx([value + by for value in parts.trend], abs=1e-7)


def test_a_season_on_a_line_is_found_exactly() -> None:
    season = [3, -1, -4, 2]
    parts = stl_decompose([0.5 * month + season[month % 4] for month in range(24)], 4, 7)
    assert parts.seasonal == pytest.approx(season * 6, abs=1e-6)
    assert parts.trend == pytest.approx([0.5 * month for month in range(24)], abs=1e-6)


def test_an_outlier_bends_a_robust_season_less() -> None:
    season = [3, -1, -4, 2]
    y = [season[month % 4] + ((month * 7) % 5 - 2) / 10 for month in range(40)]
    y[18] += 60
    plain, robust = stl_decompose(y, 4, 11), stl_decompose(y, 4, 11, outer_iter=5)
    assert max(abs(a - b) for a, b in zip(robust.seasonal, season * 10, strict=True)) < 0.5
    assert max(abs(a - b) for a, b in zip(plain.seasonal, season * 10, strict=True)) > 5


def test_only_the_places_asked_are_returned() -> None:
    y = [float(value % 5) for value in range(20)]
    assert stl_decompose(y, 5, return_index=[3]).trend == stl_decompose(y, 5).trend[3:4]


def test_less_than_two_periods_or_impossible_windows_are_refused() -> None:
    with pytest.raises(ValueError, match="two whole periods"):
        stl_decompose([1.0] * 23, 12)
    with pytest.raises(ValueError, match="finite"):
        stl_decompose([1.0, float("nan")] * 12, 12)
    with pytest.raises(ValueError, match="window of the season"):
        stl_decompose([1.0] * 24, 12, 6)
    with pytest.raises(ValueError, match="window of the trend"):
        stl_decompose([1.0] * 24, 12, trend=14)
    with pytest.raises(ValueError, match="rounds"):
        stl_decompose([1.0] * 24, 12, inner_iter=0)


@given(st.integers(2, 20), st.integers(2, 20), st.integers(1, 50))
def test_a_clean_jump_is_dated_exactly(before: int, after: int, jump: int) -> None:
    found = single_mean_shift([5] * before + [5 + jump] * after)
    assert (found.break_after, found.rss) == (before, 0)
    assert (found.mean_before, found.mean_after) == (5, 5 + jump)


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=30), st.integers(-9, 9))
def test_no_other_split_fits_better(y: list[int], by: int) -> None:
    found = single_mean_shift(y)

    def rss(split: int) -> float:
        sides = (y[:split], y[split:])
        return sum((value - sum(side) / len(side)) ** 2 for side in sides for value in side)

    assert found.rss == pytest.approx(min(rss(split) for split in range(2, len(y) - 1)), abs=1e-6)
    assert single_mean_shift([value + by for value in y]).break_after == found.break_after


def test_a_series_too_short_for_two_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="two levels"):
        single_mean_shift([1, 2, 3])
    with pytest.raises(ValueError, match="finite"):
        single_mean_shift([1, 2, 3, float("nan")])
