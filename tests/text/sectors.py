"""Small taxonomies for tests: what customers of a mutual insurer speak of, and what its employees do.

The slugs are those of the gold sets of ``../shared/data/understand``; the keywords are written here.
"""

from __future__ import annotations

from visavis.text import Taxonomy, ThemeSpec

CUSTOMER = {
    "accueil_amabilite": """
        aimable* | amabilit* | gentil* | sympa* | accueil* | acceuil* | courtois* | poli | agreable* |
        désagréable* | malpoli* | impoli* | sourire | chaleureu* | hautain* | mépris* | cordial* |
        raccroch* au nez | odieu*
    """,
    "ecoute_empathie": """
        écoute* | à l'écoute | empathi* | compréhensi* | attenti* | bienveillan* | prévenan* |
        considération | humain* | s'en fiche* | se moque* | aucune compassion | disponibilité |
        disponible* | patien*
    """,
    "competence_conseil": """
        compéten* | incompéten* | professionnel* | professionnalisme | conseils | bien conseillé* |
        mal conseillé* | bon conseil | de bon conseil | conseillère* | conseiller* | amateur* |
        connaît son métier | expertise de
    """,
    "joignabilite": """
        injoignable* | joindre | joignable* | attente au téléphone | attente téléphonique |
        minutes d'attente | heure d'attente | temps d'attente | personne ne répond | ne répond* |
        ne décroche* | répondeur | plateforme téléphon* | au bout du fil | serveur vocal | standard |
        ne rappelle*
    """,
    "delai_traitement": """
        rapid* | délai* | lent* | lenteur* | trop long | très long | longs | réacti* | attend* depuis |
        semaines | toujours en attente | toujours pas | toujours rien | mois que | retard* |
        réponse* rapide* | vite | traîne* | traîner | immédiat* | efficac*
    """,
    "suivi_dossier": """
        suivi | relanc* | plusieurs fois | plusieurs appels | interlocuteur* différent* |
        dossier perdu | perdu mon dossier | réexpliquer | balad* | renvoy* | plusieurs relances |
        nombreuses relances | perte de documents | jamais reçu | chaque fois un
    """,
    "resolution": """
        résolu* | résoudre | solution* | réglé* | problème réglé | problème résolu | refus* |
        pas abouti | solutionn*
    """,
    "clarte_information": """
        clair* | clart* | explication* | expliqu* | transparen* | incompréhensible* | flou* | opaque |
        information* | renseign* | précis* | petites lignes | mal informé*
    """,
    "engagement_tenu": """
        promis | promesse* | promet* | parole | mensong* | menteu* | menti | mentent |
        fausse* information* | engagement* | contrairement à | tromp* | arnaque*
    """,
    "prix_tarif": """
        prix | tarif* | cher* | chère* | coût* | coute | onéreu* | cotisation* | rapport qualité prix |
        qualité prix | montant | compétitif* | économi* | abordable* | moins cher | !augment* | !hausse*
    """,
    "augmentation_tarif": """
        augment* | hausse* | majoration | grimp* | explos* | ne cesse d'augmenter
    """,
    "garanties_couverture": """
        garantie | couvert* | couverture* | exclu* | exclusion* | option* | franchise* |
        prise en charge | prestation* | protection*
    """,
    "indemnisation_remboursement": """
        rembours* | indemni* | dédommag* | indemnité* | prise en charge refusée | rembourc* | capital |
        versement* | vétusté
    """,
    "souscription": """
        souscription | souscrire | devis | adhésion | adhér* | inscription | facile à souscrire |
        simulation
    """,
    "resiliation": """
        résili* | résiliation | résilier | radi* | rétractation
    """,
    "facturation_prelevement": """
        prélèvement* | prélev* | prélevé* | factur* | frais de dossier | double prélèvement |
        échéancier | mensualité* | débit*
    """,
    "site_appli": """
        site | site internet | internet | appli* | application* | espace client | en ligne |
        espace personnel | connexion | mot de passe | navigation
    """,
    "courriers_documents": """
        courrier* | lettre* | attestation* | document* | carte verte | justificatif* | papier* |
        lettre recommandée | en recommandé | vignette | pièces | formulaire* | carte de tiers
    """,
    "sinistre_expertise": """
        sinistre* | expert | experts | accident | garage* | garagiste | dégât* des eaux | assistance |
        dépann* | bris de glace | réparation* | carrosse* | incendie | inondation*
    """,
    "livraison_produit": "livraison* | livré* | colis | produit*",
    "fidelite_consideration": """
        fidèl* | fidélité | client depuis | cliente depuis | ans de cotisation | depuis 0 ans |
        ancienneté | anciens clients | vache à lait
    """,
    "recommandation": "",
    "autre": "",
}

