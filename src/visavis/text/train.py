"""Train the shipped weights: ``python -m visavis.text.train --data FOLDER --out FILE``.

The only module of this library that needs scikit-learn and pyarrow, and it imports them when called.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.folding import fold
from visavis.text.grams import Hashes
from visavis.text.phrases import COPIES, PHRASES
from visavis.text.polarity import parse
from visavis.text.tokens import Flags, Ints
from visavis.text.weights import LANGUAGES, Reals, Weights, build

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
ALLOWED: Final = frozenset({"yes", "tdm"})
FOLDS: Final = 5
#: The fold that calibrates.
CALIBRATION_FOLD: Final = 1
#: The domain of the sentences written for training.
WRITTEN: Final = "written"
BATCH: Final = 512


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled texts of one language: each is content (1) or not (0), and comes from a domain."""

    texts: list[str]
    content: Ints
    domain: NDArray[np.str_]

    def part(self, kept: Flags) -> Corpus:
        """The texts where ``kept`` is true."""
        chosen = [text for text, keep in zip(self.texts, kept, strict=True) if keep]
        return Corpus(chosen, self.content[kept], self.domain[kept])


def corpus(folder: Path, language: str) -> Corpus:
    """Read the texts that may be trained on: positive or negative, with a licence that allows it.

    The texts of the gold set are left out, so that measuring on it stays honest.
    """
    from pyarrow import parquet

    columns = ["text", "label", "domain", "lang", "train_ok"]
    rows = parquet.read_table(folder / "dev_sentiment.parquet", columns=columns).to_pylist()
    gold = set(map(fold, gold_texts(folder)))
    kept = [
        row
        for row in rows
        if row["lang"] == language and row["label"] in {"pos", "neg"} and row["train_ok"] in ALLOWED
        if fold(row["text"]) not in gold
    ]
    content = np.array([row["label"] == "pos" for row in kept], np.int64)
    return Corpus([row["text"] for row in kept], content, np.array([row["domain"] for row in kept], np.str_))


def with_phrases(texts: Corpus, language: str) -> Corpus:
    """Add the short sentences written for training, as a domain of their own."""
    written = [
        (phrase, content) for content, phrases in PHRASES[language].items() for phrase in phrases * COPIES
    ]
    return Corpus(
        [*texts.texts, *(phrase for phrase, _ in written)],
        np.append(texts.content, [int(content) for _, content in written]),
        np.append(texts.domain, [WRITTEN] * len(written)),
    )


def gold_texts(folder: Path) -> list[str]:
    """The customers' texts that are kept for measuring."""
    lines = (folder / "gold_service_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def fold_of(text: str) -> int:
    """The fold of a text, from its own bytes: the same on every machine and in every order."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % FOLDS


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
        tokens = parsed.tokens
        starts = np.unique(parsed.clauses.clause, return_index=True)[1]
        shares = np.bincount(parsed.letters.at, minlength=len(parsed.shapes))
        begin = np.cumsum(shares) - shares
        order = np.argsort(parsed.letters.at, kind="stable")
        repeated = shares[tokens.word]
        offsets = np.arange(repeated.sum()) - np.repeat(np.cumsum(repeated) - repeated, repeated)
        pieces = order[np.repeat(begin[tokens.word], repeated) + offsets]
        batch = (
            parsed.grams.number,
            tokens.text[parsed.grams.at] + first,
            parsed.letters.number[pieces],
            np.repeat(tokens.text, repeated) + first,
            np.bincount(tokens.text[starts], minlength=tokens.size) == 1,
        )
        for column, values in zip(seen, batch, strict=True):
            column.append(values)
    number, row, piece, piece_row, single = (np.concatenate(column) for column in seen)
    return Counts(_table(number, row, len(texts)), _table(piece, piece_row, len(texts)), single)


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


def train(texts: Corpus) -> dict[str, NDArray[Any]]:
    """Train and calibrate one language.

    Args:
        texts: labelled texts of that language.

    Returns:
        ``numbers`` (hashes, ascending), ``weight``, ``rarity`` (half precision), ``lines`` (bias, then slope
        and shift for whole texts and for clauses, calibrated on a fold that the draft was not trained on).
    """
    counts = count(texts.texts)
    aside = np.array([fold_of(text) for text in texts.texts]) == CALIBRATION_FOLD
    draft = fit(counts.part(~aside), texts.content[~aside], texts.domain[~aside])
    score, held = draft.scores(counts.part(aside)), texts.part(aside)
    weights = evenly(held.content, held.domain)
    single = counts.one_clause[aside]
    whole = line(score, held.content, weights)
    clause = line(score[single], held.content[single], weights[single])
    model = fit(counts, texts.content, texts.domain)
    blocks = (model.words, model.letters)
    numbers = np.concatenate([block.numbers for block in blocks])
    order = np.argsort(numbers)
    return {
        "numbers": numbers[order],
        "weight": np.concatenate([block.weight for block in blocks])[order].astype(np.float16),
        "rarity": np.concatenate([block.rarity for block in blocks])[order].astype(np.float16),
        "lines": np.array([model.bias, *whole, *clause]),
    }


def assemble(arrays: dict[str, NDArray[Any]]) -> Weights:
    """Trained arrays as the table that reading uses."""
    weight, rarity = (arrays[name].astype(np.float32) for name in ("weight", "rarity"))
    return build(arrays["numbers"], weight, rarity, arrays["lines"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train every language and write one file."""
    parser = argparse.ArgumentParser(prog="visavis.text.train", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds dev_sentiment.parquet")
    parser.add_argument("--out", type=Path, required=True, help="file to write (.npz)")
    options = parser.parse_args(arguments)
    columns: dict[str, Any] = {}
    for language in LANGUAGES:
        texts = with_phrases(corpus(options.data, language), language)
        arrays = train(texts)
        columns |= {f"{language}_{name}": values for name, values in arrays.items()}
        sys.stdout.write(f"{language}: {len(texts.texts)} texts, {len(arrays['numbers'])} n-grams\n")
    np.savez_compressed(options.out, **columns)
    sys.stdout.write(f"{options.out}: {options.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
