"""Things in a customer's words that somebody should know today, and how strongly they are put."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from visavis.core.words import Polarity, Signal, Voice, must_be_customer
from visavis.text.opinions import hits_of
from visavis.text.polarity import Parsed
from visavis.text.spoken import EXTREME, SOFTENERS, SPOKEN, STRENGTHENERS
from visavis.text.taxonomy import Taxonomy, ThemeSpec

#: Tones that say nothing strongly.
UNJUDGED: Final = frozenset({None, Polarity.NEUTRAL})
#: Log-odds under which a text leans slightly, and beyond which blame is hard.
SLIGHT, HARD = 0.5, 0.9
_SHOUTS: Final = re.compile(r"!\s*!|\b[A-ZÉÈÀÇ]{4,}\b")


SIGNALS: Final = Taxonomy([ThemeSpec(signal.value, None, words) for signal, words in SPOKEN.items()])


def signals_of(parsed: Parsed, number: int, language: str, *, voice: Voice) -> tuple[Signal, ...]:
    """The signals in one text of a batch, in the order of ``Signal``.

    Args:
        parsed: the batch.
        number: the text in it.
        language: its language.
        voice: whose words these are.

    Raises:
        EmployeeTextError: for employees' words.
    """
    must_be_customer(voice)
    found = {SIGNALS.slugs[hit.theme] for hit in hits_of(parsed, number, SIGNALS, language)}
    return tuple(signal for signal in Signal if signal.value in found)


def intensity_of(
    text: str, words: Sequence[str], leaning: float, polarity: Polarity | None, *, voice: Voice
) -> int:
    """How strongly a customer's text is put, from 0 (no judgement) to 4 (extreme).

    Args:
        text: the text as given.
        words: the shapes of its words.
        leaning: its calibrated log-odds, either sign.
        polarity: what was found of it.
        voice: whose words these are.

    Raises:
        EmployeeTextError: for employees' words.
    """
    must_be_customer(voice)
    if polarity in UNJUDGED:
        return 0
    force = abs(leaning)
    extremes = len(EXTREME.intersection(words))
    soft = bool(SOFTENERS.intersection(words)) and not extremes
    if polarity is Polarity.MIXED or force < SLIGHT or soft:
        return 1 if soft or force < SLIGHT else 2
    shouted = bool(_SHOUTS.search(text))
    if leaning < 0:
        return min(4, 2 + (force > HARD) + (extremes + shouted >= 2))
    return 2 + (extremes + shouted + bool(STRENGTHENERS.intersection(words)) > 0)
