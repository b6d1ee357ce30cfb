"""Vectors of texts: alike for what says alike, one a text whatever the text."""

from __future__ import annotations

import numpy as np

from visavis.text.meaning import SIZE, embed


def test_what_says_alike_lies_near_in_any_words_or_language() -> None:
    late, alike, other, english = embed(
        [
            "J’attends mon remboursement depuis deux mois.",
            "Toujours pas payé après huit semaines.",
            "L’hôtesse d’accueil est charmante.",
            "I have been waiting for my refund for two months.",
        ]
    )
    assert late @ alike > late @ other + 0.1
    assert late @ english > 0.6


def test_any_text_has_a_vector_of_length_one_but_empty_ones() -> None:
    texts = ["", " \n", "déçu \ud800 \udfff", "\x00", "😡" * 300, "mot " * 9_000]
    lengths = np.linalg.norm(embed(texts), axis=1)
    assert embed([]).shape == (0, SIZE)
    assert lengths[:2].tolist() == [0, 0]
    assert np.allclose(lengths[2:], 1, atol=1e-4)
