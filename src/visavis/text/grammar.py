"""Sentences put together for training: what negation, irony and haste do to words of praise and of blame.

A sentence is a frame with its gaps filled from lists; both sides get as many, so that only what stands in a
frame tells them apart. No customer wrote them; they are under the licence of the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd
from typing import Final

from visavis.core.words import Polarity
from visavis.text.grammar_words import WORDS

#: Sentences made of each frame: the gaps turn at different speeds.
TURNS: Final = 8


#: A sentence that praises, beside one that blames: names in braces are filled from the lists.
FRAMES: Final = (
    ("{thing} est {fine}", "{thing} est {poor}"),
    ("{thing} n'est pas {poor}", "{thing} n'est pas {fine}"),
    ("{thing} n'est {adverb} pas {poor}", "{thing} n'est {adverb} pas {fine}"),
    ("ce n'est {adverb} pas {poor}", "ce n'est {adverb} pas {fine}"),
    ("c'est pas {poor}", "c'est pas {fine}"),
    ("{thing} pas {poor} du tout", "{thing} pas {fine} du tout"),
    ("on ne peut pas dire que {thing} soit {poor}", "on ne peut pas dire que {thing} soit {fine}"),
    ("on ne peut pas dire que ce soit {poor}", "on ne peut pas dire que ce soit {fine}"),
    ("je ne peux pas dire que c'était {poor}", "je ne peux pas dire que c'était {fine}"),
    ("je ne dirais pas que {thing} est {poor}", "je ne dirais pas que {thing} est {fine}"),
    ("je ne trouve pas que {thing} soit {poor}", "je ne trouve pas que {thing} soit {fine}"),
    ("{thing} est loin d'être {poor}", "{thing} est loin d'être {fine}"),
    ("c'est loin d'être {poor}", "c'est loin d'être {fine}"),
    ("{thing} n'a rien de {poor}", "{thing} n'a rien de {fine}"),
    ("{thing} est tout sauf {poor}", "{thing} est tout sauf {fine}"),
    ("{thing} n'est jamais {poor}", "{thing} n'est jamais {fine}"),
    ("{thing} n'est plus {poor}", "{thing} n'est plus {fine}"),
    ("{thing} n'est pas sans {merit}", "{thing} n'est pas sans {flaw}"),
    ("{thing} ne manque pas de {merit}", "{thing} ne manque pas de {flaw}"),
    ("sans {flaw}", "sans {merit}"),
    ("{thing} est sans {flaw}", "{thing} est sans {merit}"),
    ("aucun {flaw} avec {thing}", "aucun {merit} dans {thing}"),
    ("pas de {flaw}", "pas de {merit}"),
    ("jamais de {flaw} avec {thing}", "jamais de {merit} avec {thing}"),
    ("{thing} est {adverb} pas mal", "{thing} est {adverb} mal fait"),
    ("c'est {adverb} pas mal", "c'est {adverb} mal fait"),
    ("je ne suis pas déçu par {thing}", "je suis déçu par {thing}"),
    ("{thing} ne m'a pas déçue", "{thing} m'a déçue"),
    ("je ne regrette pas {thing}", "je regrette {thing}"),
    ("je ne me plains pas de {thing}", "je me plains de {thing}"),
    ("je recommande {thing}", "je ne recommande pas {thing}"),
    ("j'ai aimé {thing}", "je n'ai pas aimé {thing}"),
    ("j'adore {treat}", "j'adore {trial}"),
    ("on adore {treat}", "on adore {trial}"),
    ("quel plaisir de {treat}", "quel plaisir de {trial}"),
    ("quelle joie de {treat}", "quelle joie de {trial}"),
    ("j'adore quand {luck}", "j'adore quand {mishap}"),
    ("génial, {luck}", "génial, {mishap}"),
    ("super, {luck}", "super, {mishap}"),
    ("bravo, {luck}", "bravo, {mishap}"),
    ("parfait, {luck}", "parfait, {mishap}"),
    ("merci, {luck}", "merci, {mishap}"),
    ("merci pour {gift}", "merci pour {wait}"),
    ("bravo pour {gift}", "bravo pour {wait}"),
    ("félicitations pour {gift}", "félicitations pour {wait}"),
    ("vive {gift}", "vive {wait}"),
    ("{luck}", "{mishap}"),
    ("{praise}, {luck}", "{praise}, {mishap}"),
    ("{praise} ! {luck}", "{praise} ! {mishap}"),
    ("{praise}, {delight}", "{praise}, {ordeal}"),
    ("{praise}, {moment} pour {errand}", "{praise}, {age} pour {errand}"),
    ("{praise} ! {moment} pour {errand}", "{praise} ! {age} pour {errand}"),
    ("{praise}, encore {novelty}", "{praise}, encore {chore}"),
    ("{praise}, {novelty}", "{praise}, {chore}"),
    ("{praise} pour {gift}", "{praise} pour {wait}"),
    ("{praise}, vous avez {feat}", "{praise}, vous avez {blunder}"),
    ("{praise} à {worker} qui {helps}", "{praise} à {worker} qui {fails}"),
    ("merci de {kindness}", "merci de {harm}"),
    ("merci encore pour {gift}", "merci encore pour {chore}"),
    ("quel bonheur de {treat}", "quel bonheur de {trial}"),
    ("j'adore {treat}, {luck}", "j'adore {trial}, {mishap}"),
    ("{moment} pour {errand}", "{age} pour {errand}"),
    ("{moment} et c'était réglé", "{age} et toujours rien"),
    ("{speed} en {moment}", "{speed} au bout de {age}"),
    ("il a fallu {moment} pour {errand}", "il a fallu {age} pour {errand}"),
    ("en {moment} tout était fait", "j'attends depuis {age}"),
    ("je n'ai pas eu à {burden}", "j'ai dû {burden}"),
    ("inutile de {burden}", "il faut {burden} sans arrêt"),
    ("ni {flaw} ni attente", "ni {need} ni {need}"),
    ("pas le moindre {flaw}", "pas la moindre {need}"),
    ("je n'ai eu aucun {flaw}", "je n'ai eu aucune {need}"),
    ("{worker} m'a donné une {need}", "sans {need} de {worker}"),
    ("je n'hésiterai pas à {promise}", "j'hésiterai à {promise}"),
    ("je ne suis pas près de {farewell}", "je suis à deux doigts de {farewell}"),
    ("pour rien au monde je ne voudrais {farewell}", "je n'ai qu'une envie, {farewell}"),
    ("je ne m'attendais pas à {relief}", "je ne m'attendais pas à {blow}"),
    ("{worker} n'a pas été {poor}", "{worker} n'a pas été {fine}"),
    ("{worker} n'a pas été {poor} avec moi", "{worker} n'a pas été très {fine} avec moi"),
    ("je n'ai jamais trouvé {thing} {poor}", "je n'ai jamais trouvé {thing} {fine}"),
    ("{thing} n'est ni {poor} ni {poor}", "{thing} n'est ni {fine} ni {fine}"),
    ("{worker} ne m'a jamais laissé tomber", "{worker} ne m'a jamais rappelé"),
    ("impossible de dire que c'est {poor}", "impossible de dire que c'est {fine}"),
    ("{worker} {helps}", "{worker} {fails}"),
    ("{delight}", "{ordeal}"),
    ("{delight}", "{ordeal}"),
    ("{strength}", "{strain}"),
    ("{strength}", "{strain}"),
    ("ici {strength}", "ici {strain}"),
    ("{strength} et ça se voit", "{strain} et ça se voit"),
    ("on voit que {strength}", "on voit que {strain}"),
    ("{strength}, {luck}", "{strain}, {mishap}"),
)


def sentences() -> Iterator[tuple[str, Polarity]]:
    """French sentences with their tone, always the same ones in the same order.

    >>> next(sentences())
    ("l'accueil est agréable", <Polarity.POSITIVE: 'positive'>)
    """
    for number, frame in enumerate(FRAMES):
        for turn in range(TURNS):
            for side, tone in zip(frame, (Polarity.POSITIVE, Polarity.NEGATIVE), strict=True):
                yield side.format_map(_filled(number, turn)), tone


def _filled(number: int, turn: int) -> dict[str, str]:
    """A word for each gap: another in each frame and at each turn."""
    return {
        name: words[(turn * _step(place + 1, len(words)) + number * 5) % len(words)]
        for place, (name, words) in enumerate(WORDS.items())
    }


def _step(least: int, size: int) -> int:
    """The first step from ``least`` that visits every word of a list."""
    return next(step for step in range(least, least + size) if gcd(step, size) == 1)
