"""The raw tone of clauses and of whole texts, from the linear model."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from visavis.core.words import Voice, must_be_customer
from visavis.text.clauses import Clauses, divide, shape
from visavis.text.denials import pull, role
from visavis.text.grams import Grams, Hashes, digest, grams, letters, speaking
from visavis.text.taxonomy import Places
from visavis.text.tokens import Ints, Tokens, tokenize
from visavis.text.weights import Reals, Weights


@dataclass(frozen=True, slots=True)
class Parsed:
    """A batch of texts, cut up and numbered; no opinion yet.

    ``pull`` (one a word): how much it counts, and which way (see ``denials``).
    """

    tokens: Tokens
    shapes: list[str]
    numbers: Hashes
    clauses: Clauses
    grams: Grams
    pull: Reals
    places: Places

    @property
    def bounds(self) -> list[int]:
        """The place of the first word of each text, and of the end."""
        bounds: list[int] = self.tokens.first.tolist()
        return bounds

    def tally(self, words: frozenset[str]) -> Ints:
        """How many of ``words`` stand in each text."""
        wanted = np.fromiter((shape in words for shape in self.shapes), np.float64, len(self.shapes))
        return np.bincount(self.tokens.text, wanted[self.tokens.word], self.tokens.size).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Tone:
    """The model's view of a batch.

    ``word_text`` and ``push`` (one a word): its text; what it and the pair that ends with it add to the score
    of its clause. ``clause_score`` and ``clause_mass`` (one a clause), ``score`` and ``mass`` (one a text):
    raw score, and length measured in the rarity of the n-grams that the model knows.
    """

    word_text: Ints
    push: Reals
    clause_score: Reals
    clause_mass: Reals
    clause_text: Ints
    score: Reals
    mass: Reals


class Shapes(dict[str, tuple[str, int, int]]):
    """Remembers shape, number and role of words; forgets everything when it has grown too big."""

    LIMIT = 10_000

    def __missing__(self, word: str) -> tuple[str, int, int]:
        if len(self) > self.LIMIT:
            self.clear()
        known = shape(word)
        self[word] = answer = (known, digest(known), role(known))
        return answer


_SHAPES = Shapes()


def parse(texts: list[str]) -> Parsed:
    """Cut a batch into words, clauses and n-grams."""
    tokens = tokenize(texts)
    known = [_SHAPES[word] for word in tokens.words]
    shapes = [name for name, _, _ in known]
    clauses = divide(tokens, shapes)
    numbers = np.fromiter((number for _, number, _ in known), np.uint64, len(known))
    pulled = pull(tokens, clauses, np.fromiter((each for _, _, each in known), np.int64, len(known)))
    clauses = replace(clauses, negated=clauses.negated & (pulled > 0))
    found = grams(tokens, clauses, numbers)
    marks = _marks(tokens)
    both = Grams(np.concatenate((found.number, marks.number)), np.concatenate((found.at, marks.at)))
    places = Places(shapes, tokens.word.tolist(), clauses.clause.tolist(), tokens.text.tolist())
    return Parsed(tokens, shapes, numbers, clauses, both, pulled, places)


def _marks(tokens: Tokens) -> Grams:
    """Exclamations and the like, held by the word before them."""
    each = np.fromiter(map(speaking, tokens.gaps), np.uint64, len(tokens.gaps))
    within, last = each[tokens.gap], each[tokens.tail]
    opening = np.zeros(len(within) + 1, np.bool_)
    opening[tokens.first] = True
    spoken = np.flatnonzero((within != 0) & ~opening[:-1])
    ended = np.flatnonzero((last != 0) & (np.diff(tokens.first) > 0))
    return Grams(
        np.concatenate((within[spoken], last[ended])),
        np.concatenate((spoken - 1, tokens.first[ended + 1] - 1)),
    )


def tone(parsed: Parsed, weights: Weights, *, voice: Voice) -> Tone:
    """Weigh a batch.

    Args:
        parsed: the batch.
        weights: the model of its language.
        voice: whose words these are.

    Raises:
        EmployeeTextError: for employees' words: nobody reads their feelings.
    """
    must_be_customer(voice)
    words = len(parsed.tokens.word)
    clause = parsed.clauses.clause - 1
    count = int(clause[-1]) + 1 if words else 0
    clause_text = np.zeros(count, np.int64)
    clause_text[clause] = parsed.tokens.text
    pushes, scores, whole = (
        np.zeros(words, np.float32),
        np.zeros(count, np.float32),
        np.zeros(parsed.tokens.size, np.float32),
    )
    masses = []
    size = np.abs(parsed.pull)
    for of_words, rarity_of_words in (_of_words(parsed, weights), _of_letters(parsed, weights)):
        push, rarity = of_words * parsed.pull, rarity_of_words * size
        clause_push, clause_mass = _total(clause, push, count), _total(clause, rarity, count)
        mass = _total(clause_text, clause_mass, parsed.tokens.size)
        scores += _scaled(clause_push, clause_mass)
        whole += _scaled(_total(clause_text, clause_push, parsed.tokens.size), mass)
        pushes += push / np.sqrt(np.maximum(clause_mass, 1))[clause]
        masses.append((clause_mass, mass))
    bias = np.float32(weights.bias)
    return Tone(
        parsed.tokens.text, pushes, scores + bias, masses[0][0], clause_text, whole + bias, masses[0][1]
    )


def _of_words(parsed: Parsed, weights: Weights) -> tuple[Reals, Reals]:
    """What each word, with the pairs that end with it, adds to the score and to the length of its text."""
    slot = weights.find(parsed.grams.number)
    words = len(parsed.tokens.word)
    return (
        _total(parsed.grams.at, weights.weight[slot], words),
        _total(parsed.grams.at, weights.rarity[slot], words),
    )


def _of_letters(parsed: Parsed, weights: Weights) -> tuple[Reals, Reals]:
    """The same from the pieces of each word, remembered with the weights."""
    remembered = [weights.spelt.get(shape) for shape in parsed.shapes]
    places = [place for place, both in enumerate(remembered) if both is None]
    if places:
        unknown = [parsed.shapes[place] for place in places]
        pieces = letters(unknown)
        slot = weights.find(pieces.number)
        columns = (_total(pieces.at, each[slot], len(unknown)) for each in (weights.weight, weights.rarity))
        fresh = list(zip(*(column.tolist() for column in columns), strict=True))
        for place, both in zip(places, fresh, strict=True):
            remembered[place] = both
        weights.remember(unknown, fresh)
    each = np.array(remembered, np.float32).reshape(-1, 2)[parsed.tokens.word]
    return each[:, 0], each[:, 1]


def _total(places: Ints, values: Reals, size: int) -> Reals:
    return np.bincount(places, values, size).astype(np.float32)


def _scaled(push: Reals, mass: Reals) -> Reals:
    return (push / np.sqrt(np.maximum(mass, 1))).astype(np.float32)
