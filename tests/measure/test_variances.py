"""What lies between units and what within them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.variances import icc_anova, n_for_reliability, one_way_reml, rwg

ROWS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 4)), min_size=4, max_size=40).filter(
    lambda rows: 2 <= len({group for _, group in rows}) < len(rows)
)


def spread_inside(rows: list[tuple[int, int]]) -> bool:
    return len(set(rows)) > len({group for _, group in rows})


@given(ROWS.filter(spread_inside), st.integers(1, 9), st.integers(-50, 50))
def test_units_of_measure_scale_the_variances(rows: list[tuple[int, int]], a: int, b: int) -> None:
    y, groups = [value for value, _ in rows], [group for _, group in rows]
    one, other = one_way_reml(y, groups), one_way_reml([a * value + b for value in y], groups)
    assert other.var_between == pytest.approx(a * a * one.var_between, rel=1e-3, abs=1e-4)
    assert other.var_within == pytest.approx(a * a * one.var_within, rel=1e-3)
    assert one.var_between >= 0


@given(ROWS.filter(spread_inside))
def test_the_names_of_groups_do_not_matter(rows: list[tuple[int, int]]) -> None:
    y, groups = [value for value, _ in rows], [group for _, group in rows]
    one, other = one_way_reml(y, groups), one_way_reml(y, [f"team {9 - group}" for group in groups])
    assert one.var_between == pytest.approx(other.var_between, abs=1e-6)
    assert one.shrunken == pytest.approx(other.shrunken[::-1], abs=1e-6)


@given(st.integers(2, 6), st.integers(2, 6), st.data())
def test_a_balanced_design_has_the_anova_solution(k: int, n: int, data: st.DataObject) -> None:
    y = data.draw(st.lists(st.integers(0, 20), min_size=k * n, max_size=k * n))
    groups = [place % k for place in range(k * n)]
    means = [sum(y[place] for place in range(k * n) if place % k == group) / n for group in range(k)]
    grand = sum(y) / (k * n)
    within = sum((y[place] - means[place % k]) ** 2 for place in range(k * n)) / (k * (n - 1))
    between = n * sum((mean - grand) ** 2 for mean in means) / (k - 1)
    if within < 0.1:
        return
    found = one_way_reml(y, groups)
    assert found.var_between == pytest.approx(max(0.0, (between - within) / n), abs=1e-5 * max(1, between))
    if found.var_between == 0:
        assert found.warnings == ("no measurable difference",)


def test_nothing_to_split_is_said_or_refused() -> None:
    flat = one_way_reml([3, 3, 3, 3], ["a", "a", "b", "b"])
    assert (flat.var_between, flat.var_within, flat.shrunken) == (0, 0, (3, 3))
    with pytest.raises(ValueError, match="nothing varies inside"):
        one_way_reml([3, 3, 4, 4], ["a", "a", "b", "b"])
    with pytest.raises(ValueError, match="do not differ"):
        icc_anova([1, 3, 1, 3], ["a", "a", "b", "b"])


@pytest.mark.parametrize("split", [one_way_reml, icc_anova])
@pytest.mark.parametrize("groups", ["aaa", "abc"])
def test_one_group_or_one_answer_a_group_is_refused(split: object, groups: str) -> None:
    assert callable(split)
    with pytest.raises(ValueError, match="at least 2 groups"):
        split([1.0, 2.0, 3.0], list(groups))


@given(ROWS)
def test_reliability_of_a_mean_is_that_of_its_answers_stepped_up(rows: list[tuple[int, int]]) -> None:
    y, n = [value for value, _ in rows], len(rows) // 2 * 2
    groups = [place % 2 for place in range(n)]
    if len({sum(y[side:n:2]) for side in (0, 1)}) < 2:
        return
    found = icc_anova(y[:n], groups)
    assert found.n0 == pytest.approx(n / 2)
    stepped = found.n0 * found.icc1 / (1 + (found.n0 - 1) * found.icc1)
    assert found.icc2 == pytest.approx(stepped, rel=1e-6, abs=1e-6)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_the_answers_asked_for_are_the_fewest_that_suffice(icc: float, wanted: float) -> None:
    n = n_for_reliability(icc, wanted).n

    def reached(size: int) -> float:
        return size * icc / (1 + (size - 1) * icc)

    assert reached(n) >= wanted - 1e-6
    assert n == 1 or reached(n - 1) < wanted + 1e-6


def test_impossible_reliabilities_and_scales_are_refused() -> None:
    for icc, wanted in ((0, 0.7), (0.1, 1)):
        with pytest.raises(ValueError, match="strictly between"):
            n_for_reliability(icc, wanted)
    with pytest.raises(ValueError, match="at least 2 marks"):
        rwg([1, 2, 3], ["a", "a", "b"], 1)
    assert rwg([1, 2, 3], ["a", "a", "b"], 5).rwg == (0.75, None)
