"""Agreement of two sides, of raters, and what each brings to an exchange."""

from __future__ import annotations

import random
from dataclasses import astuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from visavis.measure.agreement import (
    gwet_ac1,
    marginal_homogeneity,
    mean_gap,
    quadrants,
    weighted_kappa,
)
from visavis.measure.clusters import clustered_kappa
from visavis.measure.dyads import apim
from visavis.measure.raters import (
    bland_altman,
    concordance_ccc,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
)

TABLES = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3).filter(
    lambda table: sum(map(sum, table)) > 1
)
PAIRS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=3, max_size=30)
Table = list[list[int]]
Ratings = list[list[float | None]]


def turned(table: Table) -> Table:
    return [list(row) for row in zip(*table, strict=True)]


@given(TABLES, st.sampled_from(["none", "linear", "quadratic"]), st.integers(2, 5))
def test_agreement_knows_neither_side_nor_size(table: Table, weights: str, times: int) -> None:
    one = weighted_kappa(table, weights)
    assert weighted_kappa(turned(table), weights).kappa == pytest.approx(one.kappa)
    more = weighted_kappa([[times * count for count in row] for row in table], weights)
    assert more.kappa == pytest.approx(one.kappa)
    assert more.se == pytest.approx(one.se / times**0.5)
    if one.kappa is not None:
        assert one.low <= one.kappa <= one.high
    other = gwet_ac1(table)
    assert other.ac1 is not None
    assert other.low <= other.ac1 <= other.high
    assert gwet_ac1(turned(table)).ac1 == pytest.approx(other.ac1)
    assert other.raw == pytest.approx(one.raw)


def test_full_agreement_is_one_and_one_mark_has_no_kappa() -> None:
    assert weighted_kappa([[5, 0, 0], [0, 9, 0], [0, 0, 2]]).kappa == pytest.approx(1)
    assert gwet_ac1([[5, 0], [0, 9]]).ac1 == pytest.approx(1)
    alone = weighted_kappa([[60, 0], [0, 0]])
    assert (alone.kappa, alone.low, alone.high, alone.raw) == (None, -1, 1, 1)
    assert gwet_ac1([[60, 0], [0, 0]]).ac1 == 1
    two = [[30, 8], [5, 7]]
    assert weighted_kappa(two, "linear").kappa == pytest.approx(weighted_kappa(two, "quadratic").kappa)


@pytest.mark.parametrize("wrong", [[[1, 2]], [[0, 0], [0, 0]], [[1, -1], [0, 2]], [[1]]])
def test_impossible_tables_are_refused(wrong: Table) -> None:
    for call in (weighted_kappa, gwet_ac1, marginal_homogeneity):
        with pytest.raises(ValueError, match=r"a square table|counts from 0"):
            call(wrong)


def test_weights_are_known_or_drawn_with_care() -> None:
    with pytest.raises(ValueError, match="unknown method"):
        weighted_kappa([[1, 2], [2, 3]], "cubic")
    with pytest.raises(ValueError, match="0 on the diagonal"):
        weighted_kappa([[1, 2], [2, 3]], [[1, 1], [1, 0]])


def test_the_errors_of_agreement_are_those_of_many_draws() -> None:
    source, shares = random.Random(9), [0.55, 0.1, 0.12, 0.23]
    kappas, ac1s = [], []
    for _ in range(1500):
        drawn = source.choices(range(4), shares, k=200)
        table = [[drawn.count(0), drawn.count(1)], [drawn.count(2), drawn.count(3)]]
        kappas.append(weighted_kappa(table, "none").kappa or 0.0)
        ac1s.append(gwet_ac1(table).ac1 or 0.0)
    expected = [[110, 20], [24, 46]]
    for values, se in ((kappas, weighted_kappa(expected, "none").se), (ac1s, gwet_ac1(expected).se)):
        mean = sum(values) / len(values)
        spread = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
        assert se == pytest.approx(spread, rel=0.08)


@given(TABLES, st.integers(1, 9))
def test_who_agrees_does_not_matter_to_kindness(table: Table, more: int) -> None:
    one = marginal_homogeneity(table)
    added = [[count + more * (i == j) for j, count in enumerate(row)] for i, row in enumerate(table)]
    other = marginal_homogeneity(added)
    assert other.statistic == pytest.approx(one.statistic, abs=1e-9)
    assert other.df == one.df
    assert other.p_value == pytest.approx(one.p_value)
    assert marginal_homogeneity(turned(table)).statistic == pytest.approx(one.statistic, abs=1e-6)
    assert 0 <= one.p_value <= 1


def test_two_marks_give_mcnemars_test() -> None:
    found = marginal_homogeneity([[20, 9], [3, 40]])
    assert found.df == 1
    assert found.statistic == pytest.approx((9 - 3) ** 2 / 12)
    assert marginal_homogeneity([[5, 0], [0, 5]]).p_value == 1


@given(PAIRS)
def test_the_four_views_add_up_and_swap(pairs: list[tuple[int, int]]) -> None:
    customer, adviser = (list(side) for side in zip(*pairs, strict=True))
    one, other = quadrants(customer, adviser, 5, 4), quadrants(adviser, customer, 4, 5)
    assert one.n == len(pairs)
    assert (one.customer_only, one.adviser_only) == (other.adviser_only, other.customer_only)


