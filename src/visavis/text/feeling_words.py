"""Words of feelings and of force, folded, in the notation of ``patterns``. Data, not mechanism."""

from __future__ import annotations

from typing import Final

from visavis.text.patterns import Rule

FEELINGS: Final = {
    "FURY": """
        honteu* honte scandale scandaleu* arnaque* escroc* escroquerie voleur* vol= vols inadmissible*
        inacceptable* intolerable* revolt* scandalis* furieu* colere enerv* degueul* ecoeur* degout*
        infame* foutage fout= foutent moque= moquent moquer mensonge* menteur* mentent menti malhonnet*
        incompet* incapable* lamentable* deplorable* pitoyable* minable* honteusement abus* marre rage
        exaspe* excede= rallebol agace* insupportable* scam* thie* disgrace* disgust* furious angry
        outrage* liar* crook* unacceptable shame* bandit* fuyez fuir nul nulle nuls nulles nullissime
        catastrophique* catastrophe* pire= pires execrable* horrible* desastre* desastreu* inadmisible*
        innadmissible* mepris* irrespect* ridicule* aberrant* absurd* delire scandaleusement zero worst
        awful terrible incroyable= hallucin* prison tribunal avocat vache pigeon* bordel merde
    """,
    "LETDOWN": """
        decu* decep* decev* desappoint* regret* dommage desol* triste* tristesse desillusion* deplore*
        helas malheureusement disappoint* unfortunately pity sad sadly
    """,
    "WORRY": """
        inqui* angoiss* stress* peur crain* craint* crainte* anxi* desempar* detresse desespoir desesper*
        panique* soucieu* worr* afraid anxious distress* scared precaire delicate= precarite
    """,
    "JOY": """
        satisf* content* ravi= ravie ravis ravies heureu* parfait* excellent* super top genial*
        formidable* merveilleu* impec* plaisir enchant* plait apprecie* agreable* recommande* bravo
        felicit* qualite bien bon bonne bons bonnes nickel efficace* rapide* competent* happy pleased
        satisfied great excellent perfect glad love*
    """,
    "THANKS": "merci mercis remerci* reconnaissan* gratitude thank* grateful chapeau felicit* bravo",
    "ADMIRE": """
        formidable* exceptionnel* extraordinaire* merveilleu* genial* fantastique* admirable* incroyable*
        adorable* enchant* bluff* remarquable* outstanding wonderful amazing fantastic brilliant
        incredible
    """,
    "PERSON": """
        conseill* interlocut* equipe* madame monsieur dame personne agent* gestionnaire* elle lui
        collaborat* accueil adviser advisor team staff lady
    """,
    "WONDER": """
        surpris* surpren* etonn* stupef* stupeur bluff* inattendu* abasourd* surprise* amazed astonish*
        unexpected*
    """,
    "ASKING": "de d me m bien for",
    "GIVE": "pour a aux au to",
    "WASTE": "rien heures heure attente mois nothing",
    "MEANT": "malgre sans ni",
}
#: What the words of each feeling look like in a text; order matters nowhere.
FEELING_RULES: Final = {
    "fury": (Rule("FURY", 1, negated=False),),
    "letdown": (Rule("LETDOWN", 1, "MEANT", negated=False),),
    "worry": (Rule("WORRY", 1, "MEANT", negated=False),),
    "joy": (Rule("JOY", 1, negated=False),),
    "unhappy": (Rule("JOY", 1, negated=True),),
    "thanks": (Rule("THANKS", 1, negated=False),),
    "request": (Rule("THANKS ASKING", 1),),
    "irony": (Rule("THANKS GIVE WASTE", 5),),
    "admire": (Rule("ADMIRE PERSON", 5), Rule("PERSON ADMIRE", 5)),
    "wonder": (Rule("WONDER", 1, negated=False),),
}

#: Words that go as far as words go, words that press, words that soften, words of who is moved.
FORCE: Final = {
    "EXTREME": """
        honteu* honte scandale scandaleu* arnaque* escroc* voleur* vol= vols catastroph* inadmissible*
        inacceptable* lamentable* deplorable* pitoyable* execrable* infame* horreur* horrible* fuyez fuir
        pire= pires cauchemar* degueul* ecoeur* revolt* intolerable* abuse= incompet* minable* nullissime*
        parfait* excellen* exceptionnel* formidable* merveilleu* genial* extraordinaire* fantastique*
        magnifique* incroyable* impeccable* remarquable* enchant* ravi= ravie ravis ravies irreprochable*
        awful terrible disgrac* scam* thieves fraud nightmare worst unacceptable shame* perfect* amazing
        outstanding wonderful fantastic brilliant superb exceptional furieu* jamais= nul nulle nuls
    """,
    "PRESS": """
        tres vraiment toujours super top tellement extremement totalement absolument bravo felicitations
        recommande aucun aucune trop completement tout very really always so totally highly merci
    """,
    "SOFT": """
        assez plutot relativement correct* moyen* mouais bof peu= legere* legerement okay ok decent fairly
        bien= mais cependant raisonnable* convenable* acceptable* abordable* parfois quelques ras attente=
        suffisant*
    """,
    "MOVED": """
        larmes infiniment eternel* reconnaissan* immense* inoubliable* oublierai exceptionnel* extraordinaire*
        formidable* irreprochable* hors redoutable* boulevers* emu= emue= coeur tears forever unforgettable
        exceptional heart immensely
    """,
}
