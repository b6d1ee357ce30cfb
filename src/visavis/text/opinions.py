"""What a text says of each theme, and with which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np

from visavis.core.words import Polarity
from visavis.text.polarity import Parsed, Tone
from visavis.text.taxonomy import Hit, Taxonomy, find
from visavis.text.tokens import Ints
from visavis.text.verdict import ABSTAIN, CLAUSE_MASS, leanings
from visavis.text.weights import Reals, Weights

#: Share of the nearness that is left one word further from the keyword.
FADE: Final = 0.8
#: The same for a word of another phrase, beyond a comma or "et".
ELSEWHERE: Final = 0.3
#: How much the words near the keyword, its clause and the whole text each tell about an opinion.
NEAR_PULL, CLAUSE_PULL, WHOLE_PULL = 0.7, 0.4, 0.35
#: How far from the keyword a word may stand and still be shown as carrying the opinion.
REACH: Final = 6
#: A word that adds less than this to the score does not carry an opinion.
CARRIES: Final = 0.4
#: How sure a theme is after one keyword of one word; each further word of a keyword halves what is missing.
FIRST_DOUBT: Final = 0.4
#: Mentions of a theme that are weighed, from the beginning of a text, and those that are shown.
WEIGHED, AT_MOST = 40, 3


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text as it was given: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ThemeOpinion:
    """A theme found in a text: what is said of it, and the words that say it.

    ``polarity`` is ``None`` where it cannot be told or is not ours to read.
    """

    theme: str
    polarity: Polarity | None
    certainty: float
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """The tone of a batch, ready to be asked about one place of it."""

    push: Reals
    lean: Reals
    whole: Reals

    @classmethod
    def of(cls, tone: Tone, weights: Weights) -> Judge:
        """Calibrate ``tone``; clauses with too few known words lean nowhere."""
        lean = np.where(tone.clause_mass >= CLAUSE_MASS / 2, leanings(tone.clause_score, weights.clause), 0)
        return cls(tone.push, lean.astype(np.float32), leanings(tone.score, weights.whole))


def hits_of(parsed: Parsed, taxonomy: Taxonomy, languages: Sequence[str]) -> list[list[Hit]]:
    """Keywords found in each text of a batch, those of a parent left out where its child is found.

    Args:
        parsed: the batch.
        taxonomy: the themes.
        languages: the language of each text.
    """
    hits: list[list[Hit]] = [[] for _ in languages]
    if not taxonomy.themes:
        return hits
    spoken, places = np.array(languages)[parsed.tokens.text], parsed.places
    for language in sorted(set(languages)):
        finder = taxonomy.finder(language)
        known = np.fromiter((bool(finder[shape]) for shape in parsed.shapes), np.bool_, len(parsed.shapes))
        candidates = np.flatnonzero(known[parsed.tokens.word] & (spoken == language))
        for hit in find(finder, places, candidates.tolist()):
            hits[places.text[hit.first]].append(hit)
    return [_narrowest(found, taxonomy.parents) for found in hits]


def _narrowest(hits: list[Hit], parents: Mapping[int, int]) -> list[Hit]:
    covered = {parents.get(hit.theme) for hit in hits}
    return [hit for hit in hits if hit.theme not in covered]


def opinions_of(
    parsed: Parsed, number: int, slugs: Sequence[str], hits: Sequence[Hit], judge: Judge | None
) -> tuple[ThemeOpinion, ...]:
    """What one text of a batch says of each theme, in the order of the text.

    Args:
        parsed: the batch.
        number: the text in it.
        slugs: the names of the themes.
        hits: the keywords found.
        judge: the tone of the batch; ``None`` where it may not or cannot be read.
    """
    by_theme: dict[int, list[Hit]] = {}
    for hit in hits:
        by_theme.setdefault(hit.theme, []).append(hit)
    return tuple(_opinion(parsed, number, slugs[theme], found, judge) for theme, found in by_theme.items())


def _opinion(
    parsed: Parsed, number: int, slug: str, hits: Sequence[Hit], judge: Judge | None
) -> ThemeOpinion:
    doubt = FIRST_DOUBT * 0.5 ** (sum(hit.words for hit in hits) - 1)
    if judge is None:
        spans = tuple(_span(parsed, hit.first, hit.last) for hit in hits[:AT_MOST])
        return ThemeOpinion(slug, None, 1 - doubt, spans)
    hits = hits[:WEIGHED]
    leans = [_lean(parsed, number, hit, judge) for hit in hits]
    chances = [1 / (1 + exp(-lean)) for lean in leans]
    polarity, sure = _name(chances, sum(leans) / len(leans))
    ranked = sorted(range(len(hits)), key=lambda place: -abs(leans[place]))[:AT_MOST]
    spans = tuple(_carried(parsed, hits[place], judge.push, leans[place]) for place in sorted(ranked))
    return ThemeOpinion(slug, polarity, (1 - doubt) * sure, spans)


def _name(chances: Sequence[float], lean: float) -> tuple[Polarity | None, float]:
    """The polarity of a theme and how sure it is, from the chance that each mention is a good one."""
    if max(chances) > 0.75 and min(chances) < 0.25:
        return Polarity.MIXED, min(max(chances), 1 - min(chances))
    chance = 1 / (1 + exp(-lean))
    if abs(chance - 0.5) < ABSTAIN / 2:
        return None, 0.5
    return (Polarity.POSITIVE, chance) if chance > 0.5 else (Polarity.NEGATIVE, 1 - chance)


def _lean(parsed: Parsed, number: int, hit: Hit, judge: Judge) -> float:
    """Log-odds that the text is content with what it mentions here."""
    low, high = _neighbourhood(parsed.clauses.clause, hit)
    nearness = _nearness(parsed, hit, low, high)
    near = float((judge.push[low:high] * nearness).sum())
    clause = float(judge.lean[parsed.clauses.clause[hit.first] - 1])
    return NEAR_PULL * near + CLAUSE_PULL * clause + WHOLE_PULL * float(judge.whole[number])


def _nearness(parsed: Parsed, hit: Hit, low: int, high: int) -> Reals:
    """How near each word is to the keyword: 1 on it, less with each word, much less in another phrase."""
    place = np.arange(low, high)
    away = np.maximum(np.maximum(hit.first - place, place - hit.last), 0)
    phrase = parsed.clauses.phrase[low:high]
    inside = (phrase >= parsed.clauses.phrase[hit.first]) & (phrase <= parsed.clauses.phrase[hit.last])
    return (FADE**away * np.where(inside, 1, ELSEWHERE)).astype(np.float32)


def _neighbourhood(clause: Ints, hit: Hit) -> tuple[int, int]:
    """The words of the keyword's clause that are not too far from it."""
    low, high = max(0, hit.first - 2 * REACH), min(len(clause), hit.last + 2 * REACH + 1)
    same = np.flatnonzero(clause[low:high] == clause[hit.first])
    return low + int(same[0]), low + int(same[-1]) + 1


def _carried(parsed: Parsed, hit: Hit, push: Reals, lean: float) -> Span:
    """From the keyword to the nearest strong word of its clause that pulls the way the opinion goes."""
    low, high = _neighbourhood(parsed.clauses.clause, hit)
    low, high = max(low, hit.first - REACH), min(high, hit.last + REACH + 1)
    pull = push[low:high] * (1 if lean > 0 else -1)
    strongest = int(np.argmax(pull * _nearness(parsed, hit, low, high)))
    if pull[strongest] < CARRIES:
        return _span(parsed, hit.first, hit.last)
    return _span(parsed, min(hit.first, low + strongest), max(hit.last, low + strongest))


def _span(parsed: Parsed, first: int, last: int) -> Span:
    return Span(int(parsed.tokens.start[first]), int(parsed.tokens.end[last]))
