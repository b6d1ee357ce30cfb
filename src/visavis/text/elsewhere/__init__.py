"""The tone of texts in languages that have no weights of their own: Spanish, German, Arabic and others.

A step of its own after ``read``, for jobs: it loads a model of 30 MB the first time that a text needs it,
which a page must never wait for. Nothing is loaded when every text is French or English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from visavis.core.words import Voice, must_be_customer
from visavis.text.meaning import embed
from visavis.text.meaning.tone import head, tone_of
from visavis.text.reading import Reading
from visavis.text.verdict import polarity_of
from visavis.text.weights import LANGUAGES

__all__ = ["MARK", "read_other_languages"]

#: Follows the version of a reading that was made here; changes whenever the head does.
MARK: Final = "use.1"


def read_other_languages(texts: Sequence[str], readings: Sequence[Reading], *, voice: Voice) -> list[Reading]:
    """Give a tone to the readings of texts in languages other than French and English.

    A head trained on French and English judges what texts mean, whatever their language. It is less sure of
    itself than it would be in the languages it learnt.

    Args:
        texts: what customers wrote.
        readings: what ``read`` said of them, in the same order.
        voice: whose words these are.

    Returns:
        The readings in the same order; those that had a tone, or have no words, stay as they are.

    Raises:
        EmployeeTextError: for employees' words.
        ValueError: if there are not as many texts as readings.
    """
    must_be_customer(voice)
    if len(texts) != len(readings):
        raise ValueError(f"{len(texts)} texts, {len(readings)} readings")
    places = [
        place
        for place, (text, reading) in enumerate(zip(texts, readings, strict=True))
        if reading.sentiment is None and reading.language not in LANGUAGES and any(map(str.isalpha, text))
    ]
    answer = list(readings)
    if places:
        for place, chance in zip(places, _chances([texts[place] for place in places]), strict=True):
            answer[place] = _told(readings[place], chance)
    return answer


def _told(reading: Reading, chance: float) -> Reading:
    return replace(
        reading,
        polarity=polarity_of(chance, mixed=False, calm=False),
        sentiment=round(2 * chance - 1, 4),
        certainty=round(max(chance, 1 - chance), 4),
        version=f"{reading.version}+{MARK}",
    )


def _chances(texts: Sequence[str]) -> list[float]:
    """Chance, 0 to 1, that the author of each text is content."""
    _, _, slope = head()
    # A lone surrogate, which a careless file may hold, is no text to the model.
    sound = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    lean = slope * tone_of(embed(sound))
    chances: list[float] = (1 / (1 + np.exp(-lean))).tolist()
    return chances
