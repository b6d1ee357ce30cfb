"""Words of the moments that the starters name, by the code of the moment: a beginning that a company edits.

Written as the keywords of themes, separated by ``|``. Data, not mechanism.
"""

from __future__ import annotations

from typing import Final


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


KEYWORDS: Final = {
    "recommendation": {
        "fr": _phrases("on m'a conseillé | recommandé par | bouche à oreille | un ami m'a | un proche m'a"),
        "en": _phrases("recommended by | a friend told | word of mouth"),
    },
    "compare": {
        "fr": _phrases("""
            compar* | comparateur* | devis | moins cher ailleurs | étude comparative | éligibilité
        """),
        "en": _phrases("compar* | quote | quotes | cheaper elsewhere"),
    },
    "join": {
        "fr": _phrases("""
            souscri* | adhésion | adhér* | inscription | nouveau contrat | ouverture de compte | ouvrir
            un compte | nouvel abonnement | m'abonner | signature du contrat | viens de signer
        """),
        "en": _phrases("joined | signed up | sign up | opened an account | new contract | subscribed"),
    },
    "first_claim": {
        "fr": _phrases("""
            déclar* un sinistre | déclaration de sinistre | déclaré mon sinistre | premier sinistre |
            accident | dégât des eaux | bris de glace | vol de ma voiture | cambriol* | incendie |
            dépann* | remorqu*
        """),
        "en": _phrases("""
            declared a claim | reported a claim | first claim | accident | breakdown | burglary | water
            damage
        """),
    },
    "claim_follow_up": {
        "fr": _phrases("""
            expert* | expertise | indemnis* | dossier sinistre | dossier de sinistre | mon sinistre
            depuis | réparation* | garage agréé | depuis mon sinistre | remboursement de mon sinistre |
            vétusté
        """),
        "en": _phrases("loss adjuster | settlement | compensation | repairs | my claim since"),
    },
    "premium_notice": {
        "fr": _phrases("""
            échéance | avis d'échéance | augmentation | hausse | augmenté | cotisation* augment* |
            nouveau tarif | majoration
        """),
        "en": _phrases("renewal notice | premium increase | price increase | went up"),
    },
    "reach_adviser": {
        "fr": _phrases("""
            joindre | injoignable* | attente téléphon* | minutes d'attente | heure d'attente | standard
            | ne répond* | personne ne répond | ne décroche* | serveur vocal | plateforme téléphonique
        """),
        "en": _phrases(
            "reach anyone | on hold | nobody answers | no answer | waiting on the phone | hung up"
        ),
    },
    "complaint": {
        "fr": _phrases("""
            réclamation* | médiateur | litige | plainte | contestation | contest* | lettre recommandée |
            mise en demeure | service réclamation*
        """),
        "en": _phrases("complaint* | complained | ombudsman | dispute"),
    },
    "bereavement": {
        "fr": _phrases("""
            décès | décéd* | deuil | succession | obsèques | veuve | veuf | capital décès | notaire
        """),
        "en": _phrases("death | died | bereavement | funeral | estate | widow"),
    },
    "give_opinion": {
        "fr": _phrases("enquête de satisfaction | questionnaire | donner mon avis"),
        "en": _phrases("survey | my review"),
    },
    "sponsor": {
        "fr": _phrases("parrain* | parraine | filleul*"),
        "en": _phrases("referral | refer a friend | referred"),
    },
    "cancel": {
        "fr": _phrases("""
            résili* | résiliation | clôtur* | fermer mon compte | rétractation | quitter | lettre de
            résiliation
        """),
        "en": _phrases("cancel* | close my account | closing my account"),
    },
    "loan": {
        "fr": _phrases("prêt | crédit | emprunt* | prêt immobilier | taux"),
        "en": _phrases("loan | mortgage | credit"),
    },
    "fraud": {
        "fr": _phrases("fraud* | piratage | piraté* | hameçonnage | phishing | escroqué*"),
        "en": _phrases("fraud* | hacked | phishing"),
    },
    "fees": {
        "fr": _phrases("frais | agios | découvert | commission* d'intervention"),
        "en": _phrases("fees | overdraft | charges"),
    },
    "payment_refused": {
        "fr": _phrases("paiement refusé | carte refusée | carte bloquée | virement refusé | carte avalée"),
        "en": _phrases("payment refused | card declined | card blocked | transfer refused"),
    },
    "adviser_change": {
        "fr": _phrases("""
            changé de conseiller | changement de conseiller | nouveau conseiller | nouvelle conseillère
            | conseiller* différent*
        """),
        "en": _phrases("new adviser | changed adviser | different adviser"),
    },
    "installation": {
        "fr": _phrases("raccord* | installation | fibre | technicien | mise en service"),
        "en": _phrases("installation | technician"),
    },
    "outage": {
        "fr": _phrases("panne* | coupure* | plus d'internet | plus de réseau | dysfonctionn*"),
        "en": _phrases("outage | down | no network"),
    },
    "bill": {
        "fr": _phrases("facture* | facturé* | hors forfait | surfactur*"),
        "en": _phrases("bill | billed | invoice"),
    },
    "delivery": {
        "fr": _phrases("livraison* | livré* | colis | livreur | point relais"),
        "en": _phrases("delivery | delivered | parcel"),
    },
    "return": {
        "fr": _phrases("retour produit | retourner | rapporter | échange* | rembours*"),
        "en": _phrases("return | exchange | refund"),
    },
    "repair": {
        "fr": _phrases("réparation* | réparer | sav | garantie | panne"),
        "en": _phrases("repair* | warranty"),
    },
    "checkout": {
        "fr": _phrases("caisse* | file d'attente | caissière | caissier"),
        "en": _phrases("checkout | till | queue | cashier"),
    },
    "disruption": {
        "fr": _phrases("retard* | perturbation* | annulé* | grève | supprimé*"),
        "en": _phrases("delay* | cancelled | strike"),
    },
    "inspection": {
        "fr": _phrases("contrôleur* | contrôle | amende* | verbalis* | procès verbal"),
        "en": _phrases("inspector* | fine | fined"),
    },
    "lost_item": {
        "fr": _phrases("objet perdu | objets trouvés | perdu mon sac | oublié mon"),
        "en": _phrases("lost property | lost my | left my"),
    },
    "refund": {
        "fr": _phrases("rembours* | dédommag* | compensation"),
        "en": _phrases("refund* | compensation"),
    },
}
