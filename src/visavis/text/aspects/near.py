"""Words of a text on which it takes sides, and what stands near them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Voice
from visavis.text.grams import Hashes
from visavis.text.opinions import ELSEWHERE, Judge, Span
from visavis.text.polarity import Parsed, parse, tone
from visavis.text.tokens import Ints
from visavis.text.weights import Reals, Weights, shipped

BATCH: Final = 256
#: Share of the nearness left one word further; that of words of another clause; that of any word where the
#: words given are not in the text.
FADE, FAR, ANYWHERE = 0.85, 0.1, 0.4
TRAITS: Final = 10

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text on which it takes sides: ``span`` is ``None`` where it only implies them.

    ``category``: what they are about, such as "food quality"; its words may also be met in other categories.
    """

    text: str
    category: str
    span: Span | None

    @classmethod
    def of(cls, text: str, category: str, words: str | None) -> Mention:
        """The first place of ``words`` in ``text``, whatever their case."""
        start = text.casefold().find(words.casefold()) if words else -1
        return cls(text, category, Span(start, start + len(words or "")) if start >= 0 else None)


@dataclass(frozen=True, slots=True)
class Near:
    """Features of mentions one by one (number, mention, nearness), and traits of tone, one row a mention."""

    number: Hashes
    mention: Ints
    near: Reals
    traits: Table


def look(mentions: Sequence[Mention], weights: Weights | None) -> Near:
    """Look at mentions, each with its text; ``weights``: the tone; none: shipped, French."""
    known = weights or shipped("fr")
    number, mention, near, traits = [], [], [], []
    for first in range(0, len(mentions), BATCH):
        some = mentions[first : first + BATCH]
        parsed = parse([one.text for one in some])
        asked = Judge.of(tone(parsed, known, voice=Voice.CUSTOMER), known)
        nearness = np.zeros(len(parsed.tokens.word), np.float32)
        for place, one in enumerate(some):
            low, high = parsed.bounds[place], parsed.bounds[place + 1]
            given = _given(parsed, low, high, one.span)
            nearness[low:high] = _nearness(parsed, low, high, given)
            traits.append(_traits(parsed, asked, place, nearness[low:high], given))
        at = parsed.grams.at
        number.append(parsed.grams.number)
        mention.append(parsed.tokens.text[at] + first)
        near.append(nearness[at])
    return Near(
        np.concatenate(number),
        np.concatenate(mention),
        np.concatenate(near),
        np.array(traits).reshape(-1, TRAITS),
    )


def _given(parsed: Parsed, low: int, high: int, span: Span | None) -> tuple[int, int] | None:
    """The first and the last word given."""
    if span is None:
        return None
    start, end = parsed.tokens.start[low:high], parsed.tokens.end[low:high]
    held = np.flatnonzero((end > span.start) & (start < span.end)) + low
    return (int(held[0]), int(held[-1])) if len(held) else None


def _nearness(parsed: Parsed, low: int, high: int, given: tuple[int, int] | None) -> Reals:
    """How near each word of a text stands to those given."""
    if given is None:
        return np.full(high - low, ANYWHERE, np.float32)
    first, last = given
    place, phrase, clause = np.arange(low, high), parsed.clauses.phrase[low:high], parsed.clauses.clause
    away = np.maximum(np.maximum(first - place, place - last), 0)
    inside = (phrase >= parsed.clauses.phrase[first]) & (phrase <= parsed.clauses.phrase[last])
    share = np.where(inside, 1, np.where(clause[low:high] == clause[first], ELSEWHERE, FAR))
    return (FADE**away * share).astype(np.float32)


def _traits(
    parsed: Parsed, asked: Judge, number: int, near: Reals, given: tuple[int, int] | None
) -> list[float]:
    """The tone near the words given, of their clause, of the text and of its best and worst clauses."""
    low, high = parsed.bounds[number], parsed.bounds[number + 1]
    if low == high:
        return [0.0] * TRAITS
    push = asked.push[low:high] * near
    first = int(parsed.clauses.clause[low]) - 1
    leans = asked.lean[first : int(parsed.clauses.clause[high - 1])]
    here = int(np.abs(leans).argmax()) if given is None else int(parsed.clauses.clause[given[0]]) - 1 - first
    return [
        float(given is not None),
        float(push.sum()),
        float(max(push.max(), 0)),
        float(min(push.min(), 0)),
        float(leans[here]),
        float(asked.whole[number]),
        float(max(leans.max(), 0)),
        float(min(leans.min(), 0)),
        float(len(leans) == 1),
        float(np.log1p(high - low)),
    ]
