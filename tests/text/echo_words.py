"""What customers feel of what employees tell: keywords and examples in employees' words. Data, not mechanism.

Written after reading the first 60 of the 240 comments of ``gold_employee_dev``; the other 180 were not read.
"""

ECHO = {
    "accueil_amabilite": """
        sourire* | aimable* | amabilité | agréable* avec | moins patient* | plus patient* | moins de
        patience | disponible* pour les client* | prendre le temps | temps d'écouter | écouter les
        gens | écouter pour de vrai | expédi* les | bâcl* | accueillir | accueil des client* |
        confidentialité | devant les autres | moins polis | de mauvaise humeur devant | ça se sent au
        guichet | à bout devant | client* accueilli* | mot gentil | revienn* nous voir | remerci* |
        fidèl* | sans sourire | pas le temps de dire bonjour | bonjour
    """,
    "clarte_information": """
        comprenn* rien | comprend rien | ne comprennent pas | pas compris | incompréhensible* |
        illisible* | mal informé* | pas au courant | l'information | informations différentes |
        contradictoire* | expliqu* | compliqué* à expliquer | trop compliqué* | pas clair* | flou* |
        affich* | élément* de langage | annonc* des choses fausses | on ne sait pas quoi dire | quoi
        répondre | rien à leur dire | rien à répondre | pas les infos | sans information | prévenus
        avant nous | savent avant nous | conditions
    """,
    "competence_conseil": """
        formation* | formé* | conseil* | conseiller | renseigner | bien conseiller | réponds au hasard
        | mauvais* réponse* | mal renseign* | connaissance* produit* | je ne sais pas répondre |
        débutant* | sans savoir | appren* le métier | maîtris* | tuteur | expérience | nouveaux |
        intérimaire* | vendre à tout prix | forcer la vente | déconseill* | adapté* à leur besoin |
        lâché* | préparé*
    """,
    "courriers_documents": """
        courrier* | lettre* | mailing* | attestation* | relevé* | avis d'échéance | pièce* |
        justificatif* | document* | formulaire* | facture* | contrat* papier | scann* | conventions |
        notice* | mail automatique | carte* verte* | bon de livraison | imprim* | rib
    """,
    "delai_traitement": """
        retard* | délai* | attend* | attent* | queue | file | semaines | lent* | ram* | traîne* |
        stock | en instance | corbeille* | empil* | prend du temps | plus vite | va vite | rapid* |
        ressaisi* | panne*
    """,
    "engagement_tenu": """
        promet* | promis* | promesse* | promettre | jur* | mentir | mens | mensonge* | parole | tenir
        nos | on leur dit que | engagement* | offert* | garanti* | sous 48 h | bloqué | non éligible*
        | assur* que | s'excus* | excus*
    """,
    "joignabilite": """
        taux de décroché | décroch* | sonne* | sonnerie* | standard | téléphone | appels en attente |
        attente téléphonique | injoignable* | joindre | personne pour répondre | appels | appel*
        perdu* | rappelle pas | personne ne rappelle* | ligne* | plateau | lignes ouvertes | fermé* |
        file d'appels
    """,
    "prix_tarif": """
        prix | tarif* | hausse* | augmentation* | augment* | cher | chère | remise* | frais | euros |
        grille | promo* | cotisation* | amende* | abonnement* | facturé* | %
    """,
    "resolution": """
        rembours* | régler | réglé* | résoud* | résolu* | solution* | débloqu* | geste* commerci* |
        délégation | la main pour | validation | réclamation* | dépann* | sans que le client | repart*
        content* | repart* sans | annul* | refus* | échang* | je ne peux rien | rien fait | litige* |
        on ne peut pas
    """,
    "site_appli": """
        appli | application client* | site | espace client | en ligne | internet | borne* | signature
        électronique | site web | connexion client* | mot de passe
    """,
    "suivi_dossier": """
        dossier* | rappell* | rappel | relanc* | suivi | transf* | aller-retour | personne ne note |
        tracé* | historique* | repart* de zéro | redemand* | deux fois | trois fois | plusieurs fois |
        pièces | statut | perdu* | d'un service à l'autre | autre service | bascul* | mis* à jour | à
        jour
    """,
}

