"""What a sentence takes back."""

from __future__ import annotations

import pytest

from visavis.text.denials import DENIED
from visavis.text.polarity import parse


def denied(text: str) -> str:
    parsed = parse([text])
    words = [parsed.tokens.words[word] for word in parsed.tokens.word]
    return " ".join(
        word for word, pull in zip(words, parsed.pull, strict=True) if pull == pytest.approx(DENIED)
    )


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        ("On ne peut pas dire que ce soit mauvais", "ce soit mauvais"),
        ("On ne peut pas dire que l'accueil soit aimable. Bon repas", "l accueil soit aimable"),
        ("Je ne dirais pas que c'est réussi", "c est réussi"),
        ("On est loin d'être satisfaits, mais bon", "satisfaits"),
        ("Ce n'est pas sans charme, merci", "sans charme"),
        ("Le menu ne manque pas de saveurs", "manque pas de saveurs"),
        ("Je dois dire que c'est bon", ""),
        ("Il habite loin de chez moi", ""),
        ("Sans charme", ""),
        ("", ""),
        ("je ne peux pas dire que", ""),
        ("loin d'être", ""),
        ("Que dire ? Je ne peux pas dire. Que c'est bon", ""),
        ("pas sans", "sans"),
    ],
)
def test_what_follows_a_denial_is_turned_round_until_its_end(text: str, taken_back: str) -> None:
    assert denied(text) == taken_back


def test_a_denial_never_crosses_into_the_next_text() -> None:
    parsed = parse(["On ne peut pas dire que", "bien reçu", "c'est loin d'", "être là"])
    assert parsed.pull.tolist() == [1] * len(parsed.pull)
