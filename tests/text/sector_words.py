"""Keywords of the taxonomies of the gold sets, separated by ``|``. Data, not mechanism.

Written while looking at ``gold_service_dev`` and ``gold_employee_dev``: figures on these sets flatter them.
"""

CUSTOMER = {
    "accueil_amabilite": """
        aimable* | amabilit* | gentil* | sympa* | accueil* | acceuil* | accueuil* | courtois* | poli |
        polie | polis | politesse | agreable* | désagréable* | malpoli* | impoli* | sourire | souriant* |
        chaleureu* | hautain* | mépris* | arrogan* | agressi* | cordial | cordiale | cordialité |
        raccroch* au nez | odieu* | serviable* | charmant* | relationnel | bon contact | bienveillan* |
        froid* | sec | sèche | antipathi* | ton employé | mal reçu* | bien reçu* | respectueu* |
        irrespectueu* | insolen* | grossi* | exécrable* | adorable* | avenant*
    """,
    "ecoute_empathie": """
        écoute* | à l'écoute | empathi* | compréhensi* | attenti* | bienveillan* | prévenan* |
        considération | considéré* | humain* | déshuman* | inhumain* | s'en fiche* | s'en fout* |
        se moque* | compassion | disponibilité | disponible* | patient* | patience | rassur* | égard |
        égards | aucun respect | manque de respect | respect* des clients | accompagn* | aide | détresse |
        soutien | besoins | bien entouré* | vrai robot* | !veuillez* patient* | !attention
    """,
    "competence_conseil": """
        compéten* | incompéten* | professionnel* | professionnalisme | professionalisme | professionel* |
        pro | pros | conseils | bien conseillé* | mal conseillé* | bon conseil | de bon conseil |
        conseillère* | conseiller* | amateur* | connaît son métier | connaissance* | incapable* | sérieu* |
        renseigné* | bien renseigné* | renseignements donnés | su me renseigner | répondu à mes questions |
        réponse à mes questions | répondre à mes questions | bons choix | efficace et | très efficace* |
        maîtris* | erreur de conseil | devoir de conseil | fiable* | qualifié* | !je conseiller* |
        !conseillerai* | !ne conseille* | !à conseiller
    """,
    "joignabilite": """
        injoignable* | joindre | joignable* | attente au téléphone | attente téléphonique |
        minutes d'attente | minute d'attente | heure d'attente | heures d'attente | temps d'attente |
        minutes au téléphone | personne ne répond | ne répond pas | ne répondent pas | ne répond jamais |
        ne répondent jamais | ne répond plus | répond pas au téléphone | ne décroche* | répondeur |
        plateforme téléphon* | au bout du fil | serveur vocal | standard | ne rappelle* | pas rappel* |
        jamais rappel* | facile à contacter | facilité de contact | contacter | contact facile |
        contact rapide | contact est rapide | service muet | absence de contact | impossible d'avoir |
        avoir quelqu'un | avoir une personne | quelqu'un au téléphone | interlocuteur au téléphone |
        accès téléphonique | disponibilité | personne physique | personne pour répondre |
        personne pour vous répondre | être rappel* | être appelé* | rappelé* immédiatement |
        numéro surtaxé | !m'a contacter | !pièces joindre | !prospect*
    """,
    "delai_traitement": """
        rapid* | délai* | lent | lente | lents | lentes | lenteur* | trop long | très long | trop longue |
        trop longs | longs | réacti* | attend* depuis | semaines | toujours en attente | toujours pas |
        toujours rien | toujours aucune | mois que | mois après | mois plus tard | retard* |
        réponse* rapide* | vite | traîne* | traîner | immédiat* | efficac* | aucune réponse |
        pas de réponse | sans réponse | jamais de réponse | aucune nouvelle* | sans nouvelle* |
        ne répondent pas aux | réponse à mes mails | réponse aux mails | en cours de traitement |
        tout de suite | de suite | le jour même | même jour | plusieurs mois | un an que | mois pour |
        attente de réponse | long à | prend du temps | longtemps | patienter | attendre | n'attend* |
        mois d'attente | semaines d'attente | j'attends mon | j'attends toujours | attends encore |
        !temps d'attente | !attente téléphon* | !minutes d'attente | !plus rapide | !au plus vite |
        !rapport qualité
    """,
    "suivi_dossier": """
        suivi | suivi du dossier | bien suivi | mauvais suivi | aucun suivi | relanc* | plusieurs fois |
        plusieurs appels | interlocuteur* différent* | dossier perdu | perdu mon dossier | réexpliquer |
        balad* | se renvoi* | renvoie la balle | renvoyer la balle | de service en service |
        plusieurs relances | nombreuses relances | perte de documents | perte de pièces | perdu mes |
        perdent | documents perdus | jamais reçu | chaque fois un | avancement | toujours une pièce |
        nouvelle pièce | manque encore | redemand* | à chaque fois | envoyé plusieurs | mélang* |
        jamais le même | même interlocuteur | répéter | ferme le dossier | dossier clos | tenu* informé* |
        tenu au courant | recommencer | refaire
    """,
    "resolution": """
        résolu* | résoudre | solution* | réglé* | problème réglé | problème résolu | régler mon problème |
        régler le problème | refus* | pas abouti | solutionn* | débloqu* | sans suite | aucune issue |
        pas d'issue | bien géré* | très bien gérée | demandes traitées | demande traitée | rien n'est fait |
        gain de cause | litige* | médiat* | satisfaction à ma demande | pas réparé* | bloqu*
    """,
    "clarte_information": """
        clair* | clart* | explication* | expliqu* | transparen* | incompréhensible* | flou* | floue |
        opaque | information* | info | infos | renseignement* clair* | précis | précise | précision* |
        imprécis* | vague | petites lignes | mal informé* | bien informé* | informé* | être prévenu* |
        prévenir | prévenu* | compris | comprendre | bonne communication | communication |
        réponse différente | aucune raison | contradictoire* | sans explication | sans aucune explication |
        motif | justification | pages du contrat | lisible* | compréhensible* | comment fonctionne |
        détaillé* | ambigu* | savoir pourquoi
    """,
    "engagement_tenu": """
        promis | promesse* | promet* | parole | mensong* | mensonge* | menteu* | menti | mentent | ment |
        fausse* information* | fausses promesses | engagement* | contrairement à | trompeu* | tromperie |
        arnaqu* | non respect | pas respecté* | ne respecte* pas | mené* en bateau | avait dit |
        m'a dit que | on ma dit | pas tenir | tenir leurs | tenu parole | soi disant | soit disant |
        bien sûr aucun | pas réglo | malhonnête* | vous rappellera | pub mensongère | publicité mensongère |
        escro* | voleur* | vol
    """,
    "prix_tarif": """
        prix | tarif* | cher | chers | chère | chères | chere | cheres | coût* | coute | onéreu* | cotise |
        rapport qualité prix | qualité prix | montant | compétitif* | compétitivité | économi* |
        abordable* | moins cher | concurrentiel* | exorbitant* | bon marché | euros par mois | par an |
        par mois | excessif* | cotisation* élevé* | cotisations | cotisation | remise* | réduction* |
        promotion* | raisonnable* | attracti* | malus | différence de | plus bas | excessive* |
        imbattable* | avantageu* | budget | gratuit* | !par an que
    """,
    "augmentation_tarif": """
        augment* | hausse* | grimp* | explos* | ne cesse d'augmenter | doublé | double chaque | majoré* |
        chaque année plus | plus cher chaque | revalorisation
    """,
    "garanties_couverture": """
        garantie | garanties | couvert | couverte | couverts | couvre | couvrir | couverture* | exclu* |
        exclusion* | option | options | franchise* | prestation* | protection* | formule* | modulable* |
        bien assuré* | pas assuré* | portabilité | plafond* | invalidité | pack | packs | tous risques |
        droits | offre* adapté* | contrat adapté | bien protégé* | bien couvert* |
        niveau de prise en charge | !sous garantie | !options de paiement
    """,
    "indemnisation_remboursement": """
        rembours* | indemni* | dédommag* | indemnité* | prise en charge refusée | rembourc* | versement* |
        vétusté | ne veut pas payer | refuse de payer | veulent pas payer | ne paie* pas |
        refus* de prise en charge | refus* de prendre en charge | ne pas prendre en charge |
        pas pris en charge | pas prise en charge | percevoir | chèque | rente | virement | compensation |
        payer les sinistres | toucher | indemnisé* | verser | versé
    """,
    "souscription": """
        souscription* | souscrire | souscrit | souscris | devis | adhésion | adhérer | adhère |
        inscription* | inscrire | facile à souscrire | simulation* | nouveau contrat |
        changement de contrat | changer d'assurance | changement d'assurance | assurer mon | assurer ma |
        s'assurer | m'assurer | mise en place du contrat | mise en place de l'assurance |
        conclusion de mon contrat | démarchage | démarch* | signature | signé | quelques clics |
        quelques minutes | en quelques | validation | jeune conducteur | jeunes conducteurs |
        contrat temporaire | formulaire long | vente forcée | comparateur* | démarche* | !adhérent*
    """,
    "resiliation": """
        résili* | résiliation* | radi* | rétractation | me virent | me virer | se fait virer | viré |
        virer | virée | rompre | rupture du contrat | mettre fin | annul* | exclu de | plus assuré* chez |
        plus assurée
    """,
    "facturation_prelevement": """
        prélèvement* | prélev* | prélevé* | factur* | frais de dossier | double prélèvement | échéancier |
        mensualité* | mensualis* | débité* | débiter | paiement mensuel | rib | impayé* | frais |
        payer en plusieurs | payer par mois | payé deux fois | trop perçu | compte bancaire |
        date de prélèvement | !mes factures | !factures de
    """,
    "site_appli": """
        site | sites | site internet | internet | appli | application | applications | espace client |
        en ligne | espace personnel | connexion | connecter | mot de passe | navigation | plateforme |
        ergonomi* | interface | signature électronique | identifiant* | tableau de bord | bug* | intuiti* |
        compte client | clics | simple et rapide | facile d'utilisation | simplicité d'utilisation |
        !site de prod*
    """,
    "courriers_documents": """
        courrier* | lettre* | attestation* | document* | carte verte | justificatif* | papier* |
        lettre recommandée | en recommandé | vignette | pièces | formulaire* | carte de tiers |
        carte mutuelle | relevé* | certificat* | conditions générales | mauvaise adresse | réception |
        reçu la facture | dossier incomplet | !bris de glace
    """,
    "sinistre_expertise": """
        sinistre* géré* | gestion du sinistre | gestion des sinistres | gestion de sinistre |
        déclar* sinistre* | déclaration | expert | experts | expertise* | garage* | garagiste* |
        dégât* des eaux | assistance | dépann* | dépanneu* | bris de glace | réparation* | réparé* |
        réparer | répare* | carrosse* | incendie | inondation* | remorqu* | rapatri* | panne | pare brise |
        accident non responsable | suite à un accident | vol de | cambriol* | épave | catastrophe* |
        en cas de sinistre | sinistre | véhicule de prêt | véhicule de remplacement | voiture de prêt
    """,
    "livraison_produit": """
        livraison* | livré | livrés | colis
    """,
    "fidelite_consideration": """
        fidèl* | fidel* | fidélité | ancienneté | anciens clients | vache à lait | vaches à lait | pigeon* |
        geste commercial | gestes commerciaux | effort commercial | geste commerciale | aucun geste |
        déjà client* | plusieurs contrats | deuxième contrat | tous mes contrats | bon client |
        bons clients | jamais un sinistre | jamais eu de sinistre | jamais de sinistre |
        aucun sinistre depuis | ans d'assurance | parrain* | ans chez | années chez | avantage* pour les |
        depuis des années | client depuis | cliente depuis | sociétaire depuis
    """,
    "recommandation": """
        je recommande | recommande vivement | ne recommande pas | à recommander | recommanderai* |
        déconseill* | à fuir | fuyez | fuir | à éviter | évitez | conseille* à tous | je conseille |
        ne conseille
    """,
    "autre": """
        harcèlement | harcel* | rendement* | rentabilité | donner mon avis | questionnaire | délocalis* |
        démarchage téléphonique | appels incessants | perte de capital | frais de gestion
    """,
}

