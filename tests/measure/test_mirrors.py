"""Two sides of one question: measures of the gap, and the risks of error of the three verdicts."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from visavis.measure.clusters import LEAST_CLUSTERS, cluster_interval, clustered_cliffs_delta
from visavis.measure.equivalence import Likeness, equivalence
from visavis.measure.estimates import SHARE, Difference, Display, marks
from visavis.measure.means import Sums, mean_difference
from visavis.measure.mirrors import (
    brunner_munzel,
    cliffs_delta,
    cliffs_delta_counts,
    hedges_g,
    ordinal_distance,
)
from visavis.measure.perceptions import perception_accuracy
from visavis.measure.ranks import binary_ranking

MARKS = st.lists(st.integers(1, 5), min_size=2, max_size=30)
COUNTS = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(lambda counts: sum(counts) > 0)
TEN = marks(0, 10)


@given(MARKS, MARKS)
def test_cliffs_delta_is_a_dominance(x: list[int], y: list[int]) -> None:
    found = cliffs_delta(x, y)
    assert found.delta is not None
    assert -1 <= found.low <= found.delta <= found.high <= 1
    assert cliffs_delta(y, x).delta == pytest.approx(-found.delta)
    cubed = cliffs_delta([value**3 for value in x], [value**3 for value in y])
    assert (cubed.delta, cubed.low) == pytest.approx((found.delta, found.low))
    first, second = ([side.count(mark) for mark in range(1, 6)] for side in (x, y))
    assert cliffs_delta_counts(first, second).high == pytest.approx(found.high)
    auc = binary_ranking([1] * len(x) + [0] * len(y), [*x, *y]).auc
    assert found.delta == pytest.approx(2 * auc - 1)
    assert cliffs_delta(x, x).delta == pytest.approx(0)


def test_a_side_that_always_wins_keeps_the_bound_of_its_size() -> None:
    small, large = cliffs_delta([4, 5] * 5, [1, 2] * 5), cliffs_delta([4, 5] * 50, [1, 2] * 50)
    assert small.delta == large.delta == 1
    assert 0 < small.low < large.low < 1
    assert cliffs_delta([4, 5] * 5, [1, 2] * 50).display is Display.INDICATIVE
    with pytest.raises(ValueError, match="at least 2 answers"):
        cliffs_delta([1], [1, 2])


@given(COUNTS, COUNTS, COUNTS)
def test_the_distance_of_shares_is_a_metric(a: list[int], b: list[int], c: list[int]) -> None:
    ab, ba, bc, ac = (ordinal_distance(*pair) for pair in ((a, b), (b, a), (b, c), (a, c)))
    assert ab.distance == pytest.approx(ba.distance)
    assert ac.distance <= ab.distance + bc.distance + 1e-9
    assert abs(ab.signed) <= ab.distance + 1e-9
    assert ab.normalised <= 1 + 1e-9
    assert ordinal_distance(a, [3 * count for count in a]).distance == pytest.approx(0)


@given(MARKS, MARKS, st.integers(-3, 3))
def test_gaps_in_spreads_and_tests_follow_the_sides(x: list[int], y: list[int], shift: int) -> None:
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    assert hedges_g(x, y).g == pytest.approx(-hedges_g(y, x).g)
    moved = hedges_g([value + shift for value in x], [value + shift for value in y])
    assert moved.g == pytest.approx(hedges_g(x, y).g, abs=1e-9)
    try:
        found = brunner_munzel(x, y)
    except ValueError:
        assert not max(x) > min(y) or not max(y) > min(x)
        return
    assert found.prob_superiority == pytest.approx((1 - (cliffs_delta(x, y).delta or 0)) / 2)
    assert 0 <= found.p_value <= 1


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=20), st.integers(1, 9)
)
def test_the_parts_of_an_error_of_perception_add_up(pairs: list[tuple[int, int]], shift: int) -> None:
    perceived, actual = (list(side) for side in zip(*pairs, strict=True))
    found = perception_accuracy(perceived, actual)
    parts = found.share_bias, found.share_spread, found.share_ordering
    assert sum(parts) == pytest.approx(1 if found.mse else 0)
    assert all(part >= -1e-9 for part in parts)
    moved = perception_accuracy([value + shift for value in perceived], actual)
    assert moved.bias == pytest.approx(found.bias + shift)
    assert moved.mse * moved.share_ordering == pytest.approx(found.mse * found.share_ordering, abs=1e-6)


def answers(source: random.Random, n: int, mean: float) -> Sums:
    return Sums.of(min(10, max(0, round(source.gauss(mean, 2)))) for _ in range(n))


@pytest.mark.parametrize(
    ("gap", "wrong", "most"),
    [(0.0, Likeness.APART, 0.05), (1.0, Likeness.ALIKE, 0.05), (1.0, Likeness.APART, 1.0)],
)
def test_verdicts_of_likeness_keep_their_risks(gap: float, wrong: Likeness, most: float) -> None:
    """400 customers against 150 employees, a margin of 10 points of the scale."""
    source, seen, studies = random.Random(7), 0, 600
    for _ in range(studies):
        staff, customers = answers(source, 150, 5 + gap / 2), answers(source, 400, 5 - gap / 2)
        found = equivalence(
            lambda level, a=staff, b=customers: mean_difference(a, b, TEN, level),  # type: ignore[misc]
            1.0,
        )
        seen += found.verdict is wrong
    # Three standard errors of the simulation itself.
    assert seen / studies <= most + 3 * (0.05 * 0.95 / studies) ** 0.5
    if most == 1.0:
        assert seen / studies >= 0.9


@given(st.floats(-3, 3), st.floats(0.01, 2), st.floats(0.1, 3))
def test_a_verdict_follows_from_its_interval(gap: float, half: float, margin: float) -> None:
    def at(level: float) -> Difference:
        reach = half * (1 if level > 0.92 else 0.84)
        return Difference(
            difference=gap,
            observed=gap,
            low=gap - reach,
            high=gap + reach,
            level=level,
            counts=(40, 90),
            method="test",
            scale=TEN,
        )

    found = equivalence(at, margin)
    inside = -margin < found.inner.low and found.inner.high < margin
    assert (found.verdict is Likeness.ALIKE) == inside
    assert (found.verdict is Likeness.APART) == (not inside and found.gap.excludes_zero)
    assert found.deciding is (found.inner if inside else found.gap)


def test_likeness_needs_thirty_answers_on_each_side_and_a_margin() -> None:
    few = Sums.of([5.0] * 29)
    found = equivalence(lambda level: mean_difference(few, Sums.of([5.0] * 300), TEN, level), 1.0)
    assert found.verdict is None
    with pytest.raises(ValueError, match="margin"):
        equivalence(lambda level: mean_difference(few, few, TEN, level), 0)


def test_clusters_widen_the_interval_and_few_of_them_are_refused() -> None:
    source = random.Random(2)
    parts = []
    for _ in range(30):
        lean = source.gauss(0, 1)
        drawn = [[0] * 5, [0] * 5]
        for side in (0, 1):
            for _ in range(10):
                drawn[side][min(4, max(0, round(source.gauss(2 + lean * side, 1))))] += 1
        parts.append((drawn[0], drawn[1]))
    first, second = ([sum(part[side][mark] for part in parts) for mark in range(5)] for side in (0, 1))
    clustered, plain = clustered_cliffs_delta(parts), cliffs_delta_counts(first, second)
    assert clustered.estimate == pytest.approx(plain.delta)
    assert clustered.high - clustered.low > plain.high - plain.low
    assert clustered.clusters == 30
    with pytest.raises(ValueError, match=str(LEAST_CLUSTERS)):
        clustered_cliffs_delta(parts[:19])
    empty = ([0] * 5, [0] * 5)
    assert clustered_cliffs_delta([*parts, empty]).clusters == 30


def test_identical_clusters_leave_no_doubt() -> None:
    found = cluster_interval([[[3, 1]]] * 20, lambda table: table[0][0] / sum(table[0]), scale=SHARE)
    assert (found.low, found.estimate, found.high) == (0.75, 0.75, 0.75)
