"""Sentences that are hard to hear, by phenomenon, written before the version they measure was trained.

Each is followed by what a reader hears: ``+``, ``-`` or ``±`` (both). Every second one, counting from the
second, is *kept*: nothing was chosen, corrected or added while looking at what the engine makes of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from visavis.core.words import Polarity


class Case(NamedTuple):
    """A sentence, what a reader hears in it, why it is hard, and whether it was kept unseen."""

    text: str
    tone: Polarity
    phenomenon: str
    kept: bool


TONES: Final = {"+": Polarity.POSITIVE, "-": Polarity.NEGATIVE, "±": Polarity.MIXED}

NEGATION: Final = """
+ Je n'ai pas eu à me plaindre une seule fois en douze ans
+ Ils n'ont pas traîné pour me rembourser, chapeau
+ Je n'ai rien trouvé à critiquer
+ Aucun accroc pendant toute la procédure
+ Personne ne m'a fait attendre, c'est appréciable
+ Il n'y a pas mieux dans le quartier
+ On n'est jamais pris pour des numéros ici
+ Je ne vois pas ce qu'on pourrait leur reprocher
+ Ce n'était pas gagné, et pourtant ils ont trouvé une solution
+ Nullement déçue de mon passage en agence
+ Il n'y a eu ni retard ni mauvaise surprise
+ Mon conseiller ne m'a jamais laissée sans réponse
+ Je ne m'attendais pas à une réponse aussi rapide
+ Sans eux je ne m'en serais pas sortie
+ Pas la moindre anicroche avec le virement
+ Je n'hésiterai pas à vous recommander à mes proches
+ Ça n'a pas été long ni compliqué
+ Le suivi n'a rien de médiocre
+ Je ne suis pas près de changer d'assureur
+ Vous n'avez pas volé votre réputation de sérieux
- Le conseiller n'a pas été très aimable avec ma mère
- Je n'ai trouvé personne de compétent au guichet
- Ce n'est ni fait ni à faire
- Je ne suis plus du tout convaincu par cette enseigne
- Rien n'a changé depuis ma dernière réclamation
- Vous n'avez même pas pris la peine de me prévenir
- Ce n'est pas ce que j'appelle un accompagnement
- L'appli n'est ni pratique ni rapide
- On n'a jamais eu le moindre geste de leur part
- Je ne conseille cette agence à personne
- Aucune des promesses n'a été tenue
- Ce n'est pas faute de vous avoir prévenus
- On ne peut pas parler d'un service de qualité
- Pas vraiment ce qu'on attend d'une grande banque
- Le colis n'était pas bien emballé
- Je n'ai pas apprécié le ton employé
- Il n'y a plus personne pour nous renseigner
- Je doute que ce soit un bon choix
- Impossible de dire que je suis satisfaite
- Le remboursement n'a toujours pas été effectué
"""
IRONY: Final = """
- Bravo, six semaines pour envoyer une simple attestation
- Merci de m'avoir fait perdre mon après-midi
- Super, encore un formulaire à remplir
- Félicitations, c'est la troisième fois que vous perdez mes papiers
- J'adore écouter votre musique pendant quarante minutes
- Quel plaisir de tout réexpliquer à chaque appel
- Chapeau, vous avez réussi à vous tromper deux fois d'adresse
- Génial, le site est en panne le jour de l'échéance
- Encore merci pour le prélèvement en double
- Quelle joie de découvrir cette augmentation sans un mot d'explication
- Bravo pour l'amabilité, on m'a raccroché au nez
- Formidable, un délai de trois mois pour une réponse automatique
- Ah ça, pour encaisser vous êtes rapides
- Toujours aussi rapides pour prélever, jamais pour rembourser
- Un grand bravo à l'expert qui n'est jamais venu
- On se demande bien à quoi servent vos conseillers
- C'est beau le progrès, plus personne au bout du fil
- Merci, grâce à vous j'ai raté la livraison
- Parfait, mon dossier est à nouveau bloqué
- Service client cinq étoiles, sur cent
- Vive la dématérialisation, trois heures pour déposer un document
- Magnifique, une erreur de plus sur ma facture
- Excellent, on m'envoie encore le courrier d'un autre
- Si vous aimez patienter, cette mutuelle est faite pour vous
"""
TELEPHONE: Final = """
+ tro cool la conseillere el a tt de suite compri
+ mci bcp pr votre reponse rapid
+ jsui tré contente d mon assurance
+ g eu qqn direct au tel nikel
+ c top rien a dir
+ servisse au top jrecommande
+ probleme reglé en 5 min g pas attendu
+ tjs aussi sympa ds cette agence
+ recu mon colis en 2j genial
+ équipe o top é souriante
+ ras tt est parfé
+ jamé eu 1 souci avc eux
- ca fai 3 semaine jatten
- el ma mal parlé au telephone
- jpeu pa me conecté a lappli
- sa fait 2 fois ke je vous ecri pr rien
- c honteu de traité les gens kom sa
- g été débité 2 fois c pa normal
- pk vous repondez jms ??
- vrmt deçu du servisse
- faut rappelé 10 fois pr avoir kelkun
- franchemen nul lappli bug tt le temp
- le livreur a mm pa soné
- jvai changé de banque vs etes tro cher
"""
MIXED: Final = """
± Agents très courtois mais deux heures de queue
± J'aime bien l'application, par contre les frais sont abusifs
± Le sinistre a été bien géré, dommage que l'expert soit arrivé en retard
± Rapide pour souscrire, beaucoup moins pour rembourser
± Conseillère charmante, délais déplorables
± Le repas était délicieux mais le serveur désagréable
± Bonne couverture, cependant la cotisation devient hors de prix
± Malgré un accueil glacial, mon problème a été résolu en dix minutes
± Le site est clair et bien fait, le chat en revanche ne répond jamais
± Prix intéressants, service après-vente inexistant
± L'accueil est chaleureux mais personne ne connaît mon dossier
± Au début tout allait bien, maintenant c'est la catastrophe
± Chambre superbe, bruit insupportable la nuit
± Contente du remboursement, pas du tout du délai
± La conseillère a été patiente, le standard lui est injoignable
± Beaucoup d'attente pour un rendez-vous finalement très utile
± Le contrat est avantageux, sauf la franchise qui est énorme
± Livraison éclair, produit arrivé cassé
± Les équipes sont gentilles, l'organisation est lamentable
± Accueil parfait en agence et calvaire au téléphone
± Très bon conseil, mais il a fallu relancer quatre fois
± J'étais ravi de ma mutuelle jusqu'à la dernière hausse
± Démarches simples, malheureusement le dossier s'est perdu
± Film long et confus, heureusement les acteurs sont excellents
"""
EMPLOYEE_LIKE: Final = """
+ L'ambiance entre collègues se sent dès l'entrée, on est bien reçus
+ On voit que les équipes sont formées et qu'elles aiment leur métier
+ Le responsable a pris les choses en main et suivi le dossier de bout en bout
+ Les guichetiers s'entraident et ça va vite
+ On sent une vraie cohésion dans cette boutique
+ Le manager est venu s'excuser en personne, geste rare
+ Les nouveaux outils ont fluidifié la prise en charge
+ Une équipe soudée qui se démène pour ses clients
- Les conseillers sont débordés et ça se voit
- Sous-effectif chronique, on le paie au guichet
- Les outils plantent et les agents bricolent avec des feuilles de papier
- Les consignes changent d'un conseiller à l'autre
- Personne n'ose prendre une décision, tout remonte au siège
- Trois interlocuteurs différents, aucun passage de relais
- On sent le personnel à bout et démotivé
- Les nouveaux sont lâchés sans formation
- Les services ne se parlent pas entre eux
- Les procédures sont d'une lourdeur incroyable
- On empile les réorganisations et le client trinque
- Le turnover est tel que je n'ai jamais deux fois le même conseiller
"""
IMPLICIT: Final = """
+ Rappelée dans le quart d'heure
+ Tout était prêt à mon arrivée
+ Deux minutes au téléphone et c'était plié
+ Je suis cliente depuis 1998 et j'y reste
+ Mes enfants y sont aussi maintenant
+ Elle a pris le temps qu'il fallait
+ J'ai récupéré mon argent avant la fin de la semaine
+ On s'est occupé de moi comme d'un membre de la famille
- Quatre mois que j'attends ma carte verte
- J'ai dû prendre une matinée de congé pour un tampon
- Personne au rendez-vous
- Le dossier dort sur un bureau depuis la rentrée
- Mon appel a été coupé trois fois
- Il a fallu que j'envoie un recommandé
- Le chèque a été renvoyé à mon ancienne adresse
- Je vais faire jouer la concurrence
- Ma cotisation a pris vingt pour cent
- La pièce est tombée en panne au bout d'une semaine
"""
PHENOMENA: Final = {
    "negation": NEGATION,
    "irony": IRONY,
    "telephone": TELEPHONE,
    "mixed": MIXED,
    "employee-like": EMPLOYEE_LIKE,
    "implicit": IMPLICIT,
}


#: A second list, written before version 4; its sections are named there.
HARD: Final = Path(__file__).with_name("hard.txt")


def hard() -> list[Case]:
    """The second list: other sentences, every second one of each section kept as well."""
    found: list[Case] = []
    section, number = "", 0
    for line in HARD.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section, number = line[1:-1], 0
        elif line and not line.startswith("#"):
            found.append(Case(line[2:], TONES[line[0]], section, kept=number % 2 == 1))
            number += 1
    return found


def cases() -> list[Case]:
    """All sentences, those of one phenomenon together."""
    return [
        Case(line[2:], TONES[line[0]], phenomenon, kept=number % 2 == 1)
        for phenomenon, lines in PHENOMENA.items()
        for number, line in enumerate(lines.strip().splitlines())
    ]
