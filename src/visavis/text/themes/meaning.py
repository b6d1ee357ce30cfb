"""The slow pass over themes, by the meaning of texts; and where each theme lies among meanings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from visavis.core.words import Voice
from visavis.text.meaning import SIZE, Vectors, embed
from visavis.text.reading import Reading, read
from visavis.text.taxonomy import EXCLUDES, STEM, Taxonomy, ThemeSpec


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
    if not len(texts) == len(readings) == len(vectors):
        raise ValueError("texts, readings and vectors are not as many")
    if taxonomy.model is None or taxonomy.model.deep is None:
        return list(readings)
    again: dict[int, Reading] = {}
    for language in sorted({old.language for old in readings}):
        rows = [row for row, old in enumerate(readings) if old.language == language]
        those = [texts[row] for row in rows]
        news = read(those, voice=voice, taxonomy=taxonomy, language=language, vectors=vectors[rows])
        again |= dict(zip(rows, news, strict=True))
    return [_renewed(old, again[row]) for row, old in enumerate(readings)]


def _renewed(old: Reading, new: Reading) -> Reading:
    """``old`` with the themes of ``new``; where there is no tone, its certainty is that of the themes."""
    certainty = new.certainty if old.polarity is None and old.sentiment is None else old.certainty
    return replace(old, themes=new.themes, certainty=certainty)


def theme_vectors(taxonomy: Taxonomy) -> Vectors:
    """Where each theme lies among meanings: the mean of its examples and keywords, of length one.

    One space serves both voices: the cosine of two rows says how near a theme of customers is to one of
    employees.

    Args:
        taxonomy: the themes.

    Returns:
        Float32 array, (number of themes, 512), in the order of ``taxonomy.slugs``; zeros for a theme
        without example nor keyword.
    """
    said = [_said(theme) for theme in taxonomy.themes]
    vectors = embed([text for texts in said for text in texts])
    rows = np.zeros((len(said), SIZE), np.float32)
    np.add.at(rows, np.repeat(np.arange(len(said)), [len(texts) for texts in said]), vectors)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    answer: Vectors = (rows / np.where(norms == 0, 1, norms)).astype(np.float32)
    return answer


def _said(theme: ThemeSpec) -> list[str]:
    """Examples, and keywords as one sentence a language."""
    examples = [text for _, texts in sorted(theme.examples.items()) for text in texts]
    keywords = [
        ", ".join(word.rstrip(STEM) for word in words if not word.startswith(EXCLUDES))
        for _, words in sorted(theme.keywords.items())
    ]
    return [text for text in [*examples, *keywords] if text]