#: What employees say of each.
HEARD = {
    "accueil_amabilite": [
        "Quand on est à bout, on parle moins gentiment aux clients.",
        "On a enfin le temps de leur sourire.",
        "Les gens racontent leur vie devant toute la file.",
        "Je n'ai plus la patience que je voudrais avoir avec eux.",
        "Les habitués nous remercient en partant.",
    ],
    "clarte_information": [
        "Les clients ne savent pas ce qu'ils ont signé.",
        "Personne ne comprend la nouvelle facture et on ne peut pas l'expliquer.",
        "On apprend les changements en même temps que les clients.",
        "Deux collègues donnent deux réponses différentes.",
        "Rien n'est affiché, ils viennent tous demander.",
    ],
    "competence_conseil": [
        "Je réponds au hasard parce que je n'ai pas été formée.",
        "Depuis la formation je peux enfin conseiller correctement.",
        "On place des produits dont les gens n'ont pas besoin.",
        "Les nouveaux sont envoyés au guichet sans savoir.",
        "On nous pousse à vendre au lieu de conseiller.",
    ],
    "courriers_documents": [
        "Les lettres partent avec des fautes et de vieux montants.",
        "La liste des pièces change sans cesse.",
        "Les attestations sortent en retard.",
        "Un courrier dit le contraire du contrat.",
        "Il faut encore un formulaire papier.",
    ],
    "delai_traitement": [
        "Les dossiers s'empilent et les gens attendent.",
        "La file va jusqu'à la porte.",
        "Le logiciel rame, chaque opération prend dix minutes.",
        "Depuis le renfort, on traite tout dans la journée.",
        "Les remboursements ont trois semaines de retard.",
    ],
    "engagement_tenu": [
        "On promet un rappel que personne ne fera.",
        "Le vendeur avait dit que c'était offert.",
        "Je mens aux clients pour gagner du temps.",
        "La publicité annonce ce qu'on n'a pas.",
        "On jure que c'est réglé et ça recommence.",
    ],
    "joignabilite": [
        "Le téléphone sonne et il n'y a personne pour décrocher.",
        "Le taux de décroché s'effondre.",
        "Les clients disent qu'ils ont attendu quarante minutes au bout du fil.",
        "Quand je suis seule, je laisse sonner.",
        "Les lignes ferment à midi.",
    ],
    "prix_tarif": [
        "On se fait hurler dessus à cause de la hausse.",
        "Les frais sont indéfendables.",
        "Les prix en rayon ne sont pas ceux de la caisse.",
        "Neuf pour cent d'augmentation et rien pour l'expliquer.",
        "La remise a été supprimée sans prévenir.",
    ],
    "resolution": [
        "Je n'ai pas la main pour rembourser dix euros.",
        "Quand on peut décider, le client repart avec une solution.",
        "On clôture sans avoir réglé le problème.",
        "Il faut l'accord du siège pour le moindre geste.",
        "Le technicien vient deux fois pour rien.",
    ],
    "site_appli": [
        "L'appli plante et c'est nous qui prenons.",
        "Le site refuse les paiements.",
        "L'espace client ne marche pas le lundi.",
        "La borne est en panne un jour sur deux.",
        "La signature en ligne échoue, on refait tout à la main.",
    ],
    "suivi_dossier": [
        "Le dossier passe de service en service sans que personne le suive.",
        "Le client redonne tout à chaque appel.",
        "Rien n'est noté, on repart de zéro.",
        "Je vois qu'il y a un dossier mais pas ce qu'il contient.",
        "Ils rappellent quatre fois pour la même chose.",
    ],
}
