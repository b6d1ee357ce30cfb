"""From raw scores to what is said of a text: positive, negative, mixed, neutral, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from visavis.core.words import Polarity
from visavis.text.patterns import Classes
from visavis.text.polarity import Parsed, Tone
from visavis.text.tokens import Flags, Ints
from visavis.text.weights import Line, Reals, Weights

#: A clause with less than this in known n-grams says nothing by itself (about two common words).
CLAUSE_MASS: Final = 60.0
#: Probabilities nearer to one half than this are not told.
ABSTAIN: Final = 0.1
#: In a neutral text no clause leans further than this, and no word pushes harder.
CALM_CLAUSE, CALM_WORD = 0.8, 1.25
_BOUND: Final = 9.0

#: Words that turn a text round, that hold praise back, that praise, that blame, whatever the trade.
TURNS: Final = {
    "turn": "mais but however cependant toutefois pourtant neanmoins",
    "save": """
        sauf excepte hormis exception bemol dommage seul seule malheureusement helas regret regrettable
        inconvenient defaut reproche malgre certes quoique contre revanche sinon except unfortunately
        despite although though
    """,
    "mild": "peu assez plutot moyen correct trop manque perfectible ameliorer little quite rather",
    "good": """
        bien bon bonne tres excellent super parfait agreable sympa gentil rapide merci satisfait good
        great nice
    """,
    "bad": """
        trop cher chere lent lente long longue petit petite bruyant eleve elevee manque difficile decu
        mauvais mauvaise attente augmentation complique expensive slow
    """,
}
#: What each trait adds to the log-odds that a text is mixed, in the order of ``_traits``: fitted on sentences
#: and reviews labelled so, held out of the model of tone (``benchmarks/mixed.py``).
PULLS: Final = np.array(
    [
        0.024,
        -0.249,
        0.01,
        0.013,
        -0.054,
        0.219,
        -0.034,
        0.155,
        0.05,
        0.239,
        0.037,
        0.088,
        0.333,
        0.275,
        0.154,
        2.655,
        0.223,
        -0.053,
        2.319,
    ],
    np.float32,
)
#: Log-odds that make a text without traits mixed, less those beyond which it is called so.
START: Final = -2.362
_MOST: Final = 3
#: Words of a text that halve what a turn says.
_FEW: Final = 15
_CLASSES: Final = Classes(TURNS)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One entry a text.

    ``content``: probability that its author is content; ``whole``: the same in log-odds; ``calm``: no clause
    and no word of it leans far; ``clash``: how clearly it praises and blames, above zero where it is mixed.
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


def judge(parsed: Parsed, tone: Tone, weights: Weights) -> Verdicts:
    """Judge each text of a batch, by itself and by its clauses."""
    whole = leanings(tone.score, weights.whole)
    lean = leanings(tone.clause_score, weights.clause)
    telling = tone.clause_mass >= CLAUSE_MASS
    best, worst = _extremes(tone.clause_text[telling], lean[telling], len(whole))
    calm = np.ones(len(whole), np.bool_)
    calm[tone.word_text[np.abs(tone.push) >= CALM_WORD]] = False
    lean *= np.minimum(1, tone.clause_mass / CLAUSE_MASS)
    several = np.bincount(parsed.tokens.text[_opens(parsed)], minlength=len(whole)) > 1
    clash = traits(parsed, tone.clause_text, lean, whole, tone.push * weights.clause.slope) @ PULLS + START
    return Verdicts(
        content=weights.whole.probability(tone.score).tolist(),
        whole=whole.tolist(),
        calm=(calm & (np.maximum(best, -worst) < CALM_CLAUSE)).tolist(),
        clash=clash.tolist(),
        mixed=((clash > 0) & several).tolist(),
    )


def traits(parsed: Parsed, clause_text: Ints, lean: Reals, whole: Reals, push: Reals) -> Reals:
    """What tells a mixed text.

    Args:
        parsed: the batch.
        clause_text: the text of each clause.
        lean: log-odds of each clause.
        whole: log-odds of each text.
        push: what each word adds, in log-odds.

    Returns:
        (texts, traits): how the text leans, how far; its best clause, its worst, and the weaker of the two;
        length; the weaker of its best and worst phrase, and of its best and worst word; the widest swing from
        one clause to the next; contrasts in two words; words of each class of ``TURNS``; then, counting the
        more the shorter the text: that something turns it round, the same times its best and its worst
        clause, and the weaker of its best and worst phrase and word.
    """
    text, size = parsed.tokens.text, parsed.tokens.size
    best, worst = _extremes(clause_text, lean, size)
    phrase = parsed.clauses.phrase - parsed.clauses.phrase[:1]
    phrase_text = np.zeros(int(phrase[-1]) + 1 if len(phrase) else 0, np.int64)
    phrase_text[phrase] = text
    fine, foul = _extremes(phrase_text, np.bincount(phrase, push).astype(np.float32), size)
    kind, unkind = _extremes(text, push, size)
    bits = _CLASSES.of(parsed)
    classes = (bits & _CLASSES.bit(name) != 0 for name in TURNS)
    said = [np.bincount(text[one], minlength=size) for one in (parsed.clauses.paired, *classes)]
    columns = (
        *(
            whole,
            np.abs(whole),
            best,
            -worst,
            np.minimum(best, -worst),
            np.log1p(np.diff(parsed.tokens.first)),
        ),
        *(np.minimum(fine, -foul), np.minimum(kind, -unkind), _swing(clause_text, lean, size)),
        *(np.minimum(count, _MOST) for count in said),
    )
    answer: Reals = np.stack(columns, axis=1).astype(np.float32)
    return np.concatenate((answer, _brief(answer, np.diff(parsed.tokens.first))), axis=1)


def _brief(seen: Reals, words: Ints) -> Reals:
    """What a turn says in few words: after "mais", in a short text, minds rarely stay the same."""
    short = 1 / (1 + words / _FEW)
    turned = (seen[:, 9:12] > 0).any(axis=1) * short
    _, _, best, worst, _, _, phrase, word = np.minimum(seen[:, :8], _MOST).T
    columns = (turned, turned * best, turned * worst, short * np.minimum(phrase, word))
    answer: Reals = np.stack(columns, axis=1).astype(np.float32)
    return answer


def _opens(parsed: Parsed) -> Flags:
    """The words that open a phrase: a text of one phrase makes one point."""
    opens = np.ones(len(parsed.clauses.phrase), np.bool_)
    opens[1:] = np.diff(parsed.clauses.phrase) > 0
    return opens


def _swing(clause_text: Ints, lean: Reals, size: int) -> Reals:
    """The widest step from one clause of a text to the next."""
    answer = np.zeros(size, np.float32)
    together = clause_text[1:] == clause_text[:-1]
    np.maximum.at(answer, clause_text[1:][together], np.abs(np.diff(lean))[together])
    return answer


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
        mixed: whether it praises and blames clearly.
        calm: whether nothing in it leans far.
    """
    if mixed:
        return Polarity.MIXED
    if abs(content - 0.5) >= ABSTAIN:
        return Polarity.POSITIVE if content > 0.5 else Polarity.NEGATIVE
    return Polarity.NEUTRAL if calm else None
