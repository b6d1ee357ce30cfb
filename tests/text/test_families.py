"""Families of ways to say things, by name. None of these sentences is trained on (a test below says so)."""

from __future__ import annotations

import pytest

from visavis.core.words import Polarity, Signal, Voice
from visavis.text import Reading, fold, read
from visavis.text.grammar import sentences
from visavis.text.phrases import PHRASES, WRITTEN, told

GOOD, BAD = True, False

NEGATION = [
    ("Ce n'est pas génial comme service", BAD),
    ("Franchement rien à redire sur la conseillère", GOOD),
    ("Aucune mauvaise surprise à la livraison", GOOD),
    ("Le suivi n'est pas sérieux", BAD),
    ("Je ne suis pas contente de la réponse", BAD),
    ("Je n'ai jamais eu à me plaindre", GOOD),
    ("Ça ne fonctionne pas", BAD),
    ("Pas terrible l'accueil en agence", BAD),
    ("Sans aucune difficulté", GOOD),
    ("Je n'ai aucun problème avec cette banque", GOOD),
    ("Rien n'a été fait", BAD),
    ("Jamais de retard, jamais d'erreur", GOOD),
    ("Pas mal du tout cette nouvelle application", GOOD),
]
DOUBLE_NEGATION = [
    ("Je ne suis pas mécontente de ma mutuelle", GOOD),
    ("Je n'ai jamais été déçu par leurs services", GOOD),
    ("Vous ne m'avez jamais déçue", GOOD),
    ("Nous ne sommes pas mécontents du tout", GOOD),
]
TELEPHONE_SPELLING = [
    ("slt g attendu 2h pr rien c nul", BAD),
    ("conseillere super simpa mrc", GOOD),
    ("sa fé 3 mois kon me repond pa", BAD),
    ("tjs pa de nouvel c abusé", BAD),
    ("nikel rapide et efikace", GOOD),
    ("jms vu un servisse aussi lent", BAD),
    ("tt est ok merci bcp", GOOD),
]
MISSING_ACCENTS = [
    ("tres decu par le delai de traitement", BAD),
    ("Conseillere tres agreable, probleme regle", GOOD),
    ("inadmissible, aucune reponse a ma reclamation", BAD),
    ("equipe a l ecoute et reactive", GOOD),
    ("JE SUIS TRES SATISFAITE DE L ACCUEIL", GOOD),
]
IRONY = [
    ("Merci pour les deux heures d'attente", BAD),
    ("Quelle efficacité, on m'a raccroché au nez", BAD),
    ("Un service soi-disant premium", BAD),
    ("J'adore quand personne ne répond", BAD),
]
ENGLISH = [
    ("The advisor was very kind and solved my problem", GOOD),
    ("I have been waiting for three weeks and nobody answers", BAD),
    ("Not happy with the price increase at all", BAD),
    ("Great service, highly recommended", GOOD),
]
DENIED_SENTENCE = [
    ("Ce n'est vraiment pas mal", GOOD),
    ("On ne peut pas dire que l'accueil soit aimable", BAD),
    ("On ne peut pas dire que ce soit mauvais", GOOD),
    ("Je ne peux pas dire que je sois déçu", GOOD),
    ("Je ne dirais pas que c'est une réussite", BAD),
    ("Je ne pense pas que leur réputation soit méritée", BAD),
    ("On est loin d'être bien reçus", BAD),
    ("Ce n'est pas sans intérêt", GOOD),
    ("La soirée n'était pas sans longueurs", BAD),
    ("Le menu ne manque pas d'originalité", GOOD),
]
TOLD_BY_FACTS = [
    ("Bravo, quatre mois pour changer une adresse", BAD),
    ("Super, encore un courrier à renvoyer", BAD),
    ("Félicitations, vous avez encore perdu mon dossier", BAD),
    ("Quel bonheur de patienter trois quarts d'heure pour un oui ou un non", BAD),
]
KNOWN_FAILURES = [
    ("On m'a servi avant que je m'assoie", GOOD),
    ("Mon dossier voyage plus que moi", BAD),
]
NOTHING_SAID = ("RAS", "ras", "R.A.S.", "Rien à ajouter", "Néant", "Aucun commentaire", "Sans avis")
FAMILIES = {
    "negation": NEGATION,
    "double negation": DOUBLE_NEGATION,
    "telephone spelling": TELEPHONE_SPELLING,
    "missing accents": MISSING_ACCENTS,
    "denied sentence": DENIED_SENTENCE,
    "irony": IRONY,
    "irony told by facts": TOLD_BY_FACTS,
    "english": ENGLISH,
}
CASES = [
    pytest.param(text, good, id=f"{name}: {text}") for name, cases in FAMILIES.items() for text, good in cases
]


