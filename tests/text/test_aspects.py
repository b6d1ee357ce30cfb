"""Opinions learnt from a company's labels: on sentences made here, small enough to fit in a moment."""

from __future__ import annotations

from itertools import product

import pytest

from visavis.core.words import EmployeeTextError, Polarity, Voice
from visavis.text.aspects import AspectModel, fit_aspects

FOOD = {
    Polarity.POSITIVE: ("le plat était délicieux", "une cuisine savoureuse", "dessert excellent"),
    Polarity.NEGATIVE: ("le plat était froid", "une cuisine fade", "dessert infect"),
    None: ("", "nous étions quatre", "venus un mardi"),
}
SERVICE = {
    Polarity.POSITIVE: ("serveur adorable", "service rapide et souriant", "accueil chaleureux"),
    Polarity.NEGATIVE: ("serveur odieux", "service interminable", "accueil glacial"),
    None: ("", "en terrasse", "pour un anniversaire"),
}
PAIRS = [
    (f"{food}, {service}", {"food": one, "service": other})
    for (one, foods), (other, services) in product(FOOD.items(), SERVICE.items())
    for food, service in product(foods, services)
] * 3
TEXTS = [text for text, _ in PAIRS]
LABELS = [label for _, label in PAIRS]


@pytest.fixture(scope="module")
def model() -> AspectModel:
    return fit_aspects(TEXTS, LABELS, meaning=False)


def test_what_was_labelled_is_learnt(model: AspectModel) -> None:
    wanted = [label[theme] for label in LABELS for theme in ("food", "service")]
    told = [one.polarity for each in model.opinions(TEXTS) for one in each]
    assert sum(one == other for one, other in zip(wanted, told, strict=True)) / len(told) > 0.9


def test_a_new_sentence_has_an_opinion_on_each_theme(model: AspectModel) -> None:
    [[food, service]] = model.opinions(["le dessert était délicieux mais le service interminable"])
    assert (food.theme, food.polarity) == ("food", Polarity.POSITIVE)
    assert (service.theme, service.polarity) == ("service", Polarity.NEGATIVE)
    assert 0.25 <= food.certainty <= 1


def test_a_model_is_read_back_from_plain_bytes(model: AspectModel) -> None:
    again = AspectModel.from_bytes(model.to_bytes())
    texts = ["cuisine fade", "accueil chaleureux, plat froid", ""]
    assert [[one.polarity for one in each] for each in again.opinions(texts)] == [
        [one.polarity for one in each] for each in model.opinions(texts)
    ]


def test_something_else_is_not_a_model() -> None:
    with pytest.raises(ValueError, match=r".+"):
        AspectModel.from_bytes(b"not a model")


def test_no_texts_give_no_opinions(model: AspectModel) -> None:
    assert model.opinions([]) == []


def test_employees_have_no_opinions_read(model: AspectModel) -> None:
    with pytest.raises(EmployeeTextError):
        model.opinions(["cuisine fade"], voice=Voice.EMPLOYEE)


def test_too_few_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        fit_aspects(TEXTS[:20], LABELS[:20], meaning=False)
