"""What is around a name: titles, words that introduce, words that follow, and what is no name."""

from __future__ import annotations

import re
from typing import Final

from visavis.text.personal.letters import listed

TITLES: Final = listed(
    "m mr mme mlle monsieur madame mademoiselle maitre me dr docteur mrs ms miss mister pr professeur"
)
PARTICLES: Final = listed(
    "de du d le la da dos do das van von el al ben bel ould mac mc o di del della lo st saint"
)
INTRODUCERS: Final = (
    r"merci(?: beaucoup| encore| infiniment| bien| tout particulierement| specialement)?,? a"
    r"|remercie(?:r|ments)?(?: encore| beaucoup| vivement| tout particulierement| sincerement| infiniment)?"
    r"(?: a)?|bravo(?: a| et merci a)?|felicitations? a|mention speciale (?:a|pour)|chapeau a"
    r"|coup de coeur (?:a|pour)|j ?'? ?ai eu|eu affaire a"
    r"|(?:tres )?bien (?:conseillee?|recue?|accueillie?|renseignee?) par"
    r"|conseill(?:er|ere)s?(?: clientele| commerciale?)?,?(?: nommee?| prenommee?| du nom de| qui s'appelle)?"
    r"|cordialement|salutations|bien a vous|bien cordialement|signee?|m'appelle|s'appelle"
    r"|(?:pre)?nommee?|mon nom est|du nom de|interlocut(?:eur|rice)|gestionnaire|collaborat(?:eur|rice)"
    r"|collegue|technicienn?e?|direct(?:eur|rice)|commerciale?|hotesse|teleconseill(?:er|ere)"
    r"|operat(?:eur|rice)|assistante?|vendeu(?:r|se)|de la part de|grace a|aupres de|echange(?:r)? avec"
    r"|parle(?:r)? (?:a|avec)|contact avec|gere par|traite par"
    r"|thanks?(?: you| a lot| so much)?,?(?: to)?|spoke (?:to|with)|talked to|named|called|my name is"
    r"|i am|regards|sincerely|advis[eo]r|agent|representative|colleague|manager|well done|kudos to"
    r"|helped by|served by"
)
INTRODUCED: Final = re.compile(rf"(?:^|[^a-z])(?:{INTRODUCERS})[ ,:.!\n\-]{{0,4}}$")
#: Words of which one at least stands before an unknown name.
HINTS: Final = listed("""
    merci bravo remercie remercier cordialement salutations conseiller conseillere conseilleres
    conseillers appelle nomme nommee prenommee signe interlocuteur interlocutrice gestionnaire
    collegue directeur directrice felicitations thanks thank named regards sincerely advisor adviser
    eu grace nom name
    """)
SHORT_TITLES: Final = ("M. ", "M ", "M.", "Me ", "Pr ", "Ms ")
#: A word with a capital that does not begin the text.
CAPITAL: Final = re.compile(r"(?<=[\w,:.!\-] )[A-ZÀ-Ý][a-zà-ÿ]{2,}|\n[A-ZÀ-Ý][a-zà-ÿ]{2,}")
#: Before a first name, it is a place or a firm.
NOT_A_PERSON_BEFORE: Final = re.compile(
    r"(?:\bl ?'|\bsaint[e]?[ \-]|\bst[e]?[ \-]|\brue |\bavenue |\bplace |\bville de |\bagence (?:de |d'))$"
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
NEVER_AFTER_TITLE: Final = listed("vu le la de dos aime mai avril janvier durant pires bah et est qui a ou")
#: What somebody does, right after a name.
ACTS: Final = re.compile(r" (?:a (?:ete|su|pris|repondu|tres|bien|tout)|m ?'? ?a|nous a|n'a pas|ne savait)\b")
THEN_ACTS: Final = re.compile(rf"[a-z]+(?: [a-z]+){{1,3}}?{ACTS.pattern}")
#: Where a name in small letters ends for sure.
ENDS: Final = re.compile(r" ?(?:[,.!?;:)]|$| a | au | pour | ne | qui | m'a | est )")
#: Before a thing, never before a first name.
NAMED_THING: Final = re.compile(r"\b(?:la|le|les|l|cette|ce|cet|ma|mon|sa|son|une?|en|notre|votre) ?'? ?$")
WORD: Final = re.compile(r"[a-z]+")
GAP: Final = re.compile(r" {1,2}|[\-']| ?- ?")
#: First names that firms bear.
AT_FIRMS: Final = frozenset({"olivier", "alan", "april", "calypso"})
#: In a text that shouts, this share of the first characters is capitals, and capitals say nothing.
LOUD: Final = 0.4
SAMPLE: Final = 600
