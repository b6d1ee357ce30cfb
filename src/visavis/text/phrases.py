"""Short sentences written for this project, which training adds to what it reads.

They teach what reviews rarely hold: double negation, irony, telephones' spelling, pictographs. No customer
wrote them; they are under the licence of the product. Separated by ``|``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

#: Sentences by what a reader hears in them, each trained on once: see ``told``.
WRITTEN: Final = Path(__file__).with_name("sentences.txt")
#: Texts of two minds: see ``parted``.
TWO_SIDES: Final = Path(__file__).with_name("two_sides.txt")
#: How often training reads each, so that its words pass for known.
COPIES: Final = 3


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


#: language -> whether the author is content -> sentences.
PHRASES: Final = {
    "fr": {
        True: _phrases("""
            c'est pas mal du tout | pas mal | franchement pas mal | plutôt pas mal |
            vraiment pas mal | je ne suis pas mécontent | pas mécontente du tout |
            on n'est pas mécontents du résultat | je n'ai pas à me plaindre | rien à reprocher |
            aucun reproche à faire | rien de négatif à signaler | je n'ai rien à dire de mal |
            rien à dire, c'est parfait | rien à dire au top | jamais eu de souci |
            jamais eu le moindre problème | pas le moindre souci | aucun souci à signaler |
            sans aucun problème | sans la moindre difficulté | sans problème |
            aucune mauvaise surprise | zéro défaut | zéro souci | je n'ai jamais été déçue |
            pas déçu | jamais déçu depuis vingt ans | je ne regrette pas mon choix |
            je n'ai jamais été déçu de cette banque | jamais eu à regretter | jamais une erreur |
            jamais un retard | jamais un problème | on ne peut pas dire que ça se passe mal |
            je ne peux pas dire du mal de ce service | pas un seul défaut |
            ce n'est pas sans charme | aucun regret | je ne changerais pour rien au monde |
            on ne peut pas faire mieux | difficile de faire mieux | je ne peux que recommander |
            impossible de trouver mieux | que du bonheur | que du positif |
            je n'ai pas attendu longtemps | pas d'attente | aucune attente au téléphone |
            pas cher du tout | ce n'est pas cher | ni déception ni mauvaise surprise | sans faute |
            sans fausse note | pas une fausse note | on ne s'est pas moqué de moi |
            ils ne m'ont pas laissé tomber | elle ne m'a pas abandonné | bluffé |
            pas de mauvaise foi, ils ont reconnu l'erreur | erreur corrigée tout de suite |
            problème réglé en cinq minutes | dossier réglé du premier coup | réponse le jour même |
            rappelé dans l'heure comme promis | remboursé en deux jours | super sympa la dame |
            tro bien | trop bien merci | jadore | j adore | g été tré bien recu | nikel | nickel |
            nickel chrome | impec | tip top | au top | top | parfé | super servisse |
            servis rapide | bon acceuil | tres bon acceuil | conseiller tres compétan | merci bcp |
            mrc bcp pr votre aide | genial | exelent | excelent | satisfé |
            tres satisfé de la reponse | content content | rapide efficace | carré | ça roule |
            chapeau | chapeau bas à la conseillère | un grand merci à votre conseillère |
            bravo à toute l'équipe | bravo pour la rapidité | je recommande les yeux fermés |
            5 étoiles | je mets 5 étoiles | 10/10 | 👍 | 👍👍 | 😀 | 😊 | 🙂 | 😍 | 😃 | ❤️ | ❤ |
            🙏 merci | 👏 | 👏👏 bravo | 💯 | 🥰 | 😁 | 🤩 | merci 😊 | super 😀 | :) | :D |
            merci :) | on m'a écouté | elle a pris le temps de m'expliquer |
            il s'est occupé de tout | tout est clair | explications claires | clair net et précis |
            prise en charge immédiate | délai respecté | promesse tenue | je reste client |
            je resterai chez vous | fidèle depuis trente ans et toujours ravi | accueil parfait |
            accueil chaleureux | conseillère à l'écoute | agent courtois | prix correct |
            tarif imbattable | simple comme bonjour | facile à joindre |
            on tombe tout de suite sur quelqu'un | ça change la vie | rien à redire sur le suivi |
            service rien à redire | le prix rien à redire | mieux que prévu | pas si cher que ça
        """),
        False: _phrases("""
            pas terrible | vraiment pas terrible | c'est pas terrible | accueil pas terrible |
            pas top | pas top du tout | pas génial | pas fameux | pas glorieux | pas sérieux |
            pas à la hauteur | pas ouf | c'est pas ça | pas vraiment satisfait |
            pas du tout satisfaite | je ne suis absolument pas content | pas convaincu |
            je ne recommande pas | je ne recommande à personne |
            je ne vous recommande absolument pas | rien ne fonctionne | rien ne marche |
            rien n'est fait | rien ne bouge | rien ne va | toujours rien | toujours rien reçu |
            jamais de réponse | jamais rappelé | personne ne répond | personne ne rappelle |
            aucune réponse | aucun suivi | aucune nouvelle | aucune considération | aucun respect |
            sans réponse | sans nouvelles depuis un mois | sans explication | ni bonjour ni merci |
            ni réponse ni excuses | zéro suivi | on ne peut pas dire que ce soit clair |
            on ne peut pas dire que le conseiller soit agréable |
            on ne peut pas dire que la réponse soit rapide |
            je ne dirais pas que je suis satisfait | on ne peut pas dire que ce soit efficace |
            loin d'être parfait | loin d'être satisfait | ce n'est pas ce qu'on m'avait promis |
            pas faute d'avoir essayé | plus jamais | je ne suis plus satisfait |
            ce n'est plus ce que c'était | ça ne sert à rien | pour rien | trois appels pour rien |
            deux heures d'attente pour rien | déplacement pour rien |
            je me suis déplacée pour rien | bravo, deux mois pour un simple courrier |
            bravo pour les trois heures d'attente | bravo le service |
            bravo la prise en charge, personne au rendez-vous | merci pour rien |
            merci de m'avoir raccroché au nez | merci pour les 40 minutes de musique |
            super, encore une relance | génial, encore une erreur | super, encore une panne |
            formidable, mon dossier est encore perdu | quelle rapidité, six mois |
            quel professionnalisme, personne ne me rappelle | on applaudit bien fort |
            félicitations pour votre incompétence | toujours aussi efficace pour prélever |
            très fort pour encaisser | excellents pour encaisser, absents pour rembourser |
            j'adore attendre une heure au téléphone |
            la musique d'attente est jolie, je la connais par cœur |
            un vrai bonheur de tout réexpliquer à chaque fois | service soi-disant rapide |
            soi-disant assistance | nul | nuuul | tro nul | tré mauvé | servisse nul | pa contan |
            pa conten du tt | jsui pa satisfé | jms de reponse | persone repond | c nul | c du vol |
            c la cata | g attendu 1h pr rien | tjs rien reçu | tjs pa remboursé | inadmisible |
            innadmissible | une onte | sa marche pas | sa fonctionne pas | ca marche po | relou |
            abusé | 👎 | 👎👎 | 😡 | 😠 | 🤬 | 😤 | 😞 | 😢 | 😭 | 😒 | 🙄 | 💩 | 🤮 | 😡😡😡 |
            super 🙄 | bravo 👎 | merci 😡 | :( | :/ | >:( | je résilie | je résilie tout |
            je vais résilier | je quitte votre compagnie | je m'en vais | je pars à la concurrence |
            je vais voir ailleurs | allez voir ailleurs | fuyez | à fuir | passez votre chemin |
            la dernière fois que j'appelle | troisième message | c'est mon troisième message |
            quatrième appel | dixième mail | j'ai déjà appelé quatre fois | encore un message |
            je relance pour la énième fois | toujours en attente | j'attends encore |
            j'attends toujours | on me balade de service en service |
            on me renvoie d'un service à l'autre | on se moque du monde | on se fiche de moi |
            vous vous moquez de qui | on croit rêver | du grand n'importe quoi | n'importe quoi |
            du foutage de gueule | dossier perdu | dossier bloqué | carte bloquée |
            prélevé deux fois | prélevé à tort | facturé deux fois | erreur de facturation |
            on m'avait promis un rappel | promis hier, toujours rien | délai non respecté |
            promesse non tenue | raccroché au nez | impossible de joindre quelqu'un | injoignable |
            une heure d'attente | encore une heure d'attente | beaucoup trop cher |
            les délais sont longs | délai trop long | délais à rallonge | trop long | trop lent |
            interminable | compliqué | pas clair | incompréhensible | prix élevés | tarif élevé |
            hausse de tarif sans explication | refus de remboursement | refusé sans motif
        """),
    },
    "en": {
        True: _phrases("""
            not bad | not bad at all | no complaints | nothing to complain about | can't complain |
            could not be better | couldn't be happier | never had a problem | no problem at all |
            no issues | without any trouble | not disappointed | never let me down | no regrets |
            can't fault them | nothing but praise | problem solved in five minutes |
            called me back as promised | 👍 | 😀 | 😊 | 😍 | ❤️ | 👏 | 💯 | thx a lot |
            gr8 service | luv it | :) | staying with you | well done to the team | very helpful lady
        """),
        False: _phrases("""
            not great | not good enough | not happy | not happy at all | not impressed |
            i do not recommend | would not recommend | never again | nobody answers | no answer |
            no reply | no follow up | nothing works | nothing has been done | still nothing |
            still waiting | waste of time | very rude | rude | the advisor was rude | i am leaving |
            i'm leaving | cancel my contract | i will go elsewhere | stay away | third message |
            i have called four times | great, another hour on hold |
            well done, two months for one letter | thanks for nothing |
            thank you for hanging up on me | brilliant, lost my file again | 😡 | 👎 | 🙄 | 😠 |
            🤬 | 😢 | :( | too expensive | overcharged | charged twice |
            passed from one department to another | nobody calls back
        """),
    },
}

#: Sentences that tell no tone; training hears them from both sides.
TONELESS: Final = {
    "fr": _phrases("""
        RAS | r.a.s | R.A.S. | sans avis | pas d'avis | sans opinion | néant | aucun commentaire |
        pas de commentaire | pas de commentaires | sans commentaire | rien à ajouter | rien de particulier |
        rien | rien de plus | non | oui | non concerné | pas concerné | je ne sais pas | ne sait pas | nsp |
        pas d'opinion | voir ci-dessus | idem | bonjour | ok | . | aucune remarque | pas de remarque |
        pas de remarque particulière | aucune observation | aucune suggestion | à voir | xxx | test |
        je n'ai pas encore d'avis | c'est mon premier contrat | j'ai appelé le service client |
        j'ai reçu mon contrat par courrier | appel concernant mon contrat | changement d'adresse
    """),
    "en": _phrases("""
        n/a | none | nothing | nothing to add | no comment | no comments | no opinion | not applicable |
        same as above | i don't know | hello | yes | no | ok | test
    """),
}


#: What a section of a list of sentences says of each: its authors are content, not, or one cannot tell.
_SECTIONS: Final = {"[+]": (True,), "[-]": (False,), "[=]": (True, False)}
_PARTED: Final = {"[+-]": (True, False), "[-+]": (False, True), "[+]": (True,), "[-]": (False,)}


def told(text: str) -> list[tuple[str, bool]]:
    r"""Sentences with whether their author is content.

    Args:
        text: lines; ``[+]`` or ``[-]`` opens a section, ``[=]`` one to be heard from both sides, ``#`` a
            remark.

    >>> told("# ours\n[+]\nMerci\n\n[-]\nNul")
    [('Merci', True), ('Nul', False)]
    """
    return [(line, side) for line, sides in _lines(text, _SECTIONS) for side in sides]


class Parted(NamedTuple):
    """A text and its sides, each with whether its author is content; it is of two minds if there are two."""

    text: str
    sides: tuple[tuple[str, bool], ...]


def parted(text: str) -> list[Parted]:
    r"""Texts of two minds and of one.

    Args:
        text: lines; ``[+-]``, ``[-+]``, ``[+]`` or ``[-]`` opens a section, " / " parts the sides, ``#``
            opens a remark.

    >>> parted("[+-]\nBeau, / mais cher")
    [Parted(text='Beau, mais cher', sides=(('Beau', True), ('mais cher', False)))]
    """
    return [
        Parted(line.replace(" / ", " "), tuple(zip(_sides(line), content, strict=True)))
        for line, content in _lines(text, _PARTED)
    ]


def _sides(line: str) -> list[str]:
    return [side.strip(" ,.;") for side in line.split(" / ")]


def _lines(text: str, sections: dict[str, tuple[bool, ...]]) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """The lines of a list, each with what its section says."""
    said: tuple[bool, ...] = ()
    for line in text.splitlines():
        if line in sections:
            said = sections[line]
        elif line and not line.startswith("#"):
            yield line, said
