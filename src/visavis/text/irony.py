"""Praise that opens a complaint: "bravo, six semaines pour un tampon" praises nobody."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.clauses import Clauses
from visavis.text.tokens import Flags, Ints, Tokens

#: What ironic praise counts, beside sincere praise.
TURNED: Final = -0.8
#: Kinds of words that tell it.
_KINDS: Final = {
    "praise": """
        bravo super genial geniale felicitations chapeau parfait parfaite excellent formidable magnifique
        merveilleux fantastique top merci impeccable efficacite rapidite professionnalisme service
        amabilite gentillesse bonheur plaisir joie adore adorons exploit champions delicatesse
        reactivite talent great wonderful brilliant congratulations
    """,
    "love": "adore adorons",
    "link": "pour de d a au aux l le la les quand encore vous on for to",
    "trouble": """
        attente attentes attendre patienter poireauter retard retards relance relances relancer erreur
        erreurs panne pannes bloque bloquee bloques perdu perdue perdus perdez perdre egare egaree raccroche
        raccrocher raccrochez refus refuse refusee injoignable robot repondeur bug bugs coupe coupure
        augmentation augmentations hausse annule annulee oublie oubliee tromper trompe trompez reexpliquer
        recommencer repeter double ferme fermee plante facture facturee debite debitee silence ignore
        casse cassee queue poireaute attendu egares sonne rate ratee ratees rates manque manquant fausse
        fausses plante plantent planter rame rament bugue froid rejet rejete rejetee radiation radie resilie
        penalite penalites augmente augmentent impaye huissier deconnecte indisponible maintenance annulation
        introuvable disparu disparue disparus oubli oublis menti mensonge mensonges inutile vide sale
        abime abimee decommande reporte reportee
    """,
    "again": "encore toujours",
    "a": "un une des du le la l les mon ma mes",
    "chore": """
        courrier courriers formulaire formulaires papier papiers document documents lettre lettres mail mails
        message messages dossier justificatif justificatifs piece pieces appel appels interlocuteur
        prelevement rendez numero automatique
    """,
    "many": """
        deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente quarante cinquante soixante
        plusieurs two three four five six ten
    """,
    "long": "semaine semaines mois minutes heure heures weeks months hours",
    "for": "pour de d avant sans a au for to",
    "solved": """
        regle reglee regler resolu resolue corrige corrigee rectifie rectifiee solution solutions rapide
        rapides rapidement vite immediatement aussitot recommande satisfait satisfaite gentil gentille
        aimable patience ecoute aide aidee aider heureusement malgre efficace efficaces content contente
        rassure rassuree trouve trouver retrouve debloque debloquee sympa quickly solved fixed helped helpful
    """,
}
_BIT: Final = {kind: 1 << (16 + place) for place, kind in enumerate(_KINDS)}
_ROLES: Final = {
    word: sum(_BIT[kind] for kind, words in _KINDS.items() if word in words.split())
    for word in frozenset(" ".join(_KINDS.values()).split())
}
#: Words before the praise in its clause at most, words after it that may tell, that may say it is over.
_BEFORE, _AFTER, _LATER = 2, 9, 14


def role(shape: str) -> int:
    """What a word may do in ironic praise; 0 for most."""
    return _ROLES.get(shape, _BIT["many"] if shape.isdecimal() else 0)


def ironic(tokens: Tokens, clauses: Clauses, roles: Ints) -> Ints:
    """The places of words that praise in order to complain.

    Args:
        tokens: the words of a batch.
        clauses: their clauses and phrases, and what is negated.
        roles: ``role`` of each different word.

    Returns:
        Places of words: each opens a clause, stands apart from what it would praise, and a trouble follows
        it that nothing says is over.
    """
    spoken = np.append(roles[tokens.word], [0] * _LATER)
    at = _apart(tokens, clauses, spoken)
    end = tokens.first[tokens.text[at] + 1]
    solved, troubled = np.zeros(len(at), np.bool_), np.zeros(len(at), np.bool_)
    negated = np.append(clauses.negated, [False] * _LATER)
    for step in range(1, _LATER + 1):
        place = at + step
        within = place < end
        solved |= within & _is(spoken[place], "solved")
        troubled |= within & _trouble(spoken, place) & ~negated[place] & (step <= _AFTER)
    return at[troubled & ~solved]


def _is(bits: Ints, kind: str) -> Flags:
    answer: Flags = (bits & _BIT[kind]) != 0
    return answer


def _apart(tokens: Tokens, clauses: Clauses, spoken: Ints) -> Ints:
    """Praise that opens a clause, then a pause or a small word: "bravo,", "merci de", "quel plaisir de"."""
    at = np.flatnonzero(_is(spoken, "praise"))
    at = at[at + 1 < tokens.first[tokens.text[at] + 1]]
    opens = at - np.searchsorted(clauses.clause, clauses.clause[at]) <= _BEFORE
    pause = (clauses.phrase[at + 1] != clauses.phrase[at]) | _is(spoken[at + 1], "link")
    answer: Ints = at[opens & (pause | (_is(spoken[at], "love") & _is(spoken[at + 1], "trouble")))]
    return answer


def _trouble(spoken: Ints, place: NDArray[np.int64]) -> Flags:
    """Whether a trouble stands at each place: by itself, once again, or as a long time for something."""
    one, two, three = (spoken[np.minimum(place + step, len(spoken) - 1)] for step in range(3))
    again = _is(one, "again") & _is(two, "a") & (_is(three, "chore") | _is(three, "trouble"))
    return _is(one, "trouble") | again | (_is(one, "many") & _is(two, "long") & _is(three, "for"))
