"""Texts read with a taxonomy that may not be in force, as they would be: with what was learnt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from visavis.core.words import Voice
from visavis.text import Reading, Taxonomy, read
from visavis.understand.learning.queries import models_in_force
from visavis.understand.themes.queries import specs
from visavis.understand.themes.sheets import Sheet


class Engine:
    """A taxonomy made ready to read the texts of one voice."""

    def __init__(self, sheets: Iterable[Sheet], voice: Voice) -> None:
        """Compile the themes that are heard, beside what corrections taught."""
        learnt = models_in_force(voice)
        self.voice, self.version, self._tone = voice, learnt.version, learnt.tone
        self._taxonomy = Taxonomy(specs(sheets, voice), learnt.taxonomy.model)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in the same order."""
        return read(texts, voice=self.voice, taxonomy=self._taxonomy, tone=self._tone) if texts else []