def one(text: str) -> Reading:
    [reading] = read([text], voice=Voice.CUSTOMER)
    return reading


@pytest.mark.parametrize(("text", "good"), CASES)
def test_the_tone_is_the_one_a_reader_hears(text: str, good: bool) -> None:
    reading = one(text)
    assert reading.polarity is (Polarity.POSITIVE if good else Polarity.NEGATIVE)
    assert reading.sentiment is not None
    assert (reading.sentiment > 0) == good


@pytest.mark.xfail(reason="known failures of version 6, in the model card", strict=True)
@pytest.mark.parametrize(("text", "good"), KNOWN_FAILURES)
def test_the_tone_that_is_still_misheard(text: str, good: bool) -> None:
    assert one(text).polarity is (Polarity.POSITIVE if good else Polarity.NEGATIVE)


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_a_text_that_says_nothing_is_neutral(text: str) -> None:
    assert one(text).polarity is Polarity.NEUTRAL


def test_no_sentence_of_the_families_was_trained_on() -> None:
    trained = {fold(text) for sides in PHRASES.values() for texts in sides.values() for text in texts}
    trained |= {fold(text) for text, _ in sentences()}
    trained |= {fold(text) for text, _ in told(WRITTEN.read_text("utf-8"))}
    cases = [*KNOWN_FAILURES, *(case for family in FAMILIES.values() for case in family)]
    assert not trained & {fold(text) for text, _ in cases}


@pytest.mark.parametrize(
    "text",
    [
        "accueil parfait mais trois appels pour rien",
        "Bon assureur mais très cher",
        "Conseillère très aimable. Par contre le délai est vraiment trop long.",
        "Le site est nul, heureusement la conseillère a été formidable",
    ],
)
def test_a_good_and_a_bad_point_make_a_mixed_text(text: str) -> None:
    assert one(text).polarity is Polarity.MIXED


@pytest.mark.parametrize(
    "text", ["Très satisfait, conseillère aimable et rapide.", "Service nul. Aucune réponse. Je suis déçu."]
)
def test_points_of_one_mind_are_not_mixed(text: str) -> None:
    assert one(text).polarity is not Polarity.MIXED


SIGNALLED = [
    ("Je résilie", Signal.CHURN),
    ("Je vais voir ailleurs dès demain", Signal.CHURN),
    ("j'en ai assez je vais résilier mon contrat auto", Signal.CHURN),
    ("Merci de me rappeler", Signal.CALLBACK),
    ("Pouvez-vous me recontacter au plus vite ?", Signal.CALLBACK),
    ("C'est le troisième message que je laisse", Signal.REPEAT),
    ("J'ai appelé plusieurs fois sans résultat", Signal.REPEAT),
    ("La conseillère au téléphone était pressée", Signal.RELATIONAL),
    ("L'application plante à chaque connexion", Signal.DIGITAL),
    ("I am leaving for another insurer", Signal.CHURN),
    ("Please call me back tomorrow", Signal.CALLBACK),
]
SILENT = [
    ("Je ne résilie pas, je suis content", Signal.CHURN),
    ("Mon contrat a été renouvelé sans souci", Signal.CHURN),
    ("Le conseiller devait me rappeler, rien", Signal.CALLBACK),
    ("Deuxième voiture assurée chez vous", Signal.REPEAT),
]


@pytest.mark.parametrize(("text", "signal"), SIGNALLED)
def test_a_signal_is_heard(text: str, signal: Signal) -> None:
    assert signal in one(text).signals


@pytest.mark.parametrize(("text", "signal"), SILENT)
def test_a_signal_is_not_imagined(text: str, signal: Signal) -> None:
    assert signal not in one(text).signals


def test_intensity_grows_with_the_words() -> None:
    mild, plain, extreme = (
        one(text).intensity
        for text in (
            "Service assez moyen, plutôt lent",
            "Service lent, je ne suis pas satisfait",
            "HONTEUX !! Des escrocs, une arnaque scandaleuse, fuyez !!!",
        )
    )
    assert mild is not None
    assert plain is not None
    assert extreme == 4
    assert mild < plain < extreme
