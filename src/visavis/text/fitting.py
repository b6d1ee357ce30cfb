"""How the weights are found: counts of features, a logistic regression, a calibration. Needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.grams import Grams, Hashes, letters
from visavis.text.lexicon import EXPRESSIONS, NO_LEXICON, Lexicon
from visavis.text.polarity import Parsed, parse
from visavis.text.tokens import Flags, Ints
from visavis.text.weights import Reals

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SEED: Final = 5
#: Features that fewer texts hold are not kept: they would say more of an author than of the language.
LEAST_WORDS, LEAST_LETTERS = 3, 8
#: How much pieces of words weigh beside words.
LETTERS: Final = 0.5
SOFTNESS: Final = 3.0
#: How easily the lexicon is believed, beside what is learnt of each word alone.
HINTS: Final = 5.0
#: What an expression weighs beforehand for each degree of strength, in one text more than hold it.
FORETOLD: Final = 20.0
#: A domain of n texts weighs n ** (1 - DAMPING) in all: the large ones do not drown the small ones.
DAMPING: Final = 0.3
#: Domains whose labels are less sure, and how much they weigh beside others.
LIGHT: Final = {"lines": 0.3}
BATCH: Final = 512


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each n-gram of words, and each piece of a word, stands in each text; which are one clause."""

    words: Table
    letters: Table
    one_clause: Flags

    def part(self, kept: Flags) -> Counts:
        """The texts where ``kept`` is true."""
        return Counts(self.words.part(kept), self.letters.part(kept), self.one_clause[kept])


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of features, negative where denied: one row a text, one column a number."""

    cells: csr_matrix
    numbers: Hashes

    def part(self, kept: Flags) -> Table:
        """The rows where ``kept`` is true."""
        return Table(self.cells[kept], self.numbers)


def count(texts: Sequence[str]) -> Counts:
    """Count the features of all texts."""
    seen: list[list[NDArray[Any]]] = [[] for _ in range(7)]
    for first in range(0, len(texts), BATCH):
        parsed = parse(list(texts[first : first + BATCH]))
        pieces = letters(parsed.shapes)
        word, piece = _of_each_word(parsed, pieces)
        starts = np.unique(parsed.clauses.clause, return_index=True)[1]
        batch = (
            parsed.grams.number,
            parsed.tokens.text[parsed.grams.at] + first,
            parsed.weighs,
            pieces.number[piece],
            parsed.tokens.text[word] + first,
            parsed.pull[word],
            np.bincount(parsed.tokens.text[starts], minlength=parsed.tokens.size) == 1,
        )
        for column, values in zip(seen, batch, strict=True):
            column.append(values)
    number, row, pull, piece_number, piece_row, piece_pull, single = map(np.concatenate, seen)
    return Counts(
        _table(number, row, pull, len(texts)), _table(piece_number, piece_row, piece_pull, len(texts)), single
    )


def _of_each_word(parsed: Parsed, pieces: Grams) -> tuple[Ints, Ints]:
    """Places of words and of their pieces, each piece as often as its word stands in the batch."""
    from scipy.sparse import csr_matrix

    words, size = len(parsed.tokens.word), len(pieces.at)
    stands = csr_matrix((np.ones(words), (np.arange(words), parsed.tokens.word)), (words, len(parsed.shapes)))
    holds = csr_matrix((np.ones(size), (pieces.at, np.arange(size))), (len(parsed.shapes), size))
    word, piece = (stands @ holds).nonzero()
    return word.astype(np.int64), piece.astype(np.int64)


def _table(numbers: Hashes, rows: Ints, pull: Reals, height: int) -> Table:
    from scipy.sparse import csr_matrix

    known, column = np.unique(numbers, return_inverse=True)
    cells = (pull, (rows, column))
    return Table(csr_matrix(cells, (height, len(known))), known)


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of features, some of them kept: what each weighs and how rare it is."""

    kept: Ints
    numbers: Hashes
    weight: Reals
    rarity: Reals

    def scores(self, table: Table) -> NDArray[np.float64]:
        """What this kind adds to the score of each row, computed as ``polarity.tone`` does."""
        columns = table.cells[:, self.kept]
        answer: NDArray[np.float64] = columns @ self.weight / _length(columns, self.rarity)
        return answer


def _length(columns: csr_matrix, rarity: Reals) -> NDArray[np.float64]:
    """Length of each row, measured in the rarity of what it holds."""
    answer: NDArray[np.float64] = np.sqrt(np.maximum(abs(columns) @ rarity, 1))
    return answer


@dataclass(frozen=True, slots=True)
class Model:
    """What training found, before calibration."""

    words: Block
    letters: Block
    unmet: Block
    bias: float

    def scores(self, counts: Counts) -> NDArray[np.float64]:
        """Raw score of each text."""
        return self.words.scores(counts.words) + self.letters.scores(counts.letters) + self.bias


