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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.folding import fold
from visavis.text.grams import Hashes
from visavis.text.polarity import parse
from visavis.text.tokens import Flags, Ints
from visavis.text.weights import LANGUAGES, Reals, Weights, build

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SEED: Final = 5
#: An n-gram seen in fewer texts than this is not kept: it would say more about its author than about French.
SEEN_AT_LEAST: Final = 3
SOFTNESS: Final = 10.0
#: A domain of n texts weighs n ** (1 - DAMPING) in all: the large ones do not drown the small ones.
DAMPING: Final = 0.3
ALLOWED: Final = frozenset({"yes", "tdm"})
FOLDS: Final = 5
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


def gold_texts(folder: Path) -> list[str]:
    """The customers' texts that are kept for measuring."""
    lines = (folder / "gold_service_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def fold_of(text: str) -> int:
    """The fold of a text, from its own bytes: the same on every machine and in every order."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % FOLDS


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each n-gram stands in each text, and whether the text is one clause."""

    table: csr_matrix
    numbers: Hashes
    one_clause: Flags


def count(texts: Sequence[str]) -> Counts:
    """Count the n-grams of all texts."""
    from scipy.sparse import csr_matrix

    numbers, rows, single = [], [], []
    for first in range(0, len(texts), BATCH):
        parsed = parse(list(texts[first : first + BATCH]))
        numbers.append(parsed.grams.number)
        rows.append(parsed.tokens.text[parsed.grams.at] + first)
        lengths = np.bincount(parsed.tokens.text[np.unique(parsed.clauses.clause, return_index=True)[1]])
        single.append(np.pad(lengths, (0, parsed.tokens.size - len(lengths))) == 1)
    known, column = np.unique(np.concatenate(numbers), return_inverse=True)
    cells = (np.concatenate(rows), column)
    table = csr_matrix((np.ones(len(column), np.float32), cells), (len(texts), len(known)))
    return Counts(table, known, np.concatenate(single))


@dataclass(frozen=True, slots=True)
class Model:
    """What training found, before calibration."""

    kept: Ints
    weight: Reals
    rarity: Reals
    bias: float

    def scores(self, table: csr_matrix) -> NDArray[np.float64]:
        """Raw score of each row of counts, computed as ``polarity.tone`` does."""
        columns = table[:, self.kept]
        mass = np.maximum(columns @ self.rarity, 1)
        answer: NDArray[np.float64] = columns @ self.weight / np.sqrt(mass) + self.bias
        return answer


def fit(table: csr_matrix, content: Ints, domain: NDArray[np.str_]) -> Model:
    """Fit a logistic regression on TF-IDF of n-grams, each domain and each label within it weighted evenly.

    Source: the weighting of terms follows K. Spärck Jones (1972), "A statistical interpretation of term
    specificity", Journal of Documentation 28(1).
    """
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    seen = np.asarray((table > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= SEEN_AT_LEAST)
    inverse = np.log(table.shape[0] / seen[kept]) + 1
    rarity = (inverse**2).astype(np.float16).astype(np.float32)
    columns = table[:, kept]
    length = np.sqrt(np.maximum(columns @ rarity, 1))
    scaled = diags(1 / length) @ columns @ diags(inverse)
    regression = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=200, tol=1e-3, random_state=SEED)
    regression.fit(scaled, content, sample_weight=evenly(content, domain))
    weight = (regression.coef_[0] * inverse).astype(np.float16).astype(np.float32)
    return Model(kept, weight, rarity, float(regression.intercept_[0]))


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
        and shift for whole texts and for clauses, calibrated on scores of folds that were not trained on).
    """
    counts = count(texts.texts)
    fold = np.array([fold_of(text) for text in texts.texts])
    score = np.zeros(len(fold))
    for one in range(FOLDS):
        inside = fold != one
        model = fit(counts.table[inside], texts.content[inside], texts.domain[inside])
        score[~inside] = model.scores(counts.table[~inside])
    weights = evenly(texts.content, texts.domain)
    single = counts.one_clause
    whole = line(score, texts.content, weights)
    clause = line(score[single], texts.content[single], weights[single])
    model = fit(counts.table, texts.content, texts.domain)
    return {
        "numbers": counts.numbers[model.kept],
        "weight": model.weight.astype(np.float16),
        "rarity": model.rarity.astype(np.float16),
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
        texts = corpus(options.data, language)
        arrays = train(texts)
        columns |= {f"{language}_{name}": values for name, values in arrays.items()}
        sys.stdout.write(f"{language}: {len(texts.texts)} texts, {len(arrays['numbers'])} n-grams\n")
    np.savez_compressed(options.out, **columns)
    sys.stdout.write(f"{options.out}: {options.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
