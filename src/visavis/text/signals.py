"""Things in a customer's words that somebody should know today, and how strongly they are put."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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


def signals_of(parsed: Parsed, languages: Sequence[str], *, voice: Voice) -> list[tuple[Signal, ...]]:
    """The signals in each text of a batch, in the order of ``Signal``.

    Args:
        parsed: the batch.
        languages: the language of each text.
        voice: whose words these are.

    Raises:
        EmployeeTextError: for employees' words.
    """
    must_be_customer(voice)
    found = ({SIGNALS.slugs[hit.theme] for hit in hits} for hits in hits_of(parsed, SIGNALS, languages))
    return [tuple(signal for signal in Signal if signal.value in slugs) for slugs in found]


@dataclass(frozen=True, slots=True)
class Force:
    """What makes a text strong or mild: words that go far, words that press or soften (counted), shouts."""

    extremes: int
    pressing: int
    softening: int
    shouted: bool


def forces_of(parsed: Parsed, texts: Sequence[str]) -> list[Force]:
    """The force of each text of a batch."""
    counts = (parsed.tally(words).tolist() for words in (EXTREME, STRENGTHENERS, SOFTENERS))
    shouts = (bool(_SHOUTS.search(text)) for text in texts)
    return [Force(*one) for one in zip(*counts, shouts, strict=True)]


def intensity_of(force: Force, leaning: float, polarity: Polarity | None, *, voice: Voice) -> int:
    """How strongly a customer's text is put, from 0 (no judgement) to 4 (extreme).

    Args:
        force: what makes it strong or mild.
        leaning: its calibrated log-odds, either sign.
        polarity: what was found of it.
        voice: whose words these are.

    Raises:
        EmployeeTextError: for employees' words.
    """
    must_be_customer(voice)
    if polarity in UNJUDGED:
        return 0
    soft = force.softening > 0 and not force.extremes
    if soft or abs(leaning) < SLIGHT:
        return 1
    if polarity is Polarity.MIXED:
        return 2
    if leaning < 0:
        return min(4, 2 + (leaning < -HARD) + (force.extremes + force.shouted >= 2))
    return 2 + (force.extremes + force.shouted + force.pressing > 0)
