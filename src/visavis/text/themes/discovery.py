"""Groups of texts that say alike, for somebody to name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.text.meaning import Vectors


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that say alike.

    ``words``: what tells them from the others, most telling first. ``examples``: places, in the texts given,
    of those nearest to the middle. ``members``: places of all. ``cohesion``: mean cosine to the middle.
    """

    words: tuple[str, ...]
    examples: tuple[int, ...]
    members: tuple[int, ...]
    cohesion: float

    @property
    def size(self) -> int:
        """How many texts."""
        return len(self.members)


def discover(texts: Sequence[str], vectors: Vectors, *, k: int | None = None, seed: int = 0) -> list[Cluster]:
    """Group texts by meaning.

    Args:
        texts: the texts; those that known themes already cover are better left out by the caller.
        vectors: ``embed`` of them, one row each.
        k: how many groups; none: the number under which two halves of the texts agree best.
        seed: the same seed gives the same groups.

    Returns:
        The groups, largest first; none for fewer than twenty texts.

    Raises:
        ValueError: if there are not as many rows as texts.

    Source: k-means (MacQueen 1967); k by stability (Ben-Hur, Elisseeff & Guyon 2002); words by class-based
    TF-IDF (Grootendorst 2022).
    """
    raise NotImplementedError
