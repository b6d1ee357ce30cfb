"""``visavis.text.read`` with the shipped weights: language, tone, intensity, emotions, signals."""

from __future__ import annotations

from collections.abc import Sequence

from timed import run

from visavis.core.words import Voice
from visavis.text import read


def score(texts: Sequence[str]) -> list[float]:
    return [reading.sentiment or 0.0 for reading in read(texts, voice=Voice.CUSTOMER)]


if __name__ == "__main__":
    run(score)
