"""Words met lately: what is remembered of them is what would be worked out anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.text.clauses import shape, shapes_of
from visavis.text.patterns import Classes, Rule, Sieve
from visavis.text.polarity import parse
from visavis.text.tokens import WORD, Ints, tokenize
from visavis.text.vocabulary import Column, Vocabulary

LETTERS = st.text(st.sampled_from("aeàÉ_1²ß\u0301 .!\n'😡👍☎❶İΣς\ud800\x1f"), max_size=12)


def lengths(shapes: list[str]) -> Ints:
    return np.array([len(shape) for shape in shapes], np.int64)


@given(st.lists(LETTERS | st.text(max_size=12), max_size=6))
@settings(max_examples=200, deadline=None)
def test_texts_are_cut_as_the_expression_says(texts: list[str]) -> None:
    tokens = tokenize(texts)
    for number, text in enumerate(texts):
        words = slice(int(tokens.first[number]), int(tokens.first[number + 1]))
        gaps = [tokens.gaps[gap] for gap in (*tokens.gap[words], tokens.tail[number])]
        assert [tokens.words[word] for word in tokens.word[words]] == WORD.split(text)[1::2]
        assert gaps == WORD.split(text)[::2]


@given(st.lists(LETTERS | st.text(max_size=12), max_size=8))
@settings(max_examples=200, deadline=None)
def test_words_take_the_same_shape_alone_and_together(texts: list[str]) -> None:
    words = tokenize(texts).words
    assert shapes_of(words) == [shape(word) for word in words]


def test_what_is_met_most_often_outlives_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vocabulary, "LIMIT", 6)
    full, column = Vocabulary(), Column()
    full.look_up(["délai", "DÉLAI", "nul", "bof", "ras"])
    assert full.look_up(["délai", "nul"]).ask(column, lengths).tolist() == [5, 3]
    short = full.shortened()
    assert (len(full), len(short)) == (5, 2)
    known = short.look_up(["Délai", "aimable", "nul"])
    assert known.shapes == ["delai", "aimable", "nul"]
    assert known.ask(column, lengths).tolist() == [5, 7, 3]


def test_more_rules_than_fit_in_a_number_are_all_tried() -> None:
    words = {f"w{number}": f"mot{number}" for number in range(50)}
    names = {(name, twice): (Rule(name, 1, times=1 + twice),) for name in words for twice in (False, True)}
    said = Sieve(Classes(words), names).found(parse(["mot49", "mot3 et mot3", "rien"]))
    heard = [{name for name, flag in zip(names, row, strict=True) if flag} for row in said]
    assert heard == [{("w49", False)}, {("w3", False), ("w3", True)}, set()]
