"""Open cases count for what they have lasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.durations import kaplan_meier

CASES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 1)), min_size=1, max_size=40)


@given(CASES)
def test_the_curve_falls_inside_its_bounds(cases: list[tuple[int, int]]) -> None:
    found = kaplan_meier([time for time, _ in cases], [event for _, event in cases])
    assert list(found.survival) == sorted(found.survival, reverse=True)
    for low, share, high in zip(found.low, found.survival, found.high, strict=True):
        assert -1e-9 <= low <= share + 1e-9 <= high + 2e-9 <= 1 + 3e-9


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_without_open_cases_it_is_the_share_that_lasts_longer(times: list[int]) -> None:
    found = kaplan_meier(times, [1] * len(times))
    longer = [sum(value > time for value in times) / len(times) for time in found.times]
    assert found.survival == pytest.approx(longer, abs=1e-9)
    assert found.median == sorted(times)[(len(times) + 1) // 2 - 1]


def test_the_interval_of_the_median_is_that_of_r() -> None:
    # R survival: survfit(Surv(time, status) ~ 1, aml, subset = x == "Maintained", conf.type = "log-log"),
    # quantile(): median 31, 95 % interval 13 to infinity.
    times, events = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]
    found = kaplan_meier(times, events)
    assert (found.median, found.median_interval) == (31, (13, None))
    assert (found.n, found.events) == (11, 7)


def test_no_median_while_more_than_half_are_open() -> None:
    found = kaplan_meier([1, 2, 3, 4], [1, 0, 0, 0])
    assert (found.median, found.survival) == (None, (0.75,))
    assert kaplan_meier([1, 2], [0, 0]).times == ()


@pytest.mark.parametrize(("time", "event"), [([], []), ([1], [2]), ([1], [1, 1]), ([-1], [1])])
def test_impossible_cases_are_refused(time: list[float], event: list[int]) -> None:
    with pytest.raises(ValueError, match=r"event|times"):
        kaplan_meier(time, event)
