"""How strongly a customer's text is put."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from visavis.core.words import Polarity, Voice, must_be_customer
from visavis.text.feeling_words import FORCE
from visavis.text.patterns import Classes
from visavis.text.polarity import Parsed
from visavis.text.tokens import Flags
from visavis.text.weights import Reals

#: Tones that say nothing strongly.
UNJUDGED: Final = frozenset({None, Polarity.NEUTRAL})
#: What each trait adds to the log-odds that an insurer's customer gave the first or the last star rather than
#: one between: how far the text leans, the same if it blames, words that go far, that press, that soften,
#: exclamations or capitals, length (logarithm). Fitted on 3,923 reviews with stars, held out of the model.
PULLS: Final = np.array([0.141, 0.128, 0.328, 0.234, -0.235, 0.179, -0.176], np.float32)
#: Where 1, 2 and 3 end, chosen on one half of the gold set.
STEPS: Final = (-0.8, 0.28, 1.58)
#: What words that soften take away where no other presses.
HEDGE: Final = 0.5
#: What each word of who is moved adds to a content text: stars do not tell 5 from beyond 5.
MOVES: Final = 1.4
#: Most of each trait that counts.
_FARTHEST, _MOST = 6.0, 3
_CLASSES: Final = Classes(FORCE)
_KINDS: Final = tuple(_CLASSES.bit(name) for name in ("EXTREME", "PRESS", "SOFT"))
_MOVED: Final = _CLASSES.bit("MOVED")
_BANGS: Final = re.compile(r"!\s*!")
_CAPITALS: Final = re.compile(r"[A-ZÉÈÀÇ]{4}")
_SHOUTED: Final = re.compile(r"\b[A-ZÉÈÀÇ]{4,}\b")


def forces_of(parsed: Parsed, texts: Sequence[str], whole: Reals) -> Reals:
    """How much force each text of a batch is put with, on a scale without bounds.

    Args:
        parsed: the batch.
        texts: the same texts as they were written.
        whole: calibrated log-odds that the author of each is content.
    """
    bits, text, size = _CLASSES.of(parsed), parsed.tokens.text, parsed.tokens.size
    counts = [np.minimum(np.bincount(text[(bits & kind) != 0], minlength=size), _MOST) for kind in _KINDS]
    lean = np.clip(whole, -_FARTHEST, _FARTHEST)
    hedged = (counts[2] > 0) & (counts[0] + counts[1] == 0)
    traits = (
        np.abs(lean),
        np.maximum(-lean, 0),
        *counts,
        _shouts(parsed, texts),
        np.log1p(np.diff(parsed.tokens.first)),
    )
    force = np.stack(traits, axis=1).astype(np.float32) @ PULLS
    moved = np.minimum(np.bincount(text[(bits & _MOVED) != 0], minlength=size), _MOST)
    force += np.where(whole > 0, MOVES * moved, 0).astype(np.float32)
    answer: Reals = np.where(hedged & (moved == 0), np.minimum(force, STEPS[1]) - HEDGE, force)
    return answer


def _shouts(parsed: Parsed, texts: Sequence[str]) -> Flags:
    """Whether a text holds exclamations in a row, or a word in capitals."""
    tokens = parsed.tokens
    bangs = np.fromiter((_BANGS.search(gap) is not None for gap in tokens.gaps), np.bool_, len(tokens.gaps))
    capitals = (not word.islower() and _CAPITALS.search(word) is not None for word in tokens.words)
    tall = np.fromiter(capitals, np.bool_, len(tokens.words))
    answer = bangs[tokens.tail]
    answer[tokens.text[bangs[tokens.gap]]] = True
    for place in np.flatnonzero(tall[tokens.word] & ~answer[tokens.text]).tolist():
        text = tokens.text[place]
        found = _SHOUTED.search(texts[text], tokens.start[place], tokens.end[place])
        answer[text] |= found is not None
    return answer


def intensity_of(force: float, polarity: Polarity | None, *, voice: Voice) -> int:
    """How strongly a customer's text is put, from 0 (no judgement) and 1 (slight) to 4 (extreme).

    Args:
        force: what ``forces_of`` found.
        polarity: what was found of its tone.
        voice: whose words these are.

    Raises:
        EmployeeTextError: for employees' words.
    """
    must_be_customer(voice)
    if polarity in UNJUDGED:
        return 0
    return 1 + sum(force > step for step in STEPS)
