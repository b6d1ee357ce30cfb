"""Quality and speed of themes, beside keywords alone and scikit-learn's TF-IDF logistic regression alone.

    python benchmarks/themes.py --data FOLDER [--quick]

Gold sets: five-fold cross-validation, everything that is learnt (weights, line, threshold) learnt on the
other folds. Restaurant sentences: fitted on the train split, measured on the other. ``--quick``: gold sets
only.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.text.sectors import customers, echoes, employees
from visavis.core.words import Voice
from visavis.text import Labelled, Reading, Taxonomy, ThemeModel, ThemeSpec, fit_themes, read
from visavis.text.meaning import embed
from visavis.text.themes.fitting import best_threshold

FOLDS = 5
Wanted = list[frozenset[str]]
Row = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """Texts, the themes that are in each, and the taxonomy to find them with."""

    texts: list[str]
    wanted: Wanted
    taxonomy: Taxonomy
    voice: Voice

    def part(self, places: Sequence[int]) -> Task:
        """Some of the texts."""
        return replace(
            self, texts=[self.texts[one] for one in places], wanted=[self.wanted[one] for one in places]
        )

    def labelled(self) -> list[Labelled]:
        """All that is known: each theme is there or not."""
        slugs = frozenset(self.taxonomy.slugs)
        return [
            Labelled(text, there, slugs - there) for text, there in zip(self.texts, self.wanted, strict=True)
        ]


def micro(wanted: Wanted, told: Wanted) -> float:
    """Micro-averaged F1."""
    hit = sum(len(one & two) for one, two in zip(wanted, told, strict=True))
    return 2 * hit / max(sum(map(len, wanted)) + sum(map(len, told)), 1)


def calibration_error(wanted: Wanted, readings: Sequence[Reading]) -> float:
    """Expected calibration error of the themes told, ten bins; not a number when none is."""
    told = [
        (theme.certainty, theme.theme in there)
        for there, one in zip(wanted, readings, strict=True)
        for theme in one.themes
    ]
    if not told:
        return float("nan")
    chance, right = (np.array(column, float) for column in zip(*told, strict=True))
    own = np.minimum((chance * 10).astype(int), 9)
    gaps = [abs(float((chance - right)[own == one].sum())) for one in range(10)]
    return sum(gaps) / len(told)


def themes_of(readings: Sequence[Reading]) -> Wanted:
    """The themes told."""
    return [frozenset(theme.theme for theme in one.themes) for one in readings]


def plain(train: Task, test: Task) -> Wanted:
    """The named alternative: TfidfVectorizer (words and pairs), one LogisticRegression a theme, one threshold
    chosen by cross-validation."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline

    slugs = train.taxonomy.slugs
    there = np.array([[slug in one for slug in slugs] for one in train.wanted])
    held, chances = np.zeros(there.shape), np.zeros((len(test.texts), len(slugs)))
    for place in np.flatnonzero(there.sum(axis=0) >= FOLDS):
        line = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            LogisticRegression(C=10, class_weight="balanced", solver="liblinear"),
        )
        scored = cross_val_predict(line, train.texts, there[:, place], cv=FOLDS, method="predict_proba")
        held[:, place] = scored[:, 1]
        chances[:, place] = line.fit(train.texts, there[:, place]).predict_proba(test.texts)[:, 1]
    threshold = best_threshold(held.ravel(), there.ravel(), np.ones(there.size))
    return [frozenset(np.array(slugs)[row >= threshold].tolist()) for row in chances]


def heard(train: Task, test: Task) -> dict[str, list[Reading]]:
    """Our readings by keywords, by the fast pass, and by meaning."""
    taught = Taxonomy(train.taxonomy.themes, fit_themes(train.taxonomy, train.labelled()))
    told = {
        "keywords": (train.taxonomy, None),
        "fast": (taught, None),
        "meaning": (taught, embed(test.texts)),
    }
    return {
        name: read(test.texts, voice=test.voice, taxonomy=themes, language="fr", vectors=vectors)
        for name, (themes, vectors) in told.items()
    }


