"""What a reading says, and how many texts are read at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from visavis.core.words import Polarity, Signal, Voice
from visavis.text.language import CHOICES, recognise
from visavis.text.opinions import Judge, ThemeOpinion, hits_of, opinions_of
from visavis.text.polarity import Parsed, parse, tone
from visavis.text.signals import intensity_of, signals_of
from visavis.text.taxonomy import Taxonomy
from visavis.text.verdict import Verdicts, judge, polarity_of
from visavis.text.weights import LANGUAGES, shipped

#: Changes whenever a text may be read otherwise than before.
VERSION: Final = "1"
BATCH: Final = 256
#: Longest text, in characters, of which everything is read; of a longer one, the beginning.
LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine understood of one text.

    ``polarity`` and ``sentiment`` (-1 to 1) are the tone of the text, ``certainty`` (0 to 1) how sure that
    is; both are ``None`` where nobody may or can tell. ``intensity`` runs from 0 (no judgement) to 4
    (extreme). For employees there are only a language and themes, and ``certainty`` is that of the surest theme.
    """

    language: str
    polarity: Polarity | None
    sentiment: float | None
    certainty: float
    intensity: int | None
    emotions: tuple[str, ...]
    themes: tuple[ThemeOpinion, ...]
    signals: tuple[Signal, ...]
    version: str


def read(
    texts: Sequence[str], *, voice: Voice, taxonomy: Taxonomy | None = None, language: str | None = None
) -> list[Reading]:
    """Read texts.

    Args:
        texts: what people wrote; any strings, however odd.
        voice: who speaks. Of employees' words only the language and the themes are read.
        taxonomy: the themes to look for; none: no themes.
        language: the language of all the texts ("fr", "en"; any other: themes only); none: found for each.

    Returns:
        One reading a text, in the same order. The same texts always give the same readings.

    >>> [reading] = read(["Conseillère très aimable, merci !"], voice=Voice.CUSTOMER)
    >>> reading.polarity, reading.language
    (<Polarity.POSITIVE: 'positive'>, 'fr')
    """
    readings: list[Reading] = []
    for first in range(0, len(texts), BATCH):
        batch = [text[:LONGEST] for text in texts[first : first + BATCH]]
        readings += _read(batch, voice, taxonomy, language)
    return readings


def _read(
    texts: list[str], voice: Voice, taxonomy: Taxonomy | None, language: str | None
) -> Iterator[Reading]:
    """Read one batch."""
    parsed = parse(texts)
    named = [language] * len(texts) if language else [CHOICES[one] for one in recognise(parsed)]
    if not voice.tone_may_be_read:
        yield from (_themes_only(parsed, number, name, taxonomy) for number, name in enumerate(named))
        return
    views = {name: _View.of(parsed, name, voice) for name in sorted(set(named) & set(LANGUAGES))}
    for number, name in enumerate(named):
        view = views.get(name)
        if view is None or not parsed.tokens.first[number] < parsed.tokens.first[number + 1]:
            yield _themes_only(parsed, number, name, taxonomy)
        else:
            yield view.reading(parsed, number, texts[number], name, taxonomy)


def _themes_only(parsed: Parsed, number: int, language: str, taxonomy: Taxonomy | None) -> Reading:
    """Read a text whose tone may not, or cannot, be read."""
    themes = _themes(parsed, number, language, taxonomy, None)
    certainty = max((theme.certainty for theme in themes), default=0.0)
    return Reading(language, None, None, certainty, None, (), themes, (), VERSION)


def _themes(
    parsed: Parsed, number: int, language: str, taxonomy: Taxonomy | None, judge: Judge | None
) -> tuple[ThemeOpinion, ...]:
    if taxonomy is None:
        return ()
    return opinions_of(parsed, number, taxonomy, hits_of(parsed, number, taxonomy, language), judge)


@dataclass(frozen=True, slots=True)
class _View:
    """One language's view of a batch."""

    voice: Voice
    verdicts: Verdicts
    judge: Judge

    @classmethod
    def of(cls, parsed: Parsed, language: str, voice: Voice) -> _View:
        weights = shipped(language)
        weighed = tone(parsed, weights, voice=voice)
        return cls(voice, judge(weighed, weights), Judge.of(weighed, weights))

    def reading(
        self, parsed: Parsed, number: int, text: str, language: str, taxonomy: Taxonomy | None
    ) -> Reading:
        content = float(self.verdicts.content[number])
        mixed = bool(self.verdicts.mixed[number])
        leaning = max(float(self.verdicts.best[number]), -float(self.verdicts.worst[number]))
        polarity = polarity_of(content, mixed=mixed, leaning=leaning)
        signals = signals_of(parsed, number, language, voice=self.voice)
        return Reading(
            language,
            polarity,
            round(2 * content - 1, 4),
            round(_certainty(content, float(self.verdicts.clash[number]), mixed=mixed), 4),
            intensity_of(
                text,
                parsed.shapes_of(number),
                float(self.judge.whole[number]),
                polarity=polarity,
                voice=self.voice,
            ),
            (),
            _themes(parsed, number, language, taxonomy, self.judge),
            signals,
            VERSION,
        )


def _certainty(content: float, clash: float, *, mixed: bool) -> float:
    """How sure the polarity is: the calibrated chance of its side, or how far two sides clash."""
    return 1 / (1 + exp(-clash)) if mixed else max(content, 1 - content)
