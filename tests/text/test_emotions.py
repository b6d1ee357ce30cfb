"""Service emotions and intensity: experimental, abstaining, and never an employee's."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.core.words import EmployeeTextError, Voice
from visavis.text import read
from visavis.text.emotions import AT_MOST, EMOTIONS, EXPERIMENTAL, emotions_of
from visavis.text.intensity import intensity_of
from visavis.text.polarity import parse

CARRIED = [
    ("C'est honteux, une bande de voleurs, je suis furieux", "colere"),
    ("Vous vous moquez du monde, inadmissible", "colere"),
    ("Très déçue par votre réponse", "deception"),
    ("Je suis très inquiète pour mon dossier, j'ai peur de tout perdre, aucune réponse", "inquietude"),
    ("Satisfait de mon contrat", "satisfaction"),
    ("Un immense merci à votre conseillère, elle a été formidable", "gratitude"),
    ("Je suis stupéfait de ce courrier", "surprise"),
]
NOT_CARRIED = [
    ("Je n'ai jamais été déçue, excellente mutuelle", "deception"),
    ("Merci de me rappeler au plus vite, aucune réponse depuis un mois", "gratitude"),
    ("Merci pour les deux heures d'attente", "gratitude"),
    ("Excellent accueil, conseillère adorable", "colere"),
    ("Dossier numéro 12 envoyé mardi", "inquietude"),
]


def test_they_say_that_they_are_experimental() -> None:
    assert EXPERIMENTAL


@pytest.mark.parametrize(("text", "emotion"), CARRIED)
def test_an_emotion_is_heard_where_words_carry_it(text: str, emotion: str) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER)
    assert emotion in reading.emotions


@pytest.mark.parametrize(("text", "emotion"), NOT_CARRIED)
def test_an_emotion_is_not_lent(text: str, emotion: str) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER)
    assert emotion not in reading.emotions


def test_at_most_two_are_told_and_all_are_known() -> None:
    texts = [
        "Inquiet, déçu, furieux, surpris : une honte, j'ai peur, quelle déception, merci à la dame adorable"
    ]
    [reading] = read(texts, voice=Voice.CUSTOMER)
    assert len(reading.emotions) <= AT_MOST
    assert set(reading.emotions) <= set(EMOTIONS)


def test_nobody_reads_the_emotions_of_employees() -> None:
    parsed = parse(["je suis furieux"])
    with pytest.raises(EmployeeTextError):
        emotions_of(parsed, np.zeros(1, np.float32), voice=Voice.EMPLOYEE)
    with pytest.raises(EmployeeTextError):
        intensity_of(1.0, None, voice=Voice.EMPLOYEE)
    [reading] = read(["je suis furieux"], voice=Voice.EMPLOYEE)
    assert (reading.emotions, reading.intensity) == ((), None)


@pytest.mark.parametrize(
    ("mild", "strong"),
    [
        ("Assez satisfait", "Absolument parfait, exceptionnel, merci !!!"),
        ("Plutôt moyen", "HONTEUX, une arnaque scandaleuse, fuyez"),
        ("Délai un peu long", "Délai catastrophique, inadmissible, je suis furieux"),
    ],
)
def test_stronger_words_are_stronger(mild: str, strong: str) -> None:
    first, second = (one.intensity for one in read([mild, strong], voice=Voice.CUSTOMER))
    assert first is not None
    assert second is not None
    assert first < second
