"""What corrections and a second opinion bring, beside the plain alternatives, on the same texts.

    python benchmarks/learning.py --data FOLDER [--families insurance,food] [--seeds 3] [--cache FILE]

Corrections: both models (words, meaning) are trained without the family of the tested domain; ``propose``
chooses 100 texts of that domain; ``adapt`` learns, the other texts of the domain around them; the rest of the
domain is measured before and after ("rest"), then the whole of it, before anybody corrected and after, the
corrected texts counting as corrected ("all"). Beside it: the same corrections without the texts around them
("alone"), 100 random corrections, and (first seed only) training everything again with each correction
repeated eight times.
Second opinion: texts that neither model was trained on, the least certain fifth sent to the larger model.
``--cache`` keeps its vectors, which take most of the time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Voice
from visavis.measure.calibration import calibration_error
from visavis.text import read
from visavis.text.elsewhere.train import MOST as TAUGHT
from visavis.text.learning import adapt, adaptation, around, corrections, propose
from visavis.text.learning.evidence import lean
from visavis.text.learning.posterior import sigmoid
from visavis.text.meaning import SIZE as WIDTH
from visavis.text.meaning import embed
from visavis.text.precision import available, second_opinion
from visavis.text.precision.opinion import head
from visavis.text.precision.train import MEASURED, chosen, fit_head, remembered
from visavis.text.train import LEXICONS, Corpus, assemble, corpus, fold_of, train, with_phrases
from visavis.text.weights import LANGUAGES, Weights

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
SIZE, REPEATED, MOST, SENT, HELD = 100, 8, 3_000, 0.2, 150

Chances = NDArray[np.float64]


def macro(content: NDArray[np.int64], chance: Chances) -> float:
    """Macro-averaged F1 of the two sides."""
    from sklearn.metrics import f1_score

    return float(f1_score(content, chance > 0.5, average="macro"))


def families(texts: Corpus) -> NDArray[np.str_]:
    """The family of each text."""
    return np.array([FAMILIES.get(name, name) for name in texts.domain.tolist()])


def trained(texts: Corpus) -> Weights:
    """The product's own training."""
    return assemble(train(with_phrases(texts, "fr"), LEXICONS["fr"]()))


def chances(texts: list[str], weights: Weights) -> Chances:
    """Chance of content (0 to 1)."""
    return sigmoid(lean(texts, weights).astype(np.float64))


