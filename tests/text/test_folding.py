"""Folding, for the model and for the search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.text import fold, fold_with_offsets
from visavis.text.folding import fold_word
from visavis.text.tokens import tokenize

TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Très  DÉÇU\n", "tres decu"),
        ("cœur, ægide, straße", "coeur, aegide, strasse"),
        ("l’accueil", "l'accueil"),
        ("e\u0301te\u0301", "ete"),
        ("À bientôt\u00a0!", "a bientot !"),
        ("", ""),
    ],
)
def test_texts_fold_as_a_reader_would_search_them(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("aàÀ œ\t\u00a0e\u0301éZ’", max_size=30))
def test_offsets_lead_back_to_the_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    for place, character in enumerate(folded):
        assert character == " " or character in fold(text[offsets[place]])


def test_words_that_sound_alike_fold_alike() -> None:
    assert fold_word("Nuuuul") == fold_word("nul")
    assert fold_word("12") == fold_word("2024")


@given(st.lists(TEXT, max_size=6))
def test_words_know_where_they_stood(texts: list[str]) -> None:
    tokens = tokenize(texts)
    for text, word, start, end in zip(tokens.text, tokens.word, tokens.start, tokens.end, strict=True):
        assert texts[text][start:end] == tokens.words[word]
