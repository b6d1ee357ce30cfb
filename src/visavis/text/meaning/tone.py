"""What the meaning of a text says of its tone: a head on vectors, trained on French and English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.meaning import Vectors

#: Where the trained head stands (``visavis.text.elsewhere.train``).
HEAD: Final = Path(__file__).parent.parent / "elsewhere" / "head.npz"


def tone_of(vectors: Vectors) -> NDArray[np.float64]:
    """Log-odds that the author of each text is content, in the languages that the head learnt."""
    weight, bias, _ = head()
    answer: NDArray[np.float64] = vectors.astype(np.float64) @ weight + bias
    return answer


@cache
def head() -> tuple[NDArray[np.float64], float, float]:
    """Weights and bias of the head, and how far it is to be believed in another language."""
    with np.load(HEAD, allow_pickle=False) as file:
        bias, slope = file["lines"].tolist()
        return file["weight"].astype(np.float64), bias, slope
