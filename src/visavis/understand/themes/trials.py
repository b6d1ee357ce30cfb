"""A taxonomy tried before it is published: on a sentence, on its own tests, on the latest texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.queries import verbatims
from visavis.measure.estimates import Estimate
from visavis.measure.shares import proportion_interval
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.text import Reading, ThemeOpinion
from visavis.understand.themes.engine import Engine
from visavis.understand.themes.sheets import MUST, Sheet, Sheets, under
from visavis.understand.verbatims.marking import Evidence, Shown, shown
from visavis.web.rows import Token

#: The latest texts on which a draft is tried, and how many of those that change are shown of each kind.
SAMPLE, TOLD = 200, 5
#: Longest sentence that is tried.
LONGEST = 2_000
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Heard:
    """A theme heard in a sentence: its token, and the words that carry it."""

    token: Token
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence read with a taxonomy: its pieces, and the themes heard in it."""

    shown: Shown
    heard: tuple[Heard, ...]


def try_text(text: str, sheets: Sheets, voice: Voice) -> Trial:
    """Read one sentence with a taxonomy.

    Args:
        text: the sentence.
        sheets: the taxonomy.
        voice: who would say it.
    """
    kept = text[:LONGEST]
    [reading] = Engine(sheets.values(), voice).read([kept])
    language = get_language() or "fr"
    evidence = [
        Evidence(span.start, span.end, told.polarity or "", sheets[told.theme].label(language))
        for told in reading.themes
        for span in told.evidence
    ]
    heard = tuple(_heard(kept, told, sheets[told.theme].label(language)) for told in reading.themes)
    return Trial(shown(kept, evidence, longest=0), heard)


def _heard(text: str, told: ThemeOpinion, label: str) -> Heard:
    words = tuple(dict.fromkeys(text[span.start : span.end] for span in told.evidence))
    return Heard(Token(label, told.polarity or "", unsure=told.certainty < _SURE), words)


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of a theme: a sentence that must, or must not, have it."""

    sheet: Sheet
    sentence: str
    must: bool
    passed: bool


def run_tests(sheets: Sheets, only: str = "") -> list[Tested]:
    """Try the tests of the themes that are heard, the failing ones first.

    Args:
        sheets: the taxonomy.
        only: the code of one theme; empty: all of them.
    """
    asked: dict[Voice, list[tuple[Sheet, str, bool]]] = {voice: [] for voice in Voice}
    for sheet in sheets.values():
        if not sheet.retired and only in {"", sheet.code}:
            asked[_speaker(sheet)] += [
                (sheet, sentence, kind == MUST) for kind, many in sheet.tests.items() for sentence in many
            ]
    found = [tested for voice, tests in asked.items() for tested in _tested(sheets, voice, tests)]
    return sorted(found, key=lambda each: (each.passed, not each.must))


def _speaker(sheet: Sheet) -> Voice:
    return next((voice for voice in Voice if voice in sheet.voices), next(iter(Voice)))


def _tested(sheets: Sheets, voice: Voice, tests: Sequence[tuple[Sheet, str, bool]]) -> Iterable[Tested]:
    if not tests:
        return
    readings = Engine(sheets.values(), voice).read([sentence for _, sentence, _ in tests])
    for (sheet, sentence, must), reading in zip(tests, readings, strict=True):
        yield Tested(sheet, sentence, must, _has(reading, _branch(sheets, sheet.code)) == must)


def _branch(sheets: Sheets, code: str) -> set[str]:
    """A theme and those under it: a text that speaks of a leaf speaks of its top."""
    return {code, *(sheet.code for sheet in under(sheets, code))}


def _has(reading: Reading, codes: set[str]) -> bool:
    return any(told.theme in codes for told in reading.themes)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a draft would change for one theme on the latest texts.

    Attributes:
        n: texts looked at.
        gain, lose: share of them that would have the theme and has it not today, and the other way round.
        gained, lost: some of these texts, cut into pieces.
    """

    n: int
    gain: Estimate
    lose: Estimate
    gained: tuple[Shown, ...]
    lost: tuple[Shown, ...]


def effect(viewer: Viewer, code: str, before: Sheets, after: Sheets, today: dt.date) -> Effect:
    """Read the latest texts with both taxonomies, and tell what changes for one theme.

    Args:
        viewer: who looks: only texts that they may read.
        code: the theme.
        before: the taxonomy in force.
        after: the draft.
        today: texts heard later are left out.
    """
    texts = _latest(viewer, today)
    gained: list[Shown] = []
    lost: list[Shown] = []
    for voice in LISTED_VOICES:
        said = [text for text in texts if text.voice == voice]
        heard = [text.heard for text in said]
        then = Engine(before.values(), voice).read(heard)
        new = Engine(after.values(), voice).read(heard)
        for text, was, now in zip(said, then, new, strict=True):
            had, has = _has(was, _branch(before, code)), _has(now, _branch(after, code))
            if has != had:
                (gained if has else lost).append(_shown(text.shown, now if has else was, code))
    n = len(texts)
    shares = (proportion_interval(len(gained), n), proportion_interval(len(lost), n))
    return Effect(n, *shares, tuple(gained[:TOLD]), tuple(lost[:TOLD]))


def _latest(viewer: Viewer, today: dt.date) -> list[Verbatim]:
    mine = verbatims(viewer).filter(viewer.within(Right.RETURNS), heard_on__lte=today)
    return list(mine.only("pk", "text", "masked_text", "voice")[:SAMPLE])


def _shown(text: str, reading: Reading, code: str) -> Shown:
    evidence = [
        Evidence(span.start, span.end, told.polarity or "")
        for told in reading.themes
        if told.theme == code
        for span in told.evidence
    ]
    return shown(text, evidence)
