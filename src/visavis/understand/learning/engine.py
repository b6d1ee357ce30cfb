"""The engine as this room uses it: a reading under given models, kept as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from visavis.core.words import Voice
from visavis.text import Reading, Taxonomy, read
from visavis.text.learning import Adaptation
from visavis.understand.learning.queries import Models


def fingerprint(text: str) -> str:
    """What a reading, or an answer, is about: these very words."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def read_under(models: Models, texts: Sequence[str], voice: Voice) -> list[Reading]:
    """Read texts with given models, in the same order."""
    return read(texts, voice=voice, taxonomy=models.taxonomy, tone=models.tone)


def readings_under(tone: Adaptation | None, texts: Sequence[str], voice: Voice) -> list[Reading]:
    """Readings without themes, under what was learnt of the tone."""
    return read(texts, voice=voice, tone=tone)


def themes_under(taxonomy: Taxonomy, texts: Sequence[str], voice: Voice) -> list[frozenset[str]]:
    """The codes of the themes of texts."""
    readings = read(texts, voice=voice, taxonomy=taxonomy)
    return [frozenset(opinion.theme for opinion in reading.themes) for reading in readings]


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
