"""Groups of texts that say alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.text import discover
from visavis.text.meaning import Vectors
from visavis.text.themes.discovery import steadiest, telling_words

WORDS = ("parking", "ascenseur", "cantine", "vestiaire")


def heap(size: int, groups: int, seed: int = 1) -> tuple[list[str], Vectors]:
    """Texts of ``groups`` kinds, whose vectors lie around as many corners."""
    chance = np.random.default_rng(seed)
    own = np.arange(size) % groups
    texts = [f"Le {WORDS[one % 4]} est encore fermé depuis lundi" for one in own]
    rows = np.eye(512, dtype=np.float32)[own] + chance.normal(0, 0.02, (size, 512)).astype(np.float32)
    return texts, rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_texts_that_say_alike_come_together_under_their_own_word() -> None:
    texts, rows = heap(120, 4)
    found = discover(texts, rows, k=4)
    assert [one.size for one in found] == [30, 30, 30, 30]
    assert {one.words[0] for one in found} == set(WORDS)
    for one in found:
        assert len({texts[place] for place in one.members}) == 1
        assert set(one.examples) < set(one.members)
        assert 0.5 < one.cohesion <= 1


def test_the_number_of_groups_is_the_one_on_which_halves_agree() -> None:
    assert steadiest(heap(200, 4)[1], seed=0) == 4
    assert len(discover(*heap(200, 4))) == 4


def test_the_same_seed_gives_the_same_groups() -> None:
    texts, rows = heap(80, 4)
    assert discover(texts, rows, seed=3) == discover(texts, rows, seed=3)


def test_few_or_empty_texts_make_no_groups() -> None:
    assert discover([], np.zeros((0, 512), np.float32)) == []
    assert discover([""] * 50, np.zeros((50, 512), np.float32)) == []
    assert discover(*heap(19, 2)) == []


@pytest.mark.parametrize(("rows", "k"), [(3, 2), (30, 0)])
def test_what_makes_no_sense_is_refused(rows: int, k: int) -> None:
    with pytest.raises(ValueError, match="needed"):
        discover(["texte"] * 30, np.ones((rows, 512), np.float32), k=k)


@settings(max_examples=10, deadline=None)
@given(st.integers(20, 60), st.integers(1, 8))
def test_nobody_is_in_two_groups_and_small_groups_are_left_out(size: int, k: int) -> None:
    found = discover(*heap(size, 4), k=k)
    members = [place for one in found for place in one.members]
    assert len(members) == len(set(members)) <= size
    assert all(one.size >= 3 for one in found)


def test_telling_words_leave_out_what_everyone_says() -> None:
    texts = ["le parking est plein", "le parking encore", "la cantine est pleine", "la cantine ferme"]
    assert telling_words(texts, np.array([0, 0, 1, 1]), 2) == [("parking",), ("cantine",)]
