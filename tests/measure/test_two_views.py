"""Two views of one exchange: tables read, folded, ranked, and what teams add to the uncertainty."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.agreement import quadrants
from visavis.measure.links import rank_correlation
from visavis.measure.two_views import quadrants_of, sides_of, spearman_of, spread_of, table_of

PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=60)


def counted(pairs: list[tuple[int, int]]) -> list[list[int]]:
    counts: dict[str, int] = {}
    for mark, feeling in pairs:
        counts[f"{mark},{feeling}"] = counts.get(f"{mark},{feeling}", 0) + 1
    return table_of(counts)


@given(PAIRS)
def test_a_table_says_what_its_pairs_say(pairs: list[tuple[int, int]]) -> None:
    table = counted(pairs)
    customer, adviser = (list(side) for side in zip(*pairs, strict=True))
    assert quadrants_of(table) == quadrants(customer, adviser, 4)
    assert sum(map(sum, sides_of(table))) == len(pairs)
    assert spearman_of(table) == pytest.approx(rank_correlation(customer, adviser).spearman, abs=1e-9)


@pytest.mark.parametrize("wrong", [{"6,1": 1}, {"1,0": 1}, {"1,1": -1}])
def test_impossible_pairs_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        table_of(wrong)


def test_teams_that_differ_widen_and_teams_that_do_not_add_nothing() -> None:
    source = random.Random(5)
    alike = [(sum(source.random() < 0.5 for _ in range(40)), 40) for _ in range(24)]
    apart = [(sum(source.random() < at / 24 for _ in range(40)), 40) for at in range(24)]
    one, other = spread_of(alike), spread_of([*apart, (0, 0)])
    assert one is not None
    assert other is not None
    assert one.effect(960) < 2.5
    assert other.effect(960) > 8
    assert 1 <= other.effect(100) < other.effect(960)
    assert other.effect(3) == 1
    assert spread_of(apart[:19]) is None


def test_a_kind_that_is_all_there_is_has_no_spread() -> None:
    found = spread_of([(10, 10)] * 20)
    assert found is not None
    assert found.effect(200) == 1
