"""Quality, speed and memory of ``visavis.text``, beside a plain scikit-learn pipeline on the same rows.

    python benchmarks/text.py --data FOLDER [--quick]

Held out: a fifth of the texts, by their hash. Unseen: trained without the whole family of the tested
domain; "fresh" counts only the two fifths of it that no choice of ours ever looked at. Certainty: by how much
the chance that is told misses what happens, on average (expected calibration error, ten equal slices).
Hasty: the held texts again, typed in haste (``misspelling.py``). Newcomer: five service sets as a new company
brings them. ``--quick`` leaves the unseen out. Speed and memory are those of the shipped weights, each engine
in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from misspelling import misspelt
from numpy.typing import NDArray

from visavis.core.words import Voice
from visavis.text.fitting import BATCH, evenly
from visavis.text.polarity import parse, tone
from visavis.text.tokens import Flags
from visavis.text.train import LEXICONS, Corpus, assemble, corpus, fold_of, train, with_phrases

FAMILIES = {
    "assurance": "insurance",
    "restaurant": "food",
    "mabsa_restaurant": "food",
    "mabsa_food": "food",
    "film": "screen",
    "serie": "screen",
    "tweet": "tweets",
    "mabsa_hotel": "travel",
    "mabsa_sight": "travel",
    "mabsa_laptop": "devices",
    "mabsa_phone": "devices",
}
SERVICE = ("assurance", "restaurant", "mabsa_restaurant", "mabsa_hotel")
#: Banks and shops, of which there is no data: insurance and restaurants stand in, read by a model
#: that met none of them.
NEWCOMER = (
    ("held", "assurance"),
    ("held", "restaurant"),
    ("held", "mabsa_restaurant"),
    ("unseen", "assurance"),
    ("unseen", "restaurant"),
)
SPEED_TEXTS = 20_000
#: Folds of the unseen families that choices were not made on.
FRESH = (0, 1)
SLICES = 10

Scores = NDArray[np.float64]
Engine = Callable[[Corpus, list[str]], Scores]


def batches(texts: list[str]) -> Iterator[list[str]]:
    """The texts, some hundreds at a time."""
    return (texts[first : first + BATCH] for first in range(0, len(texts), BATCH))


def ours(training: Corpus, texts: list[str]) -> Scores:
    """Chance of content (0 to 1) by the product's own training and reading."""
    weights = assemble(train(with_phrases(training, "fr"), LEXICONS["fr"]()))
    scores = [
        weights.whole.probability(tone(parse(batch), weights, voice=Voice.CUSTOMER).score)
        for batch in batches(texts)
    ]
    return np.concatenate(scores).astype(np.float64)


def plain(training: Corpus, texts: list[str]) -> Scores:
    """The named alternative: scikit-learn's TfidfVectorizer (words and pairs) and LogisticRegression."""
    pipeline = plain_pipeline()
    pipeline.fit(training.texts, training.content)
    answer: Scores = pipeline.predict_proba(texts)[:, 1]
    return answer


def weighted(training: Corpus, texts: list[str]) -> Scores:
    """The same alternative, given our weights of domains and labels."""
    pipeline = plain_pipeline()
    weights = evenly(training.content, training.domain)
    pipeline.fit(training.texts, training.content, logisticregression__sample_weight=weights)
    answer: Scores = pipeline.predict_proba(texts)[:, 1]
    return answer


