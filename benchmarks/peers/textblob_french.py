"""textblob-fr, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from textblob import Blobber
from textblob_fr import PatternAnalyzer, PatternTagger
from timed import run

BLOB = Blobber(pos_tagger=PatternTagger(), analyzer=PatternAnalyzer())


def score(texts: Sequence[str]) -> list[float]:
    return [BLOB(text).sentiment[0] for text in texts]


if __name__ == "__main__":
    run(score)
