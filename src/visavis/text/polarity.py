"""The raw tone of clauses and of whole texts, from the linear model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from visavis.core.words import Voice, must_be_customer
from visavis.text import expressions
from visavis.text.clauses import Clauses, divide, work
from visavis.text.denials import DENIED, pull, role
from visavis.text.grams import NEGATED, Grams, Hashes, digest, grams, letters, speaking
from visavis.text.taxonomy import Places
from visavis.text.tokens import Ints, Tokens, tokenize
from visavis.text.vocabulary import Column, Known, known
from visavis.text.weights import Reals, Weights


@dataclass(frozen=True, slots=True)
class Parsed:
    """A batch of texts, cut up and numbered; no opinion yet.

    ``pull`` (one a word): how much it counts, and which way (see ``denials``); ``weighs``: the same of each
    of ``grams``.
    """

    tokens: Tokens
    shapes: list[str]
    numbers: Hashes
    clauses: Clauses
    grams: Grams
    weighs: Reals
    pull: Reals
    known: Known

    @property
    def places(self) -> Places:
        """The batch as the search of keywords sees it."""
        each = (self.tokens.word, self.clauses.clause, self.tokens.text)
        return Places(self.shapes, *(column.tolist() for column in each))

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


_NUMBERS: Final = Column()
_WORKS: Final = Column()


def parse(texts: list[str]) -> Parsed:
    """Cut a batch into words, clauses and n-grams."""
    tokens = tokenize(texts)
    words = known(tokens.words)
    numbers = words.ask(_NUMBERS, _digests)
    does = words.ask(_WORKS, _works)
    clauses = divide(tokens, does[:, 0])
    pulled = pull(tokens, clauses, does[:, 1])
    clauses = replace(clauses, negated=clauses.negated & (pulled > 0))
    cores = does[tokens.word, 2]
    found, marks = grams(tokens, clauses, numbers, cores != 0), _marks(tokens)
    told = expressions.find(clauses.phrase, cores)
    at = np.concatenate((found.at, marks.at))
    within = (pulled[told.first] < 0) & (told.first > 0) & (pulled[told.first - 1] <= 0)
    sides = np.where(within, DENIED, told.pull).astype(np.float32)
    features = Grams(
        np.concatenate((found.number, marks.number, told.number)), np.concatenate((at, told.last))
    )
    weighs = np.concatenate((pulled[at], sides))
    return Parsed(tokens, words.shapes, numbers, clauses, features, weighs, pulled, words)


def _digests(shapes: list[str]) -> Hashes:
    return np.fromiter(map(digest, shapes), np.uint64, len(shapes))


def _works(shapes: list[str]) -> Ints:
    """What each word does to clauses, in denials, and in expressions."""
    each = [(work(shape), role(shape), expressions.role(shape)) for shape in shapes]
    return np.array(each, np.int64).reshape(-1, 3)


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
    for push, rarity in (_of_words(parsed, weights), _of_letters(parsed, weights)):
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
    slot, words = _slots(parsed, weights), len(parsed.tokens.word)
    at, weighs = parsed.grams.at, parsed.weighs
    return (
        _total(at, weights.weight[slot] * weighs, words),
        _total(at, weights.rarity[slot] * np.abs(weighs), words),
    )


def _slots(parsed: Parsed, weights: Weights) -> Ints:
    """``weights.find`` of the n-grams of a batch; those of one word are remembered."""

    def both(shapes: list[str]) -> Ints:
        numbers = _digests(shapes)
        return np.stack((weights.find(numbers), weights.find(numbers ^ NEGATED)), axis=1)

    word, negated = parsed.tokens.word, parsed.clauses.negated
    met = parsed.known.ask(weights.met, both)
    turned = met[word[negated], 1]
    rest = parsed.grams.number[len(word) + len(turned) :]
    return np.concatenate((met[word, 0], turned, weights.find(rest)))


def _of_letters(parsed: Parsed, weights: Weights) -> tuple[Reals, Reals]:
    """The same from the pieces of each word."""

    def spelt(shapes: list[str]) -> Reals:
        pieces = letters(shapes)
        slot = weights.find(pieces.number)
        columns = [_total(pieces.at, each[slot], len(shapes)) for each in (weights.weight, weights.rarity)]
        return np.stack(columns, axis=1)

    each = parsed.known.ask(weights.spelt, spelt)[parsed.tokens.word]
    return each[:, 0] * parsed.pull, each[:, 1] * np.abs(parsed.pull)


def _total(places: Ints, values: Reals, size: int) -> Reals:
    return np.bincount(places, values, size).astype(np.float32)


def _scaled(push: Reals, mass: Reals) -> Reals:
    return (push / np.sqrt(np.maximum(mass, 1))).astype(np.float32)
