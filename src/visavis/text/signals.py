"""Things in a customer's words that somebody should know today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from visavis.core.words import Signal, Voice, must_be_customer
from visavis.text.patterns import Classes, Sieve
from visavis.text.polarity import Parsed
from visavis.text.signal_words import CLASSES, RULES, WAY_RULES, WAYS

#: Languages whose words are known here.
SPOKEN: Final = frozenset({"fr", "en"})
_SIEVES: Final = (Sieve(Classes(CLASSES), RULES), Sieve(Classes(WAYS), WAY_RULES))
_ORDER: Final = tuple(Signal(name) for sieve in _SIEVES for name in sieve.names)
_BITS: Final = np.array([1 << list(Signal).index(signal) for signal in _ORDER], np.int64)
#: Every set of signals, by the sum of its bits.
_NAMED: Final = [
    tuple(signal for place, signal in enumerate(Signal) if code >> place & 1)
    for code in range(1 << len(_ORDER))
]


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
    said = np.concatenate([sieve.found(parsed) for sieve in _SIEVES], axis=1)
    said &= np.array([language in SPOKEN for language in languages], np.bool_)[:, None]
    return [_NAMED[code] for code in (said @ _BITS).tolist()]
