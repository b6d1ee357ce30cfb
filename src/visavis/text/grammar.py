"""Sentences put together for training: what negation, irony and haste do to words of praise and of blame.

A sentence is a frame with its gaps filled from lists; both sides get as many, so that only what stands in a
frame tells them apart. No customer wrote them; they are under the licence of the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from visavis.core.words import Polarity

#: Sentences made of each frame: the gaps turn at different speeds.
TURNS: Final = 8


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("|"))


THINGS: Final = _list("""
    l'accueil | le service | la réponse | le conseiller | l'application | le film | la visite | le produit |
    le repas | la chambre | le suivi | le site | le vendeur | l'exposition | le colis | la formation |
    la carte | le prix | le musée | l'appareil | le contrat | la scène | l'équipe | la livraison | le séjour
""")
FINE: Final = _list("""
    agréable | efficace | aimable | rapide | fiable | pratique | sympathique | honnête | remarquable |
    utile | exemplaire | convenable | impeccable | clair | bon | correct | simple | à la hauteur |
    sérieux | convaincant | professionnel | satisfaisant | génial | fameux
""")
POOR: Final = _list("""
    désagréable | pénible | lamentable | inutile | minable | médiocre | ridicule | horrible | malhonnête |
    insupportable | nul | décevant | lent | sale | moche | cher | compliqué | ennuyeux | bruyant |
    incompétent | catastrophique | antipathique | confus | vilain | dégoûtant
""")
MERITS: Final = _list("""
    charme | qualités | mérite | attraits | humour | talent | saveur | élégance | efficacité | rigueur |
    gentillesse | clarté
""")
FLAWS: Final = _list("""
    problèmes | défauts | souci | retard | erreurs | accroc | difficultés | ennuis | lourdeurs | longueurs |
    complications | pannes
""")
ADVERBS: Final = _list(
    "vraiment | franchement | absolument | du tout | honnêtement | certes | toujours | même"
)
TRIALS: Final = _list("""
    attendre une demi-heure | rappeler dix fois | payer pour rien | tout recommencer | parler à un robot |
    relancer sans cesse | perdre mon temps | me faire raccrocher au nez | refaire le dossier |
    être baladé d'un service à l'autre | rester debout deux heures | recevoir un article cassé |
    manger froid | dormir dans le bruit
""")
TREATS: Final = _list("""
    venir ici | découvrir ce lieu | parler avec eux | revenir chaque année | être si bien reçu |
    utiliser cet outil | y retourner | être écouté | regarder chaque épisode | goûter chaque plat
""")
MISHAPS: Final = _list("""
    encore une panne | le dossier est perdu | le site plante | la ligne coupe | on me raccroche au nez |
    rien n'arrive | mon colis est égaré | le conseiller ne rappelle pas | tout est à refaire |
    le guichet est fermé | on m'ignore | il faut tout répéter | nul ne décroche | c'est encore refusé |
    la batterie lâche au bout d'un mois | on attend dehors sous la pluie
""")
TURNS_OF_LUCK: Final = _list("""
    tout est réglé | la réponse arrive vite | on m'écoute | le colis est là en avance | tout est clair |
    on me rappelle comme promis | le problème est résolu | on prend soin de nous | ça marche bien |
    l'équipe est aux petits soins | le geste commercial suit | on se sent attendu
""")
WAITS: Final = _list("""
    les trois semaines de silence | l'heure passée au bout du fil | ce refus sans motif | ces frais cachés |
    la double facture | le rendez-vous annulé sans prévenir | ce colis vide | la panne du matin |
    les cinq relances | cette musique en boucle | le dossier égaré
""")
GIFTS: Final = _list("""
    votre aide | votre écoute | ce beau moment | votre patience | la rapidité | ces bons conseils |
    votre gentillesse | le geste commercial | le suivi | cette belle visite | votre réactivité
""")
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
)
_LISTS: Final = {
    "thing": THINGS,
    "fine": FINE,
    "poor": POOR,
    "merit": MERITS,
    "flaw": FLAWS,
    "adverb": ADVERBS,
    "trial": TRIALS,
    "treat": TREATS,
    "mishap": MISHAPS,
    "luck": TURNS_OF_LUCK,
    "wait": WAITS,
    "gift": GIFTS,
}


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
        name: words[(turn * (place + 1) + number * 5) % len(words)]
        for place, (name, words) in enumerate(_LISTS.items())
    }
