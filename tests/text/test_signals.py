"""Signals: heard through synonyms and inflections, not through a negation or somebody else's doing."""

from __future__ import annotations

import pytest

from visavis.core.words import Signal, Voice
from visavis.text import Reading, read
from visavis.text.patterns import Classes, Rule, Sieve
from visavis.text.polarity import parse

HEARD = [
    ("Je résilie tout demain", Signal.CHURN),
    ("nous quittons cette banque", Signal.CHURN),
    ("Je vais donc partir à la concurrence", Signal.CHURN),
    ("je souhaite changer d'assureur", Signal.CHURN),
    ("J'ai résilié mes trois contrats", Signal.CHURN),
    ("N'allez surtout pas chez eux, n'y souscrivez pas", Signal.CHURN),
    ("Une assurance à éviter", Signal.CHURN),
    ("Vous avez perdu un client fidèle", Signal.CHURN),
    ("J'irai ailleurs", Signal.CHURN),
    ("Plus jamais", Signal.CHURN),
    ("Pouvez-vous me rappeler au plus vite ?", Signal.CALLBACK),
    ("Nous aimerions être recontactés", Signal.CALLBACK),
    ("Contactez-moi svp", Signal.CALLBACK),
    ("Toujours en attente d'une réponse de votre part", Signal.CALLBACK),
    ("J'ai dû appeler quatre fois", Signal.REPEAT),
    ("Malgré mes nombreux courriers", Signal.REPEAT),
    ("C'est ma troisième réclamation", Signal.REPEAT),
    ("je les relance chaque semaine", Signal.REPEAT),
    ("plusieurs mails sans réponse", Signal.REPEAT),
    ("La gestionnaire était très courtoise", Signal.RELATIONAL),
    ("On m'a raccroché au nez", Signal.RELATIONAL),
    ("Impossible de joindre quelqu'un", Signal.RELATIONAL),
    ("Impossible de me connecter à mon espace client", Signal.DIGITAL),
    ("Souscription en ligne très simple", Signal.DIGITAL),
    ("I am leaving for another insurer", Signal.CHURN),
    ("Please call me back tomorrow", Signal.CALLBACK),
]
SILENT = [
    ("Je ne résilie pas", Signal.CHURN),
    ("Je ne quitterai jamais cette mutuelle", Signal.CHURN),
    ("Ils m'ont résilié sans raison", Signal.CHURN),
    ("Mon conseiller change tous les ans", Signal.CHURN),
    ("Personne ne devait me rappeler", Signal.CALLBACK),
    ("Merci pour votre appel", Signal.CALLBACK),
    ("Deux voitures assurées chez vous", Signal.REPEAT),
    ("Les prix sont corrects", Signal.RELATIONAL),
    ("Le remboursement de la pharmacie est correct", Signal.DIGITAL),
]


def one(text: str) -> Reading:
    [reading] = read([text], voice=Voice.CUSTOMER)
    return reading


@pytest.mark.parametrize(("text", "signal"), HEARD)
def test_a_signal_is_heard(text: str, signal: Signal) -> None:
    assert signal in one(text).signals


@pytest.mark.parametrize(("text", "signal"), SILENT)
def test_a_signal_is_not_imagined(text: str, signal: Signal) -> None:
    assert signal not in one(text).signals


def test_a_rule_asks_for_its_words_in_order_in_reach_and_in_one_clause() -> None:
    sieve = Sieve(Classes({"A": "je", "B": "part*", "C": "suis"}), {"go": (Rule("A B", 2, "C"),)})
    texts = [
        "je pars",
        "je partirai demain",
        "pars je",
        "je ne vais pas partir",
        "je dis. Partez",
        "je suis parti",
    ]
    said = sieve.found(parse(texts))[:, 0].tolist()
    assert said == [False, True, False, False, False, False]


def test_a_rule_may_ask_for_several_places() -> None:
    sieve = Sieve(Classes({"CALL": "appel appeler="}), {"phone": (Rule("CALL", times=2),)})
    assert sieve.found(parse(["un appel", "un appel, deux appels"]))[:, 0].tolist() == [False, True]
