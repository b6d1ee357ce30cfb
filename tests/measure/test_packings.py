"""Sums kept together isolate nobody: held against the exact search, on companies drawn at random."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.packings import robust
from visavis.measure.spans import smallest_derivable


@st.composite
def companies(draw: Any) -> tuple[list[frozenset[int]], list[int]]:
    """Contributions of a few people, parted in up to four ways."""
    number = draw(st.integers(8, 40))
    people = draw(st.lists(st.integers(0, 15), min_size=number, max_size=number))
    ways = draw(
        st.lists(st.lists(st.integers(0, 2), min_size=number, max_size=number), min_size=1, max_size=4)
    )
    sums = [
        frozenset(at for at, value in enumerate(way) if value == wanted)
        for way in ways
        for wanted in range(3)
    ]
    return [frozenset(range(number)), *filter(None, sums)], people


def isolated(sums: list[frozenset[int]], people: list[int], below: int) -> int:
    """People of the smallest group that the exact search isolates."""
    atoms: dict[tuple[int, ...], set[int]] = {}
    for at, person in enumerate(people):
        held = tuple(place for place, rows in enumerate(sums) if at in rows)
        atoms.setdefault(held, set()).add(person)
    return smallest_derivable(list(atoms), list(atoms.values()), len(sums), below=below)


@given(companies(), st.integers(2, 5))
def test_no_combination_of_what_is_kept_isolates_a_few(
    drawn: tuple[list[frozenset[int]], list[int]], below: int
) -> None:
    sums, people = drawn
    kept = [sums[at] for at in robust([[one] for one in sums], people, below=below)]
    assert not kept or isolated(kept, people, below) == 0


def test_what_is_refused_leaves_those_after_it_their_chance() -> None:
    everybody = set(range(12))
    wanted = [[everybody], [{0, 1}], [set(range(6))]]
    assert robust(wanted, range(12), below=3) == [0, 2]


def test_sums_that_go_together_are_kept_together_or_not_at_all() -> None:
    everybody = set(range(12))
    assert robust([[everybody], [set(range(6)), {6, 7}]], range(12), below=3) == [0]


def test_a_part_and_its_small_rest_never_show_with_the_whole() -> None:
    assert robust([[set(range(12))], [set(range(10))]], range(12), below=3) == [0]


def test_many_contributions_of_two_people_are_those_of_two_people() -> None:
    people = ["ana", "bob"] * 10 + ["eve", "kim", "lou", "max", "zoe"] * 4
    assert robust([[set(range(40))], [set(range(20))]], people, below=3) == [0]


def test_ways_that_cross_finely_are_kept_where_people_are_many() -> None:
    ways = [
        [{at for at in range(300) if at // step % 3 == value} for value in range(3)] for step in (1, 3, 9)
    ]
    assert robust([[set(range(300))], *ways], range(300), below=5) == [0, 1, 2, 3]


def test_three_ways_that_tell_one_person_are_not_all_kept() -> None:
    sums = [{0, 1, 2, 3, 4}, {3, 4, 5, 6, 7}, set(range(8))]
    kept = robust([[one] for one in sums], range(8), below=3)
    assert len(kept) < 3


def test_a_floor_of_one_protects_nobody() -> None:
    with pytest.raises(ValueError, match="protects nobody"):
        robust([], [], below=1)
