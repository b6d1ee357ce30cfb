"""How customers say that they are leaving, that they wait for a call, that they ask again.

Keywords in the notation of ``ThemeSpec``, separated by ``|``, written by hand. Data, not mechanism.
"""

from __future__ import annotations

from typing import Final

from visavis.core.words import Signal


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPOKEN: Final = {
    Signal.CHURN: {
        "fr": _phrases("""
            je résilie | vais résilier | veux résilier | souhaite résilier | compte résilier |
            résilie tout | ai résilié | résilier tous | résilier mes contrats | je pars | je quitte |
            vais quitter | je vais partir | vais changer | je change | changer d'assur* |
            changer d'assurance | changer de banque | changer de mutuelle | changer d'opérateur |
            changer de crémerie | aller voir ailleurs | vais voir ailleurs | voir ailleurs |
            aller ailleurs | irai ailleurs | vais ailleurs | partir ailleurs | pars ailleurs |
            la concurrence je | passe à la concurrence | partir à la concurrence | fuyez | fuyer | fuir |
            à fuir | à éviter | n'allez pas | allez voir ailleurs | passez votre chemin | évitez |
            éviter absolument | quitte cette | quitter cette | perdu un client | perdez un client |
            perdre un client | plus jamais | dernière année chez | clôturer mon compte | fermer mon compte |
            ferme mon compte | ferme mes comptes | chercher ailleurs | cherche ailleurs | devis ailleurs |
            regarder ailleurs | autre assureur | autre compagnie | autre mutuelle | autre banque |
            autre opérateur | autres assureurs | à proscrire | m'en vais | on s'en va | en partir |
            envoyé résiliation | formulaire de résiliation | ma résiliation | notre résiliation |
            retirer mes contrats | retirer contrats | reassure* plus | réassurerai | ne renouvel* |
            pas renouvel* | sur la concurrence | la concurrence | les concurrents | n'y retourn* |
            je me barre | je me casse | partirai | quitterai | résilierai | changerai | me désabonne |
            me désabonner | préfère partir | ne restez pas | déconseille | !ne résilie pas | !pas résilier |
            !ne changerai | !ne quitterai | !ne partirai | !pas changer
        """),
        "en": _phrases("""
            i am leaving | i m leaving | i will leave | i ll leave | cancel my | cancelling my |
            canceling my | i cancelled | close my account | closing my account | switch to | switching to |
            going elsewhere | go elsewhere | look elsewhere | avoid | stay away | run away | never again |
            lost a customer | losing a customer | changing provider | change provider | !not leaving |
            !not cancel*
        """),
    },
    Signal.CALLBACK: {
        "fr": _phrases("""
            rappelez moi | me rappeler | rappeler moi | contactez moi | contacter moi |
            merci de me contacter | pouvez vous me contacter | pouvez vous me rappeler |
            souhaite être rappelé | souhaite être contacté | souhaiterais être contacté |
            souhaiterais être rappelé | veux être rappelé | voudrais être rappelé | aimerais être rappelé |
            être recontacté | recontactez moi | me recontacter | attends votre appel |
            attente de votre appel | attente d'une réponse | attends une réponse | attends votre réponse |
            attente de votre réponse | attends un appel | répondez moi | merci de me répondre |
            me répondre | joignez moi | est ce exact | est ce normal | merci de m'indiquer |
            merci de me dire | pouvez vous | pourriez vous | voudrais savoir | aimerais savoir |
            souhaiterais savoir | entrer en contact | rentrer en contact | appelez moi |
            merci de m'appeler | merci de faire le nécessaire | dans l'attente | !sans me rappeler |
            !jamais me rappeler | !devait me rappeler | !devaient me rappeler | !doit me rappeler |
            !devait me recontacter | !incapable de me répondre | !sans me répondre | !promis de me rappeler
        """),
        "en": _phrases("""
            call me | call back | contact me | get back to me | waiting for your call |
            waiting for an answer | please respond | please reply | reply to me | !never call |
            !did not call | !didn t call | !nobody call*
        """),
    },
    Signal.REPEAT: {
        "fr": _phrases("""
            plusieurs fois | plusieurs appels | plusieurs mails | plusieurs relances | plusieurs reprises |
            plusieurs messages | plusieurs courriers | nombreux appels | nombreuses fois |
            nombreuses relances | nombreux mails | multiples appels | multiples relances |
            multiples reprises | maintes fois | maintes reprises | 0 appels | 0 mails | 0 messages |
            0 courriers | 0 relances | deux appels | trois appels | quatre appels | cinq appels |
            dix appels | deux messages | trois messages | trois mails | deux mails | quatre mails |
            deuxième message | troisième message | quatrième message | cinquième message | second message |
            deuxième appel | troisième appel | quatrième appel | deuxième fois | troisième fois |
            quatrième fois | énième fois | énième appel | énième message | 0ème message | 0ème appel |
            0ème fois | 0e fois | 0e appel | 0e message | 0 eme | relancé* | relancer | relance | relances |
            je relance | j'ai rappelé | ai rappelé | rappelle sans cesse | toujours rappeler |
            encore rappeler | à chaque appel | à chaque fois que j'appelle | je dois rappeler |
            faut rappeler | faut relancer | tout réexpliquer | réexpliquer | appels pour rien |
            semaines que j'appelle | jours que j'appelle | mois que j'appelle | semaines que j'essaie |
            mois que j'essaie | semaines que je | jours que je | mois que je | chaque communication |
            chaque contact | à chaque demande | malgré mes appels | malgré mes mails |
            malgré mes courriers | malgré mes demandes | appelé 0 fois | appelle 0 fois | téléphoné 0 fois |
            écrit 0 fois | appelle tous les jours | téléphonez tous les jours | appelé plusieurs |
            toujours aucune réponse | toujours pas de réponse | toujours aucune solution |
            toujours aucune nouvelle | mails sans réponse | messages sans réponse | renvoyé*
        """),
        "en": _phrases("""
            several times | many times | multiple times | several calls | many calls | multiple calls |
            three times | twice | 0 times | 0 calls | 0 emails | third time | second time | third message |
            second message | called again | keep calling | chasing | chased | again and again |
            repeat myself
        """),
    },
    Signal.RELATIONAL: {
        "fr": _phrases("""
            conseiller | conseillère | conseillers | conseillères | conseillé | interlocuteur |
            interlocutrice | interlocuteurs | téléphone | téléphonique | téléphoniques | appel | appels |
            appelé | appeler | accueil | agence | au guichet | personne au bout | au bout du fil |
            standard | hôtesse | opératrice | opérateur | télé*conseil* | dame | monsieur | madame |
            gestionnaire | collaborateur | collaboratrice | employé | employée | raccroch* | hotline |
            plateforme | commercial | commerciale | écoute | gentillesse | amabilité | aimable | aimables |
            sympathique | agréable au | courtois* | équipe | service client | rendez vous | échange |
            disponibilité
        """),
        "en": _phrases("""
            advisor | adviser | agent | agents | on the phone | called | call | spoke to | spoke with |
            staff | employee | rude | polite | friendly | helpful | lady | branch | representative |
            hung up | customer service
        """),
    },
    Signal.DIGITAL: {
        "fr": _phrases("""
            site | site internet | internet | en ligne | application | appli | applis | espace client |
            espace personnel | espace adhérent | mon compte en ligne | web | smartphone | numérique |
            connexion | me connecter | mot de passe | identifiant | page | formulaire |
            signature électronique | bug | bugs | bugue | télécharg* | chatbot | tchat | chat | clic |
            clics | digital | site web | interface | navigation | plateforme en ligne | !chat de |
            !mon chat | !site du sinistre
        """),
        "en": _phrases("""
            website | web site | online | app | application | log in | login | password | internet |
            chatbot | bug | click | digital | page
        """),
    },
}

#: Words that go as far as words go; which way is the model's to find.
EXTREME: Final = _words("""
    honteux honteuse honte scandale scandaleux scandaleuse arnaque arnaqueur arnaqueurs escroc escrocs
    escroquerie voleur voleurs vol catastrophe catastrophique inadmissible inacceptable lamentable
    deplorable pitoyable execrable infame horreur horrible fuyez fuir pire cauchemar degueulasse ecoeure
    ecoeurant revoltant intolerable abuse incompetents incompetent minable nullissime parfait parfaite
    parfaitement excellent excellente exceptionnel exceptionnelle formidable merveilleux merveilleuse
    genial geniale extraordinaire fantastique magnifique incroyable impeccable remarquable enchante
    enchantee ravi ravie irreprochable awful terrible disgrace disgraceful scam thieves fraud nightmare
    worst unacceptable shameful perfect amazing outstanding wonderful fantastic brilliant superb
    exceptional
""")
STRENGTHENERS: Final = _words("""
    tres vraiment toujours super top tellement extremement totalement bravo felicitations recommande very
    really always so totally highly
""")
SOFTENERS: Final = _words("""
    assez plutot relativement correct correcte moyen moyenne mouais bof quelque peu legerement okay ok
    decent fairly
""")
