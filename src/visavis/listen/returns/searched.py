"""By what a text is found: written with it, so that no index ever lags behind the words."""

from __future__ import annotations

from visavis.people.access.policy import LISTED_VOICES
from visavis.text.stems import stems


def searched(voice: str, text: str) -> str:
    """The stems of a text, written beside it; none for a voice whose texts are not listed to anybody.

    Args:
        voice: who speaks.
        text: the words.
    """
    return stems(text) if voice in LISTED_VOICES else ""
