"""Small units are drawn to the mean of all, never past it, and as far as they are uncertain."""

from __future__ import annotations

import random
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.measure.means import Sums
from visavis.measure.pooling import beta_binomial, beta_binomial_moments, dirichlet_multinomial_nps
from visavis.measure.shrinkage import james_stein, pooled_variances, random_effects

VALUES = st.lists(st.integers(-50, 50), min_size=4, max_size=20)
UNITS = st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 400)), min_size=2, max_size=15)
TRIALS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=10).map(
    lambda rows: [(min(row), max(row)) for row in rows]
)
COUNTS = st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=2, max_size=8)


@given(VALUES, st.integers(1, 900))
def test_drawn_values_lie_between_their_own_and_the_mean(y: list[int], variance: int) -> None:
    found = james_stein(y, variance)
    assert 0 <= found.shrinkage <= 1
    for own, drawn in zip(y, found.estimates, strict=True):
        assert min(own, found.mean) - 1e-9 <= drawn <= max(own, found.mean) + 1e-9
    assert sum(found.estimates) / len(y) == pytest.approx(sum(y) / len(y), abs=1e-9)
    ranked = [drawn for _, drawn in sorted(zip(y, found.estimates, strict=True))]
    assert ranked == sorted(ranked)


@given(UNITS, st.sampled_from(["PM", "DL"]), st.integers(-100, 100))
def test_moving_all_units_moves_their_mean_alone(units: list[tuple[int, int]], method: str, by: int) -> None:
    y, v = [value for value, _ in units], [own for _, own in units]
    there, moved = random_effects(y, v, method), random_effects([value + by for value in y], v, method)
    assert moved.mean == pytest.approx(there.mean + by, abs=1e-6)
    assert moved.tau2 == pytest.approx(there.tau2, rel=1e-6, abs=1e-6)
    assert there.tau2 >= 0
    for own, drawn in zip(y, there.shrunken, strict=True):
        assert min(own, there.mean) - 1e-9 <= drawn <= max(own, there.mean) + 1e-9


@given(st.integers(-50, 50), st.lists(st.integers(1, 400), min_size=2, max_size=15))
def test_units_alike_are_all_at_the_mean(value: int, v: list[int]) -> None:
    found = random_effects([value] * len(v), v)
    assert found.tau2 == 0
    assert "no measurable difference" in found.warnings
    assert found.shrunken == pytest.approx([found.mean] * len(v))
    assert found.shrunken_se == pytest.approx([found.se] * len(v))


@given(UNITS)
def test_the_spread_of_paule_and_mandel_makes_the_scatter_its_freedom(units: list[tuple[int, int]]) -> None:
    y, v = [value for value, _ in units], [own for _, own in units]
    found = random_effects(y, v)
    if found.tau2:
        scatter = sum((a - found.mean) ** 2 / (b + found.tau2) for a, b in units)
        assert scatter == pytest.approx(len(y) - 1, rel=1e-6)


def test_drawn_teams_are_nearer_the_truth_than_raw_ones() -> None:
    source = random.Random(8)
    raw = drawn = 0.0
    for _ in range(40):
        truths = [source.gauss(30, 10) for _ in range(30)]
        v = [6400 / source.randint(8, 120) for _ in truths]
        seen = [source.gauss(truth, sqrt(own)) for truth, own in zip(truths, v, strict=True)]
        raw += sum((a - b) ** 2 for a, b in zip(seen, truths, strict=True))
        drawn += sum((a - b) ** 2 for a, b in zip(random_effects(seen, v).shrunken, truths, strict=True))
    assert sqrt(drawn) < 0.65 * sqrt(raw)


def test_a_unanimous_small_team_keeps_a_variance() -> None:
    teams = [Sums.of([5, 5]), Sums.of([1, 5, 3, 4, 2, 3])]
    assert pooled_variances(teams)[0] == pytest.approx(10 / 6 / 2)
    with pytest.raises(ValueError, match="no spread"):
        pooled_variances([Sums.of([5, 5]), Sums.of([3])])
    with pytest.raises(ValueError, match="needs a mark"):
        pooled_variances([Sums.of([5]), Sums.of([3])])


