"""Train the head for other languages: ``python -m visavis.text.elsewhere.train --data FOLDER --out FILE``.

About a minute of one core.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.learning.evidence import Doubles
from visavis.text.meaning import Vectors, embed
from visavis.text.precision.train import chosen, fit_head
from visavis.text.train import corpus
from visavis.text.weights import LANGUAGES

MOST: Final = 8_000


def slope_between(content: NDArray[np.int64], lean: Doubles) -> float:
    """How far log-odds learnt in one language are to be believed in another.

    Args:
        content: the truth about texts of a language that the head was not trained on.
        lean: what it says of them.
    """
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=1e3, fit_intercept=False).fit(lean[:, None], content)
    return float(regression.coef_[0, 0])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the head and write it."""
    parser = argparse.ArgumentParser(prog="visavis.text.elsewhere.train", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds dev_sentiment.parquet")
    parser.add_argument("--out", type=Path, required=True, help="file to write (.npz)")
    options = parser.parse_args(arguments)
    everything = [corpus(options.data, language) for language in LANGUAGES]
    texts = chosen(everything, MOST)
    rows: Vectors = embed(texts.texts)
    french = np.isin(np.array(texts.texts, object), everything[0].texts)
    slopes = []
    for learnt in (french, ~french):
        weight, bias = fit_head(rows[learnt], texts.content[learnt], texts.domain[learnt])
        slopes.append(slope_between(texts.content[~learnt], rows[~learnt] @ weight + bias))
    weight, bias = fit_head(rows, texts.content, texts.domain)
    lines = np.array([bias, min(1.0, *slopes)])
    np.savez_compressed(options.out, weight=weight.astype(np.float16), lines=lines)
    sys.stdout.write(f"{len(texts.texts)} texts, slopes {slopes}, {options.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