@given(TABLES)
def test_the_mean_gap_is_that_of_the_pairs(table: Table) -> None:
    gaps = [j - i for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    assert mean_gap(table) == pytest.approx(sum(gaps) / len(gaps))


@given(PAIRS)
def test_swapping_two_measures_turns_their_gap(pairs: list[tuple[int, int]]) -> None:
    a, b = (list(side) for side in zip(*pairs, strict=True))
    one, other = bland_altman(a, b), bland_altman(b, a)
    assert (one.bias, one.loa_low) == pytest.approx((-other.bias, -other.loa_high))
    assert one.loa_high - one.loa_low == pytest.approx(2 * 1.959964 * one.sd, rel=1e-6)
    close = concordance_ccc(a, b).ccc
    assert close is None or -1 - 1e-9 <= close <= 1 + 1e-9
    assert concordance_ccc(a, a).ccc in (None, pytest.approx(1))


@given(
    st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=3, max_size=12), st.integers(1, 5)
)
def test_a_kinder_rater_changes_agreement_and_not_consistency(rows: Table, kinder: int) -> None:
    assume(len({sum(row) for row in rows}) > 1)
    one, other = icc(rows), icc([[row[0] + kinder, *row[1:]] for row in rows])
    assert other.icc31 == pytest.approx(one.icc31, abs=1e-9)
    assert other.icc3k == pytest.approx(one.icc3k, abs=1e-9)
    if one.icc31 >= 0:
        assert one.icc3k >= one.icc31 - 1e-12
    with pytest.raises(ValueError, match="do not differ"):
        icc([[1, 2], [2, 1]])


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_raters_and_units_may_change_places(level: str) -> None:
    ratings: Ratings = [[1, 2, None], [3, 3, 2], [4, None, 4], [2, 2, 2], [None, None, 5], [5, 4, 5]]
    one = krippendorff_alpha(ratings, level)
    assert one.pairable == 13
    shuffled = [[row[2], row[0], row[1]] for row in reversed(ratings)]
    assert krippendorff_alpha(shuffled, level).alpha == pytest.approx(one.alpha)
    without = [row for row in ratings if row != [None, None, 5]]
    assert krippendorff_alpha(without, level).alpha == pytest.approx(one.alpha)
    assert krippendorff_alpha([[1, 1], [2, 2]], level).alpha == 1
    assert krippendorff_alpha([[2, 2], [2, 2]], level).alpha is None


def test_reliability_of_an_order_is_the_published_one() -> None:
    """Krippendorff (2011): four observers, twelve units, ordinal data: 0.815."""
    ratings: Ratings = [
        [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None],
    ]  # fmt: skip
    assert krippendorff_alpha(ratings, "ordinal").alpha == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(ratings, "ratio").alpha == pytest.approx(0.797, abs=5e-4)


def test_raters_of_one_kind_have_no_kappa() -> None:
    assert fleiss_kappa([[3, 0], [3, 0]]).kappa is None
    with pytest.raises(ValueError, match="as many raters"):
        fleiss_kappa([[3, 0], [2, 0]])


def dyads(source: random.Random, advisers: int, each: int, lean: float) -> list[list[float]]:
    rows = []
    for _ in range(advisers):
        own, also = source.gauss(0, lean), source.gauss(0, lean)
        for _ in range(each):
            one, other = source.gauss(also, 1), source.gauss(0, 1)
            rows.append([one, other, 0.5 * one + own + source.gauss(0, 1), 0.3 * other + source.gauss(0, 1)])
    return [list(column) for column in zip(*rows, strict=True)]


def test_swapping_the_roles_swaps_the_sides() -> None:
    x1, x2, y1, y2 = dyads(random.Random(4), 30, 5, 0.5)
    one, other = apim(x1, x2, y1, y2), apim(x2, x1, y2, y1)
    for mine, theirs in ((one.customer, other.adviser), (one.adviser, other.customer)):
        assert astuple(mine) == pytest.approx(astuple(theirs))
    assert one.customer.actor == pytest.approx(0.5, abs=0.3)


def test_errors_over_clusters_hold_where_plain_ones_do_not() -> None:
    source, plain, robust, studies = random.Random(8), 0, 0, 200
    for _ in range(studies):
        x1, x2, y1, y2 = dyads(source, 25, 12, 1.0)
        clusters = [place // 12 for place in range(300)]
        one, other = apim(x1, x2, y1, y2), apim(x1, x2, y1, y2, clusters)
        assert other.clusters == 25
        plain += abs(one.customer.actor - 0.5) > 1.96 * one.customer.se_actor
        robust += abs(other.customer.actor - 0.5) > 2.06 * other.customer.se_actor
    assert plain / studies > 0.15
    assert robust / studies < 0.12
    x1, x2, y1, y2 = dyads(source, 15, 12, 1.0)
    with pytest.raises(ValueError, match="need 20"):
        apim(x1, x2, y1, y2, [place // 12 for place in range(180)])


def test_kappa_over_clusters_is_that_of_the_whole() -> None:
    source = random.Random(6)
    parts = []
    for _ in range(24):
        lean = source.random()
        drawn = [[0, 0], [0, 0]]
        for _ in range(20):
            one = source.random() < 0.5
            drawn[one][one if source.random() < lean else not one] += 1
        parts.append(drawn)
    whole = [[sum(part[i][j] for part in parts) for j in (0, 1)] for i in (0, 1)]
    clustered, plain = clustered_kappa(parts), weighted_kappa(whole)
    assert clustered.estimate == pytest.approx(plain.kappa)
    assert clustered.high - clustered.low > 1.5 * (plain.high - plain.low)
