"""The slow pass over themes, by the meaning of texts; and where each theme lies among meanings."""

from __future__ import annotations

from collections.abc import Sequence

from visavis.core.words import Voice
from visavis.text.meaning import Vectors
from visavis.text.reading import Reading
from visavis.text.taxonomy import Taxonomy


def reconsider_themes(
    texts: Sequence[str], readings: Sequence[Reading], taxonomy: Taxonomy, vectors: Vectors, *, voice: Voice
) -> list[Reading]:
    """Read the themes of texts again, their meaning known; the rest of each reading stays.

    Args:
        texts: the texts.
        readings: what ``read`` said of them.
        taxonomy: the themes; without a model, or with one that learnt no meaning, nothing changes.
        vectors: ``embed`` of the texts, one row each.
        voice: who speaks.

    Returns:
        One reading a text, in the same order.

    Raises:
        ValueError: if there are not as many readings, or rows, as texts.
    """
    raise NotImplementedError


def theme_vectors(taxonomy: Taxonomy) -> Vectors:
    """Where each theme lies among meanings: the mean of its examples and keywords, of length one.

    One space serves both voices: the cosine of two rows says how near a theme of customers is to one of employees.

    Args:
        taxonomy: the themes.

    Returns:
        Float32 array, (number of themes, 512), in the order of ``taxonomy.slugs``; zeros for a theme
        without example nor keyword.
    """
    raise NotImplementedError
