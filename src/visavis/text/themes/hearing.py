"""Hearing themes in a batch of texts: keywords and what was learnt, weighed into one chance for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from visavis.text.meaning import Vectors, embed
from visavis.text.polarity import Parsed
from visavis.text.taxonomy import Hit, Taxonomy
from visavis.text.themes.features import letters_of, words_of
from visavis.text.themes.model import Lexicon, Pass, ThemeModel
from visavis.text.tokens import Ints
from visavis.text.weights import Reals

#: How sure a theme is after one keyword of one word; each further word of a keyword halves what is missing.
FIRST_DOUBT: Final = 0.4
#: Most words that are shown as carrying a theme that no keyword names.
WIDEST: Final = 12
#: A word that pulls less than this share of the strongest is not shown with it.
PULLS: Final = 0.25
#: Words shown on each side of the strongest, for it to be understood.
AROUND: Final = 2
_BOUND: Final = 30.0


@dataclass(frozen=True, slots=True)
class Heard:
    """For each text: what carries its themes, in the order of the text, and the chance of each theme."""

    hits: list[list[Hit]]
    chances: list[dict[int, float]]


@dataclass(frozen=True, slots=True)
class Seen:
    """Features of one kind that a lexicon knows, in a batch: its slot, and the word (or shape) that holds it.

    ``scale``, one a text: by how much its length shrinks what its features say.
    """

    slot: Ints
    at: Ints
    scale: Reals


#: A text of the batch and a theme of the model -> what the meaning of each clause adds to that theme.
Meant = Callable[[int, int], Reals]


def trust(words: NDArray[np.float64]) -> Reals:
    """How sure keywords are of a theme, 0 to 1, from the number of words of those found."""
    sure = np.where(words > 0, 1 - FIRST_DOUBT * 0.5 ** (words - 1), 0)
    return sure.astype(np.float32)


def spoken(hits: Sequence[Sequence[Hit]], slugs: Sequence[str], wanted: Sequence[str]) -> Reals:
    """``trust`` of each text in each of the ``wanted`` themes, (texts, themes), from keywords found."""
    column = {slug: number for number, slug in enumerate(wanted)}
    words = np.zeros((len(hits), len(wanted)))
    for row, found in enumerate(hits):
        for hit in found:
            place = column.get(slugs[hit.theme])
            if place is not None:
                words[row, place] += hit.words
    return trust(words)


def see(parsed: Parsed, lexicon: Lexicon, *, letters: bool) -> Seen:
    """Find the features that ``lexicon`` knows in a batch."""
    grams = letters_of(parsed) if letters else words_of(parsed)
    slot = np.searchsorted(lexicon.numbers, grams.number)
    slot[slot == len(lexicon)] = 0
    known = lexicon.numbers[slot] == grams.number if len(lexicon) else np.zeros(len(slot), np.bool_)
    slot, at = slot[known], grams.at[known]
    mass = _to_texts(parsed, at, lexicon.rarity[slot], letters=letters)
    return Seen(slot, at, (1 / np.sqrt(np.maximum(mass, 1))).astype(np.float32))


def _to_words(parsed: Parsed, at: Ints, values: Reals, *, letters: bool) -> NDArray[np.float64]:
    """Sum ``values`` on the words of a batch."""
    holders = len(parsed.shapes if letters else parsed.tokens.word)
    sums: NDArray[np.float64] = np.bincount(at, values, holders).astype(np.float64)
    return sums[parsed.tokens.word] if letters else sums


def _to_texts(parsed: Parsed, at: Ints, values: Reals, *, letters: bool) -> NDArray[np.float64]:
    on_words = _to_words(parsed, at, values, letters=letters)
    return np.bincount(parsed.tokens.text, on_words, parsed.tokens.size).astype(np.float64)


def chance(line: Reals, score: NDArray[np.float64], keywords: Reals) -> NDArray[np.float64]:
    """Chance of a theme from its learnt score and the trust of its keywords (Platt, 1999)."""
    odds = line[0] * score + line[1] * keywords + line[2] * (keywords > 0) + line[3]
    answer: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -_BOUND, _BOUND)))
    return answer


@dataclass(frozen=True, slots=True)
class _Pass:
    """One pass of a model over one batch."""

    parsed: Parsed
    one: Pass
    words: Seen
    letters: Seen
    keywords: Reals
    vectors: Vectors | None

    @classmethod
    def of(cls, parsed: Parsed, model: ThemeModel, keywords: Reals, vectors: Vectors | None) -> _Pass:
        one = model.fast if vectors is None or model.deep is None else model.deep
        words, letters = (
            see(parsed, lexicon, letters=small)
            for lexicon, small in ((model.words, False), (model.letters, True))
        )
        return cls(parsed, one, words, letters, keywords, vectors if one is model.deep else None)

    def push(self, theme: int) -> NDArray[np.float64]:
        """What each word adds to the score of a theme in its text."""
        text, answer = self.parsed.tokens.text, np.zeros(len(self.parsed.tokens.word))
        for seen, table, small in (
            (self.words, self.one.words, False),
            (self.letters, self.one.letters, True),
        ):
            on_words = _to_words(self.parsed, seen.at, table[seen.slot, theme], letters=small)
            answer += on_words * seen.scale[text]
        return answer

    def evidence(self, theme: int, push: NDArray[np.float64]) -> NDArray[np.float64]:
        """What speaks for a theme, or against it, in each text."""
        answer = np.bincount(self.parsed.tokens.text, push, self.parsed.tokens.size)
        answer = answer + self.keywords @ self.one.keywords[:, theme]
        if self.vectors is not None:
            answer = answer + self.vectors @ self.one.meaning[:, theme]
        return cast("NDArray[np.float64]", answer)


def hear(
    parsed: Parsed,
    taxonomy: Taxonomy,
    hits: list[list[Hit]],
    vectors: Vectors | None = None,
    meant: Meant | None = None,
) -> Heard:
    """Weigh keywords and what was learnt.

    Args:
        parsed: the batch.
        taxonomy: the themes; without a model their keywords alone are heard.
        hits: the keywords found in each text.
        vectors: the meaning of each text; none: the fast pass.
        meant: the meaning of clauses, asked where no keyword names a theme; none: words alone carry it.

    Returns:
        The themes told: those of the model whose chance reaches its threshold, the others by their keywords.
        One that no keyword names is carried by the words that weigh most.
    """
    model = taxonomy.model
    place = {slug: number for number, slug in enumerate(taxonomy.slugs)}
    taught = _taught(model, place) if model else {}
    by_keywords = [[hit for hit in found if hit.theme not in taught.values()] for found in hits]
    own = spoken(hits, taxonomy.slugs, taxonomy.slugs)
    heard = Heard(by_keywords, _chances(by_keywords, own))
    if model is not None:
        run = _Pass.of(parsed, model, spoken(hits, taxonomy.slugs, model.slugs), vectors)
        for number, theme in taught.items():
            _hear_one(run, heard, hits, number, theme, meant)
        for found in heard.hits:
            found.sort(key=lambda hit: (hit.first, hit.last, hit.theme))
    return heard


def _taught(model: ThemeModel, place: Mapping[str, int]) -> dict[int, int]:
    """Number of a theme in the model -> in the taxonomy, for the themes that it learnt."""
    pairs = enumerate(zip(model.slugs, model.learnt.tolist(), strict=True))
    return {number: place[slug] for number, (slug, learnt) in pairs if learnt and slug in place}


def _chances(hits: list[list[Hit]], own: Reals) -> list[dict[int, float]]:
    return [{hit.theme: float(own[text, hit.theme]) for hit in found} for text, found in enumerate(hits)]


def _hear_one(
    run: _Pass, heard: Heard, hits: list[list[Hit]], number: int, theme: int, meant: Meant | None
) -> None:
    """Add one theme (its number in the model, in the taxonomy) to what was heard."""
    push = run.push(number)
    evidence, keywords = run.evidence(number, push), run.keywords[:, number]
    likely = chance(run.one.line, evidence + run.one.bias[number], keywords)
    first = run.parsed.tokens.first
    speaks = ((evidence > 0) | (keywords > 0)) & (np.diff(first) > 0)
    for text in np.flatnonzero((likely >= run.one.threshold) & speaks).tolist():
        words = slice(int(first[text]), int(first[text + 1]))
        named = [hit for hit in hits[text] if hit.theme == theme]
        if not named:
            gain = meant(text, number) if meant else None
            start, end = strongest(push[words], run.parsed.clauses.clause[words], gain)
            named = [Hit(theme, words.start + start, words.start + end, 1)]
        heard.hits[text] += named
        heard.chances[text][theme] = float(likely[text])


def meaning_of_clauses(texts: Sequence[str], parsed: Parsed, deep: Pass) -> Meant:
    """What the meaning of each clause adds to a theme; clauses are turned into vectors when first asked for.

    Args:
        texts: the batch, as ``parsed`` was made from.
        parsed: the batch.
        deep: the pass that knows meanings.
    """
    known: dict[int, Vectors] = {}

    def vectors_of(text: int) -> Vectors:
        words = slice(int(parsed.tokens.first[text]), int(parsed.tokens.first[text + 1]))
        start, end = parsed.tokens.start[words], parsed.tokens.end[words]
        opens = np.flatnonzero(np.diff(parsed.clauses.clause[words], prepend=-1))
        closes = np.append(opens[1:], len(start)) - 1
        return embed([texts[text][start[one] : end[two]] for one, two in zip(opens, closes, strict=True)])

    def meant(text: int, theme: int) -> Reals:
        if text not in known:
            known[text] = vectors_of(text)
        answer: Reals = known[text] @ deep.meaning[:, theme]
        return answer

    return meant


def strongest(push: NDArray[np.float64], clause: Ints, meant: Reals | None = None) -> tuple[int, int]:
    """The words that pull most: in the clause that pulls most, the strong ones and those around.

    Args:
        push: what each word adds, at least one word.
        clause: the clause of each, ascending.
        meant: what the meaning of each of these clauses adds.

    Returns:
        Places of the first and the last word, at most ``WIDEST`` words. Where no word pulls, the beginning of
        the clause.
    """
    own = np.unique(clause, return_inverse=True)[1]
    gains = np.bincount(own, np.maximum(push, 0))
    inside = np.flatnonzero(own == np.argmax(gains if meant is None else gains + meant))
    pull = push[inside]
    peak = int(np.argmax(pull))
    if pull[peak] <= 0:
        return int(inside[0]), int(inside[:WIDEST][-1])
    strong = np.flatnonzero(pull >= PULLS * pull[peak])
    near = strong[np.abs(strong - peak) < WIDEST // 2]
    first, last = max(min(int(near[0]), peak - AROUND), 0), max(int(near[-1]), peak + AROUND)
    return int(inside[first]), int(inside[min(last, len(inside) - 1)])