def fit(counts: Counts, content: Ints, domain: NDArray[np.str_], hints: Lexicon | None = None) -> Model:
    """Fit a logistic regression on TF-IDF, domains and the labels within them weighted moderately.

    Args:
        counts: the features of the texts.
        content: whether each author is content (1) or not (0).
        domain: where each text comes from.
        hints: words of praise and of blame. What each group of them is worth is found together with the
            weights, and added to those of its words, met in these texts or not.

    Source: the weighting of terms follows K. Spärck Jones (1972), "A statistical interpretation of term
    specificity", Journal of Documentation 28(1).
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    hints = hints or NO_LEXICON
    words = _rare(counts.words, LEAST_WORDS, hints.numbers)
    spelt = _rare(counts.letters, LEAST_LETTERS, NO_LEXICON.numbers)
    hinted = csr_matrix(counts.words.cells[:, words.kept] @ hints.of(words.numbers))
    hinted = hinted.multiply(HINTS / _length(counts.words.cells[:, words.kept], words.rarity)[:, None])
    scaled = hstack([_scaled(counts.words, words), _scaled(counts.letters, spelt) * LETTERS, hinted]).tocsr()
    regression = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=200, tol=1e-3, random_state=SEED)
    regression.fit(scaled, content, sample_weight=moderately(content, domain))
    half, most = len(words.kept), len(words.kept) + len(spelt.kept)
    found = regression.coef_[0]
    worth = found[most:] * HINTS
    return Model(
        _weighing(words, found[:half], hints.of(words.numbers) @ worth + _foretold(hints, counts, words)),
        _weighing(spelt, found[half:most] * LETTERS),
        _unmet(hints, counts, words, worth),
        float(regression.intercept_[0]),
    )


def _rare(table: Table, least: int, wanted: Hashes) -> Block:
    """Keep what ``least`` texts hold or is wanted, with its squared inverse document frequency."""
    seen = np.asarray((table.cells != 0).sum(axis=0)).ravel()
    kept = np.flatnonzero((seen >= least) | (np.isin(table.numbers, wanted) & (seen > 0)))
    rarity = _rarity(table.cells.shape[0], seen[kept])
    return Block(kept, table.numbers[kept], np.zeros(len(kept), np.float32), rarity)


def _rarity(texts: int, seen: Ints) -> Reals:
    """Squared inverse document frequency, in the precision in which it is kept."""
    inverse = np.log(texts / seen) + 1
    answer: Reals = (inverse**2).astype(np.float16).astype(np.float32)
    return answer


def _scaled(table: Table, block: Block) -> csr_matrix:
    """Rows of TF-IDF, each of length one."""
    from scipy.sparse import diags

    columns = table.cells[:, block.kept]
    return diags(1 / _length(columns, block.rarity)) @ columns @ diags(np.sqrt(block.rarity))


def _weighing(block: Block, found: NDArray[np.float64], hinted: NDArray[np.float64] | float = 0.0) -> Block:
    weight = (found * np.sqrt(block.rarity) + hinted).astype(np.float16).astype(np.float32)
    return replace(block, weight=weight)


def _foretold(hints: Lexicon, counts: Counts, words: Block) -> NDArray[np.float64]:
    """What expressions weigh before any text was read: the less, the more texts hold them."""
    seen = np.asarray((counts.words.cells[:, words.kept] != 0).sum(axis=0)).ravel()
    answer: NDArray[np.float64] = hints.of(words.numbers)[:, EXPRESSIONS].sum(axis=1) * FORETOLD / (1 + seen)
    return answer


def _unmet(hints: Lexicon, counts: Counts, words: Block, worth: NDArray[np.float64]) -> Block:
    """Words of the lexicon that no text holds: as rare as can be, worth what their group is worth."""
    numbers = np.setdiff1d(hints.numbers, words.numbers)
    said = hints.of(numbers)
    weight = (
        (said @ worth + said[:, EXPRESSIONS].sum(axis=1) * FORETOLD).astype(np.float16).astype(np.float32)
    )
    once = np.ones(len(numbers), np.int64)
    return Block(once[:0], numbers, weight, _rarity(counts.words.cells.shape[0], once))


def evenly(content: Ints, domain: NDArray[np.str_]) -> NDArray[np.float64]:
    """Weight of each text: damped by the size of its domain, even between the two labels of the domain."""
    sizes = Counter(domain)
    groups = Counter(zip(domain, content, strict=True))
    weights = np.array(
        [
            LIGHT.get(name, 1.0) * sizes[name] ** (1 - DAMPING) / groups[name, label]
            for name, label in zip(domain, content, strict=True)
        ]
    )
    answer: NDArray[np.float64] = weights / weights.mean()
    return answer


def moderately(content: Ints, domain: NDArray[np.str_]) -> NDArray[np.float64]:
    """Weight of each text, half way between labels made even and labels as they come in its domain."""
    answer: NDArray[np.float64] = np.sqrt(evenly(content, domain) * evenly(np.zeros_like(content), domain))
    return answer


def line(score: NDArray[np.float64], content: Ints, weights: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and shift that turn raw scores of texts not trained on into probabilities.

    Source: J. Platt (1999), "Probabilistic outputs for support vector machines".
    """
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=1e6, random_state=SEED).fit(
        score[:, None], content, sample_weight=weights
    )
    return float(regression.coef_[0, 0]), float(regression.intercept_[0])
