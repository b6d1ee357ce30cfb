"""French as it is typed in haste: letters swapped, dropped or doubled, words written as on a telephone."""

from __future__ import annotations

import re
from random import Random
from typing import Final
from zlib import crc32

from visavis.text.folding import plain

#: Words this long are damaged, and how many of them.
LONG: Final = 6
DAMAGED: Final = 0.16
#: How many of the words that have a short spelling take it.
SHORTENED: Final = 0.5
_WORD: Final = re.compile(r"[a-z]+")
_SPELT: Final = """
    est=c cest=c que=ke qui=ki pas=pa tres=tre jai=g pour=pr avec=avc dans=ds toujours=tjs jamais=jms
    beaucoup=bcp merci=mrc rien=ri1 bien=b1 vraiment=vrmt quand=qd quelque=qq parce=pcq pourquoi=pk
    tout=tt tous=ts vous=vs nous=ns trop=tro aussi=ossi mais=mé service=servisse accueil=acceuil
    rapide=rapid super=supere bon=bn bonne=bone problem=pb probleme=pb temps=tps rendez=rdv personne=persone
    conseiller=conseillé conseillere=conseillére telephone=tel assurance=asurance quoi=koi comme=kom
    faire=fair fait=fé etait=été suis=sui fois=foi demander=demandé
    excellent=exelent professionnel=profesionel
"""
_SHORT: Final = dict(pair.split("=") for pair in _SPELT.split())


def misspelt(text: str, salt: str = "") -> str:
    """``text`` without accents and capitals, misspelt: always the same way for the same text and salt.

    >>> misspelt("Très bonne conseillère, merci pour tout")
    'tre bonne conseillére, mrc pour tt'
    """
    chance = Random(crc32((salt + text).encode("utf-8", "surrogatepass")))  # noqa: S311
    return _WORD.sub(lambda word: _damaged(word[0], chance), plain(text))


def _damaged(word: str, chance: Random) -> str:
    if word in _SHORT and chance.random() < SHORTENED:
        return _SHORT[word]
    if len(word) < LONG or chance.random() >= DAMAGED:
        return word
    place = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + (word[place] * 2 if kind == 1 else "") + word[place + 1 :]
