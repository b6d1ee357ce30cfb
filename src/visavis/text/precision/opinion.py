"""What a larger model says of a text, and what becomes of a reading that it looks at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from visavis.core.words import Polarity, Voice, must_be_customer
from visavis.text.learning import Adaptation
from visavis.text.learning.corrections import learn
from visavis.text.learning.evidence import Doubles, lean
from visavis.text.learning.posterior import sigmoid
from visavis.text.precision.vectors import Vectors, vectors
from visavis.text.reading import Reading
from visavis.text.verdict import polarity_of
from visavis.text.weights import LANGUAGES, shipped

#: Where the trained head stands.
HEAD: Final = Path(__file__).with_name("head.npz")
#: Follows the version of a reading that was reconsidered; changes whenever the head does.
MARK: Final = "e5.2"
#: A reading is never surer than this, whatever two models agree on.
_SUREST: Final = 0.999
#: Texts looked at between two words about how far it is.
_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Head:
    """How vectors become log-odds of content, and how those are put together with the first reading's.

    ``first`` and ``second`` weigh the log-odds of both, ``shift`` is added.
    """

    weight: Vectors
    bias: float
    first: float
    second: float
    shift: float

    def lean(self, rows: Vectors) -> Doubles:
        """Log-odds that the author of each text is content, by the larger model alone."""
        return rows.astype(np.float64) @ self.weight + self.bias

    def fused(self, first: Doubles, second: Doubles) -> Doubles:
        """Log-odds by both models together."""
        return self.first * first + self.second * second + self.shift


@cache
def head() -> Head:
    """The head that comes with the product."""
    with np.load(HEAD, allow_pickle=False) as file:
        bias, *fusion = file["lines"].tolist()
        return Head(file["weight"].astype(np.float32), bias, *fusion)


def second_opinion(texts: Sequence[str], *, voice: Voice) -> list[float]:
    """Say how probably each author is content, by the larger model alone.

    Args:
        texts: what customers wrote, in any language.
        voice: whose words these are.

    Returns:
        Chances, 0 to 1, in the same order.

    Raises:
        EmployeeTextError: for employees' words: nobody reads their feelings.
        PrecisionMissingError: without the extra ``visavis[precision]``.
    """
    must_be_customer(voice)
    answer: list[float] = sigmoid(head().lean(vectors(texts))).tolist()
    return answer


def reconsider(texts: Sequence[str], readings: Sequence[Reading], share: float = 0.2) -> list[Reading]:
    """Replace the tone of the least certain readings by what both models say together.

    Readings without a tone (employees' words, other languages) and mixed ones, whose two sides the larger
    model does not see, stay as they are; so do themes, signals and emotions.

    Args:
        texts: what was read.
        readings: what ``read`` said of them, in the same order.
        share: how many of the readings that have a tone are looked at again at most, 0 to 1.

    Returns:
        The readings in the same order; the version of those reconsidered ends with ``MARK``.

    Raises:
        ValueError: if there are not as many texts as readings, or ``share`` is none.
        PrecisionMissingError: without the extra ``visavis[precision]``.
    """
    if len(texts) != len(readings) or not 0 <= share <= 1:
        raise ValueError(f"impossible: {len(texts)} texts, {len(readings)} readings, a share of {share}")
    told = [place for place, one in enumerate(readings) if one.sentiment is not None]
    plain = [place for place in told if readings[place].polarity is not Polarity.MIXED]
    sent = sorted(plain, key=lambda place: readings[place].certainty)[: int(share * len(told))]
    answer = list(readings)
    if sent:
        first = np.array([_odds(readings[place]) for place in sent])
        both = head().fused(first, head().lean(vectors([texts[place] for place in sent])))
        for place, chance in zip(sent, sigmoid(both).tolist(), strict=True):
            answer[place] = _reread(readings[place], chance)
    return answer


def _odds(reading: Reading) -> float:
    """Log-odds of content, from what a reading says."""
    chance = min(_SUREST, max(1 - _SUREST, ((reading.sentiment or 0.0) + 1) / 2))
    return float(np.log(chance / (1 - chance)))


def _reread(reading: Reading, chance: float) -> Reading:
    return replace(
        reading,
        polarity=polarity_of(chance, mixed=False, calm=reading.polarity is Polarity.NEUTRAL),
        sentiment=round(2 * chance - 1, 4),
        certainty=round(max(chance, 1 - chance), 4),
        version=f"{reading.version}+{MARK}",
    )


def distil(
    texts: Sequence[str], *, language: str, voice: Voice, progress: Callable[[int], object] | None = None
) -> Adaptation:
    """Let both models label a company's own texts, and learn an adaptation of the fast one from them.

    No person is needed; corrections are worth more where there are some. 1,000 to 1,500 texts are enough.

    Args:
        texts: what its customers wrote, in one language.
        language: the language of the texts ("fr", "en").
        voice: whose words these are.
        progress: told how many texts the larger model labelled, as it goes.

    Returns:
        An ``Adaptation`` for ``read(..., tone=...)``. The same texts always give the same one.

    Raises:
        EmployeeTextError: for employees' words.
        ValueError: if there are no weights for the language.
        PrecisionMissingError: without the extra ``visavis[precision]``.
    """
    must_be_customer(voice)
    if language not in LANGUAGES:
        raise ValueError(f"no weights for {language!r}")
    first = lean(texts, shipped(language)).astype(np.float64) if texts else np.zeros(0)
    chances = sigmoid(head().fused(first, head().lean(_labelled(texts, progress))))
    return learn(texts, chances, np.ones(len(texts)), shipped(language), language)


def _labelled(texts: Sequence[str], progress: Callable[[int], object] | None) -> Vectors:
    """What the larger model makes of texts, some at a time so that it can be told how far it is."""
    if progress is None or not texts:
        return vectors(texts)
    parts = []
    for first in range(0, len(texts), _AT_ONCE):
        parts.append(vectors(texts[first : first + _AT_ONCE]))
        progress(min(len(texts), first + _AT_ONCE))
    return np.concatenate(parts)