EMPLOYEE = {
    "process": """
        procédure* | process | administrati* | formulaire* | validation* | contrôles | signature* |
        signatures | circuit* | ticket* | service* ne se parle* | papier* | justificatif* | double saisie |
        ressaisi* | transfèr* | transférer | transfert* | règles | règle | conformité | réclamations |
        niveau 1 | niveau 2 | aller retour | allers retours | d'un service à l'autre | autre service |
        sept services | siège | back office | étapes | dossier bloqué | suivre le dossier |
        suivre mon dossier | suivi des dossiers | jusqu'au bout du dossier | clôturé* | traçab* | tracé* |
        redemand* | pièces | paperasse | kyc | autorisation* | demande motivée |
        remboursement* automatique* | même question | deux fois le travail | rien n'est noté |
        renvoie la balle | coordination | entre services | entre les services | délais de traitement |
        lourd* | simplifi* | bureaucrat* | attestations partent | stock de dossiers
    """,
    "charge_pauses": """
        charge | charge de travail | surcharg* | pause* | souffler | sous effectif | effectif* |
        manque de monde | pas assez de monde | plus de monde | débord* | fatigu* | épuis* |
        heures supplémentaires | heures en plus | enchaîn* | cadence* | burn* | rythme | remplac* |
        non remplacé* | pas remplacé* | volume | volume d'appels | appels en attente | appels par jour |
        appels | respirer | tenir le coup | arrêt | arrêts | arrêt maladie | seul* en caisse |
        seule en boutique | à deux en | on est deux | temps de manger | manger | toilettes | pipi | crevé* |
        lessivé* | vidé* | hs | sans arrêt | pas une minute | à la chaîne | sature* | saturé* | absen* |
        renfort* | embauch* | recrut* | manque de personnel | intérim* | court partout | je cours |
        on court | machines | mi temps de | sur les rotules | souffl* | cdd | portefeuille* | en retard |
        pression du temps | moins d'appels | calme | temps mort* | minute* entre
    """,
    "management_soutien": """
        manager* | chef | chefs | cheffe | cheffes | responsable* | encadr* | superviseu* | hiérarchi* |
        directeur* | directrice* | direction | soutien* | soutenu* | adjoint* | adjointe | n+1 |
        management | débrief* | resp | patron* | patronne | là haut | en haut | siège nous | écouté* par |
        disponible pour nous | lâch* | désavou* | couvert* par | défend* | défendu* | reproch* | engueul* |
        entretien annuel | entretien | point individuel | réunion d'équipe | petit mot | surveill* | flic* |
        infantilis* | exemplaire
    """,
    "outils": """
        outil* | logiciel* | informatique | ordinateur* | pc | bug* | bugu* | plante* | plantage* | écran* |
        applicati* | appli | casque* | connexion | réseau interne | vpn | imprimante* | tablette* |
        base de connaissances | crm | rame* | mot de passe | ged | scann* | scanner | softphone |
        téléphone qui | mise à jour | matériel | machine* à | caisse automatique | caisses automatiques |
        terminal | terminaux | pda | douchette* | talkie* | radio | distributeur* | valideur* | automate* |
        panne de | en panne | pannes | badge* | clavier* | souris | intranet | système | serveur | fiches |
        ia | robot* | chatbot | signature électronique | caméra* | fenêtre* | onglet* | dématérialis* |
        étiquet* électroniq* | gps | girouette | lenteur* | bascul*
    """,
    "formation": """
        formation* | formé | formée | formés | former | formateur* | formatrice* | tutor* | tuteur* |
        tutrice* | apprendre | appris à | apprentissage | montée en compétence* | compétence* | module* |
        e learning | elearning | certification* | certifi* | remise à niveau | doublon | double écoute |
        binôme | accompagnement | jamais montré | pas préparé* | préparée | préparé à | coach* |
        sur le tas | mise en situation | cas pratique* | stage | atelier* | vae | bilan de compétences |
        recyclage | nouveaux arrivants | journée avec | improvis*
    """,
    "clients_difficiles": """
        insult* | agress* | incivil* | violen* | client* énervé* | client* agressif* | énervé* | crie* |
        crient | crier | hurl* | menac* | menace* | mécontents | mécontent* | colère* | traité* de |
        traiter de | pleur* | crach* | râleur* | râl* | désagréable* | impoli* | difficile* au téléphone |
        clients difficiles | gens difficiles | à bout | vigile | agent de sécurité | sécurité | plainte |
        peur | vol | vols | détresse | suicid* | en finir | deuil | décès | excédé* | furieu* | tendu* |
        tension* avec | se défoul* | altercation* | bagarre* | ivre* | alcool* | fraude* | fraudeur* |
        lynch* | manque de respect | irrespect* | mal polis | compréhensifs | sympas | reçu des coups |
        bouscul* | attrap* | réclamations violentes | prend* pour
    """,
    "ambiance_entraide": """
        ambiance | entraide | équipe soudée | belle équipe | bonne équipe | super équipe | équipe |
        collègue* | collegue* | solidar* | esprit d'équipe | convivial* | copain* | copine* | bonne humeur |
        cohésion | café | on rigole | rigol* | rire* | soud* | se couvrir | se dépanne* | s'aide* |
        s'aidait | coup de main | se serrer les coudes | clan | clans | messes basses | individualis* |
        chacun pour soi | dans son coin | tension* | atmosphère | pot de | apéro | repas d'équipe |
        avec les filles | entre nous | ensemble | relay* | cancan* | jalousie*
    """,
    "offre_clarte": """
        offre* | tarif* | contrat | contrats | garantie* | promo* | facture | factures | facturation |
        prix | conditions | forfait* | hausse* | cotisation* | mailing* | lettre* | courrier* |
        petites lignes | option* | abonnement* | résili* | frais | remise* | étiquette* | affichette* |
        prorata | incompréhensible* pour | clients ne comprennent | comprennent pas | comprennent rien |
        comprennent plus | pas clair* | notice* | grille tarifaire | gamme | produit* trop | espace client |
        bas de page | bienvenue | décompte* | carte fidélité | points | bon* d'achat | tarification |
        zone* | communication client | publicité* | pub | éligib* | avis d'échéance
    """,
    "environnement_teletravail": """
        télétravail | teletravail | open space | bureau | bureaux | bruit* | bruyant* | chauffage |
        chauff* | climatisation | clim | parking | locaux | local | vestiaire* | chaise* | fauteuil* |
        siège cassé | éclairage | lumière | cantine | sanitaires | eau chaude | fontaine | température |
        degrés | douche* | salle de pause | salle de repos | canicule | froid | chaud | chaleur |
        à la maison | chez moi | distanciel | trajet* | ménage | propre* | sale | sales | odeur* | travaux |
        confidentialité | plateau | courant d'air | stores | micro onde* | frigo | machine à café | moisi* |
        fuite* | à distance | casier* | uniforme*
    """,
    "sens_fierte": """
        fier | fière | fiers | fierté | sens | utile* | aimer mon métier | aime mon métier | mon métier |
        ce métier | j'aime | passion* | merci des clients | remerciement* | aider les | aider des | aidé |
        valeurs | vocation | honte | pour ça | belle mission | motiv* | content* d'aider | service public |
        sourire d'un | plaisir de | plaisir d'aider | m'a remercié* | dire merci | service rendu |
        contact humain | conscience | mentir | beau métier | bon mois | vraie satisfaction | bien fait |
        sauvé | exécutant* | je fais ce | écouter pour de vrai | perdu le goût | pourquoi je suis
    """,
    "planning": """
        planning* | horaire* | congé* | samedi* | dimanche* | week-end* | week end* | weekend* |
        roulement* | rtt | repos | jours de repos | coupure* | modulation | temps partiel | amplitude* |
        décalé* | férié* | jour férié | prévenance | emploi du temps | vacances | nuit | nuits |
        matin et soir | fermeture | ouverture | mercredi* | garde d'enfant* | échange de jour | tour |
        tours | service coupé | récup* | astreinte* | du jour au lendemain | planifi* | vie de famille |
        mes enfants | ma fille | mon fils
    """,
    "objectifs_pression": """
        objectif* | pression | chiffre | chiffres | quota* | challenge* | indicateur* | classement* |
        vente forcée | vendre | durée moyenne | dmt | dmc | ventes | script* | placer | statistique* |
        stat | stats | rentabilité | performance* | tableau | en rouge | note* de satisfaction | nps |
        enquête* | chrono* | minutée | minutes par appel | prime sur | taux | relances sortantes |
        produit du mois | assurance* à placer | équipement* | commercial* | concours |
        rester dans les temps | compteur | résultats | panier moyen | cartes à faire | benchmark |
        comparaison | podium | rendement
    """,
    "communication_changement": """
        communication | prévenu* | prévenir | informé* | informer | informations | annonc* | changement* |
        réorganisation* | réorga* | on apprend | apprend | apprendre par | appris par | sans nous prévenir |
        sans prévenir | note de service | réunion* d'information | être au courant | au courant |
        nouveautés | nouvelle offre présentée | avant les clients | avant nous | fusion* | plan |
        plan social | avenir | visibilité | où on va | incertitude* | rumeur* | presse | organigramme |
        déménagement | on découvre | découvre* | dernière minute | éléments de langage | consigne* | mémo |
        briefing | brief | briefé* | lancement | expliqu* | transparen* | consult* | décidé sans |
        mis devant le fait
    """,
    "autonomie": """
        autonomie | autonome* | latitude | marge de manœuvre | initiative* | carte blanche |
        geste commercial | gestes commerciaux | décider | décide* | confiance | liberté | main sur |
        la main | délégation* | débloquer | pas le droit | le droit de | n'ai pas le droit | peux pas |
        ne peut rien | rien faire | rembourser sans | sans demander | demander l'accord | accord de |
        laisser choisir | choisir comment | discernement | imposer | m'imposer | script* | plafond* |
        faire confiance | responsabilis* | annuler d'un clic | aucun moyen | arranger | bon sens | moi-même
    """,
    "reconnaissance_remuneration": """
        reconnaissance | salaire* | prime | primes | rémunér* | augmentation | augmenté* | payé | payés |
        payée | payées | paye | paie | payer correctement | smic | intéressement | participation |
        un merci | merci de temps en temps | reconnu* | valoris* | considérée* | considéré* |
        considération | félicit* | bravo de | bons d'achat | chèque* | ticket* resto* | tickets restaurant |
        mutuelle | coefficient* | pouvoir d'achat | loyer | euros net | gagne | fin de mois | fins de mois |
        13e mois | treizième mois | remarqu* | bons qu'à | oublié* | cadeau* | mug | chocolats |
        récupérées | avantages
    """,
    "evolution": """
        évolution* | évoluer | évolué | promotion interne | promu* | promue* | carrière | mobilité |
        mobilités | postul* | candidat* | perspective* | mutation* | vae | poste de | postes de |
        postes ouverts | autre poste | changer de poste | changer de métier | en interne | internes |
        passer référent* | passer chef* | passer agent | passer conseiller | coefficient |
        voir autre chose | tourner en rond | stagn* | plafonn* | reclass* | concours interne |
        agent de maîtrise | place* au siège | toujours les mêmes | grade | échelon* | reconver* |
        référente ce
    """,
    "rien": """
        ras | rien à dire | rien à signaler | rien à ajouter | rien de spécial | néant | sans commentaire |
        rien de particulier | pas d'idée | pas d'avis | tout roule | tout va bien | sans histoire |
        pas de commentaire | aucune remarque | pas de remarque | continuez | bonne continuation |
        rien de plus | rien de neuf | rien à redire | rien à déclarer | comme d'habitude | idem | nada
    """,
    "autre": """
        questionnaire* | anonym* | tenue | pantalon | cantine | syndicat* | élections | écolog* | gaspill* |
        tri | vélo* | poubelle*
    """,
}