def crossed(task: Task) -> tuple[dict[str, list[Reading]], Wanted]:
    """Readings of each text by models that did not see it; and those of the alternative."""
    fold = np.random.default_rng(0).permutation(len(task.texts)) % FOLDS
    readings: dict[str, dict[int, Reading]] = {"keywords": {}, "fast": {}, "meaning": {}}
    beside: dict[int, frozenset[str]] = {}
    for one in range(FOLDS):
        train = task.part(np.flatnonzero(fold != one).tolist())
        places = np.flatnonzero(fold == one).tolist()
        for name, found in heard(train, task.part(places)).items():
            readings[name] |= dict(zip(places, found, strict=True))
        beside |= dict(zip(places, plain(train, task.part(places)), strict=True))
    order = range(len(task.texts))
    return {name: [found[one] for one in order] for name, found in readings.items()}, [
        beside[one] for one in order
    ]


def report(name: str, task: Task, readings: dict[str, list[Reading]], beside: Wanted) -> None:
    """Print one task."""
    print(f"\n{name}: {len(task.texts)} texts, {len(task.taxonomy.slugs)} themes")
    print(f"  {'scikit-learn TF-IDF alone':28} micro-F1 {micro(task.wanted, beside):.3f}")
    for kind, found in readings.items():
        score, error = micro(task.wanted, themes_of(found)), calibration_error(task.wanted, found)
        print(f"  {'ours, ' + kind:28} micro-F1 {score:.3f}  calibration error {error:.3f}")


def opinions(rows: Sequence[Row], readings: Sequence[Reading]) -> None:
    """Polarity and evidence of the themes that were rightly told."""
    polarity, touches = [], []
    for row, reading in zip(rows, readings, strict=True):
        wanted = {one["theme"]: one for one in row["a"]["themes"]}
        for theme in reading.themes:
            one = wanted.get(theme.theme)
            start = row["text"].find(one["evidence"]) if one else -1
            if one and start >= 0:
                end = start + len(one["evidence"])
                polarity.append(theme.polarity == one["polarity"])
                touches.append(any(span.start < end and span.end > start for span in theme.evidence))
    print(
        f"  polarity right {np.mean(polarity):.3f}, evidence touches {np.mean(touches):.3f}, n {len(touches)}"
    )


def lines(folder: Path, name: str) -> list[Row]:
    """Rows of a gold set."""
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def gold(folder: Path) -> None:
    """The two gold sets."""
    rows = lines(folder, "gold_service_dev.jsonl")
    wanted = [frozenset(one["theme"] for one in row["a"]["themes"]) for row in rows]
    task = Task([row["text"] for row in rows], wanted, customers(), Voice.CUSTOMER)
    readings, beside = crossed(task)
    report("gold service (ceiling 0.913)", task, readings, beside)
    opinions(rows, readings["meaning"])
    rows = lines(folder, "gold_employee_dev.jsonl")
    texts = [row["text"] for row in rows]
    task = Task(texts, [frozenset(row["themes"]) for row in rows], employees(), Voice.EMPLOYEE)
    report("gold employee, themes", task, *crossed(task))
    echo = [frozenset(row["customer_echo"]) - {"none"} for row in rows]
    for name, themes in (("customers' words", customers()), ("employees' words", echoes())):
        task = Task(texts, echo, themes, Voice.EMPLOYEE)
        report(f"gold employee, customer echo, {name} (one annotator, no ceiling)", task, *crossed(task))


