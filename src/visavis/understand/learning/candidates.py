"""Candidates: what people's words teach, tried on what it did not learn from. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Verbatim
from visavis.measure.estimates import FULL_FROM
from visavis.text import VERSION, Labelled, Taxonomy, fit_themes
from visavis.text.learning import Adaptation, Around, adapt, calibration_error, surroundings
from visavis.text.weights import LANGUAGES
from visavis.understand.learning.engine import readings_under, themes_under
from visavis.understand.learning.gate import Trial, agreement, trial
from visavis.understand.learning.labels import (
    Tested,
    Toned,
    tests_said,
    themes_said,
    tones_said,
    usual_language,
)
from visavis.understand.learning.models import teaches
from visavis.understand.learning.queries import models_in_force
from visavis.understand.themes.queries import taxonomy_in_force

#: Fewest tones that are worth learning from.
LEAST = 20
#: The latest texts nobody corrected, to which what was learnt is carried by their meaning: some ten seconds.
NEAR = 2000
#: Parts of cross-validation: each is read by what the others taught.
FOLDS = 5
_SIDES = {Polarity.POSITIVE: True, Polarity.NEGATIVE: False}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was learnt, from how many texts, and its trials.

    Attributes:
        basis: fingerprint of all that it was learnt from and judged on.
        content: the model as bytes.
        answers: texts learnt from.
        test: on the answers kept apart.
        cross: by cross-validation, where the test is too small to decide.
        calibration: expected error of its chances on the test, before and after; none if it is too small.
    """

    basis: str
    content: bytes
    answers: int
    test: Trial
    cross: Trial | None
    calibration: tuple[float, float] | None = None


