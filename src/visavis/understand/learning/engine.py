"""The engine as this room uses it: a reading under given models, kept as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from visavis.core.words import Voice
from visavis.text import Reading, Taxonomy, read
from visavis.text.learning import Adaptation
from visavis.text.meaning import Vectors, embed
from visavis.understand.learning.queries import Models


def read_under(models: Models, texts: Sequence[str], voice: Voice) -> list[Reading]:
    """Read texts with given models, in the same order, their meaning known as it is in the end for all."""
    meanings = meanings_for(models.taxonomy, texts)
    return read(texts, voice=voice, taxonomy=models.taxonomy, tone=models.tone, vectors=meanings)


def readings_under(tone: Adaptation | None, texts: Sequence[str], voice: Voice) -> list[Reading]:
    """Readings without themes, under what was learnt of the tone."""
    return read(texts, voice=voice, tone=tone)


def themes_under(taxonomy: Taxonomy, texts: Sequence[str], voice: Voice) -> list[frozenset[str]]:
    """The codes of the themes of texts."""
    readings = read(texts, voice=voice, taxonomy=taxonomy, vectors=meanings_for(taxonomy, texts))
    return [frozenset(opinion.theme for opinion in reading.themes) for reading in readings]


def meanings_for(taxonomy: Taxonomy, texts: Sequence[str]) -> Vectors | None:
    """The meaning of texts, if what was learnt of the themes asks for it; some 200 texts a second."""
    deep = taxonomy.model is not None and taxonomy.model.deep is not None
    return embed(texts) if deep and texts else None


def told_themes(reading: Reading) -> list[Mapping[str, Any]]:
    """The themes of a reading, as a draw keeps them."""
    return [
        {
            "code": opinion.theme,
            "tone": opinion.polarity or "",
            "certainty": round(opinion.certainty, 4),
            "spans": [[span.start, span.end] for span in opinion.evidence],
        }
        for opinion in reading.themes
    ]
