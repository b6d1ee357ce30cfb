"""Drivers add up, are never negative, and name a first one only when it is sure."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.measure.drivers import relative_importance, vif
from visavis.measure.estimates import POINTS
from visavis.measure.means import Sums, mean_interval
from visavis.measure.priorities import Axis, driver_intervals, priority_matrix
from visavis.measure.scores import nps_interval

ROWS = st.lists(st.tuples(*[st.integers(0, 10)] * 4), min_size=12, max_size=40).filter(
    lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True))
)
Columns = dict[str, list[int]]


def columns(rows: list[tuple[int, int, int, int]]) -> tuple[list[int], Columns]:
    y, *x = (list(column) for column in zip(*rows, strict=True))
    return y, dict(zip("abc", x, strict=True))


@given(ROWS)
def test_importances_add_up_and_are_never_negative(rows: list[tuple[int, int, int, int]]) -> None:
    y, x = columns(rows)
    found = relative_importance(y, x)
    assert min(found.importance.values()) >= 0
    assert sum(found.importance.values()) == pytest.approx(found.r2, abs=1e-9)
    assert found.r2 <= 1 + 1e-9
    turned = relative_importance(y, {name: x[name] for name in "cab"})
    assert turned.importance == pytest.approx(found.importance, abs=1e-7)


@given(ROWS)
def test_a_criterion_said_twice_shares_its_importance(rows: list[tuple[int, int, int, int]]) -> None:
    y, x = columns(rows)
    found = relative_importance(y, {**x, "again": x["a"]}).importance
    assert found["a"] == pytest.approx(found["again"], abs=1e-7)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_criteria_that_ignore_each_other_explain_their_own_correlation(method: str) -> None:
    a, b = [1, 1, -1, -1] * 5, [1, -1, 1, -1] * 5
    y = [2 * one + other + (place % 5) for place, (one, other) in enumerate(zip(a, b, strict=True))]
    found = relative_importance(y, {"a": a, "b": b}, method)
    centred = [value - sum(y) / 20 for value in y]
    for name, column in (("a", a), ("b", b)):
        r = sum(u * v for u, v in zip(centred, column, strict=True))
        assert found.importance[name] == pytest.approx(r * r / 20 / sum(u * u for u in centred))
    assert vif({"a": a, "b": b}).vif == pytest.approx({"a": 1, "b": 1})


def test_controls_are_taken_out_first() -> None:
    week = [place // 10 for place in range(60)]
    a = [3 * at + place % 4 for place, at in enumerate(week)]
    b = [place % 7 for place in range(60)]
    y = [5 * at + other for at, other in zip(week, b, strict=True)]
    found = relative_importance(y, {"a": a, "b": b}, controls={"week": week})
    assert found.importance["b"] > 0.97
    assert relative_importance(y, {"a": a, "b": b}).importance["a"] > 0.4
    assert found.warnings == ("few answers for drivers",)


def company(n: int, weights: tuple[float, ...], seed: int) -> tuple[list[float], dict[str, list[float]]]:
    """Criteria that go together (r about .5) and a score from them."""
    source = random.Random(seed)
    y: list[float] = []
    x: list[list[float]] = [[] for _ in weights]
    for _ in range(n):
        mood = source.gauss(0, 1)
        marks = [mood + source.gauss(0, 1) for _ in weights]
        y.append(sum(w * mark for w, mark in zip(weights, marks, strict=True)) + source.gauss(0, 2))
        for column, mark in zip(x, marks, strict=True):
            column.append(mark)
    return y, dict(zip("abcd"[: len(x)], x, strict=True))


def test_a_clear_first_driver_is_named_and_a_tie_is_not() -> None:
    y, x = company(600, (2.0, 0.3, 0.3, 0.3), 1)
    clusters = [place % 30 for place in range(600)]
    clear = driver_intervals(y, x, clusters, draws=100)
    assert (clear.leader, next(iter(clear.drivers)), clear.warnings) == ("a", "a", ())
    assert clear == driver_intervals(y, x, clusters, draws=100)
    for found in clear.drivers.values():
        assert 0 <= found.low <= found.importance <= found.high <= 1
    y, x = company(300, (1.0, 1.0, 1.0, 0.0), 2)
    tie = driver_intervals(y, x, clusters[:300], draws=100)
    assert tie.leader is None
    assert len(tie.among) >= 2
    assert sum(found.first for found in tie.drivers.values()) == pytest.approx(1)


def test_the_matrix_decides_only_where_both_intervals_do() -> None:
    y, x = company(600, (3.0, 0.0, 0.0, 1.0), 3)
    drivers = driver_intervals(y, x, [place % 30 for place in range(600)], draws=100)
    low, high = Sums.of([2, 3] * 200), Sums.of([4, 5] * 200)
    performance = {
        "a": mean_interval(low),
        "b": mean_interval(high),
        "c": mean_interval(low),
        "d": mean_interval(Sums.of([3, 4] * 20)),
    }
    found = priority_matrix(drivers, performance, 3.5)
    assert found.places == {"a": Axis.ACT, "b": Axis.LEAVE, "c": Axis.WATCH, "d": Axis.UNDECIDED}
    few = priority_matrix(drivers, {**performance, "a": mean_interval(Sums.of([5] * 20))}, 3.5)
    assert few.places["a"] is None
    kept = priority_matrix(drivers, {**performance, "a": mean_interval(high)}, 3.5)
    assert kept.places["a"] is Axis.KEEP
    with pytest.raises(ValueError, match="one scale"):
        priority_matrix(drivers, {**performance, "a": nps_interval(9, 9, 9)}, 3.5)
    assert nps_interval(9, 9, 9).scale == POINTS


def test_eleven_criteria_take_the_quick_way() -> None:
    source = random.Random(4)
    x = {f"c{k}": [source.gauss(0, 1) for _ in range(80)] for k in range(11)}
    y = [sum(values) for values in zip(*x.values(), strict=True)]
    found = relative_importance(y, x, "auto")
    assert found.method == "johnson"
    assert found.r2 == pytest.approx(1)
    with pytest.raises(ValueError, match="all subsets"):
        relative_importance(y, x, "lmg")


@settings(max_examples=40)
@given(ROWS)
def test_johnsons_weights_add_up_too(rows: list[tuple[int, int, int, int]]) -> None:
    y, x = columns(rows)
    try:
        found = relative_importance(y, x, "johnson")
    except ValueError:
        with pytest.raises(ValueError, match="as one"):
            vif({**x, "again": [sum(values) for values in zip(*x.values(), strict=True)]})
        return
    assert found.r2 == pytest.approx(relative_importance(y, x).r2, abs=1e-6)
    assert min(vif(x).vif.values()) >= 1 - 1e-9


@pytest.mark.parametrize(
    ("y", "x", "message"),
    [
        ([1, 2, 3], {}, "at least one criterion"),
        ([1, 2, 3], {"a": [1, 2]}, "one value of each"),
        ([1, 2], {"a": [1, 2]}, "too few"),
        ([1, 2, float("nan"), 4], {"a": [1, 2, 3, 5]}, "finite"),
        ([1, 2, 3, 5], {"a": [2, 2, 2, 2]}, "never varies"),
        ([2, 2, 2, 2], {"a": [1, 2, 3, 5]}, "never varies"),
    ],
)
def test_impossible_criteria_are_refused(y: list[float], x: dict[str, list[float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        relative_importance(y, x)


def test_impossible_inflation_and_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2 criteria"):
        vif({"a": [1, 2, 3]})
    with pytest.raises(ValueError, match="follows exactly"):
        vif({"a": [1, 2, 3, 5], "b": [2, 4, 6, 10]})
    y, x = company(40, (1.0, 1.0), 5)
    with pytest.raises(ValueError, match="at least 10"):
        driver_intervals(y, x, [0] * 40)
