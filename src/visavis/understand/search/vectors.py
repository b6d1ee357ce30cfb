"""Vectors as they are kept: 512 whole numbers of one byte, whose direction is that of the meaning. Pure."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from visavis.text.meaning import SIZE, Vectors

Packed = NDArray[np.int8]


def pack(vectors: Vectors) -> Packed:
    """Keep vectors in a quarter of their size; cosines move by some thousandths.

    Args:
        vectors: float32, (number, ``SIZE``).

    Returns:
        The same directions as whole numbers from -127 to 127; a vector of zeros stays one.
    """
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    return cast("Packed", np.rint(vectors / np.where(largest == 0, 1, largest) * 127).astype(np.int8))


def lengths(rows: Packed) -> Vectors:
    """How long packed vectors are; one for those of zeros, which can then be divided by it."""
    norms = np.linalg.norm(rows.astype(np.float32), axis=1)
    return cast("Vectors", np.where(norms == 0, 1, norms).astype(np.float32))


def unpack(rows: Packed) -> Vectors:
    """Packed vectors as vectors of length one, those of zeros aside."""
    return cast("Vectors", rows.astype(np.float32) / lengths(rows)[:, np.newaxis])


def together(rows: list[bytes]) -> Packed:
    """Stored vectors side by side: (number, ``SIZE``)."""
    return np.frombuffer(b"".join(rows), np.int8).reshape(-1, SIZE)
