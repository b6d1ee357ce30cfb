"""Which language a text is in: French, English, or another."""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np

from visavis.text.languages import SMALL_WORDS
from visavis.text.polarity import Parsed
from visavis.text.tokens import Ints, Tokens
from visavis.text.vocabulary import Column
from visavis.text.weights import LANGUAGES, Reals, shipped

OTHER: Final = "other"
#: In the order of the columns below; the first wins a tie, French being what the product mostly hears.
CHOICES: Final = (*LANGUAGES, OTHER)

#: Each small word, by the languages it belongs to: one bit each, in the order of ``CHOICES``.
_SMALL: Final = {
    word: sum((word in SMALL_WORDS[language]) << bit for bit, language in enumerate(CHOICES))
    for word in frozenset().union(*SMALL_WORDS.values())
}
_FOREIGN: Final = 1 << len(CHOICES)
#: What each such number votes for: a small word for its languages, another script for "other".
_VOTES: Final = np.array(
    [[float(code >> bit & 1) for bit in range(len(CHOICES))] for code in range(_FOREIGN)] + [[0, 0, 2]],
    np.float32,
)
_MARGIN: Final = 0.5
_KINDS: Final = Column()


def _kind(shape: str) -> int:
    """The row of ``_VOTES`` of one word."""
    if shape.isascii() or not shape[0].isalpha():
        return _SMALL.get(shape, 0)
    return 0 if unicodedata.name(shape[0], "LATIN").startswith("LATIN") else _FOREIGN


def _kinds(shapes: list[str]) -> Ints:
    return np.fromiter(map(_kind, shapes), np.int64, len(shapes))


def recognise(parsed: Parsed) -> Ints:
    """Find the language of each text of a batch.

    Args:
        parsed: the batch.

    Returns:
        For each text, its place in ``CHOICES``; an empty text counts as French.
    """
    kinds = parsed.known.ask(_KINDS, _kinds)
    total = _by_text(parsed.tokens, _VOTES[kinds])
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