class Models(NamedTuple):
    """What reads, and how a meaning sounds; neither has met the family of the tested domain."""

    weights: Weights
    meaning: NDArray[np.float64]
    bias: float

    def tone_of(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log-odds of content from vectors, as the shipped head gives them."""
        return rows @ self.meaning + self.bias


MEANINGS: dict[str, NDArray[np.float32]] = {}


def meanings(texts: Sequence[str]) -> NDArray[np.float32]:
    """``embed``, each text once in the whole run."""
    new = sorted({text for text in texts if text not in MEANINGS})
    MEANINGS.update(zip(new, embed(new), strict=True))
    return np.array([MEANINGS[text] for text in texts], np.float32).reshape(-1, WIDTH)


def both(others: Corpus, english: Corpus) -> Models:
    """The product's own training of both, the head as ``visavis.text.elsewhere.train`` makes it."""
    taught = chosen([others, english], TAUGHT)
    meaning, bias = fit_head(meanings(taught.texts), taught.content, taught.domain)
    return Models(trained(others), meaning, bias)


def learnt(models: Models, drawn: list[bool], near: list[str], texts: Corpus) -> Weights:
    """The weights after corrections: the product's own code, given these models for the shipped ones."""
    given = lru_cache(lambda _: models.weights)
    with (
        mock.patch.object(corrections, "shipped", given),
        mock.patch.object(adaptation, "shipped", given),
        mock.patch.object(around, "tone_of", models.tone_of),
        mock.patch.object(around, "embed", meanings),
    ):
        adaptation.adapted.cache_clear()
        taught = adapt(
            texts.texts,
            texts.content.astype(bool).tolist(),
            language="fr",
            at_random=drawn,
            near=around.surroundings(near),
        )
        after = adaptation.adapted("fr", taught)
        adaptation.adapted.cache_clear()
    return after


def again(others: Corpus, texts: Corpus) -> Weights:
    """The plain alternative that needs all training texts: train again, each correction repeated."""
    everything = Corpus(
        others.texts + texts.texts * REPEATED,
        np.append(others.content, np.tile(texts.content, REPEATED)),
        np.append(others.domain, np.tile(texts.domain, REPEATED)),
    )
    return trained(everything)


def sample(texts: Corpus) -> Corpus:
    """At most ``MOST`` texts of a domain."""
    order = np.random.default_rng(3).permutation(len(texts.texts))[:MOST]
    return texts.part(np.isin(np.arange(len(texts.texts)), order))


class Run(NamedTuple):
    """Macro-F1 of the rest of a domain and of all of it, before and after corrections; calibration error."""

    was: float
    now: float
    all_was: float
    all_now: float
    error: float


def corrected(
    pool: Corpus, others: Corpus, models: Models, seeds: int, *, refit: bool
) -> dict[str, list[Run]]:
    """What each way to learn brings, one run a seed."""
    before = chances(pool.texts, models.weights)
    certainty = np.maximum(before, 1 - before).tolist()
    found: dict[str, list[Run]] = {}
    for seed in range(seeds):
        queue = propose(certainty, SIZE, seed)
        drawn = [one.at_random for one in sorted(queue)]
        lucky = np.random.default_rng(seed).permutation(len(pool.texts))[:SIZE].tolist()
        proposed = [one.place for one in queue]
        left = [text for place, text in enumerate(pool.texts) if place not in set(proposed)]
        by_chance = [text for place, text in enumerate(pool.texts) if place not in set(lucky)]
        ways: dict[str, tuple[list[int], Callable[[Corpus], Weights]]] = {
            "ours": (proposed, partial(learnt, models, drawn, left)),
            "alone": (proposed, partial(learnt, models, drawn, [])),
            "random": (lucky, partial(learnt, models, [True] * SIZE, by_chance)),
        }
        if refit and not seed:
            ways["again"] = (proposed, partial(again, others))
        for name, (places, learn) in ways.items():
            told = np.isin(np.arange(len(pool.texts)), places)
            rest = pool.part(~told)
            after = chances(rest.texts, learn(pool.part(told)))
            whole = pool.content.astype(np.float64)
            whole[~told] = after
            found.setdefault(name, []).append(
                Run(
                    macro(rest.content, before[~told]),
                    macro(rest.content, after),
                    macro(pool.content, before),
                    macro(pool.content, whole),
                    calibration_error(after.tolist(), rest.content.astype(bool).tolist()),
                )
            )
    return found


def line(name: str, runs: list[Run]) -> str:
    """One way to learn in one domain, over its seeds."""
    mean = Run(*np.array(runs).mean(axis=0))
    worst = 100 * min(run.now - run.was for run in runs)
    told = f"{name} rest {mean.was:.3f}>{mean.now:.3f} worst {worst:+.1f}"
    return f"{told} all {mean.all_was:.3f}>{mean.all_now:.3f} ece {mean.error:.3f}"


def cascade(texts: Corpus, first: Chances, second: Chances) -> dict[str, list[float]]:
    """Macro-F1 by domain: fast model alone, larger model alone, the least certain fifth by both."""
    together = sigmoid(head().fused(np.log(first / (1 - first)), np.log(second / (1 - second))))
    rows: dict[str, list[float]] = {}
    for name in sorted(set(texts.domain.tolist())):
        own = np.flatnonzero(texts.domain == name)
        sent = own[np.argsort(np.abs(first[own] - 0.5))][: int(SENT * len(own))]
        mixed = first.copy()
        mixed[sent] = together[sent]
        rows[name] = [macro(texts.content[own], each[own]) for each in (first, second, mixed)]
    return rows


def held_out(texts: Corpus) -> Corpus:
    """At most ``HELD`` texts of each domain, of the fold that nothing is trained on."""
    kept: dict[str, int] = {}
    flags = []
    for text, name in zip(texts.texts, texts.domain.tolist(), strict=True):
        wanted = name in FAMILIES and fold_of(text) == MEASURED and kept.get(name, 0) < HELD
        kept[name] = kept.get(name, 0) + wanted
        flags.append(wanted)
    return texts.part(np.array(flags))


def opinions(folder: Path, french: Corpus, cache: Path | None) -> None:
    """Print the cascade, with the larger model's head trained on the other folds, as shipped."""
    tested = held_out(french)
    outside = french.part(np.array([fold_of(text) != MEASURED for text in french.texts]))
    first = np.clip(chances(tested.texts, trained(outside)), 1e-6, 1 - 1e-6)
    training = chosen([corpus(folder, language) for language in LANGUAGES])
    weight, bias = fit_head(remembered(training.texts, cache), training.content, training.domain)
    second = np.clip(sigmoid(remembered(tested.texts, cache) @ weight + bias), 1e-6, 1 - 1e-6)
    rows = cascade(tested, first, second)
    print(f"{'held out, macro-F1':22}{'fast':>8}{'larger':>8}{'both, 20 %':>12}")
    for name, values in [*rows.items(), ("mean", np.mean(list(rows.values()), axis=0))]:
        print(f"{name:22}{values[0]:8.3f}{values[1]:8.3f}{values[2]:12.3f}")


def pace(texts: list[str]) -> None:
    """Print texts a second and core of both models, on the same texts."""
    for name, call in (
        ("read", lambda some: read(some, voice=Voice.CUSTOMER)),
        ("second_opinion", lambda some: second_opinion(some, voice=Voice.CUSTOMER)),
    ):
        call(texts[:2])
        started = time.process_time()
        call(texts)
        print(f"{name:22}{len(texts) / (time.process_time() - started):10,.0f} texts/s/core")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--families", default=",".join(sorted(set(FAMILIES.values()))))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--no-refit", action="store_true", help="without training everything again")
    parser.add_argument("--no-corrections", action="store_true", help="the second opinion only")
    parser.add_argument("--cache", type=Path, help="file that keeps the larger model's vectors (.npz)")
    options = parser.parse_args()
    french, english = corpus(options.data, "fr"), corpus(options.data, "en")
    ours: list[Run] = []
    for family in [] if options.no_corrections else options.families.split(","):
        others = french.part(families(french) != family)
        models = both(others, english)
        for name in sorted(one for one, its in FAMILIES.items() if its == family):
            pool = sample(french.part(french.domain == name))
            found = corrected(pool, others, models, options.seeds, refit=not options.no_refit)
            told = " | ".join(line(way, runs) for way, runs in found.items())
            print(f"{name:18}{len(pool.texts):6}  {told}", flush=True)
            ours += found["ours"]
    if ours:
        print(f"{'mean of domains':26}{line('ours', ours)}")
    if available():
        opinions(options.data, french, options.cache)
        pace(french.texts[::800])


if __name__ == "__main__":
    main()
