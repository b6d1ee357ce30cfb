"""What the engine knows by hand about French and English: small words, no opinions.

Everything is folded (no accents, lower case). Data, not mechanism.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return {left: right for left, _, right in (pair.partition("=") for pair in text.split())}


#: Words that turn round the few words after them.
NEGATORS: Final = _words("""
    pas jamais rien aucun aucune aucunement nul nulle ni sans guere point nullement non plus moins zero pa
    jms not no never nothing nobody none without neither nor hardly barely cannot cant dont doesnt didnt
    wont isnt wasnt t
""")
#: Words that open a clause of another mind.
CONTRASTS: Final = _words("""
    mais cependant toutefois pourtant neanmoins sauf excepte excepter hormis dommage malheureusement helas
    bemol heureusement malgre quoique sinon but however although though except unfortunately despite yet
""")
#: The same in two words.
CONTRAST_PAIRS: Final = (
    ("par", "contre"),
    ("en", "revanche"),
    ("alors", "que"),
    ("tandis", "que"),
    ("bien", "que"),
    ("meme", "si"),
    ("seul", "bemol"),
    ("au", "lieu"),
    ("a", "part"),
    ("point", "negatif"),
    ("point", "positif"),
    ("even", "if"),
    ("apart", "from"),
)
#: Words that a keyword of several words may find between its own.
LINKS: Final = _words("""
    de du des d la le les l un une en a au aux et mon ma mes votre vos leur leurs son sa ses notre nos ce
    cette ces the of an my your our their to for and
""")
#: Shorthand of telephones, and the word it stands for.
SHORTHAND: Final = _pairs("""
    pr=pour tt=tout ts=tous bcp=beaucoup bcps=beaucoup jms=jamais qd=quand pb=probleme pbs=problemes
    pblm=probleme tjs=toujours tjr=toujours tjrs=toujours stp=svp tel=telephone mm=meme ms=mais ds=dans
    ac=avec pk=pourquoi pq=pourquoi koi=quoi ke=que ki=qui pa=pas g=ai vs=vous ns=nous dc=donc
    mtn=maintenant ajd=aujourd qq=quelque qqn=quelqu tro=trop tps=temps grv=grave nn=non oki=ok slt=salut
    bjr=bonjour mrc=merci mci=merci kan=quand fo=faut vrmt=vraiment vrmnt=vraiment u=you thx=thanks
    pls=please plz=please gr8=great
""")
#: The smallest words of each language; those of the others are there to be told apart.
SMALL_WORDS: Final = {
    "fr": _words("""
    le la les de des du un une et est en que qui pour pas dans sur avec ce cette ne se je j il elle nous
    vous ils mon ma mes votre vos au aux par plus mais ou son sa ses sont ai a ont suis etre avoir tres
    bien fait tout d l c qu n s m y on si rien sans trop merci bonjour depuis chez comme aussi meme
    toujours jamais leur leurs etait ete avez service prix ni quand alors encore aucun aucune personne
    fois jours bon bonne
    """),
    "en": _words("""
    the and is of to in it for you that this with was are be have has had not on my your our they their we
    i as at but so very from or an been were would will can could all me what there when which if about
    just good great no more them after never don thank thanks hello because service
    """),
    "other": _words("""
    el los las una por para con muy pero que y es no lo se del al mi su como der die das und ist nicht ich
    sie mit ein eine zu auf den dem von fur auch sehr wir aber il di che non per sono della molto gli nel
    uma nao com muito os as do da em foi mais het een niet en van ik zijn voor met maar heel ook ze wij
    och att jag det som inte nie jest na czy bardzo ve bir bu icin cok ama estoy gracias todo mucho danke
    gut grazie bene obrigado bom dank goed tak og ikke nunca siempre nada tiempo servicio vielen wieder
    seit immer keine kein habe haben wurde mein heeft alles snel erg nooit meer geen wacht servizio
    pessimo tutto nessuno sempre stato servico tudo ninguem pelo pela esta
    """),
}
