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
    ("even", "if"),
    ("apart", "from"),
)
#: Words that a keyword of several words may find between its own.
LINKS: Final = _words("""
    de du des d la le les l un une en a au aux et mon ma mes votre vos leur leurs son sa ses notre nos ce
    cette ces the of an my your our their to for and
""")
#: Words that an expression may be said with or without.
UNSAID: Final = _words("""
    je j tu il elle on nous vous ils elles ne n le la les l un une des du de d ai as a avons avez ont avait
    avais avaient avions aviez aurai aura auront ayant aie ait suis es est sommes etes sont etait etais
    etaient etions sera serait seront soit soient ete etre eu eue avoir fut me m te t se s y en ce c ca cela
    cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs que qu qui au aux vraiment
    franchement absolument honnetement sincerement strictement tres si aussi meme donc alors ici vrai
    reellement totalement completement entierement carrement juste clairement
""")
#: Numbers in letters; "un" is an article as well.
NUMERALS: Final = _words("""
    deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante
    cent mille
""")
#: Shorthand of telephones, and the word it stands for.
SHORTHAND: Final = _pairs("""
    pr=pour tt=tout ts=tous bcp=beaucoup bcps=beaucoup jms=jamais qd=quand pb=probleme pbs=problemes
    pblm=probleme tjs=toujours tjr=toujours tjrs=toujours stp=svp tel=telephone mm=meme ms=mais ds=dans
    ac=avec pk=pourquoi pq=pourquoi koi=quoi ke=que ki=qui pa=pas g=ai vs=vous ns=nous dc=donc
    mtn=maintenant ajd=aujourd qq=quelque qqn=quelqu tro=trop tps=temps grv=grave nn=non oki=ok
    slt=salut bjr=bonjour mrc=merci mci=merci kan=quand fo=faut vrmt=vraiment vrmnt=vraiment u=you
    thx=thanks pls=please plz=please gr8=great jai=ai jsui=suis jsuis=suis chui=suis chuis=suis cest=est
    cetait=etait cete=etait jveux=veux jvais=vais jvai=vais jpeux=peux jpeu=peux jme=me jmen=en
    jcrois=crois jadore=adore jatten=attends jattend=attends jattends=attends jcomprend=comprends
    jcomprends=comprends jrecommande=recommande jrecomande=recommande jresili=resilie jresilie=resilie
    jetais=etais jsais=sais jreviendrai=reviendrai jfais=fais jtrouve=trouve jretourne=retourne fai=fait
    fet=fait ri1=rien bi1=bien b1=bien kelk=quelque kelkun=quelqu qqun=quelqu kelkin=quelqu kel=quel
    kelle=quelle kil=il kils=ils kon=on kelles=elles pcq=parce pck=parce psk=parce parske=parce avc=avec
    avk=avec avek=avec ossi=aussi osi=aussi depui=depuis dpuis=depuis dps=depuis jamai=jamais
    toujour=toujours tjour=toujours tjrd=toujours ojourdui=aujourd aujourdui=aujourd auj=aujourd
    dmain=demain 2m1=demain mnt=maintenant maintenan=maintenant persone=personne prsone=personne
    persn=personne kom=comme cmt=comment coment=comment komen=comment vou=vous nou=nous tte=toute
    ttes=toutes ptit=petit pti=petit ptite=petite mtnt=maintenant oue=ouais msg=message msgs=messages
    repons=reponse reponce=reponse serviss=service servisse=service franchmt=franchement
    frchmt=franchement franchmen=franchement franchemen=franchement fransheman=franchement
    vraimen=vraiment vremen=vraiment nikel=nickel niquel=nickel nickl=nickel jenial=genial
    exelent=excellent excelent=excellent exellent=excellent excellant=excellent parfe=parfait
    parfai=parfait impecable=impeccable inpecable=impeccable inpeccable=impeccable efficasse=efficace
    efikace=efficace efficas=efficace eficace=efficace rapidemen=rapidement simpa=sympa sinpa=sympa
    jentil=gentil jentille=gentille genti=gentil contan=content conten=content contante=contente
    satisfe=satisfait acceuil=accueil acueil=accueil acceuill=accueil aceuil=accueil accueuil=accueil
    chapo=chapeau bravooo=bravo ereur=erreur erreure=erreur prblm=probleme pblem=probleme
    remboursemen=remboursement remboursment=remboursement rembourcement=remboursement atente=attente
    attante=attente attent=attente atendre=attendre attandre=attendre datente=attente atend=attends
    dosier=dossier factur=facture telephonne=telephone inadmisible=inadmissible
    innadmissible=inadmissible inadmissibl=inadmissible arnak=arnaque arnac=arnaque eskro=escroc
    escro=escroc onteu=honteux honteu=honteux onteux=honteux catastrof=catastrophe katastrof=catastrophe
    catastrofe=catastrophe cata=catastrophe pouri=pourri deplorabl=deplorable dessu=decu decut=decu
    injoignabl=injoignable mechan=mechant serieu=serieux cerieux=serieux nullissime=nul nullissimme=nul
    nullos=nul koncurence=concurrence apel=appel apeler=appeler apele=appele rapel=rappelle
    rapele=rappele raccroch=raccroche racroche=raccroche skils=qu ske=que sque=que tre=tres trs=tres
    lappli=appli lapli=appli dla=la dlappli=appli dsl=desole
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
