"""What a reading says, and how many texts are read at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Final

from visavis.core.words import Polarity, Signal, Voice
from visavis.text.emotions import emotions_of
from visavis.text.intensity import forces_of, intensity_of
from visavis.text.language import CHOICES, recognise
from visavis.text.learning.adaptation import Adaptation, adapted
from visavis.text.meaning import Vectors
from visavis.text.moments import Moments, moment_of
from visavis.text.opinions import Judge, ThemeOpinion, hits_of, opinions_of
from visavis.text.polarity import Parsed, parse, tone
from visavis.text.signals import signals_of
from visavis.text.taxonomy import Taxonomy
from visavis.text.themes.hearing import Heard, Meant, hear, meaning_of_clauses
from visavis.text.verdict import Verdicts, judge, polarity_of
from visavis.text.weights import LANGUAGES

#: Changes whenever a text may be read otherwise than before.
VERSION: Final = "6"
BATCH: Final = 256
#: Longest text, in characters, of which everything is read; of a longer one, the beginning.
LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine understood of one text.

    ``polarity`` and ``sentiment`` (-1 to 1) are the tone of the text, ``certainty`` (0 to 1) how sure
    that is; both are ``None`` where nobody may or can tell. ``intensity`` runs from 0 (no judgement) to 4
    (extreme). ``emotions`` are experimental (see ``text.emotions``). ``moment`` is the slug of the moment
    that the text speaks of, where moments were given and one stands out. For employees there are only a
    language, themes and a moment; ``certainty`` is that of the surest theme.
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
    moment: str | None = None


def read(
    texts: Sequence[str],
    *,
    voice: Voice,
    taxonomy: Taxonomy | None = None,
    language: str | None = None,
    vectors: Vectors | None = None,
    tone: Adaptation | None = None,
    moments: Moments | None = None,
) -> list[Reading]:
    """Read texts.

    Args:
        texts: what people wrote; any strings, however odd.
        voice: who speaks. Of employees' words only the language and the themes are read.
        taxonomy: the themes to look for; none: no themes.
        language: the language of all the texts ("fr", "en"; any other: themes only); none: found for each.
        vectors: ``embed`` of the texts, one row each, where known: a model of themes that learnt meanings
            then uses them.
        tone: what the company's corrections taught about one language; none: as shipped.
        moments: the company's moments; none: no moment is named.

    Returns:
        One reading a text, in the same order. The same texts always give the same readings.

    >>> [reading] = read(["Conseillère très aimable, merci !"], voice=Voice.CUSTOMER)
    >>> reading.polarity, reading.language
    (<Polarity.POSITIVE: 'positive'>, 'fr')
    """
    readings: list[Reading] = []
    for first in range(0, len(texts), BATCH):
        batch = [text[:LONGEST] for text in texts[first : first + BATCH]]
        meanings = None if vectors is None else vectors[first : first + BATCH]
        readings += _read(batch, voice, taxonomy, language, meanings, tone, moments)
    return readings


def _read(
    texts: list[str],
    voice: Voice,
    taxonomy: Taxonomy | None,
    language: str | None,
    vectors: Vectors | None,
    learnt: Adaptation | None,
    moments: Moments | None,
) -> Iterable[Reading]:
    """Read one batch."""
    parsed = parse(texts)
    named = [language] * len(texts) if language else [CHOICES[one] for one in recognise(parsed)]
    themes = _Themes.of(parsed, texts, taxonomy or Taxonomy([]), named, vectors)
    if voice.tone_may_be_read:
        readings = _with_tone(themes, texts, named, voice, learnt)
    else:
        readings = (themes.alone(number, name) for number, name in enumerate(named))
    return readings if moments is None else _placed(list(readings), parsed, named, moments)


def _placed(readings: list[Reading], parsed: Parsed, named: list[str], moments: Moments) -> Iterator[Reading]:
    """The readings, each with the moment that its text speaks of."""
    themes = [[theme.theme for theme in one.themes] for one in readings]
    found = moment_of(parsed, named, themes, moments)
    return (replace(one, moment=at.slug if at else None) for one, at in zip(readings, found, strict=True))


def _with_tone(
    themes: _Themes, texts: list[str], named: list[str], voice: Voice, learnt: Adaptation | None
) -> Iterator[Reading]:
    """Read a batch of customers' texts; those in a language without weights keep their themes only."""
    parsed, bounds = themes.parsed, themes.parsed.bounds
    known = sorted(set(named) & set(LANGUAGES))
    views = {name: _View.of(parsed, texts, name, voice, learnt) for name in known}
    signals = signals_of(parsed, named, voice=voice)
    for number, name in enumerate(named):
        view = views.get(name)
        if view is None or bounds[number] == bounds[number + 1]:
            yield themes.alone(number, name)
        else:
            polarity = view.polarity(number)
            yield Reading(
                language=name,
                polarity=polarity,
                sentiment=round(2 * view.verdicts.content[number] - 1, 4),
                certainty=round(view.certainty(number), 4),
                intensity=intensity_of(view.forces[number], polarity, voice=voice),
                emotions=view.emotions[number],
                themes=themes.told(number, view.judge),
                signals=signals[number],
                version=view.version,
            )


