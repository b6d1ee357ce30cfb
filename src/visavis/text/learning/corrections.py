"""Learning an adaptation from corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from visavis.text.learning.adaptation import Adaptation
from visavis.text.learning.around import WORDS, Around, carry
from visavis.text.learning.evidence import Doubles, Evidence, gather
from visavis.text.learning.posterior import Prior, folds, moved, no_worse, pulls
from visavis.text.tokens import Flags
from visavis.text.weights import LANGUAGES, Line, Weights, shipped

#: How far the weights may go, the furthest first: a weaker one is taken only where a stronger one fails.
STRENGTHS: Final = (10.0, 3.0, 0.0)
#: A text that chance chose stands for all others, one that was doubtful for few: how much more it counts.
CHANCE_WEIGHS: Final = 2.0
#: Of more corrections than this the last ones are learnt from.
MOST_TEXTS: Final = 3_000
#: Under this many, folds would be too small to prove anything.
LEAST_TEXTS: Final = 10


def adapt(
    texts: Sequence[str],
    contents: Sequence[bool],
    *,
    language: str,
    at_random: Sequence[bool] | None = None,
    near: Around | None = None,
) -> Adaptation:
    """Learn from a company's corrections.

    The most probable change of the shipped model is found (weights, slope and shift together, each held
    near what was shipped), with the greatest strength that predicts corrections kept aside no worse than
    the shipped model does. If none does, or there are fewer than ``LEAST_TEXTS``, nothing is changed.
    With texts of the same company that nobody corrected, what was learnt is first carried to those that mean
    alike (see ``carry``), if that predicts corrections kept aside no worse either.

    Args:
        texts: customers' texts that a person read, in one language, the oldest first.
        contents: whether the author of each is content; leave mixed and neutral texts out.
        language: the language of the texts ("fr", "en").
        at_random: which of them chance chose (``Proposal.at_random``); none given: all.
        near: other texts of the company in that language, none of them in ``texts``.

    Returns:
        An ``Adaptation``. The same corrections always give the same one.

    Raises:
        ValueError: if lengths differ, or there are no weights for the language.
    """
    drawn = [True] * len(texts) if at_random is None else list(at_random)
    if language not in LANGUAGES or not len(texts) == len(contents) == len(drawn):
        raise ValueError(f"impossible corrections: {len(texts)} texts, {len(contents)} answers, {language!r}")
    weights, answers, weight = shipped(language), np.array(contents, np.float64), _weights(drawn)
    if near is not None and len(near.texts) and len(texts) >= LEAST_TEXTS:
        last = slice(-MOST_TEXTS, None)
        found = carry(texts[last], answers[last], weight[last], weights, near)
        if found is not None:
            return _adaptation(language, *found, corrections=len(texts), strength=WORDS)
    return learn(texts, answers, weight, weights, language)


def learn(
    texts: Sequence[str], chances: Doubles, weight: Doubles, weights: Weights, language: str
) -> Adaptation:
    """Learn from answers, sure or not.

    Args:
        texts: customers' texts, the oldest first; of more than ``MOST_TEXTS`` the last ones are used.
        chances: 0 to 1: whether, or how probably, the author of each is content.
        weight: how much each answer counts; 1 on average.
        weights: the model to be changed, that of ``language``.
        language: the language of the texts.
    """
    taught = len(texts)
    if taught < LEAST_TEXTS:
        return _unchanged(language, taught)
    evidence = gather(texts[-MOST_TEXTS:], weights)
    lesson = _Lesson(evidence, chances[-MOST_TEXTS:], weight[-MOST_TEXTS:])
    strength = lesson.strength()
    if strength is None:
        return _unchanged(language, taught)
    changes = lesson.learnt(strength, weights.whole.slope)
    return _adaptation(language, evidence, *changes, corrections=taught, strength=strength)


def _adaptation(
    language: str, evidence: Evidence, delta: Doubles, line: Line, *, corrections: int, strength: float
) -> Adaptation:
    order = np.argsort(evidence.numbers)
    order = order[delta[order] != 0]
    changed = evidence.numbers[order], delta[order].astype(np.float32)
    return Adaptation(language, *changed, line, corrections, strength)


def _unchanged(language: str, corrections: int) -> Adaptation:
    """An adaptation that leaves everything as it was shipped."""
    none = np.zeros(0, np.uint64)
    return Adaptation(language, none, none.astype(np.float32), Line(1.0, 0.0), corrections, 0.0)


def _weights(drawn: Sequence[bool]) -> Doubles:
    weights = np.where(drawn, CHANCE_WEIGHS, 1.0)
    answer: Doubles = weights / (weights.mean() if drawn else 1)
    return answer


class _Lesson:
    """Corrections, ready to be learnt from."""

    def __init__(self, evidence: Evidence, content: Doubles, weight: Doubles) -> None:
        self.evidence, self.content, self.weight = evidence, content, weight
        eased = evidence.cells.multiply(evidence.ease).tocsr()
        self.likeness: Doubles = (eased @ eased.T).toarray()

    def strength(self) -> float | None:
        """The greatest strength that does no worse on corrections kept aside."""
        tried = (
            one
            for one in STRENGTHS
            if no_worse(self._kept_aside(Prior(one)), self.evidence.lean, self.content, self.weight)
        )
        return next(tried, None)

    def _kept_aside(self, prior: Prior) -> Doubles:
        """Log-odds of each text, learnt from the other folds."""
        lean = self.evidence.lean.copy()
        for aside in folds(len(self.content)):
            pull = self._pulls(prior, ~aside)
            covariance = prior.covariance(
                self.likeness[np.ix_(aside, ~aside)], self.evidence.lean[aside], self.evidence.lean[~aside]
            )
            lean[aside] += covariance @ pull
        return lean

    def _pulls(self, prior: Prior, kept: Flags) -> Doubles:
        lean = self.evidence.lean[kept]
        covariance = prior.covariance(self.likeness[np.ix_(kept, kept)], lean, lean)
        return pulls(covariance, lean, self.content[kept], self.weight[kept])

    def learnt(self, strength: float, slope: float) -> tuple[Doubles, Line]:
        """The change of each weight, and the line that follows (see ``moved``)."""
        pull = self._pulls(Prior(strength), np.ones(len(self.content), np.bool_))
        return moved(self.evidence, pull, strength, slope)
