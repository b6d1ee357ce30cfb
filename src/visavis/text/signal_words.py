"""How customers say that they are leaving, that they wait for a call, that they ask again.

Classes of folded words and rules over them, in the notation of ``patterns``. Data, not mechanism.
"""

from __future__ import annotations

from typing import Final

from visavis.core.words import Signal
from visavis.text.patterns import Rule

CLASSES: Final = {
    "I": "j je nous on ns",
    "WILL": """
        vais allons veux voulons voudrais souhaite souhaitons souhaiterais compte comptons pense pensons
        envisage envisageons prefere preferons decide prevois demande vai want will going ll am m
    """,
    "LEAVE": """
        resilie= resilier resilions resilierai resilierons resilierais quitte= quitter quittons quitterai
        quitterons cloture= cloturer cloturons desabonne= desabonner pars= partir partons partirai
        partirons barre= casse= retracter retirer changer change= changeons changerai changerons fermer
        ferme= cancel leave leaving switch switching cancelling canceling
    """,
    "LEFT": "resilie= quitte= parti= partie= change= cloture= retracte= cancelled canceled left switched",
    "SHALL_LEAVE": "resilierai resilierons partirai partirons quitterai quitterons changerai changerons",
    "CANCEL": "resiliation resiliations retractation cloture= desabonnement",
    "OWN": "ma mon mes notre nos envoye envoyee formulaire resultat demandons my",
    "HAVE": "ai avons viens suis sommes have ve",
    "PASSIVE": """
        suis m ete etre ont avez a me etais invite invitee vous difficile complique impossible
        proposer
    """,
    "NAME": "appelle= resume=",
    "GO": """
        aller irai vais allez voir allons irons pars partir parti partie partirai partis cherche chercher
        regarder trouver trouve passez passe passer assurer reassurer reassure souscrire souscris devis
        ira part restez fuir go look going switch
    """,
    "ELSEWHERE": "ailleurs elsewhere",
    "RIVALS": "concurrence concurrent concurrents competition competitor competitors",
    "OTHER": "autre nouvelle nouvel another",
    "FIRM": """
        assureur assurance assurances compagnie mutuelle banque operateur cremerie fournisseur prestataire
        insurer bank provider
    """,
    "SEEK": """
        cherche chercher trouver prendre souscrire choisir preferer pris choisi changer change= tourner
        tournez choisissez prenez cherchez
    """,
    "FLEE": "fuyez fuyer fuyes fuir fuire evitez proscrire deconseille= deconseiller avoid flee",
    "TO": "a absolument to",
    "SHUN": "eviter bannir oublier",
    "LOST": "perdu perdez perdre perd perdrez lost losing lose",
    "CLIENT": "client cliente customer",
    "NEVER": "jamais never",
    "MORE": "plus again",
    "RENEW": "renouvel* reconduir* renew",
    "NOT_GO": "allez venez souscrivez restez signez",
    "NE": "n ne",
    "FOR": "en d y",
    "AWAY": "partir tirer sortir",
    "EVERY": "tous chaque toutes every",
    "DAY": "jours jour semaine semaines matins matin heures days",
    "TO_ME": "me moi m nous us",
    "CALL_ME": """
        rappeler contacter recontacter joindre appeler repondre rappele contacte recontacte rappelle=
        rappelee= contactee= recontactee= indiquer dire renseigner confirmer informer tenir preciser
        expliquer call contact answer reply respond
    """,
    "CALL": """
        rappelez contactez recontactez appelez joignez repondez rappeler contacter recontacter call
        contact reply
    """,
    "PLEASE": """
        merci pouvez pourriez pourrez souhaite souhaiterais souhaiterai voudrais aimerais aimerai veuillez
        svp priere prie attente attends please can could
    """,
    "BEG": "merci veuillez priere prie please",
    "CAN": "pouvez pourriez pourrez can could",
    "YOU": "vous you",
    "IS_IT": "ce",
    "RIGHT": "normal exact legal possible",
    "WISH": """
        souhaite souhaitons souhaiterais souhaiterions voudrais voudrions aimerais aimerions aimerai
        attends want
    """,
    "BE": "etre d",
    "LONG_FOR": "attends attente attendons espere espoir waiting wait",
    "WORD": "reponse reponses appel retour rappel geste explications explication answer call reply",
    "MEET": "contact rendez rappel",
    "KNOW": "savoir comprendre connaitre know",
    "BROKEN": """
        devait devaient doit promis jamais personne sans incapable capable promettent aurait devrait
        nobody
    """,
    "MANY": """
        plusieurs nombreux nombreuses multiples maintes moult innombrables quantite x ixieme enieme nieme
        several many multiple dizaine dizaines vingtaine
    """,
    "TWO": "deux trois quatre cinq six sept huit neuf dix quinze vingt 0 two three four five six",
    "NTH": """
        deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme dixieme enieme nieme ieme seconde
        second third fourth 0eme 0ieme 0e
    """,
    "CONTACT": """
        communication contact appel= appels mail mails message messages courrier courriers relance
        relances lettre lettres email emails courriel courriels reclamation reclamations recommande=
        recommandes coups sms calls messages telephoniques demandes relancer reponses
    """,
    "TIMES": "fois reprise reprises reprise times",
    "CALLED": """
        appele= appeler appelle= appelee telephone= telephoner contacte= contacter relance= relancer
        relancee ecrit ecrire envoye= envoyer envoyees envoyes demande= demander rappele= rappeler
        renvoye= renvoyer reclame= reclamer explique expliquer called asked wrote essaie essaye essai
        tente tentons telephonez appelez appelons
    """,
    "AGAIN": """
        relance= relances relancer relancee relancons relancant relancait reexpliqu* rerappel* harceler
        chasing chased
    """,
    "RESEND": """
        renvoyer renvoye= renvoyes renvoyees rappeler rappele= rappelle= reexpedier redemander redemande
        reenvoyer
    """,
    "ALWAYS": "cesse toujours encore chaque constamment regulierement keep kept",
    "PERIOD": "semaine jours mois ans an annee weeks months days",
    "THAT": "que qu",
    "STILL": "toujours tjs still",
    "NOTHING": "aucune rien aucun pas sans nothing no",
    "NEWS": "nouvelle nouvelles solution suite",
    "EACH": "chaque each every",
    "MUST": "faut dois devons oblige obligee must",
    "DESPITE": "malgre despite",
}

