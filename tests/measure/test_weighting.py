"""Weights reach their targets, cost precision and never invent respondents."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.scores import nps_interval, nps_score
from visavis.measure.strata import poststratified_nps, r_indicator, sample_allocation
from visavis.measure.weighting import cap_weights, ipf, rake_nps, rake_weights, weighted_nps

RATINGS = st.lists(st.integers(0, 10), min_size=2, max_size=40)
CHANNELS, REGIONS = ("tel", "mail"), ("N", "S")
#: Each cell answered, so that every target can be reached.
CELLS = [(channel, region) for channel in CHANNELS for region in REGIONS]
ANSWERS = st.lists(st.tuples(st.integers(0, 10), st.sampled_from(CELLS)), min_size=1, max_size=30).map(
    lambda rows: rows + [(5, cell) for cell in CELLS]
)


@given(ANSWERS, st.integers(1, 99), st.integers(1, 99))
def test_raked_margins_are_the_targets(rows: list[tuple[int, tuple[str, str]]], tel: int, north: int) -> None:
    targets = {"channel": {"tel": tel, "mail": 100 - tel}, "region": {"N": north, "S": 100 - north}}
    dimensions = {"channel": [cell[0] for _, cell in rows], "region": [cell[1] for _, cell in rows]}
    raked = rake_nps([rating for rating, _ in rows], dimensions, targets)
    assert min(raked.weights) > 0
    assert fsum(raked.weights) == pytest.approx(100)
    for name, wanted in targets.items():
        for kind, total in wanted.items():
            weights = zip(raked.weights, dimensions[name], strict=True)
            assert fsum(weight for weight, found in weights if found == kind) == pytest.approx(
                total, rel=1e-6
            )
    assert raked.nps is not None
    assert raked.low <= raked.nps <= raked.high


def test_a_balanced_sample_gets_constant_weights() -> None:
    weights = rake_weights({"by": ["a", "b", "a", "b"]}, {"by": {"a": 10, "b": 10}})
    assert weights == (5, 5, 5, 5)


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ({"by": {"a": 1}}, "without target"),
        ({"by": {"a": 1, "b": 1, "c": 1}}, "target without answers"),
        ({"by": {"a": 1, "b": 0}}, "above 0"),
        ({"other": {"a": 1, "b": 1}}, "each dimension"),
    ],
)
def test_targets_that_nobody_can_carry_are_refused(
    targets: dict[str, dict[str, float]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        rake_weights({"by": ["a", "b", "a"]}, targets)


def test_targets_that_contradict_each_other_are_refused() -> None:
    dimensions = {"by": ["a", "b", "a", "b"], "of": ["x", "x", "y", "y"]}
    with pytest.raises(ValueError, match="different totals"):
        rake_weights(dimensions, {"by": {"a": 5, "b": 5}, "of": {"x": 5, "y": 7}})
    twins = {"by": ["a", "b", "a", "b"], "of": ["x", "y", "x", "y"]}
    with pytest.raises(ValueError, match="collapse"):
        rake_weights(twins, {"by": {"a": 4, "b": 6}, "of": {"x": 6, "y": 4}}, rounds=50)


@given(RATINGS, st.floats(0.1, 100))
def test_constant_weights_give_the_ordinary_score_and_interval(ratings: list[int], weight: float) -> None:
    plain, weighted = nps_score(ratings), weighted_nps(ratings, [weight] * len(ratings))
    interval = nps_interval(plain.promoters, plain.passives, plain.detractors)
    assert weighted.nps == pytest.approx(plain.nps)
    # The linearised error divides by n - 1: the interval may be that much wider, never narrower.
    assert weighted.low <= interval.low + 1e-6
    assert weighted.high >= interval.high - 1e-6
    assert weighted.high - weighted.low == pytest.approx(interval.high - interval.low, rel=0.5)


@given(
    st.lists(st.tuples(st.integers(0, 10), st.floats(0.1, 10)), min_size=2, max_size=40), st.floats(0.1, 50)
)
def test_only_the_proportions_of_weights_count(rows: list[tuple[int, float]], by: float) -> None:
    ratings, weights = [rating for rating, _ in rows], [weight for _, weight in rows]
    one, other = weighted_nps(ratings, weights), weighted_nps(ratings, [weight * by for weight in weights])
    assert (one.nps, one.se, one.low) == pytest.approx((other.nps, other.se, other.low), abs=1e-6)
    assert one.se >= 0
    assert one.n_eff <= one.n + 1e-9


def test_unanimous_weighted_answers_keep_a_width() -> None:
    score = weighted_nps([10] * 10, [1] * 5 + [3] * 5)
    assert (score.se, score.high) == (0, 100)
    assert score.low < 80


def test_few_or_wild_weights_are_said() -> None:
    assert weighted_nps([10, 2, 8], [1, 1, 9]).warnings == (
        "weights on few answers",
        "a weight far above the others",
    )
    assert weighted_nps([10, 2] * 20, [1, 2] * 20).warnings == ()


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=30), st.floats(1.5, 6))
def test_capping_keeps_the_sum_and_the_order(weights: list[float], times: float) -> None:
    capped = cap_weights(weights, times)
    assert fsum(capped) == pytest.approx(fsum(weights))
    ranked = [weight for _, weight in sorted(zip(weights, capped, strict=True))]
    assert ranked == sorted(ranked)


def test_impossible_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        weighted_nps([10], [1])
    with pytest.raises(ValueError, match="above 0"):
        weighted_nps([10, 9], [1, 0])
    with pytest.raises(ValueError, match="from 0 to 10"):
        weighted_nps([10, 11], [1, 1])
    with pytest.raises(ValueError, match="median"):
        cap_weights([1, 2], 1)


TABLE = st.lists(st.lists(st.integers(1, 50), min_size=3, max_size=3), min_size=2, max_size=4)


@given(TABLE, st.lists(st.integers(1, 50), min_size=4, max_size=4), st.integers(1, 9))
def test_a_fitted_table_has_its_margins_and_the_odds_of_its_seed(
    seed: list[list[int]], rows: list[int], first: int
) -> None:
    rows = rows[: len(seed)]
    columns = [sum(rows) * share / 20 for share in (first, 10 - first, 10)]
    table = ipf(seed, rows, columns).table
    assert [fsum(row) for row in table] == pytest.approx(rows, rel=1e-6)
    assert [fsum(column) for column in zip(*table, strict=True)] == pytest.approx(columns, rel=1e-6)
    odds = [part[0][0] * part[1][1] / part[0][1] / part[1][0] for part in (seed, table)]
    assert odds[0] == pytest.approx(odds[1], rel=1e-6)


@pytest.mark.parametrize(
    ("seed", "rows", "columns", "message"),
    [
        ([[1, 1], [1]], [1, 1], [1, 1], "rectangular"),
        ([[1, -1], [1, 1]], [1, 1], [1, 1], "from 0"),
        ([[1, 1], [1, 1]], [1, 1], [1, 2], "add up"),
        ([[0, 0], [1, 1]], [1, 1], [1, 1], "nobody"),
        ([[1, 0], [0, 1]], [1, 3], [3, 1], "no table"),
    ],
)
def test_impossible_tables_are_refused(
    seed: list[list[float]], rows: list[float], columns: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        ipf(seed, rows, columns, rounds=200)


@given(RATINGS)
def test_one_stratum_changes_nothing(ratings: list[int]) -> None:
    plain = nps_score(ratings).nps
    found = poststratified_nps(ratings, ["a"] * len(ratings), {"a": 1000})
    assert found.nps == pytest.approx(plain)
    assert found.se == pytest.approx(weighted_nps(ratings, [1] * len(ratings)).se)


def test_a_stratum_without_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="collapse"):
        poststratified_nps([10, 9], ["a", "a"], {"a": 5, "b": 5})


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=30))
def test_unequal_chances_of_answering_lower_the_indicator(chances: list[float]) -> None:
    found = r_indicator(chances)
    assert found.r_indicator <= 1
    assert found.max_standardised_bias >= 0
    assert r_indicator([chances[0]] * 3).r_indicator == pytest.approx(1)


def test_impossible_chances_are_refused() -> None:
    with pytest.raises(ValueError, match="chances"):
        r_indicator([0.5, 0])


STRATA = st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 90)), min_size=1, max_size=8)


@given(STRATA, st.integers(1, 500), st.floats(0, 1))
def test_a_shared_sample_adds_up_and_respects_its_floor(
    strata: list[tuple[int, int]], n: int, part: float
) -> None:
    sizes, sd = [size for size, _ in strata], [spread for _, spread in strata]
    floor = part * n / len(strata) * (1 - 1e-9)
    if not any(sd):
        return
    found = sample_allocation(sizes, sd, n, floor)
    assert fsum(found.n) == pytest.approx(n)
    assert fsum(found.proportional) == pytest.approx(n)
    assert min(found.n) >= floor * (1 - 1e-9)


def test_a_floor_that_the_sample_cannot_pay_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot give"):
        sample_allocation([10, 10], [1, 1], 50, floor=30)
    with pytest.raises(ValueError, match="strata above 0"):
        sample_allocation([10, 0], [1, 1], 50)
