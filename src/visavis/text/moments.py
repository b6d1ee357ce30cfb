"""Which of the company's moments a text speaks of.

For the product: compile the moments in force into ``Moments`` once an edition (``MomentSpec.slug`` is the
code of the moment; ``moment_words.KEYWORDS`` has words for those of the starters), give it to
``read(moments=...)`` and store what ``Reading.moment`` names. ``None`` is an honest answer, and for
returns with a contact reason the moment that covers it is surer than any words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from visavis.text.opinions import hits_of
from visavis.text.polarity import Parsed
from visavis.text.taxonomy import Hit, Taxonomy, ThemeSpec

#: How much a keyword of one word tells, each further word of it, and a theme found by the engine.
ONE_WORD, MORE, THEME = 1.0, 0.7, 0.6
#: A moment said early is more likely the one that the text is about.
EARLY: Final = 0.3
#: Evidence under which nothing is named, and the lead that the first must have on the second.
LEAST, LEAD = 1.0, 0.3


@dataclass(frozen=True, slots=True)
class MomentSpec:
    """One moment: its slug, its keywords in each language (as those of a theme), the themes it goes with."""

    slug: str
    keywords: Mapping[str, Sequence[str]]
    themes: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Found:
    """The moment of a text; ``certainty`` (0 to 1) is its share of all the evidence for any moment."""

    slug: str
    certainty: float


class Moments:
    """A company's moments, made ready; safe to share between threads.

    >>> spec = MomentSpec("bereavement", {"fr": ["décès", "succession"]})
    >>> Moments([spec]).specs[0].slug
    'bereavement'
    """

    def __init__(self, specs: Sequence[MomentSpec]) -> None:
        """Compile ``specs``.

        Raises:
            ValueError: if two share a slug.
        """
        self.specs = tuple(specs)
        self._words = Taxonomy([ThemeSpec(spec.slug, None, spec.keywords) for spec in specs])

    def hits(self, parsed: Parsed, languages: Sequence[str]) -> list[list[Hit]]:
        """The keywords of moments in each text of a batch."""
        return hits_of(parsed, self._words, languages)

    def named(self, parsed: Parsed, number: int, hits: Sequence[Hit], themes: Sequence[str]) -> Found | None:
        """The moment of one text.

        Args:
            parsed: the batch.
            number: the text in it.
            hits: its keywords of moments.
            themes: the slugs of the themes found in it.

        Returns:
            The moment with the most evidence, or nothing: where there is too little, or two are as likely.
        """
        low, high = parsed.bounds[number], parsed.bounds[number + 1]
        weight = [THEME * len(spec.themes & set(themes)) if spec.themes else 0.0 for spec in self.specs]
        for hit in hits:
            early = EARLY * (high - hit.first) / max(1, high - low)
            weight[hit.theme] += ONE_WORD + MORE * (hit.words - 1) + early
        return self._surest(weight)

    def _surest(self, weight: list[float]) -> Found | None:
        ranked = sorted(range(len(weight)), key=lambda place: (-weight[place], place))
        if not ranked or weight[ranked[0]] < LEAST:
            return None
        best = weight[ranked[0]]
        second = weight[ranked[1]] if len(ranked) > 1 else 0.0
        if best - second < LEAD:
            return None
        return Found(self.specs[ranked[0]].slug, round(best / (best + second), 4))


def moment_of(
    parsed: Parsed, languages: Sequence[str], themes: Sequence[Sequence[str]], moments: Moments
) -> list[Found | None]:
    """The moment each text of a batch speaks of.

    Args:
        parsed: the batch.
        languages: the language of each text.
        themes: the slugs of the themes found in each.
        moments: the company's.
    """
    hits = moments.hits(parsed, languages)
    return [moments.named(parsed, number, hits[number], themes[number]) for number in range(len(languages))]
