"""Words told apart by their work in the sentence: what cuts it, what turns it round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from visavis.text.folding import fold_word, fold_words
from visavis.text.languages import CONTRAST_PAIRS, CONTRASTS, NEGATORS, SHORTHAND
from visavis.text.tokens import Flags, Ints, Tokens

NEGATION_REACH: Final = 4
#: Words that open a phrase without ending a negation.
JOINTS: Final = frozenset({"et", "and"})
COMMA, FULL_STOP = 1, 2
#: What a word may do, one bit each; above them, the pairs that it opens, then those that it ends.
_CONTRASTS, _NEGATES, _JOINS, _WORKS = 1, 2, 4, 3

_LEFT: Final = {left: 0 for left, _ in CONTRAST_PAIRS}
_RIGHT: Final = {right: 0 for _, right in CONTRAST_PAIRS}
for _bit, (_one, _two) in enumerate(CONTRAST_PAIRS):
    _LEFT[_one] |= 1 << _bit
    _RIGHT[_two] |= 1 << _bit
_EVERY_PAIR: Final = (1 << len(CONTRAST_PAIRS)) - 1


def shape(word: str) -> str:
    """The one spelling under which the engine knows ``word``: folded, shorthand written out."""
    folded = fold_word(word)
    return SHORTHAND.get(folded, folded)


def shapes_of(words: list[str]) -> list[str]:
    """``shape`` of each word."""
    return [SHORTHAND.get(folded, folded) for folded in fold_words(words)]


def work(shape: str) -> int:
    """What a word does to the clauses around it, as bits; 0 for most."""
    alone = (shape in CONTRASTS) * _CONTRASTS + (shape in NEGATORS) * _NEGATES + (shape in JOINTS) * _JOINS
    return alone | (_LEFT.get(shape, 0) | _RIGHT.get(shape, 0) << len(CONTRAST_PAIRS)) << _WORKS


def cut(gap: str) -> int:
    """How much ``gap`` separates: 0 not at all, 1 like a comma, 2 like a full stop."""
    if gap in {"", " ", "'", "’"}:
        return 0
    if any(mark in gap for mark in ".!?;:\n…•|"):
        return FULL_STOP
    return COMMA if any(mark in gap for mark in ',()[]«»"/–—') or " - " in gap else 0


@dataclass(frozen=True, slots=True)
class Clauses:
    """For each word of a batch: its clause (numbered over the batch), its phrase, whether it is negated.

    ``paired``: whether it opens a contrast in two words, such as "par contre".
    """

    clause: Ints
    phrase: Ints
    negated: Flags
    paired: Flags


def divide(tokens: Tokens, works: Ints) -> Clauses:
    """Cut a batch into clauses (full stops, contrasts) and phrases (commas, "et"); find what is negated.

    Args:
        tokens: the words of a batch.
        works: ``work`` of each different word.
    """
    does = works[tokens.word]
    cuts = np.fromiter(map(cut, tokens.gaps), np.int64, len(tokens.gaps))[tokens.gap]
    cuts[tokens.first[:-1][tokens.first[:-1] < len(cuts)]] = FULL_STOP
    contrast = (does & _CONTRASTS) != 0
    paired = np.zeros_like(contrast)
    paired[:-1] = _pairs(does >> _WORKS) & (cuts[1:] < FULL_STOP)
    contrast |= paired
    breath = np.cumsum((cuts > 0) | contrast, dtype=np.int64)
    clause = np.cumsum((cuts == FULL_STOP) | contrast, dtype=np.int64)
    return Clauses(
        clause, breath + np.cumsum((does & _JOINS) != 0), _reach((does & _NEGATES) != 0, breath), paired
    )


def _pairs(sides: Ints) -> Flags:
    """Whether a word and the next one make a contrast together."""
    together: Flags = (sides[:-1] & (sides[1:] >> len(CONTRAST_PAIRS)) & _EVERY_PAIR) != 0
    return together


def _reach(negator: Flags, breath: Ints) -> Flags:
    """Words that stand within reach of a negator, said in one breath with it."""
    negated = np.zeros_like(negator)
    for step in range(1, NEGATION_REACH + 1):
        negated[step:] |= negator[:-step] & (breath[step:] == breath[:-step])
    return negated
