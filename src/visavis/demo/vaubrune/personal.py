"""Invented names, numbers and addresses that people leave in their texts and that must be removed."""

from __future__ import annotations

from random import Random

from visavis.demo.vaubrune.facts import Case, Facts
from visavis.demo.vaubrune.grammar import render
from visavis.demo.vaubrune.material import material
from visavis.demo.vaubrune.noise import unaccented


def personal_sentence(rng: Random, facts: Facts, case: Case, *, positive: bool) -> tuple[str, list[str]]:
    """A sentence with something personal in it, and the exact pieces to remove.

    Telephone numbers belong to the ranges that the French regulator (ARCEP) keeps for fiction; nobody answers
    them.
    """
    frames = material("frames")["personal"]
    kinds = ["sign", "phone", "contract", "email"] + (["name"] * 3 if positive and case.adviser else [])
    kind = rng.choice(kinds)
    people = _people(rng, facts, case)
    sentence = render(rng.choice(frames[kind]), rng, lambda name: people.get(name) or facts(name))
    return sentence, [
        piece for name, piece in people.items() if name not in ("civilite",) and piece in sentence
    ]


def _people(rng: Random, facts: Facts, case: Case) -> dict[str, str]:
    names = material("names")
    first = str(rng.choice(names["women" if facts.woman else "men"]))
    last = str(rng.choice(names["surnames"]))
    start = rng.choice(("06 39 98", "01 99 00", "05 36 49", "02 61 91"))
    digits = f"{rng.randrange(10_000):04d}"
    separator = rng.choice((" ", ".", ""))
    number = f"{start} {digits[:2]} {digits[2:]}".replace(" ", separator)
    plain = unaccented(f"{first}.{last}".lower().replace(" ", "").replace("’", ""))
    return {
        "prenom": case.adviser.split()[0] if case.adviser else first,
        "civilite": rng.choice(("Mme", "Madame")) if facts.woman else rng.choice(("M.", "Monsieur", "Mr")),
        "nom": last,
        "prenom_client": first,
        "tel": number,
        "contrat": rng.choice(("VB", "MV", "H", "A"))
        + rng.choice(("-", " ", ""))
        + str(rng.randrange(10**7, 10**8)),
        "mel": f"{plain}@example.org",
    }
