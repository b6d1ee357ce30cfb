"""What every text of the company has in common: the words, and the truth planted in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

Opinion = tuple[str, str]  # theme code, polarity

POSITIVE, NEGATIVE, NEUTRAL, MIXED = "positive", "negative", "neutral", "mixed"


@dataclass(frozen=True, slots=True)
class Text:
    """One verbatim, comment or word, with what was meant.

    Attributes:
        words: what is read; None where nothing was written.
        opinions: planted themes with their polarity.
        polarity: of the whole text; empty for employees, whose polarity is the declared score.
        intensity: 0 (flat) to 4 (a very strong emotion), -1 where it makes no sense.
        flags: irony, mixed, churn, callback, repeat, personal…
        personal: the exact pieces that must be removed before reading.
        style: how it was typed.
    """

    words: str | None
    opinions: tuple[Opinion, ...] = ()
    polarity: str = ""
    intensity: int = -1
    flags: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    style: str = ""


SILENCE = Text(None)


@dataclass(frozen=True, slots=True)
class Weighted:
    """Things drawn with their weights, by one uniform number."""

    items: tuple[str, ...]
    cumulated: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        """One of the things."""
        target = rng.random() * self.cumulated[-1]
        return next(item for item, bound in zip(self.items, self.cumulated, strict=True) if target < bound)


def weighted(shares: Iterable[tuple[str, float]]) -> Weighted:
    """Prepare things and their weights for drawing."""
    items, cumulated, total = [], [], 0.0
    for item, weight in shares:
        if weight > 0:
            total += weight
            items.append(item)
            cumulated.append(total)
    return Weighted(tuple(items), tuple(cumulated))


@lru_cache(maxsize=4_096)
def conditions(tags: str) -> frozenset[str]:
    """« claim+storm » as a set of words."""
    return frozenset(word for word in tags.split("+") if word)


def fresh(write: Callable[[], Text], used: set[str], *, tries: int = 4) -> Text:
    """Write again while a text of more than a few words is already taken; at most ``tries`` times."""
    text = write()
    for _ in range(tries):
        if text.words is None or text.words.count(" ") < 5 or text.words not in used:
            break
        text = write()
    used.add(text.words or "")
    return text
