"""Praise that opens a complaint, and praise that does not."""

from __future__ import annotations

import pytest

from visavis.core.words import Polarity, Voice
from visavis.text import read
from visavis.text.irony import TURNED
from visavis.text.polarity import parse

SINCERE = (
    "Super, merci !",
    "Bravo, réponse en deux jours",
    "Merci, erreur corrigée en deux minutes",
    "Félicitations à toute l'équipe",
    "Parfait, aucune attente",
    "Parfait, sans attente ni paperasse",
    "Merci pour votre patience",
    "Super accueil, j'avais perdu ma carte et ils l'ont refaite",
    "Merci pour votre aide, dossier débloqué",
    "Génial, vingt ans que je suis client et toujours content",
    "Merci à la conseillère qui a trouvé l'erreur et l'a corrigée",
    "Super, encore une belle expérience",
    "Bravo, rien à redire",
    "Quel plaisir de vous retrouver",
    "Excellent, je recommande",
    "Génial, ma panne a été réglée le jour même",
    "J'adore cette boutique, jamais d'attente",
)
IRONIC = (
    "Bravo, quatre mois pour changer une adresse",
    "Super, encore un courrier à renvoyer",
    "Félicitations, vous avez encore perdu mon dossier",
    "J'adore attendre 40 minutes",
    "Chapeau, trois semaines pour un tampon",
    "Ah bravo ! Encore une erreur de facturation",
)


def turned(text: str) -> list[str]:
    parsed = parse([text])
    names = [parsed.tokens.words[word] for word in parsed.tokens.word.tolist()]
    return [name for name, pull in zip(names, parsed.pull, strict=True) if pull == pytest.approx(TURNED)]


@pytest.mark.parametrize("text", SINCERE)
def test_sincere_praise_counts_as_praise(text: str) -> None:
    assert not turned(text)


@pytest.mark.parametrize("text", SINCERE)
def test_sincere_praise_is_read_as_praise(text: str) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER)
    assert reading.polarity is Polarity.POSITIVE


@pytest.mark.parametrize("text", IRONIC)
def test_praise_that_opens_a_complaint_is_turned_round(text: str) -> None:
    assert turned(text)


@pytest.mark.parametrize("text", IRONIC)
def test_ironic_praise_is_read_as_blame(text: str) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER)
    assert reading.polarity is Polarity.NEGATIVE


def test_irony_does_not_reach_into_the_next_text() -> None:
    parsed = parse(["Bravo,", "encore une panne"])
    assert (parsed.pull == 1).all()