@dataclass(frozen=True, slots=True)
class _Themes:
    """The themes heard in a batch."""

    parsed: Parsed
    slugs: tuple[str, ...]
    heard: Heard

    @classmethod
    def of(
        cls,
        parsed: Parsed,
        texts: list[str],
        taxonomy: Taxonomy,
        named: list[str],
        vectors: Vectors | None,
    ) -> _Themes:
        model = taxonomy.model
        meant: Meant | None = None
        if vectors is not None and model is not None and model.deep is not None:
            meant = meaning_of_clauses(texts, parsed, model.deep)
        heard = hear(parsed, taxonomy, hits_of(parsed, taxonomy, named), vectors, meant)
        return cls(parsed, taxonomy.slugs, heard)

    def told(self, number: int, judge: Judge | None) -> tuple[ThemeOpinion, ...]:
        """The themes of one text, as sure as their chances say."""
        chances = {self.slugs[theme]: chance for theme, chance in self.heard.chances[number].items()}
        opinions = opinions_of(self.parsed, number, self.slugs, self.heard.hits[number], judge)
        return tuple(replace(one, certainty=round(chances[one.theme], 4)) for one in opinions)

    def alone(self, number: int, language: str) -> Reading:
        """The reading of a text whose tone may not, or cannot, be read."""
        themes = self.told(number, None)
        certainty = max((theme.certainty for theme in themes), default=0.0)
        return Reading(language, None, None, certainty, None, (), themes, (), VERSION)


@dataclass(frozen=True, slots=True)
class _View:
    """One language's view of a batch."""

    verdicts: Verdicts
    judge: Judge
    forces: list[float]
    emotions: list[tuple[str, ...]]
    version: str

    @classmethod
    def of(
        cls, parsed: Parsed, texts: list[str], language: str, voice: Voice, learnt: Adaptation | None
    ) -> _View:
        weights = adapted(language, learnt)
        weighed = tone(parsed, weights, voice=voice)
        verdicts, asked = judge(parsed, weighed, weights), Judge.of(weighed, weights)
        forces = forces_of(parsed, texts, asked.whole).tolist()
        emotions = emotions_of(parsed, asked.whole, voice=voice)
        return cls(verdicts, asked, forces, emotions, _version(language, learnt))

    def polarity(self, number: int) -> Polarity | None:
        each = self.verdicts
        return polarity_of(each.content[number], mixed=each.mixed[number], calm=each.calm[number])

    def certainty(self, number: int) -> float:
        """How sure the polarity is: the calibrated chance of its side, or how far two sides clash."""
        content = self.verdicts.content[number]
        if self.verdicts.mixed[number]:
            return 1 / (1 + exp(-self.verdicts.clash[number]))
        return max(content, 1 - content)


def _version(language: str, learnt: Adaptation | None) -> str:
    """The engine's version, followed by that of what was learnt about the language."""
    if learnt is None or learnt.language != language:
        return VERSION
    return f"{VERSION}+{learnt.version}"