@settings(max_examples=40)
@given(TRIALS)
def test_a_drawn_share_lies_between_its_own_and_the_common_one(rows: list[tuple[int, int]]) -> None:
    x, n = [a for a, _ in rows], [b for _, b in rows]
    if not any(n):
        return
    found = beta_binomial(x, n)
    for own, size, drawn in zip(x, n, found.posterior_means, strict=True):
        rate = own / size if size else found.mean
        assert min(rate, found.mean) - 1e-9 <= drawn <= max(rate, found.mean) + 1e-9
    for low, high in found.intervals:
        assert 0 <= low <= high <= 1
    back = beta_binomial(x[::-1], n[::-1])
    assert back.posterior_means[::-1] == pytest.approx(found.posterior_means, abs=1e-3)


def test_more_trials_keep_more_of_a_share_and_none_keep_nothing() -> None:
    found = beta_binomial([9, 90, 2, 4, 1, 0], [10, 100, 10, 20, 20, 0])
    assert found.posterior_means[0] < found.posterior_means[1] < 0.9
    assert found.posterior_means[5] == pytest.approx(found.mean)


def test_units_that_do_not_differ_share_one_interval() -> None:
    found = beta_binomial([8, 16, 40], [10, 20, 50])
    assert found.warnings == ("no measurable difference",)
    assert found.posterior_means == pytest.approx([0.8] * 3, abs=1e-4)
    assert len(set(found.intervals)) == 1
    unanimous = beta_binomial([10, 20], [10, 20])
    assert (unanimous.mean, unanimous.posterior_means) == (1, (1, 1))
    assert unanimous.intervals[0][0] < 0.95


@pytest.mark.parametrize(("x", "n"), [([1], [2]), ([3, 1], [2, 2]), ([0, 0], [0, 0]), ([1, 1], [2])])
def test_impossible_trials_are_refused(x: list[int], n: list[int]) -> None:
    for fit in (beta_binomial, beta_binomial_moments):
        with pytest.raises(ValueError, match="unit"):
            fit(x, n)


def test_moments_refuse_shares_that_no_beta_law_has() -> None:
    with pytest.raises(ValueError, match="no beta law"):
        beta_binomial_moments([1, 1], [2, 2])
    with pytest.raises(ValueError, match="no beta law"):
        beta_binomial_moments([0, 2], [2, 2])
    with pytest.raises(ValueError, match="each unit"):
        beta_binomial_moments([0, 2], [0, 2])


@settings(max_examples=30)
@given(COUNTS)
def test_a_drawn_score_lies_between_its_own_and_the_common_one(counts: list[tuple[int, int, int]]) -> None:
    if not any(map(sum, counts)):
        return
    found = dirichlet_multinomial_nps(counts)
    for (promoters, passives, detractors), drawn in zip(counts, found.team_nps, strict=True):
        n = promoters + passives + detractors
        own = 100 * (promoters - detractors) / n if n else found.pooled_nps
        assert min(own, found.pooled_nps) - 1e-6 <= drawn <= max(own, found.pooled_nps) + 1e-6
        assert -100 <= drawn <= 100


def test_impossible_teams_are_refused() -> None:
    for counts in ([(1, 2, 3)], [(1, 2), (1, 2)], [(1, 2, -3), (1, 2, 3)]):
        with pytest.raises(ValueError, match="at least 2 units"):
            dirichlet_multinomial_nps(counts)
    with pytest.raises(ValueError, match="nobody"):
        dirichlet_multinomial_nps([(0, 0, 0), (0, 0, 0)])


def test_impossible_units_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        james_stein([1, 2, 3], 1)
    with pytest.raises(ValueError, match="variance above 0"):
        james_stein([1, 2, 3, 4], 0)
    for y, v in (([1], [1]), ([1, 2], [1]), ([1, 2], [1, 0]), ([1, float("nan")], [1, 1])):
        with pytest.raises(ValueError, match="at least 2"):
            random_effects(y, v)
    with pytest.raises(ValueError, match="unknown method"):
        random_effects([1, 2], [1, 1], "ML")
