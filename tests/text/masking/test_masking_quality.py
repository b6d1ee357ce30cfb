"""Masking on sentences and names that never chose anything: what is found, and what is found in vain."""

from __future__ import annotations

import csv

import pytest

from tests.shared import shared_path
from tests.text.masking.cases import Case, half, names, shapes
from tests.text.masking.scores import score
from tests.text.masking.sentences import CLEAN
from visavis.text.personal import find_personal, mask

#: The half that judges; what was chosen was chosen on the other one.
KEPT = 1


def test_what_has_a_shape_is_found() -> None:
    told = score(shapes(KEPT, 1800))
    assert told.recall(names=False) >= 0.98
    assert min(told.found[kind] / told.asked[kind] for kind in told.asked) >= 0.95
    assert told.precision >= 0.95


def test_names_are_found() -> None:
    told = score(names(KEPT, 1500))
    assert told.recall(names=True) >= 0.90
    assert told.precision >= 0.95


def test_sentences_without_anybody_are_left_alone() -> None:
    told = score(Case(sentence, 0, 0, "") for sentence in CLEAN)
    assert len({sentence for sentence, _ in told.wrong}) <= 0.05 * len(CLEAN)


def test_both_halves_hold_sentences_of_every_kind() -> None:
    for side in (0, 1):
        assert {case.kind for case in shapes(side, 90)} >= {"phone", "iban", "nir", "address", "reference"}
        assert len({case.said for case in names(side, 200)}) > 150


def test_what_was_masked_holds_nothing_more() -> None:
    for case in (*names(KEPT, 200), *shapes(KEPT, 180)):
        assert find_personal(mask(case.text)) == ()


@pytest.mark.slow
def test_few_real_texts_are_touched() -> None:
    with shared_path("data/real/avis-assurance.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [row["avis"] for row in csv.DictReader(file, delimiter=";") if half(row["avis"]) == KEPT]
    touched = sum(bool(find_personal(text)) for text in texts)
    # Some three in four of these do name somebody.
    assert touched <= 0.055 * len(texts)
