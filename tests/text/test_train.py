"""Training: what it may read, and that it gives the same bytes twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.shared import shared_path
from visavis.core.words import Voice
from visavis.text.denials import DENIED
from visavis.text.fitting import count, evenly, fit
from visavis.text.grams import digest
from visavis.text.lexicon import GROUPS, Lexicon
from visavis.text.polarity import parse, tone
from visavis.text.train import Corpus, assemble, corpus, fold_of, gold_texts, train
from visavis.text.weights import build, laid_out, load

pytest.importorskip("sklearn", reason="training needs scikit-learn")


@pytest.fixture(scope="module")
def small() -> Corpus:
    good = [
        f"conseillère {word} et réponse rapide numéro {n}"
        for n in range(25)
        for word in ("aimable", "parfaite")
    ]
    bad = [
        f"conseillère {word} et réponse lente numéro {n}"
        for n in range(25)
        for word in ("odieuse", "absente")
    ]
    content = np.array([1] * len(good) + [0] * len(bad), np.int64)
    return Corpus([*good, *bad], content, np.array(["a", "b"] * 50, np.str_))


def test_the_same_texts_give_the_same_numbers(small: Corpus) -> None:
    once, twice = train(small), train(small)
    assert all(once[name].tobytes() == twice[name].tobytes() for name in once)


def test_what_was_trained_is_what_is_read(small: Corpus) -> None:
    weights = assemble(train(small))
    scores = tone(parse(["réponse rapide", "réponse lente", "mot"]), weights, voice=Voice.CUSTOMER).score
    good, bad, unknown = weights.whole.probability(scores)
    assert good > 0.5 > bad
    assert bad < unknown < good


def test_a_word_that_no_text_held_is_worth_what_its_like_are(small: Corpus) -> None:
    words = {"aimable": 2, "parfaite": 2, "odieuse": -2, "absente": -2, "ravissante": 2, "affreuse": -2}
    numbers = np.array(sorted(map(digest, words)), np.uint64)
    strength = np.zeros((len(words), GROUPS), np.float32)
    for word, value in words.items():
        strength[np.searchsorted(numbers, np.uint64(digest(word))), int(value < 0)] = value
    weights = assemble(train(small, Lexicon(numbers, strength)))
    parsed = parse(["ravissante", "affreuse", "mot"])
    good, bad, unknown = tone(parsed, weights, voice=Voice.CUSTOMER).score
    assert bad < unknown < good


def test_what_is_denied_is_counted_the_other_way_round() -> None:
    counts = count(["c'est loin d'être aimable", "aimable"])
    cells = counts.words.cells.toarray()[:, counts.words.numbers == digest("aimable")]
    assert cells.ravel().tolist() == pytest.approx([DENIED, 1])


def kept(texts: list[str]) -> list[int]:
    content = np.array([text.startswith("bon") for text in texts], np.int64)
    model = fit(count(texts), content, np.array(["a"] * len(texts), np.str_))
    return [*model.words.numbers.tolist(), *model.letters.numbers.tolist()]


def test_rare_words_of_one_author_are_not_kept() -> None:
    texts = [f"bon service {n}" for n in range(10)] + [f"mauvais service {n}" for n in range(10)]
    alone = [*texts, "bon Xylophone"]
    numbers = [set(kept(rows)) for rows in (texts, alone)]
    assert numbers[0] == numbers[1]


def test_a_domain_and_its_labels_weigh_evenly() -> None:
    content = np.array([1, 1, 1, 0, 1, 0])
    domain = np.array(["a", "a", "a", "a", "b", "b"])
    weights = evenly(content, domain)
    assert weights[:3].sum() == pytest.approx(weights[3])
    assert weights[4] == pytest.approx(weights[5])
    assert weights.mean() == pytest.approx(1)


def test_folds_do_not_depend_on_the_machine() -> None:
    assert [fold_of(text) for text in ("bonjour", "déçu", "\ud800")] == [2, 4, 0]


def test_every_number_laid_out_is_found_and_no_other() -> None:
    numbers = np.unique(np.random.default_rng(5).integers(1, 2**63, 20_000, dtype=np.uint64))
    known, unknown = numbers[::2], numbers[1::2]
    weight = np.arange(1, len(known) + 1, dtype=np.float32)
    table = build(known, weight, weight, np.array([0, 1, 0, 1, 0], np.float64))
    assert np.array_equal(table.weight[table.find(known)], weight)
    assert not table.find(unknown).any()


def test_a_table_is_read_as_it_was_laid_out(tmp_path: Path) -> None:
    numbers = np.arange(1, 3_000, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    weight = (np.arange(len(numbers)) % 100).astype(np.float32)
    table = build(numbers, weight, weight, np.array([0.5, 1, 0, 2, -1], np.float64))
    arrays: dict[str, Any] = {f"fr_{name}": values for name, values in laid_out(table).items()}
    np.savez_compressed(tmp_path / "weights.npz", **arrays)
    again = load(tmp_path / "weights.npz", "fr")
    assert (again.size, again.probes, again.bias) == (table.size, table.probes, table.bias)
    assert (again.whole, again.clause) == (table.whole, table.clause)
    assert np.array_equal(again.weight[again.find(numbers)], weight)


def test_training_leaves_the_gold_set_and_what_is_not_allowed_out() -> None:
    folder = shared_path("data", "understand")
    texts = corpus(folder, "fr")
    assert not set(gold_texts(folder)) & set(texts.texts)
    assert {"assurance", "restaurant", "tweet"} <= set(texts.domain.tolist())
    assert len(texts.texts) > 30_000