def plain_pipeline() -> Any:
    """A scikit-learn pipeline as a tutorial would write it."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, strip_accents="unicode")
    return make_pipeline(words, LogisticRegression(C=10, solver="liblinear", random_state=5))


ENGINES: tuple[Engine, ...] = (ours, plain, weighted)


def macro(content: Flags, chance: Scores) -> float:
    """Macro-averaged F1 of the two sides."""
    from sklearn.metrics import f1_score

    return float(f1_score(content, chance > 0.5, average="macro"))


def miscalibration(content: Flags, chance: Scores) -> float:
    """How far chances are from what happens, 0 to 1 (Naeini, Cooper & Hauskrecht, 2015)."""
    place = np.minimum((chance * SLICES).astype(np.int64), SLICES - 1)
    missed = np.bincount(place, chance - content, SLICES)
    return float(np.abs(missed).sum() / len(chance))


@dataclass(frozen=True)
class Told:
    """What an engine said of texts that it was not trained on; one entry a text."""

    content: Flags
    domain: NDArray[np.str_]
    chance: Scores
    fold: NDArray[np.int64]
    hasty: Scores

    def each(
        self, measure: Callable[[Flags, Scores], float], folds: Sequence[int] = (), *, hasty: bool = False
    ) -> dict[str, float]:
        """A measure for each domain; on some of the folds only, or on the texts typed in haste, if asked."""
        chance = self.hasty if hasty else self.chance
        kept = np.isin(self.fold, folds) if folds else np.ones(len(self.fold), np.bool_)
        chosen = {
            name: kept & (self.domain == name) for name in sorted(set(self.domain.tolist()) & set(FAMILIES))
        }
        return {name: measure(self.content[there], chance[there]) for name, there in chosen.items()}


def held_out(texts: Corpus, engine: Engine) -> Told:
    """Train on four fifths of every domain, ask about the rest."""
    return _ask(texts, np.array([fold_of(text) == 0 for text in texts.texts]), engine)


def unseen(texts: Corpus, engine: Engine) -> Told:
    """Ask about each family of domains after training without the whole of it."""
    family = np.array([FAMILIES.get(name, name) for name in texts.domain.tolist()])
    parts = [_ask(texts, family == one, engine) for one in sorted(set(FAMILIES.values()))]
    return Told(
        np.concatenate([part.content for part in parts]),
        np.concatenate([part.domain for part in parts]),
        np.concatenate([part.chance for part in parts]),
        np.concatenate([part.fold for part in parts]),
        np.concatenate([part.hasty for part in parts]),
    )


def _ask(texts: Corpus, tested: Flags, engine: Engine) -> Told:
    inside = texts.part(tested)
    asked = [*inside.texts, *map(misspelt, inside.texts)]
    chance, hasty = np.split(engine(texts.part(~tested), asked), 2)
    folds = np.array([fold_of(text) for text in inside.texts])
    return Told(inside.content == 1, inside.domain, chance, folds, hasty)


def quality(folder: Path, *, quick: bool, engines: Sequence[Engine] = ENGINES) -> None:
    """Print macro-F1 by domain for each engine, and how far to trust our chances."""
    texts = corpus(folder, "fr")
    columns: dict[str, dict[str, float]] = {}
    for engine in engines:
        told = held_out(texts, engine)
        columns[f"held {engine.__name__}"] = told.each(macro)
        columns[f"hasty {engine.__name__}"] = told.each(macro, hasty=True)
        columns[f"  ece {engine.__name__}"] = told.each(miscalibration)
    for engine in () if quick else engines:
        told = unseen(texts, engine)
        columns[f"unseen {engine.__name__}"] = told.each(macro)
        columns[f"fresh {engine.__name__}"] = told.each(macro, FRESH)
        columns[f"  ece unseen {engine.__name__}"] = told.each(miscalibration)
    print(f"{'macro-F1':28}" + "".join(f"{name:>20}" for name in columns))
    for domain in sorted(FAMILIES):
        print(f"{domain:28}" + "".join(f"{column[domain]:20.3f}" for column in columns.values()))
    for name, domains in (("mean of all", tuple(FAMILIES)), ("mean of services", SERVICE)):
        means = (float(np.mean([column[domain] for domain in domains])) for column in columns.values())
        print(f"{name:28}" + "".join(f"{mean:20.3f}" for mean in means))
    for engine in () if quick else engines:
        mean = np.mean([columns[f"{how} {engine.__name__}"][domain] for how, domain in NEWCOMER])
        print(f"{'newcomer ' + engine.__name__:28}{mean:20.3f}")


def pace(folder: Path, name: str) -> None:
    """Time one engine in this process and print its line (CPU seconds of one thread, peak memory)."""
    engine = _paced(folder, name)
    engine(["Bonjour, merci."])
    read, spent = 0, 0.0
    with (folder / "speed.jsonl").open(encoding="utf-8") as lines:
        while batch := [json.loads(line) for line in islice(lines, BATCH)]:
            started = time.process_time()
            engine(batch)
            spent += time.process_time() - started
            read += len(batch)
    print(f"{name:28}{read / spent:12,.0f} texts/s/core{_peak() / 1024:10.0f} MiB at most")


def _peak() -> int:
    """Largest resident memory of this process, in KiB (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _paced(folder: Path, name: str) -> Callable[[list[str]], object]:
    from visavis.text import read

    if name == "visavis.text.read":
        return lambda texts: read(texts, voice=Voice.CUSTOMER)
    import pickle

    pipeline = pickle.loads((folder / "plain.pickle").read_bytes())  # noqa: S301
    predict: Callable[[list[str]], object] = pipeline.predict_proba
    return predict


def speed(folder: Path) -> None:
    """Time both engines on the same texts, each in a fresh process."""
    import pickle
    import tempfile

    texts = corpus(folder, "fr")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        lines = "\n".join(map(json.dumps, texts.texts[:SPEED_TEXTS]))
        (work / "speed.jsonl").write_text(lines, encoding="utf-8")
        pipeline = plain_pipeline().fit(texts.texts, texts.content)
        (work / "plain.pickle").write_bytes(pickle.dumps(pipeline))
        for engine in ("visavis.text.read", "scikit-learn TF-IDF + LR"):
            subprocess.run([sys.executable, __file__, "--data", str(work), "--pace", engine], check=True)


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="without the unseen families")
    parser.add_argument("--pace", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pace:
        pace(options.data, options.pace)
        return
    quality(options.data, quick=options.quick)
    speed(options.data)


if __name__ == "__main__":
    main()
