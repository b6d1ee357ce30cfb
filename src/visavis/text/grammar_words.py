"""Words and turns of phrase that fill the gaps of sentences put together for training (see ``grammar``)."""

from __future__ import annotations

from typing import Final


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
PRAISES: Final = _list("""
    bravo | super | génial | félicitations | chapeau | parfait | excellent | formidable | magnifique |
    merveilleux | top | merci | ah bravo | quelle efficacité | impeccable | fantastique | un grand bravo |
    quel professionnalisme | quelle rapidité | quel service | bien joué
""")
NOVELTIES: Final = _list("""
    une belle soirée | un bon conseil | une réponse rapide | un bon moment | une bonne surprise |
    un souci vite réglé | un accueil chaleureux | un remboursement en deux jours | un beau geste |
    un échange agréable
""")
CHORES: Final = _list("""
    un papier à remplir | une pièce à fournir | une lettre de refus | une erreur | un retard | une relance |
    un prélèvement surprise | un bug | un rendez-vous annulé | une hausse | un document à imprimer |
    un courrier incompréhensible | une coupure | une heure à patienter | un interlocuteur différent |
    une facture fausse | un renvoi de balle
""")
MOMENTS: Final = _list("""
    cinq minutes | deux minutes | un quart d'heure | un seul appel | une seule visite | deux jours | un clic |
    moins d'une heure | quelques minutes
""")
AGES: Final = _list("""
    deux mois | trois semaines | cinq mois | une heure | dix jours | quarante minutes | un an | six appels |
    trois heures | huit semaines | quatre relances | une demi-journée | 2 mois | 45 minutes | 3 semaines |
    quinze jours | une éternité
""")
ERRANDS: Final = _list("""
    une signature | un duplicata | changer un numéro | obtenir un rendez-vous | une simple question |
    ouvrir un compte | un remboursement | mettre un dossier à jour | un devis | avoir une réponse |
    une carte | corriger un nom | valider un document | un virement | débloquer un accès
""")
KINDNESSES: Final = _list("""
    m'avoir écoutée | m'avoir si bien conseillé | m'avoir rappelé si vite | nous avoir aidés |
    avoir pris le temps | m'avoir dépannée | avoir tenu parole | m'avoir évité un déplacement |
    votre patience | avoir trouvé une solution
""")
HARMS: Final = _list("""
    m'avoir oublié | nous avoir baladés | m'avoir fait poireauter | avoir égaré mes papiers |
    m'avoir facturé deux fois | avoir ignoré mes messages | m'avoir fait revenir pour rien |
    nous laisser sans réponse | m'avoir raccroché à la figure | avoir bloqué mon compte |
    me faire perdre du temps | m'avoir envoyé le mauvais article
""")
FEATS: Final = _list("""
    tout réglé en une fois | répondu dans la journée | trouvé une solution | sauvé nos vacances |
    tenu vos engagements | fait un travail superbe | compris mon besoin | corrigé l'erreur tout de suite |
    rendu les choses simples
""")
BLUNDERS: Final = _list("""
    encore oublié ma demande | réussi à vous tromper de personne | perdu un client |
    encore envoyé la mauvaise pièce | prélevé le double | réussi à tout casser | mis deux mois à répondre |
    encore changé les tarifs | annulé sans prévenir | égaré mon colis une nouvelle fois |
    raté trois rendez-vous de suite
""")
HELPS: Final = _list("""
    répond vite | connaît son métier | prend le temps | rappelle toujours | trouve des solutions |
    écoute vraiment | s'occupe de tout | tient ses promesses | explique bien
""")
FAILS: Final = _list("""
    ne répond jamais | ne vient pas | ne rappelle jamais | ne sait rien | se trompe à chaque fois |
    n'écoute personne | raccroche | se renvoie la balle | ne lit pas les mails |
    arrive avec deux heures de retard
""")
WORKERS: Final = _list("""
    l'équipe | le conseiller | le service client | la conseillère | le livreur | l'agence | le technicien |
    l'expert | la direction | le gestionnaire | le standard | le vendeur
""")
BURDENS: Final = _list("""
    relancer | réclamer | insister | me fâcher | me plaindre | me répéter | patienter | contester |
    me déplacer | envoyer un recommandé | rappeler | tout réexpliquer
""")
NEEDS: Final = _list("""
    réponse | suivi | geste | explication | excuse | nouvelle | rappel | considération | écoute | solution |
    interlocuteur | empathie | information | conseil | accompagnement | remboursement
""")
PROMISES: Final = _list("""
    recommander cette enseigne | conseiller cette adresse | parler de vous autour de moi |
    reprendre un contrat chez eux | revenir l'an prochain | leur confier mes biens
""")
FAREWELLS: Final = _list("""
    partir | changer | quitter cette maison | aller voir ailleurs | fermer mon compte | résilier
""")
RELIEFS: Final = _list("""
    autant de gentillesse | un résultat aussi rapide | une telle qualité | un accueil pareil |
    autant d'attentions | tant de facilité
""")
BLOWS: Final = _list("""
    une telle négligence | un accueil aussi froid | autant de complications | payer autant |
    une qualité aussi basse | un tel mépris
""")
SPEEDS: Final = _list("""
    rappelé | remboursée | dépanné | servis | indemnisé | livrée | reçu | renseignée | pris en charge |
    remplacé
""")
DELIGHTS: Final = _list("""
    tout était prêt à l'heure dite | le technicien est passé le jour même | j'ai eu quelqu'un tout de suite |
    l'argent était sur mon compte le lendemain | on est clients depuis vingt ans et on y reste |
    toute ma famille est chez eux | je n'ai eu qu'à signer | ils ont pensé à tout |
    la pièce a été changée sans discuter | j'y retourne les yeux fermés | ils ont devancé ma demande |
    on m'a offert les frais | elle est restée avec moi jusqu'au bout |
    le dossier a été bouclé dans la semaine |
    j'ai signé l'esprit tranquille | mes parents y sont aussi | il a su trouver les mots
""")
ORDEALS: Final = _list("""
    j'ai attendu dehors sous la pluie | mon dossier traîne depuis l'été | la ligne a sonné dans le vide |
    on m'a renvoyé vers un autre service | j'ai dû poser une journée de congé | le paquet était ouvert |
    ma prime a encore grimpé | le chèque est parti à la mauvaise adresse | la communication a été coupée |
    il m'a fallu un avocat | cela fait des semaines que je patiente | le produit a tenu trois jours |
    on m'a demandé les mêmes papiers quatre fois | je regarde déjà les offres des concurrents |
    l'écran est tombé en panne aussitôt | tout le monde se renvoie la responsabilité |
    le guichet était fermé sans affichage | ils ont débité la somme deux fois
""")
STRENGTHS: Final = _list("""
    l'équipe est soudée | les agents se serrent les coudes | le personnel est bien formé |
    on sent que les salariés sont heureux | la responsable est présente et à l'écoute |
    les conseillers ont les bons outils | tout le monde sait ce qu'il a à faire | les services se parlent |
    les conseillers ont du temps pour nous | chacun a le pouvoir de décider | les consignes sont claires |
    le relais entre collègues est bien fait | on est bien encadré | les effectifs suivent
""")
STRAINS: Final = _list("""
    le personnel est débordé | il manque du monde au comptoir | les salariés sont épuisés |
    les logiciels rament toute la journée | les agents n'ont aucun pouvoir de décision |
    tout doit passer par la hiérarchie | les consignes changent tous les jours |
    la main gauche ignore ce que fait la droite | les équipes changent tout le temps |
    les vendeurs ne sont pas formés | la charge de travail est intenable | on manque d'effectifs |
    chacun se débrouille dans son coin | les agents sont sous pression |
    les plannings sont faits n'importe comment |
    la direction n'écoute pas le terrain | on nous demande toujours plus avec moins |
    les conseillers ne restent jamais longtemps
""")
#: What fills each gap.
WORDS: Final = {
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
    "praise": PRAISES,
    "novelty": NOVELTIES,
    "chore": CHORES,
    "moment": MOMENTS,
    "age": AGES,
    "errand": ERRANDS,
    "kindness": KINDNESSES,
    "harm": HARMS,
    "feat": FEATS,
    "blunder": BLUNDERS,
    "helps": HELPS,
    "fails": FAILS,
    "worker": WORKERS,
    "burden": BURDENS,
    "need": NEEDS,
    "promise": PROMISES,
    "farewell": FAREWELLS,
    "relief": RELIEFS,
    "blow": BLOWS,
    "speed": SPEEDS,
    "delight": DELIGHTS,
    "ordeal": ORDEALS,
    "strength": STRENGTHS,
    "strain": STRAINS,
}
