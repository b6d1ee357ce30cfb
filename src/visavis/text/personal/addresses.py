"""Postal addresses: a number, a street, and the town that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from visavis.text.personal.kinds import Kind, Personal
from visavis.text.personal.letters import listed
from visavis.text.personal.lists import common

_SURE: Final = (
    "rue|avenue|av|ave|boulevard|bd|bld|blvd|chemin|che|allees?|all|impasse|imp|quai|ruelle|sentier|lotissement"
    "|esplanade|faubourg|fbg|rond-point|hameau|venelle|chaussee|corniche|montee|traverse"
)
#: Words that are also something else: asked to come with a capital or a town.
_LOOSE: Final = (
    "place|pl|square|sq|route|rte|cours|passage|residence|cite"
    "|promenade|villa|voie|domaine|clos|parc|mail(?= d)"
)
_STREET: Final = re.compile(
    r"(?<![0-9a-z,.])[0-9]{1,4}(?: ?(?:bis|ter|quater|[a-d]))?\b ?,? {0,2}(?:de (?:la )?)?"
    rf"({_SURE}|{_LOOSE})\b\.?"
)
_TOWN: Final = re.compile(r"[^\n;!?0-9]{0,70}?[ ,(\-]{1,3}((?:f-)?[0-9]{2} ?[0-9]{3})\b,? {0,2}")
_NAME_OF_STREET: Final = re.compile(
    r" {0,2}(?:(?:de|du|des|d|la|le|les|l|aux?|saint|sainte|st|ste|general|marechal|docteur|dr)"
    r"[ '\-]{1,2}){0,4}[a-z]{2,25}(?:[ '\-][a-z]{2,25}){0,3}"
)
#: Everyday words that streets are named after.
_IN_STREETS: Final = listed("""
    pont ponts moulin moulins chateau eglise ecole ecoles bois champ champs pre pres port fort marche tour
    tours
    mairie gare puits four fours fontaine croix chapelle hopital stade vigne vignes source sources parc
    dame dames
    france paix liberte victoire resistance soleil colline mer plage rive rives jardin jardins ferme fermes
    lac
    prairie verger vergers tilleuls rosiers roses fleurs ruisseau riviere verte vert neuve neuf vieux
    vieille haute
    haut basse bas grand grande petit petite saint sainte nord sud est ouest ville village bourg
    """)
#: Streets are named after days: rue du 8 mai 1945.
_DAY: Final = re.compile(
    r" ?,? ?(?:du|de l'?|le) [0-9]{1,2}(?:er)? (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout"
    r"|septembre|octobre"
    r"|novembre|decembre)(?: (?:19|18)[0-9]{2})?"
)
#: A town without its code.
_IN_TOWN: Final = re.compile(r",? {1,2}(?:a|a la|au|aux|sur) (?=[a-z])|, ?(?=[a-z])")
_WORD: Final = re.compile(r"[ '\-]{0,2}([a-z]+)")
_SMALL: Final = listed(
    "de du des d la le les l en sur sous aux au a st ste saint sainte lez les pres et da dos"
)
_ENGLISH: Final = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{1,4}[a-z]?,? (?:[A-Z][a-z]{1,20} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive"
    r"|Close|Court|Gardens|Crescent|Terrace|Way)\b(?:,? [A-Z][a-z]{2,20}){0,2}"
    r"(?:,? [A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})?"
)
_WORDS: Final = frozenset(f"{_SURE}|{_LOOSE}|allee|allees|rond".replace("?", "").split("|"))
_ENGLISH_WORDS: Final = listed(
    "street st road rd avenue ave lane drive close court gardens crescent terrace way"
)
_BOXES: Final = frozenset({"bp", "cs"})
_BOX: Final = re.compile(r"\b(?:bp|cs) ?[0-9]{2,6},? [0-9]{5}\b")


def addresses(text: str, folded: str, words: Set[str]) -> Iterator[Personal]:
    """Postal addresses that begin with a number.

    Args:
        text: the text with plain spaces.
        folded: the same, character for character, in plain small letters.
        words: the words of ``folded``.
    """
    if not _WORDS.isdisjoint(words):
        for match in _STREET.finditer(folded):
            end = _end(text, folded, match)
            if end:
                yield Personal(Kind.ADDRESS, match.start(), end, 0.95)
    if not _BOXES.isdisjoint(words):
        for match in _BOX.finditer(folded):
            yield Personal(Kind.ADDRESS, match.start(), _town(text, folded, match.end()), 0.8)
    if not _ENGLISH_WORDS.isdisjoint(words):
        yield from (Personal(Kind.ADDRESS, *match.span(), 0.85) for match in _ENGLISH.finditer(text))


def _end(text: str, folded: str, street: re.Match[str]) -> int:
    """Where an address ends; 0 if it is none after all."""
    day = _DAY.match(folded, street.end())
    start = day.end() if day else street.end()
    town = _TOWN.match(folded, start)
    if town:
        return _town(text, folded, town.end())
    if day:
        return _in_town(text, folded, start)
    name = _NAME_OF_STREET.match(folded, start)
    if not name:
        return 0
    end = _spoken(text, folded, start)
    if re.fullmatch(_LOOSE, street.group(1)) and not _is_named(text[start:end], folded[start:end]):
        return 0
    return _in_town(text, folded, end) if end > start + 2 else 0


def _is_named(written: str, plain: str) -> bool:
    """Whether what follows a loose word of street names one: a capital, or words that are no words."""
    rare = set(re.findall("[a-z]{4,}", plain)) - common()
    return bool(rare) or any(map(str.isupper, written))


def _in_town(text: str, folded: str, end: int) -> int:
    """Where an address ends, with the town that follows it, if one does."""
    town = _IN_TOWN.match(folded, end)
    word = town and _WORD.match(folded, town.end())
    if not town or not word or ("," in town.group() and not text[word.start(1)].isupper()):
        return end
    small = word.group(1) in _SMALL
    capital = text[word.start(1)].isupper()
    if (not small and word.group(1) in common()) or (
        small and not capital and not _goes_on(text, folded, word.end())
    ):
        return end
    return _town(text, folded, town.end())


def _spoken(text: str, folded: str, start: int) -> int:
    """Where the name of a street ends: its first word, then those with a capital."""
    end, place, named = start, start, 0
    while (word := _WORD.match(folded, place)) and named < 5:
        small = word.group(1) in _SMALL
        capital = text[word.start(1)].isupper()
        if not small and named and not capital and word.group(1) in common():
            break
        joined = "-" in folded[word.start() : word.start(1)]
        if not small and capital and named and not joined and word.group(1) in common() - _IN_STREETS:
            break
        place = word.end()
        if not small:
            named, end = named + 1, place
    return end


def _town(text: str, folded: str, start: int) -> int:
    """Where the name of a town ends, from where it begins."""
    end, place, named = start, start, 0
    while (word := _WORD.match(folded, place)) and place - start < 60:
        small = word.group(1) in _SMALL
        joined = folded[word.start() : word.start(1)] in ("-", "'")
        capital = text[word.start(1)].isupper()
        if named and not joined and not small and (not capital or word.group(1) in common()):
            break
        if small and named and not joined and not _goes_on(text, folded, word.end()):
            break
        place = word.end()
        end = place
        named += not small
    return end if end > start else len(folded[:start].rstrip(" ,"))


def _goes_on(text: str, folded: str, place: int) -> bool:
    """Whether a capital follows the small words."""
    word = _WORD.match(folded, place)
    while word and word.group(1) in _SMALL:
        word = _WORD.match(folded, word.end())
    return word is not None and text[word.start(1)].isupper() and word.group(1) not in common()