EMPLOYEE = {
    "process": """
        procédure* | process | administrati* | formulaire* | validation* | contrôle* | signature* |
        circuit | dossier* | ticket* | interlocuteur* | service* ne se parle* | papier* |
        justificatif* | double saisie | ressaisi* | transfèr* | réclamation* | règles
    """,
    "charge_pauses": """
        charge | surcharg* | pause* | souffler | sous effectif | sous-effectif | effectif* |
        manque de monde | pas assez de monde | débord* | fatigu* | épuis* | heures supplémentaires |
        enchaîn* | cadence* | burn* | rythme | remplac* | volume d'appels | appels en attente |
        respirer | tenir le coup | arrêt*
    """,
    "management_soutien": """
        manager* | chef* | responsable* | encadr* | superviseu* | hiérarchi* | direct*ur | directrice |
        soutien* | soutenu* | adjoint* | n+1 | management | cheffe* | tuteur* | débrief* | écoute
    """,
    "outils": """
        outil* | logiciel* | informatique | ordinateur* | pc | bug* | plante* | plantage* | écran* |
        applicati* | appli | casque* | connexion | réseau interne | vpn | imprimante* | tablette* |
        base de connaissances | crm | lent* | lenteur* | rame* | mot de passe | ged | scann*
    """,
    "formation": """
        formation* | formé* | former | formateur* | tutor* | tuteur* | apprendre |
        montée en compétence* | compétence* | module* | e-learning | certification*
    """,
    "clients_difficiles": """
        insult* | agress* | incivil* | violen* | client* énervé* | client* agressif* | crie* | crier |
        hurl* | menac* | mécontent* | colère* | traité* de | pleur* | difficile* au téléphone
    """,
    "ambiance_entraide": """
        ambiance | entraide | équipe | collègue* | solidar* | esprit d'équipe | convivial* | copain* |
        bonne humeur | cohésion | café
    """,
    "offre_clarte": """
        offre* | tarif* | contrat* | lettre* | garantie* | promo* | facture* | prix | conditions |
        forfait* | hausse* | cotisation* | mailing
    """,
    "environnement_teletravail": """
        télétravail | open space | bureau* | bruit* | chauffage | climatisation | clim | parking |
        locaux | vestiaire* | chaise* | fauteuil* | éclairage | cantine | toilettes | température |
        douche* | salle de pause | canicule | froid | chaleur
    """,
    "sens_fierte": """
        fier* | fierté | sens | utile* | fièr* | aimer mon métier | aime mon métier | mon métier |
        passion | merci des clients | aider | valeurs | vocation | honte
    """,
    "planning": """
        planning* | horaire* | congé* | samedi* | dimanche* | week-end* | roulement* | rtt | repos |
        jours de repos | coupure | modulation | temps partiel | amplitude | décalé*
    """,
    "objectifs_pression": """
        objectif* | pression | chiffre* | quota* | challenge* | indicateur* | classement |
        vente forcée | vendre | durée moyenne | dmt | ventes | script* | placer
    """,
    "communication_changement": """
        communication | prévenu* | informé* | informer | annonc* | changement* | réorganisation |
        on apprend | sans nous prévenir | sans prévenir | note de service | réunion* | information*
    """,
    "autonomie": """
        autonomie | autonome* | latitude | marge de manœuvre | initiative* | carte blanche |
        geste commercial | gestes commerciaux | décider | confiance | liberté | main sur
    """,
    "reconnaissance_remuneration": """
        reconnaissance | salaire* | prime* | rémunér* | augmentation | payé* | paye | smic |
        intéressement | merci | remerci* | reconnu* | valoris* | considér*
    """,
    "evolution": """
        évolution | évoluer | poste* | promotion | promu* | carrière | mobilité | postul* |
        perspective* | mutation | vae
    """,
    "rien": """
        ras | rien à dire | rien à signaler | rien à ajouter | néant | sans commentaire |
        rien de particulier | pas d'idée | pas d'avis | tout roule
    """,
    "autre": "",
}


def taxonomy(keywords: dict[str, str]) -> Taxonomy:
    """A flat taxonomy from keywords separated by ``|``."""
    return Taxonomy(
        [
            ThemeSpec(slug, None, {"fr": [" ".join(one.split()) for one in words.split("|") if one.strip()]})
            for slug, words in keywords.items()
        ]
    )
