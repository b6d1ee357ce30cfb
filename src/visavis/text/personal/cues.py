"""What is around a name: titles, words that introduce, words that follow, and what is no name."""

from __future__ import annotations

import re
from typing import Final

from visavis.text.personal.letters import listed

TITLES: Final = listed(
    "m mr mme mlle monsieur madame mademoiselle maitre me dr docteur mrs ms miss mister pr professeur"
)
PARTICLES: Final = listed(
    "de du d le la da dos do das van von el al ben bel ould mac mc o di del della lo st saint ter des"
)
_FAMILY: Final = (
    r"mari|femme|pere|mere|fils|fille|frere|soeur|so.ur|amie?|compagnon|compagne|conjointe?|epoux|epouse"
    r"|voisine?"
    r"|oncle|tante|neveu|niece|cousine?|papa|maman|grand[ -]?(?:mere|pere)|be(?:au|lle)[ -]?(?:pere|mere"
    r"|frere"
    r"|soeur|fils|fille)|enfant|bebe|tutrice|tuteur|secretaire|notaire|avocate?|expert|courtiere?|garagiste"
    r"|stagiaire|apprentie?|employee?|receptionniste|responsable|chargee? de clientele|chef d'agence"
    r"|patronne?"
    r"|infirmiere?|reparateur|depanneur|livreur|plombier|artisan"
)
_STAFF: Final = (
    r"conseill(?:er|ere)s?(?: clientele| commerciale?)?,?(?: nommee?| prenommee?| du nom de| qui s'appelle)?"
    r"|interlocut(?:eur|rice)|gestionnaire|collaborat(?:eur|rice)|collegue|technicienn?e?|direct(?:eur|rice)"
    r"|commerciale?|hotesse|teleconseill(?:er|ere)|operat(?:eur|rice)|assistante?|vendeu(?:r|se)"
    r"|technicienn?e? envoyee?"
)
INTRODUCERS: Final = (
    r"merci(?: beaucoup| encore| infiniment| bien| tout particulierement| specialement)?,? a"
    r"|remercie(?:r|ments)?(?: encore| beaucoup| vivement| tout particulierement| sincerement| infiniment)?"
    r"(?: a)?|bravo(?: a| et merci a)?|felicitations? a|mention speciale (?:a|pour)|chapeau a"
    r"|coup de coeur (?:a|pour)|j ?'? ?ai eu|eu affaire a"
    r"|(?:tres )?bien (?:conseillee?|recue?|accueillie?|renseignee?) par|recue? par|accueillie? par"
    r"|suivie? par"
    rf"|{_STAFF}"
    r"|cordialement|salutations|bien a vous|bien cordialement|signee?|signature|m'appelle|s'appelle|ma?pelle"
    r"|(?:pre)?nommee?|mon nom est|du nom de|de la part de|grace a|aupres de|echange(?:r)? avec"
    r"|parle(?:r)? (?:a|avec)|contact avec|gere par|traite par|au nom de"
    r"|thanks?(?: you| a lot| so much)?,?(?: to)?|spoke (?:to|with)|talked to|named|called|my name is"
    r"|i am|regards|sincerely|advis[eo]r|agent|representative|colleague|manager|well done|kudos to"
    r"|helped by|served by"
)
#: What ends a letter or thanks may stand a line above; what says who somebody is stands right before.
_CLOSING: Final = (
    r"merci|cordialement|salutations|bien a vous|remercier?|signee?|signature|regards|sincerely|thanks"
)
INTRODUCED: Final = re.compile(
    rf"(?:^|[^a-z])(?:(?:{INTRODUCERS})[ ,:(\-]{{0,4}}|(?:{_CLOSING})[ ,:.!(\n\-]{{1,5}})$"
)
#: What stands before a capital that no list knows: enough with it, too little without.
_BEFORE_CAPITAL: Final = (
    r"merci|merci beaucoup|bravo|bonjour|bonsoir|salut|coucou|hello|chere?|avec|felicite|(?:conseille"
    r"|renseigne|aide|contacte|rappele|guide|servi|appele)e?s? par|recommande(?: vivement)?"
    r"|surtout(?: pas)?|demande[rz]?(?: surtout pas| pas)?(?: a)?|passe|ici|je suis|moi c'est|denommee?"
    r"|titulaire(?: du contrat)?|beneficiaire|souscript(?:eur|rice)|assuree?|adherente?|une? certaine?"
    r"|signataire"
    r"|(?:reponse|accueil|message|appel|mail|courrier|aide|conseils?|ecoute|gentillesse|patience|retour"
    r"|attitude"
    r"|efficacite|professionnalisme|disponibilite|incompetence|contrat|dossier|part|nom|soutien|amabilite"
    r"|travail|intervention|visite|comportement|propos|promesse|depart|absence|remplacement) de"
    r"|(?:dit|dire|ecrit|ecrire|adresse[rz]?(?:[ -]vous)?|confie|transmis|repondu|confirme|envoye|laisse) a"
    r"|a l'attention de|cher monsieur|de chez vous"
    rf"|(?:mon|ma|notre|son|sa|leur|votre|une?|cette|ce|cet|le|la) (?:{_FAMILY})"
)
BEFORE_CAPITAL: Final = re.compile(rf"(?:^|[^a-z])(?:{_BEFORE_CAPITAL}|{INTRODUCERS})[ ,:(\-\"]{{0,4}}$")
#: What stands before a name in small letters that no list knows.
BEFORE_SMALL: Final = re.compile(
    r"(?:^|[^a-z])(?:merci (?:beaucoup |encore |bien )?a|bravo(?: a)?|grace a|j ?'? ?ai eu|recue? par"
    r"|de la part de|m'appelle|m'appel|s'appelle|au nom de|mon nom est|suivie? par|un grand merci a|collegue"
    r"|conseill(?:er|ere)|cordialement,?) $"
)
INTRODUCED_SMALL: Final = re.compile(
    r"\b(?:merci (?:beaucoup |encore |bien )?a|bravo(?: a)?|grace a|ai eu|recue? par|de la part de"
    r"|m'appelle|m'appel"
    r"|s'appelle|au nom de|mon nom est|suivie? par|collegue|conseill(?:er|ere)"
    r"|cordialement,?) (?:[a-z]\. |me? )?(?:(?:de|d[aou]|dos|des|l[ea]|el|ben|van|von) ){0,2}([a-z]{3,})"
)
#: What stands before a place, a firm or a thing.
BEFORE_THING: Final = re.compile(
    r"(?:^|[^a-z])(?:l[ae]s?|l'|d[eu]s?|d'|aux?|a|chez|loi|credit|agence|garage|groupe|region|cette|mon"
    r"|ma|une?|sur|sous"
    r"|en|entre|vers|contre|ou|site|dispositif|appli|application|societe|assurance|mutuelle|carte|produit"
    r"|offre) ?$|-$"
)
#: How words end that nobody is called, and, in small letters, what somebody is like.
NO_NAME: Final = re.compile(r"(?:ement|amment|emment|iez|ssez|erie|tions?|assur.*|.*assur|assurance)$")
VERB: Final = re.compile(r"(?:ait|aient|ables?|ibles?|iques?|ement|euses?)$")
ADJECTIVE: Final = re.compile(
    r"(?:euse|euses|ante|antes|able|ables|ible|ique|iques|ive|eux|ees|ee|es|eurs|ez|er|ait|aient|ons|oups"
    r"|ment|ions?)$"
)
#: Names that end in an accent even in small letters: marié is none.
ACUTE: Final = listed(
    "jose rene andre noe zoe chloe desire salome cleo theodore ke ose josue esme aglae circe"
)
AFTER_SMALL: Final = re.compile(
    r" ?(?:[,.!?;:)\n]|$)| (?:pour|au|qui|m'a|ma|est|rien|tres|super|et|jamais|a|de|du|en|depuis|merci"
    r"|toujours|je)\b"
)
#: Words of which one at least stands before an unknown name.
HINTS: Final = listed("""
    merci bravo remercie remercier cordialement salutations conseiller conseillere conseilleres
    conseillers appelle nomme nommee prenommee signe interlocuteur interlocutrice gestionnaire
    collegue directeur directrice felicitations thanks thank named regards sincerely advisor adviser
    eu grace nom name part suivi suivie recu recue appel
    """)
