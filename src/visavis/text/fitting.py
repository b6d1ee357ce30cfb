"""How the weights are found: counts of features, a logistic regression, a calibration. Needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.grams import Hashes
from visavis.text.polarity import Parsed, parse
from visavis.text.tokens import Flags, Ints
from visavis.text.weights import Reals

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SEED: Final = 5
#: Features that fewer texts hold are not kept: they would say more of an author than of the language.
LEAST_WORDS, LEAST_LETTERS = 3, 5
#: How much pieces of words weigh beside words.
LETTERS: Final = 0.5
SOFTNESS: Final = 10.0
#: A domain of n texts weighs n ** (1 - DAMPING) in all: the large ones do not drown the small ones.
DAMPING: Final = 0.3
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
    """Counts of features: one row a text, one column a number."""

    cells: csr_matrix
    numbers: Hashes

    def part(self, kept: Flags) -> Table:
        """The rows where ``kept`` is true."""
        return Table(self.cells[kept], self.numbers)


def count(texts: Sequence[str]) -> Counts:
    """Count the features of all texts."""
    seen: list[list[NDArray[Any]]] = [[], [], [], [], []]
    for first in range(0, len(texts), BATCH):
        parsed = parse(list(texts[first : first + BATCH]))
        word, piece = _of_each_word(parsed)
        starts = np.unique(parsed.clauses.clause, return_index=True)[1]
        batch = (
            parsed.grams.number,
            parsed.tokens.text[parsed.grams.at] + first,
            parsed.letters.number[piece],
            parsed.tokens.text[word] + first,
            np.bincount(parsed.tokens.text[starts], minlength=parsed.tokens.size) == 1,
        )
        for column, values in zip(seen, batch, strict=True):
            column.append(values)
    number, row, piece_number, piece_row, single = (np.concatenate(column) for column in seen)
    return Counts(_table(number, row, len(texts)), _table(piece_number, piece_row, len(texts)), single)


def _of_each_word(parsed: Parsed) -> tuple[Ints, Ints]:
    """Places of words and of their pieces, each piece as often as its word stands in the batch."""
    from scipy.sparse import csr_matrix

    words, pieces = len(parsed.tokens.word), len(parsed.letters.at)
    stands = csr_matrix((np.ones(words), (np.arange(words), parsed.tokens.word)), (words, len(parsed.shapes)))
    holds = csr_matrix(
        (np.ones(pieces), (parsed.letters.at, np.arange(pieces))), (len(parsed.shapes), pieces)
    )
    word, piece = (stands @ holds).nonzero()
    return word.astype(np.int64), piece.astype(np.int64)


def _table(numbers: Hashes, rows: Ints, height: int) -> Table:
    from scipy.sparse import csr_matrix

    known, column = np.unique(numbers, return_inverse=True)
    cells = (np.ones(len(column), np.float32), (rows, column))
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
        mass = np.maximum(columns @ self.rarity, 1)
        answer: NDArray[np.float64] = columns @ self.weight / np.sqrt(mass)
        return answer


@dataclass(frozen=True, slots=True)
class Model:
    """What training found, before calibration."""

    words: Block
    letters: Block
    bias: float

    def scores(self, counts: Counts) -> NDArray[np.float64]:
        """Raw score of each text."""
        return self.words.scores(counts.words) + self.letters.scores(counts.letters) + self.bias


def fit(counts: Counts, content: Ints, domain: NDArray[np.str_]) -> Model:
    """Fit a logistic regression on TF-IDF, each domain and each label within it weighted evenly.

    Source: the weighting of terms follows K. Spärck Jones (1972), "A statistical interpretation of term
    specificity", Journal of Documentation 28(1).
    """
    from scipy.sparse import hstack
    from sklearn.linear_model import LogisticRegression

    words, letters = (
        _rare(table, least) for table, least in ((counts.words, LEAST_WORDS), (counts.letters, LEAST_LETTERS))
    )
    scaled = hstack([_scaled(counts.words, words), _scaled(counts.letters, letters) * LETTERS]).tocsr()
    regression = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=200, tol=1e-3, random_state=SEED)
    regression.fit(scaled, content, sample_weight=evenly(content, domain))
    half = len(words.kept)
    found = regression.coef_[0]
    return Model(
        _weighing(words, found[:half]),
        _weighing(letters, found[half:] * LETTERS),
        float(regression.intercept_[0]),
    )


def _rare(table: Table, least: int) -> Block:
    """Keep what ``least`` texts hold, with its squared inverse document frequency; nothing weighs yet."""
    seen = np.asarray((table.cells > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= least)
    inverse = np.log(table.cells.shape[0] / seen[kept]) + 1
    rarity = (inverse**2).astype(np.float16).astype(np.float32)
    return Block(kept, table.numbers[kept], np.zeros(len(kept), np.float32), rarity)


def _scaled(table: Table, block: Block) -> csr_matrix:
    """Rows of TF-IDF, each of length one."""
    from scipy.sparse import diags

    columns = table.cells[:, block.kept]
    length = np.sqrt(np.maximum(columns @ block.rarity, 1))
    return diags(1 / length) @ columns @ diags(np.sqrt(block.rarity))


def _weighing(block: Block, found: NDArray[np.float64]) -> Block:
    weight = (found * np.sqrt(block.rarity)).astype(np.float16).astype(np.float32)
    return replace(block, weight=weight)


def evenly(content: Ints, domain: NDArray[np.str_]) -> NDArray[np.float64]:
    """Weight of each text: damped by the size of its domain, even between the two labels of the domain."""
    sizes = Counter(domain)
    groups = Counter(zip(domain, content, strict=True))
    weights = np.array(
        [
            sizes[name] ** (1 - DAMPING) / groups[name, label]
            for name, label in zip(domain, content, strict=True)
        ]
    )
    answer: NDArray[np.float64] = weights / weights.mean()
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
