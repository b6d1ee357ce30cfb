"""Small taxonomies for tests: what customers of a mutual insurer speak of, and what its employees do.

The slugs are those of the gold sets of ``../shared/data/understand``. Keywords and examples are written here,
but for the examples of the starters, which stand in for those of the themes that they come nearest to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources

from tests.text.echo_words import ECHO, HEARD
from tests.text.sector_words import CUSTOMER, EMPLOYEE
from visavis.text import Taxonomy, ThemeSpec

__all__ = ["CUSTOMER", "EMPLOYEE", "customers", "echoes", "employees", "taxonomy"]

SECTORS = ("insurer", "bank", "retail", "telecom", "transport")
#: Theme of a starter -> theme of the gold set whose examples it gives.
OF_CUSTOMERS = {
    "reach.voice_server": "joignabilite",
    "reach.waiting": "joignabilite",
    "reach.adviser": "joignabilite",
    "handling.kindness": "accueil_amabilite",
    "handling.listening": "ecoute_empathie",
    "handling.competence": "competence_conseil",
    "handling.taking_charge": "resolution",
    "clarity.explanations": "clarte_information",
    "clarity.letters": "courriers_documents",
    "clarity.premium_change": "augmentation_tarif",
    "follow_up.claim": "sinistre_expertise",
    "follow_up.delay": "delai_traitement",
    "follow_up.repetition": "suivi_dossier",
    "follow_up.single_contact": "suivi_dossier",
    "price.premium": "prix_tarif",
    "price.refund": "indemnisation_remboursement",
    "digital.account": "site_appli",
    "digital.app": "site_appli",
    "product.cover": "garanties_couverture",
    "product.joining": "souscription",
    "product.leaving": "resiliation",
}
OF_EMPLOYEES = {
    "tools.main_tool": "outils",
    "tools.claims_tool": "outils",
    "tools.knowledge_base": "outils",
    "tools.workstation": "outils",
    "work.leeway": "autonomie",
    "work.information": "communication_changement",
    "work.place": "environnement_teletravail",
    "planning.schedules": "planning",
    "planning.late_changes": "planning",
    "planning.breaks": "charge_pauses",
    "team.recognition": "reconnaissance_remuneration",
    "team.mutual_help": "ambiance_entraide",
    "team.manager": "management_soutien",
    "load.workload": "charge_pauses",
    "load.emotional": "clients_difficiles",
    "load.targets": "objectifs_pression",
    "growth.training": "formation",
    "growth.meaning": "sens_fierte",
}
#: Examples of what employees say, for themes that starters do not have or say otherwise.
SAID = {
    "process": [
        "Le dossier fait l'aller-retour entre trois services avant de revenir chez moi.",
        "On redemande une pièce que la personne a déjà envoyée.",
        "Personne ne note rien, le suivant repart de zéro.",
        "La demande est fermée dans l'outil alors que rien n'est fait.",
        "Les attestations partent toujours en retard à la même saison.",
        "Trop d'étapes pour un simple changement d'adresse.",
        "Je transfère et je ne sais jamais ce que ça devient.",
        "Les règles de contrôle changent tous les mois.",
        "Il faut un formulaire papier, le scanner, puis renvoyer l'original.",
        "Une validation du siège pour chaque petit remboursement.",
        "Les retours clients ne remontent jamais au bon service.",
    ],
    "offre_clarte": [
        "Les clients ne comprennent rien à leur facture.",
        "La lettre de hausse est illisible, tout le monde appelle.",
        "On a promis aux gens un tarif qui n'existe plus.",
        "Les conditions de la remise sont cachées en bas de page.",
        "Nos prix affichés ne sont pas ceux qu'on encaisse.",
        "Le courrier dit une chose, le contrat une autre.",
        "L'augmentation est indéfendable, je n'ai rien à répondre.",
        "Des options ajoutées sans que personne ne les ait demandées.",
        "La notice est si compliquée que nous non plus ne la comprenons pas.",
        "L'espace client n'explique pas pourquoi c'est refusé.",
    ],
    "evolution": [
        "J'ai postulé quatre fois, on me dit chaque fois d'attendre.",
        "Promue référente ce mois-ci, très heureuse.",
        "Les postes intéressants vont toujours à des gens de l'extérieur.",
        "Dix ans au même poste, j'aimerais essayer autre chose.",
        "On m'a proposé de prendre un rayon, je fonce.",
        "Aucune perspective ici, je regarde ailleurs.",
        "Ma mutation est acceptée, merci.",
        "Pour monter il faut un diplôme que je n'ai pas.",
        "On me dit que je suis trop utile là où je suis.",
    ],
    "reconnaissance_remuneration": [
        "Six ans de maison et toujours au minimum.",
        "La prime a été divisée par deux sans explication.",
        "Les heures en plus ne sont jamais payées.",
        "Avec ce que je gagne, je ne peux plus me loger près du travail.",
        "Un cadeau publicitaire en guise de prime, on a ri jaune.",
        "La participation de cette année fait du bien.",
    ],
    "rien": [
        "Rien à dire ce mois-ci.",
        "RAS",
        "Pas de commentaire.",
        "Tout va bien.",
        "Je n'ai rien à ajouter.",
        "Mois normal, rien de neuf.",
        "Rien de spécial à signaler.",
        "Idem que la dernière fois.",
        "Néant.",
        "Ni plainte ni remarque.",
    ],
    "autre": [
        "Le tri des déchets n'est pas fait.",
        "Est-ce vraiment anonyme, ce questionnaire ?",
        "La tenue gratte et taille mal.",
        "Il faudrait un abri pour les vélos.",
    ],
    "management_soutien": [
        "J'ai porté plainte seul, on ne m'a même pas demandé de mes nouvelles.",
        "On remonte les problèmes et personne ne nous répond.",
        "Là-haut personne ne sait ce qu'on fait.",
        "La cheffe est venue nous donner un coup de main pendant le rush.",
        "Mon supérieur a donné raison à l'agresseur pour avoir la paix.",
        "On me surveille comme une enfant.",
    ],
    "communication_changement": [
        "Les voyageurs savent avant nous.",
        "La fermeture de l'agence, je l'ai lue dans le journal.",
        "On lance la nouvelle offre lundi et personne ne nous l'a présentée.",
        "Personne ne nous dit ce que devient notre équipe.",
        "Le site nous a prévenus la veille pour le lendemain.",
    ],
    "autonomie": [
        "Quand j'ai la main, tout le monde repart content.",
        "Je pourrais arranger les choses d'un clic si on me laissait.",
        "On ne nous fait pas confiance pour rendre dix euros.",
        "Nous interdire tout geste, c'est perdre des gens fidèles.",
        "Pouvoir m'adapter à la personne au lieu de réciter.",
    ],
    "charge_pauses": [
        "Pas le temps de boire un verre d'eau.",
        "Je cours d'une machine à l'autre toute la journée.",
        "Plus de monde le lundi matin, par pitié.",
        "Je suis vidée, je ne parle plus à personne en rentrant.",
        "L'équipe fond et le travail reste.",
        "Depuis que nous sommes au complet, on respire.",
    ],
    "clients_difficiles": [
        "Des râleurs, mais rien de méchant.",
        "Il m'a attrapée par le bras.",
        "Pouvoir mettre fin à un appel quand on nous injurie.",
        "Les gens sont à cran avec cette histoire.",
        "Un agent de sécurité le soir, s'il vous plaît.",
        "Des personnes en larmes au bout du fil tous les jours.",
    ],
    "sens_fierte": [
        "Voir quelqu'un repartir avec le sourire, ça n'a pas de prix.",
        "Je déconseille à mes proches ce que je vends.",
        "Je me sens à ma place ici.",
        "Les mots gentils des usagers me portent.",
        "Je suis venu pour conseiller et je ne conseille plus.",
    ],
    "formation": [
        "Deux heures pour apprendre un métier, c'est se moquer.",
        "Je n'étais pas préparée à ce genre d'appel.",
        "J'ai demandé un stage, j'attends encore.",
        "Certification obtenue grâce au tuteur.",
        "J'aimerais une remise à niveau.",
    ],
    "objectifs_pression": [
        "Le tableau des ventes est affiché en salle de pause.",
        "On nous compare les uns aux autres chaque matin.",
        "On clôture les appels pour tenir la durée.",
        "Ce qui compte c'est de placer la carte, pas d'aider.",
        "La note de satisfaction me fait perdre ma prime pour un retard dont je ne suis pas responsable.",
    ],
    "outils": [
        "Quel plaisir, ce nouveau scanner.",
        "L'écran se fige au pire moment.",
        "Je réponds de mémoire parce que la page ne charge pas.",
        "Le casque grésille.",
        "Tout est tombé mardi, impossible de travailler.",
        "Il faudrait un seul outil au lieu de quatre.",
    ],
    "planning": [
        "Savoir mes repos plus tôt, j'ai des enfants.",
        "Une coupure de quatre heures au milieu de la journée.",
        "Mes vacances ont été refusées.",
        "Trois dimanches de suite.",
        "Les horaires fixes m'ont changé la vie.",
    ],
    "environnement_teletravail": [
        "On gèle à l'accueil.",
        "Les vestiaires sont neufs, bravo.",
        "À la maison je suis deux fois plus efficace.",
        "La lumière et le bruit me donnent mal à la tête.",
        "Pas d'eau chaude ni de toilettes propres au terminus.",
        "Un bureau fermé pour les conversations délicates.",
    ],
    "ambiance_entraide": [
        "Mes collègues me font tenir.",
        "On se dépanne entre nous sans compter.",
        "L'ambiance est lourde, des petits groupes se sont formés.",
        "On rit beaucoup malgré tout.",
        "Avant on s'aidait, maintenant chacun protège ses affaires.",
    ],
}


def taxonomy(keywords: Mapping[str, str], examples: Mapping[str, Sequence[str]] | None = None) -> Taxonomy:
    """A flat taxonomy from keywords separated by ``|``."""
    said = examples or {}
    return Taxonomy(
        [
            ThemeSpec(
                slug,
                None,
                {"fr": [" ".join(one.split()) for one in words.split("|") if one.strip()]},
                {"fr": said.get(slug, [])},
            )
            for slug, words in keywords.items()
        ]
    )


def customers() -> Taxonomy:
    """The themes of customers, with keywords and examples."""
    return taxonomy(CUSTOMER, borrowed(OF_CUSTOMERS, SECTORS[:1]))


def echoes() -> Taxonomy:
    """What of employees' words customers feel too, with keywords and examples."""
    return taxonomy(ECHO, HEARD)


def employees() -> Taxonomy:
    """The themes of employees, with keywords and examples."""
    examples = borrowed(OF_EMPLOYEES, SECTORS)
    slugs = sorted({*examples, *SAID})
    return taxonomy(EMPLOYEE, {slug: [*examples.get(slug, []), *SAID.get(slug, [])] for slug in slugs})


def borrowed(themes: Mapping[str, str], sectors: Sequence[str]) -> dict[str, list[str]]:
    """The French examples of starters, each once, under the themes that they are mapped to."""
    found: dict[str, list[str]] = {}
    for sector in sectors:
        folder = resources.files("visavis.moments.references").joinpath("starters")
        content = json.loads(folder.joinpath(f"{sector}.json").read_text("utf-8"))
        for leaf in (leaf for top in content["themes"] for leaf in top["children"]):
            if leaf["code"] in themes:
                mine = found.setdefault(themes[leaf["code"]], [])
                mine += [text for text in leaf["examples"]["fr"] if text not in mine]
    return found