SHORT_TITLES: Final = ("M. ", "M ", "M.", "Me ", "Pr ", "Ms ")
#: Another capital, right beside one.
BESIDE: Final = re.compile(r"[ \-'’][A-ZÀ-Ý]")
BESIDE_BEFORE: Final = re.compile(r"(?<![^\W\d_])[A-ZÀ-Ý][^\W\d_]*[ \-'’]$")
#: A word with a capital.
CAPITAL: Final = re.compile(r"[A-ZÀ-ÝŠŽĞİŞ][^\W\d_]{2,}")
#: Before a first name, it is a place or a firm.
NOT_A_PERSON_BEFORE: Final = re.compile(
    r"(?:\bl ?'|\bsaint[e]?[ \-]|\bst[e]?[ \-]|\brue |\bavenue |\bplace |\bville de |\bagence (?:de |d')"
    r"|\b(?:tempetes?|cyclone|ouragan|intemperies|typhon|ile|seat|renault|transmissions?|transmission \("
    r"|teletrans[a-z]*|teletransmission \(|liaison|lien|norme|flux) )$"
)
NOT_A_PERSON_AFTER: Final = re.compile(
    r" ?(?:assurances?|mutuelle|banque|bank|insurance|auto\b|moto\b|sante\b)"
)
#: Surnames so common as words that they need a title or a capital.
ONLY_WITH_CAPITAL: Final = listed("""
    petit vu le de gros durant bris green aime bah vo bureau pires mai avril janvier dos leger
    courtois voisin noir fall la da mas dias an do
    ba sow ly mai bui li
    """)
