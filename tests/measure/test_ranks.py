"""Funnels, tie groups and exact tests: what few answers do not say is not said."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.funnels import Place, funnel_groups, funnel_limits, funnel_overdispersion
from visavis.measure.permutations import team_permutation_test
from visavis.measure.quantiles import z
from visavis.measure.ranks import binary_ranking, tie_groups

TARGET = st.floats(0.01, 0.99)
SIZES = st.lists(st.integers(1, 500), min_size=1, max_size=20)
TEAMS = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 10), st.integers(0, 90)), min_size=1, max_size=15
)


@given(TARGET, SIZES, st.floats(0, 0.05))
def test_a_funnel_narrows_with_answers_and_widens_with_the_level(
    target: float, n: list[int], tau2: float
) -> None:
    sizes = sorted(n)
    inner, outer = (funnel_limits(target, sizes, level, tau2=tau2) for level in (0.95, 0.998))
    assert list(inner.low) == sorted(inner.low)
    assert list(inner.high) == sorted(inner.high, reverse=True)
    for low, wide in zip(inner.low, outer.low, strict=True):
        assert 0 <= wide <= low <= target
    for high, wide in zip(inner.high, outer.high, strict=True):
        assert target <= high <= wide <= 1


def test_identical_teams_stand_out_in_few_companies() -> None:
    source, alarms = random.Random(5), 0
    for _ in range(200):
        x = [sum(source.random() < 0.8 for _ in range(60)) for _ in range(20)]
        found = funnel_groups(x, [60] * 20)
        alarms += any(place is not Place.SAME for place in found.places)
    assert alarms <= 30


def test_a_team_far_below_stands_out_and_a_small_one_is_not_compared() -> None:
    ordinary = [40, 41, 42, 39, 40, 41, 37, 40, 43, 38] * 2
    found = funnel_groups([*ordinary, 12, 4], [*[50] * 20, 50, 20])
    assert found.places[:20] == (Place.SAME,) * 20
    assert found.places[20] is Place.BELOW
    assert (found.places[21], found.adjusted[21]) == (None, None)


def test_impossible_funnels_are_refused() -> None:
    for target, n in ((0, [5]), (1, [5]), (0.5, [0])):
        with pytest.raises(ValueError, match="impossible funnel"):
            funnel_limits(target, n)
    with pytest.raises(ValueError, match="at least 2"):
        funnel_overdispersion([1], [2])
    with pytest.raises(ValueError, match="both kinds"):
        funnel_overdispersion([2, 2], [2, 2])
    with pytest.raises(ValueError, match="brought in"):
        funnel_overdispersion([1, 2], [2, 2], 0.5)


@given(TEAMS)
def test_teams_that_are_not_clearly_different_share_a_group(teams: list[tuple[int, int, int]]) -> None:
    estimates, se, n = ([team[place] for team in teams] for place in range(3))
    found = tie_groups(estimates, se, n)
    compared = [unit for unit, size in enumerate(n) if size >= 30]
    pairs = max(1, len(compared) * (len(compared) - 1) // 2)
    reach = z(1 - 0.05 / pairs)
    for a in compared:
        low, high = found.ranks[a] or (0, 0)
        assert 1 <= low <= high <= len(compared)
        for b in compared:
            if abs(estimates[a] - estimates[b]) <= reach * (se[a] ** 2 + se[b] ** 2) ** 0.5:
                assert found.groups[a] == found.groups[b]
            elif estimates[a] > estimates[b]:
                assert (found.groups[a] or 0) <= (found.groups[b] or 0)
    small = set(range(len(n))) - set(compared)
    assert all(found.groups[unit] is None and found.ranks[unit] is None for unit in small)


def test_ranks_of_identical_teams_are_hardly_ever_said() -> None:
    source = random.Random(6)
    ranked = sum(
        tie_groups([source.gauss(30, 8) for _ in range(20)], [8] * 20, [40] * 20).ranked for _ in range(300)
    )
    assert ranked <= 24


def test_impossible_units_are_refused() -> None:
    with pytest.raises(ValueError, match="one finite value"):
        tie_groups([1, 2], [1], [30, 30])
    with pytest.raises(ValueError, match="from 0"):
        tie_groups([1, 2], [1, -1], [30, 30])


LABELLED = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 20)), min_size=2, max_size=30).filter(
    lambda rows: len({label for label, _ in rows}) == 2
)


@given(LABELLED)
def test_an_order_and_its_reverse_share_the_area(rows: list[tuple[int, int]]) -> None:
    labels, scores = [label for label, _ in rows], [score for _, score in rows]
    found = binary_ranking(labels, scores)
    back = binary_ranking(labels, [-score for score in scores])
    assert found.auc + back.auc == pytest.approx(1)
    assert 0 < found.average_precision <= 1
    assert binary_ranking(labels, [3 * score + 1 for score in scores]) == found
    assert binary_ranking(labels, labels) == type(found)(auc=1, average_precision=1)


@given(LABELLED)
def test_it_is_scikit_learns_measure(rows: list[tuple[int, int]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    labels, scores = [label for label, _ in rows], [score for _, score in rows]
    found = binary_ranking(labels, scores)
    assert found.auc == pytest.approx(metrics.roc_auc_score(labels, scores))
    assert found.average_precision == pytest.approx(metrics.average_precision_score(labels, scores))


def test_one_kind_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        binary_ranking([1, 1], [0.1, 0.2])
    with pytest.raises(ValueError, match="finite"):
        binary_ranking([0, 1], [0.1, float("nan")])


CHANGES = st.lists(st.integers(-20, 20), min_size=2, max_size=9)


@given(CHANGES, st.data())
def test_chance_never_does_less_than_once(change: list[int], data: st.DataObject) -> None:
    treated = data.draw(st.sets(st.sampled_from(range(len(change))), min_size=1, max_size=len(change) - 1))
    found = team_permutation_test(change, sorted(treated))
    others = [team for team in range(len(change)) if team not in treated]
    assert 1 / found.permutations <= found.p_value <= 1
    mirror = team_permutation_test(change, others)
    assert mirror.effect == pytest.approx(-found.effect)
    assert mirror.p_value == pytest.approx(found.p_value)


def test_changes_all_equal_prove_nothing() -> None:
    assert team_permutation_test([4.1] * 7, [1, 3]).p_value == 1


def test_too_many_ways_are_drawn_at_random() -> None:
    change = [10] * 5 + [0] * 25
    found = team_permutation_test(change, [0, 1, 2, 3, 4], most=2000)
    assert (found.exact, found.permutations) == (False, 2000)
    assert found.p_value < 0.01
    assert found == team_permutation_test(change, [0, 1, 2, 3, 4], most=2000)


@pytest.mark.parametrize("treated", [[], [0, 1, 2], [0, 0], [5]])
def test_impossible_treated_teams_are_refused(treated: list[int]) -> None:
    with pytest.raises(ValueError, match="treated teams"):
        team_permutation_test([1, 2, 3], treated)
    with pytest.raises(ValueError, match="finite"):
        team_permutation_test([1, float("nan")], [0])
    with pytest.raises(ValueError, match="at least one way"):
        team_permutation_test([1, 2], [0], most=0)