def basis_of(*parts: object) -> str:
    """The fingerprint of what a candidate is made from."""
    return blake2b(repr((VERSION, *parts)).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Tones:
    """What there is to learn about the tone, and to test it on."""

    voice: Voice
    language: str
    said: list[Toned]
    tests: list[Tested]

    @classmethod
    def of(cls, voice: Voice) -> Tones | None:
        """All that was said of the tone in the usual language; none if that is too little to learn from."""
        said = [one for one in tones_said(voice) if one.tone in _SIDES and one.language in LANGUAGES]
        language = usual_language(said)
        kept = [one for one in said if one.language == language]
        if len(kept) < LEAST or not voice.tone_may_be_read:
            return None
        return cls(voice, language, kept, [one for one in tests_said(voice) if one.tone])

    @property
    def basis(self) -> str:
        """What it is, in 32 characters."""
        learnt = [(one.key, one.text, one.tone.value, one.random) for one in self.said]
        return basis_of("tone", learnt, [(one.key, one.text, one.tone) for one in self.tests])

    def learn(self) -> Candidate:
        """Learn, and try."""
        now, near = models_in_force(self.voice).tone, surroundings(self._near())
        made = _adapt(self.said, self.language, near)
        small = len(self.tests) < FULL_FROM
        cross = self._cross(now, near) if small else None
        calibration = None if small else (self._error(now), self._error(made))
        return Candidate(
            self.basis, made.to_bytes(), len(self.said), self.held(now, made), cross, calibration
        )

    def held(self, before: Adaptation | None, after: Adaptation | None) -> Trial:
        """The texts kept apart, read both ways."""
        return trial(tone_worths(self.voice, self.tests, before), tone_worths(self.voice, self.tests, after))

    def _near(self) -> list[str]:
        """Texts that came last and whose tone nobody said, in the same language, the latest first."""
        said = {one.key for one in tones_said(self.voice)}
        rows = Verbatim.objects.filter(voice=self.voice, read_at__isnull=False, language=self.language)
        latest = rows.filter(teaches("pk")).order_by("-pk")[: NEAR + len(said)]
        return [text.heard for text in latest if text.pk not in said][:NEAR]

    def _cross(self, now: Adaptation | None, near: Around) -> Trial:
        before: list[float] = []
        after: list[float] = []
        for fold in range(FOLDS):
            kept = self.said[fold::FOLDS]
            rest = [one for place, one in enumerate(self.said) if place % FOLDS != fold]
            before += tone_worths(self.voice, kept, now)
            after += tone_worths(self.voice, kept, _adapt(rest, self.language, near))
        return trial(before, after)

    def _error(self, tone: Adaptation | None) -> float:
        sided = [one for one in self.tests if one.tone in _SIDES]
        readings = readings_under(tone, [one.text for one in sided], self.voice)
        pairs = [
            ((reading.sentiment + 1) / 2, _SIDES[Polarity(one.tone)])
            for reading, one in zip(readings, sided, strict=True)
            if reading.sentiment is not None
        ]
        return (
            round(calibration_error([p for p, _ in pairs], [true for _, true in pairs]), 4) if pairs else 0.0
        )


def tone_worths(voice: Voice, texts: Sequence[Tested | Toned], tone: Adaptation | None) -> list[float]:
    """1 for each text whose tone is read as a person says it, 0 for the others."""
    readings = readings_under(tone, [one.text for one in texts], voice)
    return [float((read.polarity or "") == one.tone) for read, one in zip(readings, texts, strict=True)]


def _adapt(said: Sequence[Toned], language: str, near: Around) -> Adaptation:
    contents = [_SIDES[one.tone] for one in said]
    chance = [one.random for one in said]
    texts = [one.text for one in said]
    return adapt(texts, contents, language=language, at_random=chance, near=near)


@dataclass(frozen=True, slots=True)
class Themes:
    """What there is to learn about themes, and to test it on."""

    voice: Voice
    taxonomy: Taxonomy
    said: list[Labelled]
    tests: list[Tested]

    @classmethod
    def of(cls, voice: Voice) -> Themes | None:
        """All that was said of themes; none if nothing was, and no theme has an example."""
        taxonomy = taxonomy_in_force(voice)
        said = [labelled for _key, labelled in themes_said(voice, taxonomy)]
        if not said and not examples_of(taxonomy):
            return None
        return cls(voice, taxonomy, said, tests_said(voice))

    @property
    def basis(self) -> str:
        """What it is, in 32 characters."""
        learnt = [(one.text, sorted(one.present), sorted(one.absent)) for one in self.said]
        named = [
            (one.slug, one.parent, dict(one.keywords), dict(one.examples)) for one in self.taxonomy.themes
        ]
        tests = [(one.key, one.text, sorted(one.themes)) for one in self.tests]
        return basis_of("themes", self.voice.value, learnt, named, tests)

    def learn(self) -> Candidate:
        """Learn, and try."""
        now = models_in_force(self.voice).taxonomy
        model = fit_themes(self.taxonomy, self.said)
        made = Taxonomy(self.taxonomy.themes, model)
        test = trial(self._worths(self.tests, now), self._worths(self.tests, made))
        cross = self._cross(now) if len(self.tests) < FULL_FROM else None
        answers = len(self.said) + len(examples_of(self.taxonomy))
        return Candidate(self.basis, model.to_bytes(), answers, test, cross)

    def _worths(self, texts: Sequence[Tested], taxonomy: Taxonomy) -> list[float]:
        read = themes_under(taxonomy, [one.text for one in texts], self.voice)
        known = set(taxonomy.slugs)
        return [agreement(found, one.themes & known) for found, one in zip(read, texts, strict=True)]

    def _cross(self, now: Taxonomy) -> Trial:
        """On what people said of real texts alone: examples teach, and are too plain to judge."""
        before: list[float] = []
        after: list[float] = []
        for fold in range(FOLDS):
            kept = self.said[fold::FOLDS]
            rest = [one for place, one in enumerate(self.said) if place % FOLDS != fold]
            if kept:
                made = Taxonomy(self.taxonomy.themes, fit_themes(self.taxonomy, rest))
                before += self._agreements(kept, now)
                after += self._agreements(kept, made)
        return trial(before, after)

    def _agreements(self, texts: Sequence[Labelled], taxonomy: Taxonomy) -> list[float]:
        """As ``_worths``, over the themes that somebody spoke about."""
        read = themes_under(taxonomy, [one.text for one in texts], self.voice)
        return [
            agreement(found & (one.present | one.absent), one.present)
            for found, one in zip(read, texts, strict=True)
        ]


def examples_of(taxonomy: Taxonomy) -> list[Labelled]:
    """The examples of the themes, each as a text that speaks of its theme."""
    return [
        Labelled(text, frozenset({theme.slug}))
        for theme in taxonomy.themes
        for _language, texts in sorted(theme.examples.items())
        for text in texts
    ]
