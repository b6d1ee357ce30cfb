"""Ordered answers, themes, and criteria that please or anger."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.measure.ordinal import ordinal_logit
from visavis.measure.themes import penalty_reward, theme_contribution

ROWS = st.lists(st.tuples(st.integers(1, 4), st.integers(-5, 5)), min_size=0, max_size=40).map(
    # Each mark given with both signs, so that nothing separates the marks.
    lambda rows: rows + [(mark, sign) for mark in (1, 2, 3, 4) for sign in (-4, 4)]
)


@settings(max_examples=30)
@given(ROWS)
def test_reversing_the_marks_reverses_the_coefficients(rows: list[tuple[int, int]]) -> None:
    table = {"mark": [mark for mark, _ in rows], "x": [x for _, x in rows]}
    there = ordinal_logit(table, [1, 2, 3, 4], "mark")
    back = ordinal_logit(table, [4, 3, 2, 1], "mark")
    assert there.coefficients["x"] == pytest.approx(-back.coefficients["x"], abs=1e-4)
    assert list(there.thresholds) == sorted(there.thresholds)
    assert there.loglik == pytest.approx(back.loglik, abs=1e-6)
    n = len(rows)
    shares = [sum(found == mark for found in table["mark"]) / n for mark in (1, 2, 3, 4)]
    assert there.loglik >= n * sum(share * log(share) for share in shares) - 1e-6


@settings(max_examples=20)
@given(ROWS, st.floats(0.1, 50), st.floats(-100, 100))
def test_units_of_a_criterion_scale_its_coefficient(
    rows: list[tuple[int, int]], by: float, shift: float
) -> None:
    marks: list[float] = [mark for mark, _ in rows]
    one = ordinal_logit({"mark": marks, "x": [float(x) for _, x in rows]}, [1, 2, 3, 4], "mark")
    scaled: dict[str, list[float]] = {"mark": marks, "x": [by * x + shift for _, x in rows]}
    other = ordinal_logit(scaled, [1, 2, 3, 4], "mark")
    assert other.coefficients["x"] * by == pytest.approx(one.coefficients["x"], abs=1e-3)
    assert other.se["x"] * by == pytest.approx(one.se["x"], rel=1e-2)


def test_weights_count_rows_as_often_as_they_say() -> None:
    rows = [(1, -1), (1, 0), (2, 1), (2, -1), (3, 1), (3, 0), (1, 1), (3, -1)]
    once = {"mark": [m for m, _ in rows], "x": [x for _, x in rows], "w": [3] * 4 + [1] * 4}
    often = {"mark": [m for m, _ in rows[:4] * 3 + rows[4:]], "x": [x for _, x in rows[:4] * 3 + rows[4:]]}
    one, other = ordinal_logit(once, [1, 2, 3], "mark", weights="w"), ordinal_logit(often, [1, 2, 3], "mark")
    assert one.coefficients == pytest.approx(other.coefficients, abs=1e-5)
    assert one.se == pytest.approx(other.se, rel=1e-3)
    assert one.n == other.n


def test_two_marks_are_a_logistic_regression() -> None:
    # A 2 x 2 table: the coefficient is the log odds ratio, its error the root of the sum of inverses.
    table = {"mark": [0, 0, 1, 1], "x": [0, 1, 0, 1], "w": [30, 10, 20, 40]}
    found = ordinal_logit(table, [0, 1], "mark", weights="w")
    assert found.coefficients["x"] == pytest.approx(log(30 * 40 / 10 / 20), abs=1e-4)
    assert found.se["x"] == pytest.approx((1 / 30 + 1 / 10 + 1 / 20 + 1 / 40) ** 0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("rows", "levels", "extra", "message"),
    [
        ({"mark": [1, 2], "x": [1]}, [1, 2], {}, "one length"),
        ({"mark": [1, 3, 2], "x": [1, 2, 3]}, [1, 2], {}, "no mark outside"),
        ({"mark": [1, 2, 1], "x": [1, 2, 3]}, [1, 2, 3], {}, "at least once"),
        ({"mark": [1, 2, 1]}, [1, 2], {}, "at least one criterion"),
        ({"mark": [1, 2, 1], "x": [1, float("nan"), 2]}, [1, 2], {}, "finite"),
        ({"mark": [1, 2, 1], "x": [5, 5, 5]}, [1, 2], {}, "never varies"),
        ({"mark": [1, 2, 1, 2], "x": [1, 2, 3, 0], "z": [2, 4, 6, 0]}, [1, 2], {}, "repeat each other"),
        ({"mark": [1, 1, 2, 2], "x": [1, 2, 3, 4]}, [1, 2], {}, "separates"),
        ({"mark": [1, 2, 1], "x": ["a", "b", "a"]}, [1, 2], {"reference": {"x": "c"}}, "reference"),
        ({"mark": [1, 2, 1], "x": [1, 2, 2]}, [1, 2], {"reference": {"z": "c"}}, "a reference for each"),
        ({"mark": [1, 2, 1], "x": [1, 2, 2], "w": [1, -1, 1]}, [1, 2], {"weights": "w"}, "from 0"),
    ],
)
def test_impossible_rows_are_refused(
    rows: dict[str, list[object]], levels: list[object], extra: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        ordinal_logit(rows, levels, "mark", **extra)  # type: ignore[arg-type]


THEMES = st.dictionaries(
    st.text(min_size=1, max_size=3), st.tuples(st.integers(1, 500), st.floats(-100, 100)), min_size=1
)


@given(THEMES)
def test_contributions_sum_to_nothing(themes: dict[str, tuple[int, float]]) -> None:
    found = theme_contribution({name: {"n": n, "nps": nps} for name, (n, nps) in themes.items()})
    assert sum(found.contribution.values()) == pytest.approx(0, abs=1e-9)
    alike = theme_contribution({name: {"n": n, "nps": 25} for name, (n, _) in themes.items()})
    assert list(alike.contribution.values()) == pytest.approx([0] * len(themes), abs=1e-9)


@pytest.mark.parametrize("theme", [{"n": 0, "nps": 0}, {"n": -1, "nps": 0}, {"n": 5, "nps": 101}])
def test_impossible_themes_are_refused(theme: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="each theme"):
        theme_contribution({"a": theme})


MARKED = st.lists(st.tuples(st.integers(0, 10), st.integers(1, 5)), max_size=40).map(
    lambda rows: [*rows, (3, 1), (6, 3), (8, 5)]
)


@given(MARKED, st.integers(-9, 9))
def test_penalty_and_reward_are_differences_inside_their_intervals(
    rows: list[tuple[int, int]], by: int
) -> None:
    y, x = [score for score, _ in rows], [mark for _, mark in rows]
    found = penalty_reward(y, x, 2, 5)
    moved = penalty_reward([score + by for score in y], x, 2, 5)
    assert (moved.penalty, moved.reward) == pytest.approx((found.penalty, found.reward))
    mirror = penalty_reward(y, [6 - mark for mark in x], 1, 4)
    assert (mirror.penalty, mirror.reward) == (found.reward, found.penalty)
    assert sum(found.counts) == len(rows)
    if found.penalty_interval:
        assert found.penalty_interval[0] <= found.penalty <= found.penalty_interval[1]


def test_an_empty_group_or_crossed_limits_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody in a group"):
        penalty_reward([1, 2], [1, 5], 2, 5)
    with pytest.raises(ValueError, match="low ends under high"):
        penalty_reward([1, 2], [1, 5], 5, 5)
    with pytest.raises(ValueError, match="finite"):
        penalty_reward([1, float("inf")], [1, 5], 2, 5)
    assert penalty_reward([1, 2, 3], [1, 3, 5], 2, 5).penalty_interval is None
