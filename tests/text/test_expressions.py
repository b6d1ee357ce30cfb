"""Turns of phrase: how they are written down and found; what the engine makes of families of them."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.core.words import Polarity, Voice
from visavis.text import fold, read
from visavis.text.expressions import Expression, core, entries, grown, tree, written
from visavis.text.phrases import WRITTEN, told
from visavis.text.polarity import parse

NUMBERS = {each.number: each for each in written()}


def found(text: str) -> list[tuple[str, float]]:
    """The expressions of a text, each with how much it counts."""
    parsed = parse([text])
    return [
        (" ".join(NUMBERS[number].cores), round(float(weighs), 1))
        for number, weighs in zip(parsed.grams.number.tolist(), parsed.weighs.tolist(), strict=True)
        if number in NUMBERS
    ]


def test_a_line_gives_each_of_its_readings_once() -> None:
    listed = list(entries("@way: bien mal\n# ours\n[-2]\n@way (trop) reçu|reçus à part"))
    said = {" ".join(each.cores) for each in listed}
    assert said == {"bien trop recu part", "bien recu part", "mal trop recu part", "mal recu part"}
    assert len(listed) == 4
    assert {each.strength for each in listed} == {-2.0}


def test_small_words_plurals_and_numbers_do_not_matter() -> None:
    assert [core(word) for word in ("decues", "pas", "les", "quinze")] == ["decu", "pas", "", "0"]
    assert found("On n'a vraiment pas été déçues") == found("pas déçu") != []


def test_the_longest_that_begins_first_is_the_one() -> None:
    [(name, weighs)] = found("Je ne partirais pour rien au monde")
    assert name == "pour rien mond"
    assert weighs == 1


def test_none_is_found_across_a_comma() -> None:
    assert found("laisse, à désirer") == []
    assert found("laisse à désirer") == [("laiss desirer", 1.0)]


def test_what_is_denied_counts_the_other_way_round() -> None:
    assert found("Ils ne sont pas aux petits soins") == [("petit soin", -0.8)]
    assert found("On ne peut pas dire qu'ils soient aux petits soins") == [("petit soin", -0.8)]


def test_one_tree_holds_them_all() -> None:
    known = tree()
    assert np.count_nonzero(known.number) == len({each.cores for each in written()})
    assert np.all(np.diff(known.keys) > 0)


def test_the_first_of_the_same_cores_is_kept() -> None:
    twice = grown([Expression(("rien", "redir"), 2.0), Expression(("rien", "redir"), -1.0)])
    assert np.count_nonzero(twice.number) == 1


def test_texts_without_words_hold_none() -> None:
    parsed = parse(["", "!!!", "sans", "le la les"])
    assert not set(parsed.grams.number.tolist()) & set(NUMBERS)


GOOD, BAD = True, False
NOTHING_AMISS = [
    ("Rien à redire sur la livraison", GOOD),
    ("Je ne trouve rien à critiquer dans ce contrat", GOOD),
    ("Il n'y a rien à jeter", GOOD),
    ("Aucune anicroche pendant les travaux", GOOD),
]
LITOTES = [
    ("Cette exposition n'est pas sans charme", GOOD),
    ("Le spectacle n'était pas sans longueurs", BAD),
    ("Cette maison ne manque pas d'attraits", GOOD),
    ("L'offre n'est pas exempte de défauts", BAD),
    ("Je n'ai jamais été mal conseillé", GOOD),
    ("On n'est jamais repartis sans solution", GOOD),
]
NEVER_FORGOTTEN = [
    ("Je n'oublierai jamais votre gentillesse", GOOD),
    ("Je n'oublierai pas votre accueil", GOOD),
    ("Nous n'oublierons jamais ce séjour", GOOD),
]
BY_IMAGE = [
    ("Ils sont aux petits soins avec ma grand-mère", GOOD),
    ("Vous m'avez enlevé une belle épine du pied", GOOD),
    ("C'est la croix et la bannière pour un rendez-vous", BAD),
    ("On me mène en bateau depuis mars", BAD),
    ("Ça laisse à désirer côté propreté", BAD),
    ("Ils font la sourde oreille", BAD),
    ("Mon courrier est resté lettre morte", BAD),
]
BETTER_BEFORE = [
    ("Franchement c'était mieux avant", BAD),
    ("Ce n'est plus ce que c'était", BAD),
    ("J'aurais aimé être prévenue", BAD),
    ("Peut mieux faire", BAD),
    ("Ils auraient pu s'excuser au moins", BAD),
]
THANKS_FOR_NOTHING = [
    ("Merci pour rien, vraiment", BAD),
    ("Très pratique, quand il veut bien démarrer", BAD),
    ("Toujours là pour encaisser", BAD),
    ("Non mais on croit rêver là", BAD),
]
WRITTEN_IN_HASTE = [
    ("franchmt rien a redire", GOOD),
    ("jsuis tro contan nikel", GOOD),
    ("persone repond c n importe koi", BAD),
    ("jreviendrai pa", BAD),
    ("tjs pa de remboursemen", BAD),
]
FAMILIES = {
    "nothing amiss": NOTHING_AMISS,
    "litotes": LITOTES,
    "never forgotten": NEVER_FORGOTTEN,
    "by image": BY_IMAGE,
    "better before": BETTER_BEFORE,
    "thanks for nothing": THANKS_FOR_NOTHING,
    "written in haste": WRITTEN_IN_HASTE,
}


@pytest.mark.parametrize(
    ("text", "content"),
    [case for family in FAMILIES.values() for case in family],
    ids=[f"{name}: {text}" for name, family in FAMILIES.items() for text, _ in family],
)
def test_it_is_heard(text: str, content: bool) -> None:
    [reading] = read([text], voice=Voice.CUSTOMER, language="fr")
    assert reading.sentiment is not None
    assert (reading.sentiment > 0) == content
    assert reading.polarity is not (Polarity.NEGATIVE if content else Polarity.POSITIVE)


def test_no_sentence_of_these_was_trained_on() -> None:
    trained = {fold(text) for text, _ in told(WRITTEN.read_text("utf-8"))}
    assert not trained & {fold(text) for family in FAMILIES.values() for text, _ in family}
