"""From raw scores to what is said of a text: positive, negative, mixed, neutral, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from visavis.core.words import Polarity
from visavis.text.polarity import Tone
from visavis.text.tokens import Ints
from visavis.text.weights import Line, Reals, Weights

#: A clause with less than this in known n-grams says nothing by itself (about two common words).
CLAUSE_MASS: Final = 60.0
#: How far, in log-odds, a clause must lean each way for a text to be mixed, and how much a text as a whole
#: that leans one way holds that back. Chosen on M-ABSA sentences and the gold set, held out of training.
CLASH: Final = 0.9
DRAG: Final = 0.1
#: Probabilities nearer to one half than this are not told.
ABSTAIN: Final = 0.1
#: In a neutral text no clause leans further than this, and no word pushes harder.
CALM_CLAUSE, CALM_WORD = 0.8, 1.25
_BOUND: Final = 9.0


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One entry a text.

    ``content``: probability that its author is content; ``whole``: the same in log-odds; ``calm``: no clause
    and no word of it leans far; ``clash``: how far its clauses disagree, in log-odds.
    """

    content: list[float]
    whole: list[float]
    calm: list[bool]
    clash: list[float]
    mixed: list[bool]


def leanings(score: Reals, line: Line) -> Reals:
    """Calibrated log-odds, bounded."""
    answer: Reals = np.clip(line.slope * score + line.shift, -_BOUND, _BOUND).astype(np.float32)
    return answer


def judge(tone: Tone, weights: Weights) -> Verdicts:
    """Judge each text of a batch, by itself and by its clauses."""
    whole = leanings(tone.score, weights.whole)
    telling = tone.clause_mass >= CLAUSE_MASS
    lean = leanings(tone.clause_score, weights.clause)[telling]
    best, worst = _extremes(tone.clause_text[telling], lean, len(whole))
    calm = np.ones(len(whole), np.bool_)
    calm[tone.word_text[np.abs(tone.push) >= CALM_WORD]] = False
    clash = (np.minimum(best, -worst) - DRAG * np.abs(whole)).astype(np.float32)
    return Verdicts(
        content=weights.whole.probability(tone.score).tolist(),
        whole=whole.tolist(),
        calm=(calm & (np.maximum(best, -worst) < CALM_CLAUSE)).tolist(),
        clash=clash.tolist(),
        mixed=(clash > CLASH).tolist(),
    )


def _extremes(text: Ints, lean: Reals, size: int) -> tuple[Reals, Reals]:
    """The highest and the lowest leaning of each text, never across zero."""
    best, worst = np.zeros(size, np.float32), np.zeros(size, np.float32)
    np.maximum.at(best, text, lean)
    np.minimum.at(worst, text, lean)
    return best, worst


def polarity_of(content: float, *, mixed: bool, calm: bool) -> Polarity | None:
    """Name the tone of a text, or nothing when it is too close to call.

    Args:
        content: probability (0 to 1) that its author is content.
        mixed: whether clauses of it lean clearly both ways.
        calm: whether nothing in it leans far.
    """
    if mixed:
        return Polarity.MIXED
    if abs(content - 0.5) >= ABSTAIN:
        return Polarity.POSITIVE if content > 0.5 else Polarity.NEGATIVE
    return Polarity.NEUTRAL if calm else None