RULES: Final = {
    Signal.CHURN: (
        Rule("I LEAVE", 2, "PASSIVE|NE", negated=False),
        Rule("I WILL LEAVE", 4, "NE", negated=False),
        Rule("WILL LEAVE FIRM", 4, negated=False),
        Rule("I HAVE LEFT", 2, "NAME", negated=False),
        Rule("SHALL_LEAVE", 2, "NE", negated=False),
        Rule("OWN CANCEL", 3),
        Rule("GO ELSEWHERE", 4),
        Rule("GO RIVALS", 5),
        Rule("SEEK OTHER FIRM", 4),
        Rule("FLEE", 1, negated=False),
        Rule("TO SHUN", 1, negated=False),
        Rule("LOST CLIENT", 3),
        Rule("MORE NEVER", 1),
        Rule("NEVER MORE", 1),
        Rule("NE RENEW", 3),
        Rule("NE NOT_GO", 1),
        Rule("FOR AWAY", 1, negated=False),
    ),
    Signal.CALLBACK: (
        Rule("PLEASE TO_ME CALL_ME", 4, "BROKEN"),
        Rule("WISH BE CALL_ME", 3, "BROKEN"),
        Rule("CALL TO_ME", 1, "BROKEN"),
        Rule("LONG_FOR WORD", 4, "BROKEN"),
        Rule("WISH KNOW|MEET", 4),
        Rule("BEG CALL_ME", 2, "BROKEN"),
        Rule("CAN YOU", 1, "BROKEN"),
        Rule("IS_IT RIGHT", 2),
    ),
    Signal.REPEAT: (
        Rule("MANY|TWO CONTACT", 2),
        Rule("MANY TIMES", 1),
        Rule("NTH CONTACT|TIMES", 2),
        Rule("CALLED MANY|TWO TIMES", 4),
        Rule("TWO TIMES CALLED", 4),
        Rule("AGAIN", 1),
        Rule("ALWAYS|MUST RESEND", 3),
        Rule("I HAVE RESEND", 2),
        Rule("EACH CONTACT", 2),
        Rule("PERIOD THAT I", 2),
        Rule("EACH TIMES THAT I", 3),
        Rule("CALLED EVERY DAY", 3),
        Rule("STILL NOTHING WORD|NEWS", 3),
        Rule("DESPITE CONTACT", 3),
        Rule("CONTACT NOTHING WORD", 2),
    ),
}
#: Where it happened: words of people and voices, words of screens.
WAYS: Final = {
    "I": "j je nous on ns",
    "PERSON": """
        conseiller= conseillere conseillers conseilleres interlocut* gestionnaire operateur= operateurs
        operatrice teleconseill* teleoperat* agent= agents personnel= employe= employee= employes
        collaborateur collaboratrice commerciale= commerciaux standard standardiste hotesse dame monsieur
        femme equipe courtier assistante directeur directrice plateforme plateau hotline bonhomme adviser
        advisor agents staff employee lady representative team somebody guichet agence guy
    """,
    "MANNER": """
        accueil acceuil accueilli accueillie accueillante accueillants ecoute aimable amabilite gentil
        gentille gentillesse sympa sympathique sympathie courtois courtoise courtoisie poli polie
        politesse serviable impoli malpoli hautain arrogant arrogance agressif agressive antipathique
        desagreable raccroche raccrocher raccrochent empathie souriant humain humaine cordial cordialite
        incorrect prevenant bienveillance bienveillant attentif attentive parlee parle= discute polite
        friendly rude helpful kind hung
    """,
    "REACHED": "telephone= telephonique telephoniques telephoner appele= appelee telephonez phone called",
    "PHONE": "appel appels appeler appelle= appelez rappeler rappelle= rappelez standard tel call calls",
    "ASKED": "demande= demander",
    "SPOKE": "repond= repondu dit= reponds reponse explique said told",
    "SERVICE": "service services assistance support",
    "CUSTOMERS": "client clients clientele consommateur customer",
    "SOMEBODY": "quelqu personne conseille interlocuteur humain les l somebody someone",
    "REACH": "joindre joignable injoignable reach",
    "FACE": "tchat chat bout fil",
    "SITE": """
        site sites appli application applications applis interface navigation telecharg* chatbot connexion
        connecter connecte= identifiant identifiants bug bugs bugue digital digitale smartphone
        dematerialis* ergonomi* electronique formulaire website app apps login password online numerique
    """,
    "ON": "en",
    "LINE": "ligne",
    "SPACE": "espace compte",
    "MINE": "client clients personnel adherent assure societaire ligne",
    "WEB": "internet web page pages formulaire formulaires net",
    "PASS": "mot",
    "WORD_": "passe",
    "FEW": "quelques quelque deux trois 0 few",
    "CLICKS": "clic clics click clicks clique= cliques clics",
    "BY": "via par leur votre",
}
WAY_RULES: Final = {
    Signal.RELATIONAL: (
        Rule("PERSON|MANNER|REACHED|FACE", 1),
        Rule("PHONE", 1, times=2),
        Rule("PHONE|ASKED SPOKE", 6),
        Rule("SERVICE CUSTOMERS", 2),
        Rule("I PHONE SOMEBODY", 2),
        Rule("REACH SOMEBODY|SERVICE|CUSTOMERS", 4),
    ),
    Signal.DIGITAL: (
        Rule("SITE", 1),
        Rule("ON LINE", 1),
        Rule("SPACE MINE", 1),
        Rule("WEB", 1, times=2),
        Rule("PASS WORD_", 2),
        Rule("FEW CLICKS", 3),
        Rule("BY WEB", 2),
    ),
}
