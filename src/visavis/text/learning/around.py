"""What corrections teach of texts that nobody corrected, but that mean alike: carried over to their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from visavis.text.learning.evidence import Doubles, Evidence, gather
from visavis.text.learning.posterior import Prior, folds, moved, no_worse, pulls
from visavis.text.meaning import Vectors, embed
from visavis.text.meaning.tone import tone_of
from visavis.text.tokens import Flags
from visavis.text.weights import Line, Weights

#: Of more texts than this, corrected ones among them, the first that nobody corrected are taken.
MOST: Final = 2_000
#: Variance granted to what a text of length one says in words, then to what it means.
WORDS: Final = 10.0
MEANING: Final = 5.0
#: How far the meaning of a text is believed before any correction, beside its words, and its most log-odds.
BELIEVED: Final = 0.4
SUREST: Final = 3.0
#: Variance of what the words of a text cannot follow of what was found of it.
UNTOLD: Final = 1.0


class Around(NamedTuple):
    """Texts of the company that nobody corrected, and what each means."""

    texts: list[str]
    vectors: Vectors


def surroundings(texts: Sequence[str]) -> Around:
    """Find what texts mean: some 250 a second and core.

    Args:
        texts: what the company's customers wrote, the most telling first, none of them corrected.
    """
    return Around(list(texts[:MOST]), embed(texts[:MOST]))


def carry(
    texts: Sequence[str], answers: Doubles, weight: Doubles, weights: Weights, near: Around
) -> tuple[Evidence, Doubles, Line] | None:
    """Learn from answers, and tell the words of the texts around them what their meaning is worth.

    The most probable tone of every text is found from the answers, near what its words and its meaning said
    beforehand (a Gaussian process over both likenesses); the change of the weights is the one that follows
    it best.

    Args:
        texts: customers' texts that a person read.
        answers: 0 or 1: whether the author of each is content.
        weight: how much each answer counts; 1 on average.
        weights: the model to be changed.
        near: texts of the same company and language.

    Returns:
        The n-grams, the change of each and the line that follows; ``None`` if what was learnt so predicts
        corrections kept aside worse than ``weights`` do.

    Sources:
        C. E. Rasmussen and C. K. I. Williams (2006), Gaussian Processes for Machine Learning, 3.1 and 2.2;
        A. Blum and T. Mitchell (1998), "Combining labeled and unlabeled data with co-training", COLT.
    """
    left = max(0, MOST - len(texts))
    vectors = np.concatenate((embed(texts), near.vectors[:left]))
    view = _View.of(gather([*texts, *near.texts[:left]], weights), vectors)
    told = np.arange(len(view.first)) < len(texts)
    if not no_worse(view.kept_aside(answers, weight), view.evidence.lean[told], answers, weight):
        return None
    lean = view.evidence.lean
    move = view.found(told, np.ones(len(lean), np.bool_), answers, weight) - lean
    covariance = Prior(WORDS).covariance(view.likeness, lean, lean)
    pull = np.linalg.solve(covariance + UNTOLD * np.eye(len(move)), move).astype(np.float64)
    return view.evidence, *moved(view.evidence, pull, WORDS, weights.whole.slope)


@dataclass(frozen=True, slots=True)
class _View:
    """Texts, corrected ones first: how alike their words and their meanings are, what both say beforehand."""

    evidence: Evidence
    first: Doubles
    likeness: Doubles
    nearness: Doubles

    @classmethod
    def of(cls, evidence: Evidence, vectors: Vectors) -> _View:
        eased = evidence.cells.multiply(evidence.ease).tocsr()
        apart = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
        apart /= np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
        first = evidence.lean + BELIEVED * np.clip(tone_of(vectors), -SUREST, SUREST)
        return cls(evidence, first, (eased @ eased.T).toarray(), apart @ apart.T)

    def found(self, told: Flags, asked: Flags, answers: Doubles, weight: Doubles) -> Doubles:
        """The most probable log-odds of the texts asked about, from the answers to those told."""
        pull = pulls(self._covariance(told, told), self.first[told], answers, weight)
        answer: Doubles = self.first[asked] + self._covariance(asked, told) @ pull
        return answer

    def _covariance(self, rows: Flags, columns: Flags) -> Doubles:
        lean, cells = self.evidence.lean, np.ix_(rows, columns)
        words = Prior(WORDS).covariance(self.likeness[cells], lean[rows], lean[columns])
        return words + MEANING * self.nearness[cells]

    def kept_aside(self, answers: Doubles, weight: Doubles) -> Doubles:
        """Log-odds of each corrected text, learnt from the other folds."""
        lean = np.zeros(len(answers))
        for aside in folds(len(answers)):
            asked, told = np.zeros((2, len(self.first)), np.bool_)
            asked[: len(answers)], told[: len(answers)] = aside, ~aside
            lean[aside] = self.found(told, asked, answers[~aside], weight[~aside])
        return lean
