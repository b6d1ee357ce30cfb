"""Opinions on given words: learnt from sentences made here, small enough to fit in a moment."""

from __future__ import annotations

from itertools import product

import pytest

from visavis.core.words import EmployeeTextError, Polarity, Voice
from visavis.text.aspects import Mention, MentionModel, fit_mentions

THINGS = ("plat", "service", "décor", "dessert", "vin")
SIDES = {
    Polarity.POSITIVE: ("délicieux", "parfait", "adorable"),
    Polarity.NEGATIVE: ("infect", "interminable", "décevant"),
    Polarity.NEUTRAL: ("habituel", "moyen", "correct"),
}
MADE = [
    (Mention.of(f"{one} {said}, {other} {also}", "made here", one), side)
    for one, other in product(THINGS, THINGS)
    if one != other
    for side, words in SIDES.items()
    for said, also in zip(words, ("parfait", "infect", "moyen"), strict=True)
] * 2


@pytest.fixture(scope="module")
def model() -> MentionModel:
    return fit_mentions([one for one, _ in MADE], [side for _, side in MADE], meaning=False)


def test_two_sides_of_one_sentence_are_told_apart(model: MentionModel) -> None:
    text = "plat délicieux mais service interminable"
    told = model.polarities([Mention.of(text, "made here", word) for word in ("plat", "service")])
    assert [side for side, _ in told] == [Polarity.POSITIVE, Polarity.NEGATIVE]
    assert all(1 / 3 <= chance <= 1 for _, chance in told)


def test_words_are_found_whatever_their_case_or_not_at_all() -> None:
    found, implied = (Mention.of("Le Plat", "food", words).span for words in ("plat", "vin"))
    assert found is not None
    assert (found.start, found.end, implied) == (3, 7, None)


def test_a_model_is_read_back_from_plain_bytes(model: MentionModel) -> None:
    asked = [Mention.of("vin décevant", "another one", "vin"), Mention.of("", "made here", None)]
    told, again = model.polarities(asked), MentionModel.from_bytes(model.to_bytes()).polarities(asked)
    assert [side for side, _ in told] == [side for side, _ in again]
    assert told[0][0] is Polarity.NEGATIVE


def test_employees_have_no_opinions_read(model: MentionModel) -> None:
    with pytest.raises(EmployeeTextError):
        model.polarities([MADE[0][0]], voice=Voice.EMPLOYEE)


def test_a_side_never_taught_is_never_told() -> None:
    two = [pair for pair in MADE if pair[1] is not Polarity.NEUTRAL]
    model = fit_mentions([one for one, _ in two], [side for _, side in two], meaning=False)
    told = model.polarities([Mention.of("vin décevant", "made here", "vin"), MADE[0][0]])
    assert [side for side, _ in told] == [Polarity.NEGATIVE, Polarity.POSITIVE]


def test_too_few_labels_and_other_labels_are_refused() -> None:
    mentions = [one for one, _ in MADE]
    with pytest.raises(ValueError, match="needed"):
        fit_mentions(mentions[:20], [Polarity.POSITIVE] * 20)
    with pytest.raises(ValueError, match="two sides"):
        fit_mentions(mentions, [Polarity.MIXED] * len(mentions))
