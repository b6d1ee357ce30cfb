"""Train the shipped weights: ``python -m visavis.text.train --data FOLDER --out FILE``.

Training alone needs scikit-learn and pyarrow; they are imported when it is called.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Polarity
from visavis.text.fitting import count, fit, line, moderately
from visavis.text.folding import fold
from visavis.text.grammar import sentences
from visavis.text.lexicon import NO_LEXICON, Lexicon, lexicon
from visavis.text.phrases import COPIES, PHRASES, TONELESS, TWO_SIDES, parted, told
from visavis.text.phrases import WRITTEN as SENTENCES
from visavis.text.tokens import Flags, Ints
from visavis.text.weights import LANGUAGES, Weights, build, laid_out

ALLOWED: Final = frozenset({"yes", "tdm"})
FOLDS: Final = 5
#: The fold that calibrates.
CALIBRATION_FOLD: Final = 1
#: The domain of the sentences written for training.
WRITTEN: Final = "written"
#: The domain of lines of films, and the emotions of theirs that praise and that blame.
LINES: Final = "lines"
PLEASED: Final = frozenset({"joy", "trust"})
PAINED: Final = frozenset({"anger", "disgust", "sadness", "fear"})
#: The lexicon of each language; English has none yet.
LEXICONS: Final[dict[str, Callable[[], Lexicon]]] = {"fr": lexicon, "en": lambda: NO_LEXICON}


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
    table = parquet.read_table(folder / "dev_sentiment.parquet", columns=columns).to_pylist()
    gold = set(map(fold, gold_texts(folder)))
    kept = [
        row
        for row in table
        if row["lang"] == language and row["label"] in {"pos", "neg"} and row["train_ok"] in ALLOWED
        if fold(row["text"]) not in gold
    ]
    rows = [(row["text"], row["label"] == "pos", row["domain"]) for row in kept]
    return gathered(rows + (lines(folder) if language == "fr" else []))


def gathered(rows: list[tuple[str, bool, str]]) -> Corpus:
    """Texts, whether their author is content, and their domain, side by side."""
    texts, content, domain = zip(*rows, strict=True)
    return Corpus(list(texts), np.array(content, np.int64), np.array(domain, np.str_))


def lines(folder: Path) -> list[tuple[str, bool, str]]:
    """French lines of films whose emotions are all pleasant or all painful: how people speak, of anything."""
    from pyarrow import parquet

    rows = parquet.read_table(
        folder / "dev_emotion.parquet", columns=["text", "label", "train_ok"]
    ).to_pylist()
    told = [
        (row["text"], frozenset((row["label"] or "").split(","))) for row in rows if row["train_ok"] == "yes"
    ]
    return [
        (text, bool(felt & PLEASED), LINES)
        for text, felt in told
        if (felt & PLEASED and felt <= PLEASED | {"anticipation"}) or felt <= PAINED
    ]


def with_phrases(texts: Corpus, language: str) -> Corpus:
    """Add the sentences written for training, as a domain of their own."""
    written = [
        (phrase, content, WRITTEN)
        for content, phrases in PHRASES[language].items()
        for phrase in phrases * COPIES
    ]
    written += [(each, side, WRITTEN) for each in TONELESS[language] * COPIES for side in (True, False)]
    if language == "fr":
        written += [(sentence, tone is Polarity.POSITIVE, WRITTEN) for sentence, tone in sentences()]
        written += [(sentence, side, WRITTEN) for sentence, side in told(SENTENCES.read_text("utf-8"))]
        written += [(*side, WRITTEN) for each in parted(TWO_SIDES.read_text("utf-8")) for side in each.sides]
    more = gathered(written)
    return Corpus(
        texts.texts + more.texts,
        np.append(texts.content, more.content),
        np.append(texts.domain, more.domain),
    )


def gold_texts(folder: Path) -> list[str]:
    """The customers' texts that are kept for measuring."""
    lines = (folder / "gold_service_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def fold_of(text: str) -> int:
    """The fold of a text, from its own bytes: the same on every machine and in every order."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % FOLDS


def train(texts: Corpus, hints: Lexicon | None = None) -> dict[str, NDArray[Any]]:
    """Train and calibrate one language.

    Args:
        texts: labelled texts of that language.
        hints: words of praise and of blame in that language, if there is such a lexicon.

    Returns:
        ``numbers`` (hashes, ascending), ``weight``, ``rarity`` (half precision), ``lines`` (bias, then slope
        and shift for whole texts and for clauses, calibrated on a fold that the draft was not trained on).
    """
    counts = count(texts.texts)
    aside = np.array([fold_of(text) for text in texts.texts]) == CALIBRATION_FOLD
    draft = fit(counts.part(~aside), texts.content[~aside], texts.domain[~aside], hints)
    score, held = draft.scores(counts.part(aside)), texts.part(aside)
    real = ~np.isin(held.domain, (WRITTEN, LINES))
    weights = moderately(held.content, held.domain) * real
    single = counts.one_clause[aside]
    whole = line(score, held.content, weights)
    clause = line(score[single], held.content[single], weights[single])
    model = fit(counts, texts.content, texts.domain, hints)
    blocks = (model.words, model.letters, model.unmet)
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
        arrays = train(texts, LEXICONS[language]())
        laid = laid_out(assemble(arrays))
        columns |= {f"{language}_{name}": values for name, values in laid.items()}
        sys.stdout.write(f"{language}: {len(texts.texts)} texts, {len(arrays['numbers'])} n-grams\n")
    np.savez_compressed(options.out, **columns)
    sys.stdout.write(f"{options.out}: {options.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
