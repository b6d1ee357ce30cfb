"""Train the head of the second opinion: ``python -m visavis.text.precision.train --data FOLDER --out FILE``.

Takes the extra ``visavis[precision]`` and about ten minutes of one core, most of it for vectors, which
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
from visavis.text.learning.evidence import Doubles, lean
from visavis.text.precision.vectors import SIZE, Vectors, vectors
from visavis.text.tokens import Flags
from visavis.text.train import LEXICONS, Corpus, assemble, corpus, fold_of, train, with_phrases
from visavis.text.weights import LANGUAGES

#: Texts longer than this are left out: vectors of short ones teach as much in less time.
LONGEST: Final = 400
MOST: Final = 4_000
SOFTNESS: Final = 3.0
#: The fold that measures: the head is never trained on it.
MEASURED: Final = 0
#: What is not a customer's review teaches the fast model only.
LEFT_OUT: Final = frozenset({"lines"})
#: Domains whose texts are alike: left out together, so that both models judge what neither has met.
FAMILIES: Final = {
    "restaurant": "food",
    "mabsa_restaurant": "food",
    "mabsa_food": "food",
    "film": "screen",
    "serie": "screen",
    "mabsa_hotel": "travel",
    "mabsa_sight": "travel",
    "mabsa_laptop": "devices",
    "mabsa_phone": "devices",
}


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


def fusion(texts: Corpus, first: Doubles, second: Doubles) -> list[float]:
    """How to weigh the log-odds of both models, and what to add.

    Args:
        texts: texts that neither was trained on.
        first: log-odds by the fast model.
        second: by the larger one.
    """
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=1e3, max_iter=500)
    regression.fit(
        np.column_stack((first, second)), texts.content, sample_weight=evenly(texts.content, texts.domain)
    )
    return [*regression.coef_[0].tolist(), float(regression.intercept_[0])]


def unmet(texts: Corpus, rows: Vectors, everything: Corpus) -> tuple[Doubles, Doubles]:
    """Log-odds of each text by both models, trained without its whole family of domains.

    Args:
        texts: French texts.
        rows: their vectors.
        everything: all French texts that may be trained on.
    """
    families = _families(texts.domain)
    first, second = np.zeros(len(texts.texts)), np.zeros(len(texts.texts))
    for family in sorted(set(families.tolist())):
        tested: Flags = families == family
        others = everything.part(_families(everything.domain) != family)
        weights = assemble(train(with_phrases(others, "fr"), LEXICONS["fr"]()))
        first[tested] = lean(texts.part(tested).texts, weights)
        weight, bias = fit_head(rows[~tested], texts.content[~tested], texts.domain[~tested])
        second[tested] = rows[tested] @ weight + bias
    return first, second


def _families(domain: NDArray[np.str_]) -> NDArray[np.str_]:
    return np.array([FAMILIES.get(name, name) for name in domain.tolist()], np.str_)


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
    french = np.isin(np.array(texts.texts, object), everything[0].texts)
    first, second = unmet(texts.part(french), rows[french], everything[0])
    weight, bias = fit_head(rows, texts.content, texts.domain)
    lines = [bias, *fusion(texts.part(french), first, second)]
    np.savez_compressed(options.out, weight=weight.astype(np.float16), lines=np.array(lines))
    sys.stdout.write(f"{len(texts.texts)} texts, lines {lines}, {options.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
