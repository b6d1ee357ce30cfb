"""Pairs of words: neighbours, and words that say something with only small ones between them."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.text.grams import digest, pair
from visavis.text.polarity import parse


def paired(text: str, left: str, right: str) -> bool:
    words = np.array([digest(left), digest(right)], np.uint64)
    return int(pair(words[:1], words[1:])[0]) in parse([text]).grams.number.tolist()


@pytest.mark.parametrize(
    ("left", "right"), [("reponse", "rapide"), ("reponse", "est"), ("tres", "rapide"), ("la", "reponse")]
)
def test_pairs_step_over_small_words(left: str, right: str) -> None:
    assert paired("La réponse est très rapide et claire", left, right)


def test_two_small_words_make_no_pair_and_clauses_part_words() -> None:
    assert not paired("La réponse est très rapide", "est", "tres")
    assert not paired("Une réponse rapide et claire", "rapide", "claire")
    assert not paired("La réponse est rapide. Claire aussi", "rapide", "claire")


def test_each_pair_is_counted_once() -> None:
    numbers = parse(["Une réponse rapide"]).grams.number
    words = np.array([digest("reponse"), digest("rapide")], np.uint64)
    assert int((numbers == pair(words[:1], words[1:])[0]).sum()) == 1
