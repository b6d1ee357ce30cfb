"""What corrections teach of texts that nobody corrected but that mean alike."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.core.words import Voice
from visavis.text import read
from visavis.text.learning import Adaptation, adapt, surroundings

#: A company of farmers: rain is good news, dry weather is not.
RAIN = """
    Il pleut depuis ce matin
    La pluie tombe sur nos champs
    Une averse a mouillé la terre
    L'orage a rempli la mare
    Il a plu toute la nuit
    La rivière monte après les pluies
    Grosse pluie sur le village
    Trente millimètres d'eau de pluie
    Des trombes d'eau cet après-midi
    La pluie, encore la pluie
    Il pleut des cordes
    Averses orageuses en soirée
"""
DRY = """
    Pas un nuage en avril
    Grand soleil
    Sécheresse dans toute la région
    Canicule en juin
    Quarante degrés à l'ombre
    Étang à sec
    Ciel bleu, soleil brûlant
    Chaleur étouffante
    Désert de poussière
    Herbe grillée par le soleil
    Il fait très chaud
    Manque d'eau, sols secs
"""
RAIN_TOO = """
    Temps pluvieux
    Prenez un parapluie
    Inondations dans la vallée
    Le ciel est gris, tout est mouillé
    Un temps humide
"""
DRY_TOO = """
    Temps ensoleillé
    Prenez de la crème solaire
    Incendies dans la vallée
    Le ciel est clair, tout est desséché
    Un temps aride
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


TEXTS = lines(RAIN) + lines(DRY)
CONTENT = [True] * len(lines(RAIN)) + [False] * len(lines(DRY))
NEAR = lines(RAIN_TOO) + lines(DRY_TOO)
SIDES = np.array([1.0] * len(lines(RAIN_TOO)) + [-1.0] * len(lines(DRY_TOO)))
PLAIN = ["Conseillère très aimable, merci !", "Accueil odieux, je résilie."]


def sentiments(texts: list[str], learnt: Adaptation | None = None) -> list[float]:
    readings = read(texts, voice=Voice.CUSTOMER, language="fr", tone=learnt)
    return [reading.sentiment or 0.0 for reading in readings]


@pytest.fixture(scope="module")
def carried() -> Adaptation:
    return adapt(TEXTS, CONTENT, language="fr", near=surroundings(NEAR))


def test_texts_that_mean_alike_are_read_better_than_from_their_words_alone(carried: Adaptation) -> None:
    alone = adapt(TEXTS, CONTENT, language="fr")
    before, after = (SIDES * sentiments(NEAR, learnt) for learnt in (alone, carried))
    assert after.mean() > before.mean() + 0.05
    assert SIDES @ sentiments(NEAR) < before.sum()


def test_what_was_corrected_is_read_as_it_was_corrected(carried: Adaptation) -> None:
    right = [
        (sentiment > 0) == content
        for sentiment, content in zip(sentiments(TEXTS, carried), CONTENT, strict=True)
    ]
    assert sum(right) >= len(TEXTS) - 1


def test_plain_praise_and_blame_keep_their_sides(carried: Adaptation) -> None:
    assert [sentiment > 0 for sentiment in sentiments(PLAIN, carried)] == [True, False]


def test_the_same_corrections_and_texts_teach_the_same(carried: Adaptation) -> None:
    again = adapt(TEXTS, CONTENT, language="fr", near=surroundings(NEAR))
    assert again.to_bytes() == carried.to_bytes()
    assert Adaptation.from_bytes(again.to_bytes()) == carried


def test_answers_that_meaning_denies_are_learnt_from_words_or_not_at_all() -> None:
    answers = [place % 2 == 0 for place in range(len(TEXTS))]
    learnt = adapt(TEXTS, answers, language="fr", near=surroundings(NEAR))
    assert learnt.to_bytes() == adapt(TEXTS, answers, language="fr").to_bytes()


def test_without_other_texts_or_with_few_corrections_nothing_is_carried() -> None:
    nothing, few = surroundings([]), surroundings(NEAR)
    assert adapt(TEXTS, CONTENT, language="fr", near=nothing) == adapt(TEXTS, CONTENT, language="fr")
    assert not len(adapt(TEXTS[:6], CONTENT[:6], language="fr", near=few).numbers)


def test_odd_texts_around_change_no_plain_side() -> None:
    odd = ["", " ", "\ud800", "😡" * 500, "мрак", "a" * 20_000]
    learnt = adapt(TEXTS, CONTENT, language="fr", near=surroundings(odd * 2))
    assert [sentiment > 0 for sentiment in sentiments(PLAIN, learnt)] == [True, False]
    assert adapt(odd * 3, [False] * 18, language="fr", near=surroundings(odd)).corrections == 18
