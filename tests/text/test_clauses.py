"""Clauses: where a text turns, what each part of it says of which theme, and which texts are mixed.

None of these sentences was used to fit (``benchmarks/mixed.py`` does that), but they were looked at when the
chance beyond which a text is called mixed was chosen: their rates are not those of texts never seen.
"""

from __future__ import annotations

import pytest

from visavis.core.words import Polarity, Voice
from visavis.text import Reading, Taxonomy, ThemeSpec, read
from visavis.text.polarity import parse

MIXED = (
    "accueil parfait mais trois appels pour rien",
    "Bon assureur mais très cher",
    "Conseillère très aimable. Par contre le délai est vraiment trop long.",
    "Le site est nul, heureusement la conseillère a été formidable",
    "Prix attractif, dommage que personne ne réponde au téléphone",
    "Rien à redire sur l'accueil, en revanche le remboursement traîne depuis deux mois",
    "Service rapide et efficace, seul bémol le tarif qui augmente chaque année",
    "Malgré une attente interminable, la conseillère a été adorable",
    "Personnel souriant, application catastrophique",
    "Certes le tarif est correct, mais le suivi est inexistant",
    "Très bonne mutuelle à part le site qui plante tout le temps",
    "Conseiller compétent alors que le standard est injoignable",
    "Contente de mes garanties sauf l'optique très mal remboursée",
    "Bonne écoute et délai interminable",
    "Le garage était top, l'expert par contre odieux",
    "Souscription simple mais résiliation cauchemardesque",
    "Les prix sont bons, le service client est à revoir",
    "super conseillere mé 2 moi pr etre remboursé",
    "Agence agréable, hormis le temps d'attente insupportable",
    "J'étais ravie jusqu'à la hausse de tarif scandaleuse",
    "Livraison rapide mais produit cassé",
    "Le conseiller a tout fait pour m'aider, pourtant mon dossier est toujours bloqué",
    "Prise en charge rapide de l'assistance, puis plus aucune nouvelle du service sinistre",
    "Dans l'ensemble satisfait, cependant les courriers sont incompréhensibles",
)
OF_ONE_MIND = (
    "Très satisfait, conseillère aimable et rapide.",
    "Service nul. Aucune réponse. Je suis déçu.",
    "Rien à redire, tout est parfait",
    "Pas terrible, vraiment déçu de l'accueil",
    "Je n'ai jamais eu de problème, très bonne mutuelle",
    "Bravo, quatre mois pour changer une adresse",
    "Conseiller à l'écoute, réponse claire, délai respecté",
    "Personne ne répond, le site plante et les prix augmentent",
    "Aucune mauvaise surprise, tarif correct et accueil souriant",
    "Merci à la conseillère pour sa patience et sa gentillesse",
    "Trois relances pour rien, c'est inadmissible",
    "Prix imbattable, souscription simple et rapide",
    "Pas de souci, remboursement en deux jours",
    "J'attends toujours mon remboursement malgré mes appels",
    "Le conseiller n'a pas su me répondre et m'a raccroché au nez",
    "Simple, rapide, efficace",
    "Je résilie, trop cher et aucun suivi",
    "Rapport qualité prix excellent, je recommande",
    "Impossible de joindre un conseiller, une heure d'attente",
    "Tout s'est très bien passé du début à la fin",
)
THEMES = Taxonomy(
    [
        ThemeSpec("welcome", None, {"fr": ["accueil", "aimable*", "conseillère*", "personnel"]}),
        ThemeSpec("repeating", None, {"fr": ["trois appels", "relanc*", "plusieurs fois"]}),
        ThemeSpec("delay", None, {"fr": ["délai", "attente"]}),
        ThemeSpec("price", None, {"fr": ["prix", "tarif*"]}),
        ThemeSpec("site", None, {"fr": ["site", "application"]}),
    ]
)
GOOD, BAD = Polarity.POSITIVE, Polarity.NEGATIVE
TWO_SIDED = [
    ("accueil parfait mais trois appels pour rien", {"welcome": GOOD, "repeating": BAD}),
    (
        "Conseillère très aimable. Par contre le délai est vraiment trop long.",
        {"welcome": GOOD, "delay": BAD},
    ),
    ("Les prix sont corrects, en revanche l'application est catastrophique", {"price": GOOD, "site": BAD}),
    ("Le site est nul, heureusement la conseillère a été formidable", {"site": BAD, "welcome": GOOD}),
    ("Rien à redire sur l'accueil, dommage que le délai soit interminable", {"welcome": GOOD, "delay": BAD}),
]


def readings(texts: tuple[str, ...]) -> list[Reading]:
    return read(texts, voice=Voice.CUSTOMER)


def test_most_mixed_texts_are_told() -> None:
    told = [one.polarity is Polarity.MIXED for one in readings(MIXED)]
    assert sum(told) / len(told) >= 0.7


def test_texts_of_one_mind_are_rarely_called_mixed() -> None:
    told = [one.polarity is Polarity.MIXED for one in readings(OF_ONE_MIND)]
    assert sum(told) / len(told) <= 0.06


@pytest.mark.parametrize(("text", "wanted"), TWO_SIDED)
def test_each_side_has_its_own_opinion(text: str, wanted: dict[str, Polarity]) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER, taxonomy=THEMES)
    assert {one.theme: one.polarity for one in reading.themes} == wanted


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("accueil parfait mais trois appels pour rien", 2),
        ("Le site est lent, par contre l'accueil est bon", 2),
        ("Tout est bien. Rien à redire.", 2),
        ("Conseillère aimable et compétente", 1),
    ],
)
def test_a_text_is_cut_where_it_turns(text: str, pieces: int) -> None:
    assert len(set(parse([text]).clauses.clause.tolist())) == pieces


def test_one_point_is_never_mixed() -> None:
    for one in readings(("Sans aucune difficulté", "Pas si cher que ça", "Nul")):
        assert one.polarity is not Polarity.MIXED
