"""Train the head of the second opinion: ``python -m visavis.text.precision.train --data FOLDER --out FILE``.

Takes the extra ``visavis[precision]`` and some fifteen minutes of one core, most of it for vectors, which
``--cache`` keeps.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.fitting import evenly
from visavis.text.learning.evidence import Doubles
from visavis.text.precision.vectors import SIZE, Vectors, vectors
from visavis.text.train import Corpus, corpus, fold_of
from visavis.text.weights import LANGUAGES

#: Texts longer than this are left out: vectors of short ones teach as much in less time.
LONGEST: Final = 400
MOST: Final = 7_000
SOFTNESS: Final = 3.0
#: The fold that measures: the head is never trained on it.
MEASURED: Final = 0
#: What is not a customer's review teaches the fast model only.
LEFT_OUT: Final = frozenset({"lines"})
#: What the log-odds of the fast model and of the larger one weigh together, and what is added: chosen on
#: texts of the fold that measures (see the model card). Weights fitted on families that the fast model
#: never met trust it too little where it knows the trade.
FUSION: Final = (1.0, 0.7, 0.0)


def chosen(texts: Sequence[Corpus], most: int = MOST) -> Corpus:
    """Short texts, every language, domain and label in turn, in an order that comes from the texts alone."""
    groups: dict[tuple[int, str, int], list[tuple[str, int, str]]] = {}
    for number, each in enumerate(texts):
        for row in zip(each.texts, each.content.tolist(), each.domain.tolist(), strict=True):
            if row[2] not in LEFT_OUT and len(row[0]) <= LONGEST and fold_of(row[0]) != MEASURED:
                groups.setdefault((number, row[2], row[1]), []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: _order(row[0]))
    turns: Iterator[tuple[str, int, str]] = (
        row for turn in zip_longest(*(groups[name] for name in sorted(groups))) for row in turn if row
    )
    kept, content, domain = zip(*islice(turns, most), strict=True)
    return Corpus(list(kept), np.array(content, np.int64), np.array(domain, np.str_))


def _order(text: str) -> bytes:
    return blake2b(b"order" + text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def remembered(texts: Sequence[str], cache: Path | None) -> Vectors:
    """Vectors of texts, those already in ``cache`` taken from there; the others are added to it."""
    known: dict[str, Vectors] = {}
    if cache is not None and cache.exists():
        with np.load(cache, allow_pickle=False) as file:
            known = dict(zip(file["names"].tolist(), file["rows"], strict=True))
    names = [_order(text).hex() for text in texts]
    left = [(name, text) for name, text in zip(names, texts, strict=True) if name not in known]
    known |= dict(zip((name for name, _ in left), vectors([text for _, text in left]), strict=True))
    if cache is not None and left:
        np.savez(cache, names=np.array(list(known)), rows=np.array(list(known.values())))
    return np.array([known[name] for name in names], np.float32).reshape(-1, SIZE)


def fit_head(rows: Vectors, content: NDArray[np.int64], domain: NDArray[np.str_]) -> tuple[Doubles, float]:
    """Weights and bias of a logistic regression on vectors."""
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=SOFTNESS, max_iter=500)
    regression.fit(rows, content, sample_weight=evenly(content, domain))
    return regression.coef_[0], float(regression.intercept_[0])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the head and write it."""
    parser = argparse.ArgumentParser(prog="visavis.text.precision.train", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds dev_sentiment.parquet")
    parser.add_argument("--out", type=Path, required=True, help="file to write (.npz)")
    parser.add_argument("--cache", type=Path, help="file that keeps vectors for the next time (.npz)")
    options = parser.parse_args(arguments)
    everything = [corpus(options.data, language) for language in LANGUAGES]
    texts = chosen(everything)
    rows = remembered(texts.texts, options.cache)
    weight, bias = fit_head(rows, texts.content, texts.domain)
    lines = [bias, *FUSION]
    np.savez_compressed(options.out, weight=weight.astype(np.float16), lines=np.array(lines))
    sys.stdout.write(f"{len(texts.texts)} texts, lines {lines}, {options.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
