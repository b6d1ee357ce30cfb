"""What corrected texts show the linear model: its own score of each, and the n-grams that could move it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Voice
from visavis.text.fitting import BATCH, LETTERS, Table, count
from visavis.text.grams import Hashes
from visavis.text.polarity import parse, tone
from visavis.text.verdict import leanings
from visavis.text.weights import Reals, Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Texts as the model sees them.

    ``lean``: calibrated log-odds of each; ``cells``: one row a text, one column an n-gram that the model
    knows, scaled so that ``cells @ delta`` is what changing the weights by ``delta`` adds to the raw scores;
    ``numbers``: the n-grams; ``ease``: how far the weight of each may go, as in training.
    """

    lean: Doubles
    cells: csr_matrix
    numbers: Hashes
    ease: Doubles


def gather(texts: Sequence[str], weights: Weights) -> Evidence:
    """Look at texts with the eyes of the model.

    Args:
        texts: customers' texts of the language of ``weights``.
        weights: the shipped model.
    """
    from scipy.sparse import hstack

    counts = count(texts)
    blocks = [
        _block(table, weights, ease) for table, ease in ((counts.words, 1.0), (counts.letters, LETTERS))
    ]
    cells, numbers, ease = zip(*blocks, strict=True)
    return Evidence(
        lean=lean(texts, weights).astype(np.float64),
        cells=hstack(cells).tocsr(),
        numbers=np.concatenate(numbers),
        ease=np.concatenate(ease),
    )


def lean(texts: Sequence[str], weights: Weights) -> Reals:
    """Calibrated log-odds that the author of each text is content."""
    batches = (list(texts[first : first + BATCH]) for first in range(0, len(texts), BATCH))
    scores = [tone(parse(batch), weights, voice=Voice.CUSTOMER).score for batch in batches]
    return leanings(np.concatenate(scores), weights.whole)


def _block(table: Table, weights: Weights, ease: float) -> tuple[csr_matrix, Hashes, Doubles]:
    """One kind of n-grams: those that the model knows."""
    from scipy.sparse import diags

    slot = weights.find(table.numbers)
    known = np.flatnonzero(slot)
    rarity = weights.rarity[slot[known]].astype(np.float64)
    cells = table.cells[:, known].astype(np.float64)
    length = np.sqrt(np.maximum(abs(cells) @ rarity, 1))
    return diags(1 / length) @ cells, table.numbers[known], ease * np.sqrt(rarity)
