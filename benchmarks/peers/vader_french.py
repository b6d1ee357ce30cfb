"""vaderSentiment-fr, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from timed import run
from vaderSentiment_fr.vaderSentiment import SentimentIntensityAnalyzer

ANALYSER = SentimentIntensityAnalyzer()


def score(texts: Sequence[str]) -> list[float]:
    return [ANALYSER.polarity_scores(text)["compound"] for text in texts]


if __name__ == "__main__":
    run(score)
