"""What the engine says of each theme, beside plain alternatives, on the same rows.

    python benchmarks/opinions.py --data FOLDER

Restaurant reviews with four themes (positive, negative, mixed, not spoken of): a fifth held out by hash,
the tone trained without any restaurant. Opinions on given words (M-ABSA, restaurants and hotels): the tone
trained without these domains. Alternatives: the majority answer; the tone of the whole text for every theme.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from visavis.core.words import Polarity, Voice
from visavis.text.aspects import Mention, fit_aspects, fit_mentions
from visavis.text.opinions import Judge, hits_of, opinions_of
from visavis.text.polarity import parse, tone
from visavis.text.taxonomy import Taxonomy, ThemeSpec
from visavis.text.train import FOLDS, LEXICONS, assemble, corpus, fold_of, train, with_phrases
from visavis.text.weights import Weights

SIDES = {"pos": Polarity.POSITIVE, "neg": Polarity.NEGATIVE, "mixed": Polarity.MIXED, "none": None}
NAMED = {"pos": Polarity.POSITIVE, "neg": Polarity.NEGATIVE, "neu": Polarity.NEUTRAL}
GIVEN = ("mabsa_restaurant", "mabsa_hotel")
AWAY = ("restaurant", "mabsa_food", *GIVEN)


def rows(folder: Path, domains: tuple[str, ...]) -> list[dict[str, Any]]:
    """Labelled French rows of some domains."""
    from pyarrow import parquet

    table = parquet.read_table(
        folder / "dev_sentiment.parquet", columns=["text", "domain", "lang", "aspects"]
    )
    return [row for row in table.to_pylist() if row["domain"] in domains and row["lang"] == "fr"]


def away(folder: Path) -> Weights:
    """A tone that never met these trades."""
    texts = corpus(folder, "fr")
    return assemble(train(with_phrases(texts.part(~np.isin(texts.domain, AWAY)), "fr"), LEXICONS["fr"]()))


def themes(folder: Path, weights: Weights, *, meaning: bool) -> None:
    """Print the accuracy on each theme of restaurants (four answers)."""
    reviews = rows(folder, ("restaurant",))
    labels = [{name: SIDES[said] for name, said in json.loads(row["aspects"]).items()} for row in reviews]
    texts = [row["text"] for row in reviews]
    held = [fold_of(text) == 0 for text in texts]
    taught = [number for number, out in enumerate(held) if not out]
    asked = [number for number, out in enumerate(held) if out]
    model = fit_aspects(
        [texts[number] for number in taught],
        [labels[number] for number in taught],
        meaning=meaning,
        weights=weights,
    )
    told = model.opinions([texts[number] for number in asked], weights=weights)
    whole = [_whole(texts[number], weights) for number in asked]
    print(f"restaurants, {len(taught)} taught, {len(asked)} held out, meaning: {meaning}")
    print(f"{'theme':12}{'fitted':>9}{'majority':>10}{'whole tone':>12}")
    scores = []
    for place, name in enumerate(model.themes):
        wanted = [labels[number][name] for number in asked]
        likeliest = Counter(labels[number][name] for number in taught).most_common(1)[0][0]
        answers = ([each[place].polarity for each in told], [likeliest] * len(asked), whole)
        scores.append([_share(wanted, answer) for answer in answers])
        print(f"{name:12}" + "".join(f"{score:>10.3f}" for score in scores[-1]))
    print(f"{'mean':12}" + "".join(f"{score:>10.3f}" for score in np.mean(scores, axis=0)))


def _whole(text: str, weights: Weights) -> Polarity:
    parsed = parse([text])
    content = weights.whole.probability(tone(parsed, weights, voice=Voice.CUSTOMER).score)[0]
    return Polarity.POSITIVE if content > 0.5 else Polarity.NEGATIVE


def _share(wanted: list[Polarity | None], told: list[Polarity | None] | list[Polarity]) -> float:
    return float(np.mean([one == other for one, other in zip(wanted, told, strict=True)]))


def given(folder: Path, weights: Weights) -> None:
    """Print the accuracy of positive, negative or neutral on words that are given, no training of theirs."""
    wanted, default, whole = [], [], []
    for row in rows(folder, GIVEN):
        for _, side, target in json.loads(row["aspects"] or "[]"):
            wanted.append({"pos": Polarity.POSITIVE, "neg": Polarity.NEGATIVE}.get(side, Polarity.NEUTRAL))
            whole.append(_whole(row["text"], weights))
            default.append(_given(row["text"], target, weights) or whole[-1])
    majority = Counter(wanted).most_common(1)[0][0]
    print(f"opinions on given words (n = {len(wanted)}), no training of their domains")
    for name, told in (("default", default), ("majority", [majority] * len(wanted)), ("whole tone", whole)):
        print(f"{name:12}{_share(list(wanted), list(told)):9.3f}")


def taught(folder: Path, weights: Weights, *, meaning: bool) -> None:
    """Print the same accuracy on a fifth of the sentences of a domain, taught on the rest."""
    for domain in GIVEN:
        asked = [
            (Mention.of(row["text"], category, None if target == "NULL" else target), NAMED[side])
            for row in rows(folder, (domain,))
            for category, side, target in json.loads(row["aspects"] or "[]")
            if side in NAMED
        ]
        fold = np.array([fold_of(mention.text) for mention, _ in asked])
        right = 0
        for one in range(FOLDS):
            known = [pair for pair, place in zip(asked, fold, strict=True) if place != one]
            held = [pair for pair, place in zip(asked, fold, strict=True) if place == one]
            model = fit_mentions(*zip(*known, strict=True), meaning=meaning, weights=weights)
            told = model.polarities([mention for mention, _ in held], weights=weights)
            right += sum(side is wanted for (side, _), (_, wanted) in zip(told, held, strict=True))
        print(f"{domain}, taught, 5 folds (n = {len(asked)}), meaning: {meaning}{right / len(asked):9.3f}")


def _given(text: str, target: str | None, weights: Weights) -> Polarity | None:
    """The opinion by default on the words of ``target``; none where they are not found or nothing is told."""
    if target in {None, "NULL"}:
        return None
    parsed = parse([text])
    one = Taxonomy([ThemeSpec("given", None, {"fr": [target]})])
    [hits] = hits_of(parsed, one, ["fr"])
    asked = Judge.of(tone(parsed, weights, voice=Voice.CUSTOMER), weights)
    found = opinions_of(parsed, 0, one.slugs, hits, asked)
    return found[0].polarity if found else None


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--words-only", action="store_true", help="without the meaning of sentences")
    options = parser.parse_args()
    weights = away(options.data)
    given(options.data, weights)
    taught(options.data, weights, meaning=not options.words_only)
    themes(options.data, weights, meaning=not options.words_only)


if __name__ == "__main__":
    main()
