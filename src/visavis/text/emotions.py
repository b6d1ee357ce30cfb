"""Service emotions in a customer's words: heard where words carry them, untold elsewhere. Experimental."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from visavis.core.words import Voice, must_be_customer
from visavis.text.feeling_words import FEELING_RULES, FEELINGS
from visavis.text.patterns import Classes, Sieve
from visavis.text.polarity import Parsed
from visavis.text.tokens import Flags
from visavis.text.weights import Reals

#: Screens and documents say so beside every emotion: see ``docs/models/emotions-and-signals.md``.
EXPERIMENTAL: Final = True
#: Every emotion that may be told, the rarest and most telling first; of one text at most two are.
EMOTIONS: Final = ("inquietude", "surprise", "gratitude", "colere", "deception", "satisfaction")
AT_MOST: Final = 2
#: Log-odds beyond which blame is anger without a word of anger, and content is satisfaction.
ANGRY, ANGRY_AT_LEAST, PLEASED = -4.0, -0.5, 0.4

_BITS: Final = 1 << np.arange(len(EMOTIONS))
#: What is told of each set of emotions, by the sum of its bits.
_NAMED: Final = [
    tuple(name for place, name in enumerate(EMOTIONS) if code >> place & 1)[:AT_MOST]
    for code in range(1 << len(EMOTIONS))
]
_SIEVE: Final = Sieve(Classes(FEELINGS), FEELING_RULES)


def emotions_of(parsed: Parsed, whole: Reals, *, voice: Voice) -> list[tuple[str, ...]]:
    """The emotions that the words of each text carry: none, one or two of ``EMOTIONS``.

    Args:
        parsed: the batch.
        whole: calibrated log-odds that the author of each text is content.
        voice: whose words these are.

    Returns:
        One tuple a text; empty where nothing is heard, which is not the same as calm.

    Raises:
        EmployeeTextError: for employees' words.
    """
    must_be_customer(voice)
    heard = dict(zip(_SIEVE.names, _SIEVE.found(parsed).T, strict=True))
    told = dict(_told(heard, np.asarray(whole)))
    flags = np.stack([told[name] for name in EMOTIONS], axis=1)
    return [_NAMED[code] for code in (flags @ _BITS).tolist()]


def _told(heard: dict[str, Flags], whole: Reals) -> Iterator[tuple[str, Flags]]:
    """Words and tone together: a word of anger in a happy text is not anger."""
    thanks = heard["thanks"] & ~(heard["request"] | heard["irony"])
    letdown = heard["letdown"] & (whole < PLEASED + 2)
    yield "inquietude", heard["worry"] & (whole < PLEASED)
    yield "surprise", heard["wonder"]
    yield "gratitude", (thanks | heard["admire"]) & (whole > PLEASED)
    yield "colere", (heard["fury"] & (whole < ANGRY_AT_LEAST)) | (whole < ANGRY)
    yield "deception", letdown
    yield "satisfaction", (whole > PLEASED) & ~letdown