def restaurants(folder: Path) -> tuple[Task, Task]:
    """Restaurant sentences: the train split, the other."""
    from pyarrow import parquet

    rows = parquet.read_table(folder / "dev_sentiment.parquet").to_pylist()
    rows = [row for row in rows if row["domain"] == "mabsa_restaurant"]
    wanted = [frozenset(one[0] for one in json.loads(row["aspects"])) for row in rows]
    themes = Taxonomy([ThemeSpec(slug, None, {}) for slug in sorted(frozenset().union(*wanted))])
    whole = Task([row["text"] for row in rows], wanted, themes, Voice.CUSTOMER)
    learnt = np.array([row["group"] == "train" for row in rows])
    return whole.part(np.flatnonzero(learnt).tolist()), whole.part(np.flatnonzero(~learnt).tolist())


def first_guess(model: ThemeModel, test: Task) -> float:
    """How often the likeliest theme is one of the right ones."""
    assert model.deep is not None
    open_model = replace(model, deep=replace(model.deep, threshold=0.0))
    themes = Taxonomy(test.taxonomy.themes, open_model)
    found = read(test.texts, voice=test.voice, taxonomy=themes, vectors=embed(test.texts))
    right = [
        bool(one.themes) and max(one.themes, key=lambda each: each.certainty).theme in there
        for one, there in zip(found, test.wanted, strict=True)
    ]
    return float(np.mean(right))


def few(task: Task, test: Task, sizes: Sequence[int]) -> None:
    """The first guess after some examples of each theme."""
    for size in sizes:
        order = np.random.default_rng(size).permutation(len(task.texts))
        chosen: dict[int, None] = {}
        for slug in task.taxonomy.slugs:
            chosen |= dict.fromkeys([int(one) for one in order if slug in task.wanted[one]][:size])
        lesson = task.part(sorted(chosen))
        model = fit_themes(task.taxonomy, lesson.labelled())
        guess = first_guess(model, test)
        print(f"  {size:4} examples a theme ({len(lesson.texts)} texts): first guess {guess:.3f}")


def intents(folder: Path) -> tuple[Task, Task]:
    """Banking questions in English: some to learn from, some to try."""
    from pyarrow import parquet

    rows = parquet.read_table(folder / "dev_intent.parquet").to_pylist()
    rows = [rows[one] for one in np.random.default_rng(0).permutation(len(rows))]
    themes = Taxonomy([ThemeSpec(slug, None, {}) for slug in sorted({row["label"] for row in rows})])
    whole = Task(
        [row["text"] for row in rows], [frozenset({row["label"]}) for row in rows], themes, Voice.CUSTOMER
    )
    return whole.part(range(1000, len(rows))), whole.part(range(1000))


def speed(task: Task) -> None:
    """Texts a second, each beside reading with keywords alone in the same run."""
    taught = Taxonomy(task.taxonomy.themes, fit_themes(task.taxonomy, task.labelled()))
    vectors = embed(task.texts)
    seconds = {}
    for name, themes, meaning in (
        ("keywords", task.taxonomy, None),
        ("fast pass", taught, None),
        ("meaning pass, vectors known", taught, vectors),
    ):
        times = []
        for _ in range(5):
            start = time.process_time()
            read(task.texts, voice=task.voice, taxonomy=themes, language="fr", vectors=meaning)
            times.append(time.process_time() - start)
        seconds[name] = min(times)
    print("\nspeed, one core")
    for name, taken in seconds.items():
        ratio = taken / seconds["keywords"]
        print(f"  {name:28} {len(task.texts) / taken:8.0f} texts/s  {ratio:.2f} x keywords")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="the gold sets alone")
    options = parser.parse_args()
    gold(options.data)
    if options.quick:
        return
    train, test = restaurants(options.data)
    report("restaurant sentences", test, heard(train, test), plain(train, test))
    few(train, test, (5, 20, 100))
    print("\nbanking questions, 77 intents")
    few(*intents(options.data), (5, 20))
    rows = lines(options.data, "gold_service_dev.jsonl")
    wanted = [frozenset(one["theme"] for one in row["a"]["themes"]) for row in rows]
    speed(Task([row["text"] for row in rows], wanted, customers(), Voice.CUSTOMER))


if __name__ == "__main__":
    main()
