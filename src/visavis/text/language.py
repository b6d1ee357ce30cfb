"""Which language a text is in: French, English, or another."""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np

from visavis.text.languages import SMALL_WORDS
from visavis.text.polarity import Parsed
from visavis.text.tokens import Ints, Tokens
from visavis.text.weights import LANGUAGES, Reals, shipped

OTHER: Final = "other"
#: In the order of the columns below; the first wins a tie, French being what the product mostly hears.
CHOICES: Final = (*LANGUAGES, OTHER)

_VOTES: Final = {
    word: tuple(float(word in SMALL_WORDS[language]) for language in CHOICES)
    for word in frozenset().union(*SMALL_WORDS.values())
}
_SILENT: Final = (0.0, 0.0, 0.0)
_FOREIGN: Final = (0.0, 0.0, 2.0)
_MARGIN: Final = 0.5


def _vote(shape: str) -> tuple[float, float, float]:
    """What one word says: a small word votes for its languages, a word in another script for "other"."""
    if shape in _VOTES:
        return _VOTES[shape]  # type: ignore[return-value]
    if shape.isascii() or not shape[0].isalpha():
        return _SILENT
    return _SILENT if unicodedata.name(shape[0], "LATIN").startswith("LATIN") else _FOREIGN


def recognise(parsed: Parsed) -> Ints:
    """Find the language of each text of a batch.

    Args:
        parsed: the batch.

    Returns:
        For each text, its place in ``CHOICES``; an empty text counts as French.
    """
    votes = np.array([_vote(shape) for shape in parsed.shapes], np.float32).reshape(-1, len(CHOICES))
    total = _by_text(parsed.tokens, votes)
    ranked = np.sort(total, axis=1)
    unsure = ranked[:, -1] - ranked[:, -2] <= _MARGIN
    if unsure.any():
        known = np.stack([shipped(language).find(parsed.numbers) != 0 for language in LANGUAGES], axis=1)
        total[unsure, : len(LANGUAGES)] += _by_text(parsed.tokens, known.astype(np.float32))[unsure]
    answer: Ints = total.argmax(axis=1)
    return answer


def _by_text(tokens: Tokens, values: Reals) -> Reals:
    """Sum what the different words say over each text."""
    columns = [np.bincount(tokens.text, column, tokens.size) for column in values[tokens.word].T]
    return np.stack(columns, axis=1).astype(np.float32)
