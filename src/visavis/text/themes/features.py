"""What themes are recognised by in a text: its words, pairs of neighbours, and pieces of words."""

from __future__ import annotations

import numpy as np

from visavis.text.grams import Grams, letters, pair
from visavis.text.polarity import Parsed
from visavis.text.tokens import Ints


def words_of(parsed: Parsed) -> Grams:
    """Words and pairs of neighbours within a clause; ``at`` is the word of the batch that ends each."""
    one = parsed.numbers[parsed.tokens.word]
    close = np.flatnonzero(np.diff(parsed.clauses.clause) == 0)
    two = pair(one[:-1], one[1:])[close]
    places = np.arange(len(one))
    return Grams(np.concatenate((one, two)), np.concatenate((places, close + 1)))


def letters_of(parsed: Parsed) -> Grams:
    """Pieces of words; ``at`` is the shape of the batch that holds each."""
    return letters(parsed.shapes)


def held(parsed: Parsed, pieces: Grams) -> tuple[Grams, Ints]:
    """Pieces of shapes as pieces of the words that have these shapes, and the text of each."""
    order = np.argsort(pieces.at, kind="stable")
    counts = np.bincount(pieces.at, minlength=len(parsed.shapes))
    starts = np.cumsum(counts) - counts
    times = counts[parsed.tokens.word]
    word = np.repeat(np.arange(len(parsed.tokens.word)), times)
    step = np.arange(len(word)) - np.repeat(np.cumsum(times) - times, times)
    chosen = order[starts[parsed.tokens.word[word]] + step]
    return Grams(pieces.number[chosen], word), parsed.tokens.text[word]