#: Of whom streets, schools, airports and programmes bear the name: nobody a customer met.
PUBLIC: Final = re.compile(
    r"(?:julien courbet|charles de gaulle|jean mace|jean jaures|jean moulin|jean monnet|jules ferry"
    r"|jules verne|victor hugo|emile zola|anatole france|georges pompidou|georges clemenceau|pierre semard"
    r"|louis pasteur|marie curie|pierre et marie curie|leon blum|francois mitterrand"
    r"|emmanuel macron|nicolas sarkozy|francois hollande|jacques chirac|bruno le maire|elise lucet"
    r"|saint[ -]exupery|simone veil|ambroise pare|henri mondor|robert debre"
    r"|gustave roussy|salvador allende|nelson mandela|martin luther king|albert camus"
    r"|alexandre dumas|raymond devos|gilbert montagne|johann? zarco)\b"
)
#: Before "me", it is a pronoun, not an advocate.
BEFORE_ME: Final = listed("en il elle on ils elles qui vous ne tu nous cela ca va vont")
NEVER_AFTER_TITLE: Final = listed("vu le la de dos aime mai avril janvier durant pires bah et est qui a ou")
#: What somebody does, right after a name.
ACTS: Final = re.compile(
    r" (?:a (?:ete|su|pris|repondu|tres|bien|tout|fait|resolu|regle|gere|promis|refuse|dit|raccroche"
    r"|toujours|meme)"
    r"|m ?'? ?a|nous a|vous a|n'a pas|ne savait|me dit|me|m'avait|m'ont|s'est|s'occupe|qui (?:m'a|s'est|a"
    r"|est)"
    r"|etait|est (?:tres|vraiment|super|incompetente?|desagreable|adorable|gentille?|aimable|formidable"
    r"|au top|un"
    r"|une|toujours|arrivee?|absente?|efficace|professionnell?e?|competente?|injoignable|nulle?|geniale?)"
    r"|et son equipe|au top|ma (?:bien|dit|tres|rappele|repondu|aide|conseille)|n'est|ne m'a|ne repond)\b"
)
THEN_ACTS: Final = re.compile(rf"[a-z]+(?: [a-z]+){{1,3}}?{ACTS.pattern}")
#: Where a name in small letters ends for sure.
ENDS: Final = re.compile(
    r" ?(?:[,.!?;:)]|$)| (?:a|au|pour|ne|qui|m'a|ma|est|tres|super|rien|toujours|jamais) "
)
#: Before a thing, never before a first name.
NAMED_THING: Final = re.compile(r"\b(?:la|le|les|l|cette|ce|cet|ma|mon|sa|son|une?|en|notre|votre) ?'? ?$")
WORD: Final = re.compile(r"[a-z]+")
GAP: Final = re.compile(r" {1,2}|[\-']| ?- ?")
#: First names that firms bear.
AT_FIRMS: Final = frozenset({"olivier", "alan", "april", "calypso"})
#: In a text that shouts, this share of the first characters is capitals, and capitals say nothing.
LOUD: Final = 0.4
SAMPLE: Final = 600
