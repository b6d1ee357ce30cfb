"""What published groups give away, beside a slow and plain search."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.measure.disclosure import (
    attribute_disclosure,
    cell_bounds,
    complementary_suppression,
    differencing_pairs,
    geometric_noise_half_width,
    linear_disclosures,
    rounded_nps_candidates,
)

GROUPS = st.dictionaries(
    st.sampled_from("abcdef"), st.frozensets(st.integers(0, 8), min_size=1), min_size=1, max_size=5
)


@given(GROUPS, st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_linear_disclosures_are_those_of_a_plain_rank(groups: dict[str, frozenset[int]], k: int) -> None:
    people = sorted(frozenset().union(*groups.values()))
    rows = [[Fraction(person in members) for person in people] for members in groups.values()]
    found = set()
    for size in range(1, k):
        for group in combinations(people, size):
            if rank(rows) == rank([*rows, [Fraction(person in group) for person in people]]):
                found.add(group)
    assert set(linear_disclosures(groups, k).disclosed) == found


def rank(rows: list[list[Fraction]]) -> int:
    rows, done = [row[:] for row in rows], 0
    for column in range(len(rows[0])):
        at = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if at is None:
            continue
        rows[done], rows[at] = rows[at], rows[done]
        for r in range(done + 1, len(rows)):
            times = rows[r][column] / rows[done][column]
            rows[r] = [x - times * y for x, y in zip(rows[r], rows[done], strict=True)]
        done += 1
    return done


@given(GROUPS, st.integers(2, 6))
def test_a_small_remainder_is_also_a_linear_disclosure(groups: dict[str, frozenset[int]], k: int) -> None:
    assert set(differencing_pairs(groups, k).disclosed) <= set(linear_disclosures(groups, k).disclosed)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(1, 12))
def test_what_is_hidden_holds_the_floor_and_two_cells_when_it_can(counts: list[int], k: int) -> None:
    hidden = complementary_suppression(counts, k).hidden
    small = {at for at, count in enumerate(counts) if 0 < count < k}
    assert small <= set(hidden)
    assert bool(hidden) is bool(small)
    left = [at for at, count in enumerate(counts) if count and at not in hidden]
    if hidden and left:
        assert len(hidden) >= 2
        assert sum(counts[at] for at in hidden) >= k


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=4))
def test_a_table_lies_between_its_bounds(table: list[list[int]]) -> None:
    found = cell_bounds([sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)])
    for row, low, high in zip(table, found.low, found.high, strict=True):
        assert all(a <= b <= c for a, b, c in zip(low, row, high, strict=True))


@given(st.floats(0.1, 50), st.floats(0.5, 0.999))
def test_the_noise_stays_within_its_half_width_and_no_less(scale: float, level: float) -> None:
    from math import exp

    ratio = exp(-1 / scale)

    def inside(a: int) -> float:
        return 1 - 2 * ratio ** (a + 1) / (1 + ratio)

    half = geometric_noise_half_width(scale, level).half_width
    assert inside(half) >= level - 1e-9
    assert half == 0 or inside(half - 1) < level + 1e-9


@given(st.integers(1, 100), st.data())
def test_a_rounded_nps_is_one_difference_up_to_a_hundred_answers(n: int, data: st.DataObject) -> None:
    gap = data.draw(st.integers(-n, n))
    assert rounded_nps_candidates(n, round(100 * gap / n)).consistent == (gap,)


def test_impossible_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="floor"):
        differencing_pairs({"a": [1]}, 0)
    with pytest.raises(ValueError, match="one person"):
        attribute_disclosure([0, 0])
    with pytest.raises(ValueError, match="same sum"):
        cell_bounds([3], [4])
    with pytest.raises(ValueError, match="one answer"):
        rounded_nps_candidates(0, 0)
    with pytest.raises(ValueError, match="too many"):
        linear_disclosures({str(at): [at] for at in range(60)}, 10)
