"""Most probable change of a trained model after a few answers: a Gaussian process on its log-odds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from visavis.text.learning.evidence import Doubles, Evidence
from visavis.text.tokens import Flags
from visavis.text.weights import Line

#: Standard deviations, before any answer, of the slope (around 1) and of the shift (around 0).
SLOPE, SHIFT = 0.25, 0.7
#: Standard errors by which learning must do worse on what was kept aside before it is given up: most of that
#: is doubtful texts, where it shows least.
DOUBT: Final = 0.5
FOLDS: Final = 10
_SEED: Final = 5
_STEEP: Final = 0.2
_STEPS: Final = 50
_SETTLED: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Prior:
    """How far answers may move the model: ``strength`` is the variance granted to a text of length one."""

    strength: float

    def covariance(self, likeness: Doubles, rows: Doubles, columns: Doubles) -> Doubles:
        """Covariance of the changes in log-odds of two lists of texts.

        Args:
            likeness: how like they are, (rows, columns).
            rows: log-odds of the first by the trained model.
            columns: those of the second.
        """
        return self.strength * likeness + SLOPE**2 * np.outer(rows, columns) + SHIFT**2


def pulls(covariance: Doubles, lean: Doubles, content: Doubles, weight: Doubles) -> Doubles:
    """How hard each answer pulls, at the most probable change: ``covariance @ pulls`` is that change.

    Newton's steps on the logarithm of the posterior, which is concave.

    Args:
        covariance: of the changes, before any answer.
        lean: log-odds by the trained model.
        content: the answers, 0 or 1, or between for a teacher who is not sure.
        weight: how much each answer counts.

    Source:
        C. E. Rasmussen and C. K. I. Williams (2006), Gaussian Processes for Machine Learning, algorithm 3.1.
    """
    pull: Doubles = np.zeros(len(lean))
    for _ in range(_STEPS):
        chance = sigmoid(lean + covariance @ pull)
        bend = np.maximum(weight * chance * (1 - chance), 1e-9)
        target = covariance @ pull + weight * (content - chance) / bend
        new = np.linalg.solve(covariance + np.diag(1 / bend), target).astype(np.float64)
        settled = bool(np.abs(new - pull).max() < _SETTLED)
        pull = new
        if settled:
            break
    return pull


def sigmoid(lean: Doubles) -> Doubles:
    """Chances from log-odds."""
    answer: Doubles = 1 / (1 + np.exp(-np.clip(lean, -30, 30)))
    return answer


def surprise(lean: Doubles, content: Doubles) -> Doubles:
    """How surprising each answer is, in nats: minus the logarithm of the chance that it was given."""
    answer: Doubles = content * np.logaddexp(0, -lean) + (1 - content) * np.logaddexp(0, lean)
    return answer


def folds(size: int) -> list[Flags]:
    """Which of ``size`` answers each fold keeps aside."""
    fold = np.random.default_rng(_SEED).permutation(size) % FOLDS
    return [fold == number for number in range(FOLDS)]


def no_worse(after: Doubles, before: Doubles, content: Doubles, weight: Doubles) -> bool:
    """Whether answers kept aside surprise no more after learning than before, doubt allowed for.

    Args:
        after: log-odds of each text, learnt from others.
        before: those of the shipped model.
        content: the answers.
        weight: how much each answer counts.
    """
    worse = weight * (surprise(after, content) - surprise(before, content))
    return bool(worse.sum() <= DOUBT * worse.std() * len(worse) ** 0.5)


def moved(evidence: Evidence, pull: Doubles, strength: float, slope: float) -> tuple[Doubles, Line]:
    """The change of each weight, and the line that follows.

    Args:
        evidence: the texts that pull.
        pull: how hard each does.
        strength: of the prior.
        slope: that of the shipped calibration, through which a weight becomes log-odds.
    """
    steep = max(_STEEP, 1 + SLOPE**2 * float(evidence.lean @ pull))
    change = strength * evidence.ease**2 * (evidence.cells.T @ pull)
    return change / (slope * steep), Line(steep, SHIFT**2 * float(pull.sum()))
