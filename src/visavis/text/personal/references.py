"""Addresses on the net, plates, dates of birth, numbers of contracts: told by how they are announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from visavis.text.personal.kinds import Kind, Personal
from visavis.text.personal.letters import listed

_HOST: Final = re.compile(r" {0,2}[a-z0-9_\-]{1,63}(?: ?\.[a-z0-9_\-]{1,63}){1,4}")
#: Read backwards from the sign.
_USER: Final = re.compile(r" {0,2}[a-z0-9_.+%\-]{1,64}")
_SPELT_AT: Final = re.compile(r" ?\(at\) ?| arobase | at (?=[a-z0-9\-]{2,30} ?\.(?:fr|com|net|org)\b)")
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"\[\]]{3,500}")
_NAMES_SOMEBODY: Final = re.compile(
    r"[?@#]|[0-9]{4}|(?:linkedin|facebook|instagram|twitter|tiktok|doctolib)\.[a-z]{2,3}/."
)
_SIV: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}([ \-.]?)[0-9]{3}([ \-.]?)"
    r"(?!(?<!-)(?:CV|CH|KM|KG|GO|MO|CC|CM|MM|EU))[A-Z]{2}(?![A-Za-z0-9])"
)
_SIV_SMALL: Final = re.compile(
    r"(?<![a-z0-9])(?!de|du|et|en|au|eu|le|la|un|on|je|ma|ce|a )[a-z]{2}([ \-.]?)[0-9]{3}([ \-.]?)"
    r"(?!km|kg|cv|cc|go|mo|eu|cm|mm|et|de|en|au|ch)[a-z]{2}(?![a-z0-9])"
)
_SIV_JOINED: Final = re.compile(r"(?<![a-z0-9\-])[a-z]{2}-[0-9]{3}-[a-z]{2}(?![a-z0-9\-])")
#: Letters in the middle of no plate: units, and the small words of a date.
_NO_PLATE: Final = r"(?!EUR|TTC|KM|HT|CV|CC|KG|GB|GO|MO|AU |DU |LE |LA |ET |EN |DE )"
_OLD: Final = re.compile(
    rf"(?<![A-Za-z0-9,.])[0-9]{{1,4}}[ \-]?{_NO_PLATE}[A-Z]{{2,3}}[ \-]?"
    r"(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-6])(?![A-Za-z0-9]|,[0-9])"
)
_OLD_FOR_SURE: Final = re.compile(
    rf"(?<![A-Za-z0-9,.])[0-9]{{3,4}}([ \-]){_NO_PLATE}"
    r"[A-Z]{2,3}\1(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB])"
    r"(?![A-Za-z0-9]|,[0-9])"
)
#: What all plates have.
_LIKE_A_PLATE: Final = re.compile(
    r"[0-9]{3}[ \-.]?[a-z]{2}(?![a-z])|[0-9][ \-]?[a-z]{2,3}[ \-]?(?:[0-9]{2}|2[ab])(?![0-9])"
)
#: Five digits with little between them.
_FIVE: Final = re.compile(r"(?:[0-9][ ./\-_a-z]{0,2}){4}[0-9]")
_OLD_SMALL: Final = re.compile(
    r"(?<![a-z0-9,.])[0-9]{2,4} (?!au |du |le |la |et |en |de )[a-z]{2,3} "
    r"(?:0[1-9]|[1-8][0-9]|9[0-5]|2[ab])(?![a-z0-9])"
)
_CAR_SAID: Final = re.compile(
    r"(?:immatricul|plaque|vehicule|voiture|moto|scooter|auto|camion|registration|plate|\bcar\b|clio"
    r"|twingo|megane|scenic|peugeot|renault|citroen|golf|polo|audi|bmw|mercedes|toyota|yaris|fiesta|focus"
    r"|fiat|opel|corsa|dacia|sandero|duster|nissan|tesla|skoda)[^.!?]{0,25}$"
)
_CAR_WORDS: Final = listed("""
    immatricule immatriculee immatriculation plaque vehicule voiture moto scooter auto camion registration
    plate car clio twingo megane scenic peugeot renault citroen golf polo audi bmw mercedes toyota yaris
    fiesta
    focus fiat opel corsa dacia sandero duster nissan tesla skoda
    """)
_BIRTH_WORDS: Final = listed("nee naissance ddn born birth birthday dob")
_AT_WORDS: Final = frozenset({"at", "arobase"})
_MONTHS: Final = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|dec(?:embre)?|january|february|march|april|may|june|july|august|september|october"
    r"|november"
    r"|december)"
)
_DATE: Final = (
    rf"(?:[0-9]{{1,2}} ?[/.\- ] ?[0-9]{{1,2}} ?[/.\- ] ?(?:19|20)?[0-9]{{2}}"
    rf"|[0-9]{{1,2}}(?:er|st|nd|rd|th)? {_MONTHS}\.? ?(?:19|20)?[0-9]{{2}}"
    rf"|{_MONTHS} [0-9]{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{{2}}"
    r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})"
)
_BIRTH: Final = re.compile(
    r"\b(?:nee?(?:\(e\))? le|date de naissance|naissance|ddn|born(?: on)?|date of birth|d\.?o\.?b\.?"
    r"|birthday)"
    rf"(?: ?:| est(?: le)?| is| le| the| du){{0,2}} {{0,2}}({_DATE})(?![0-9])"
)
_GPS: Final = re.compile(r"(?<![0-9.])-?[0-9]{1,2}\.[0-9]{4,12} ?[,;/ ] ?-?[0-9]{1,3}\.[0-9]{4,12}(?![0-9])")
#: Looked for before searching.
_THINGS: Final = listed("""
    contrat contrats police polices dossier dossiers sinistre sinistres client clients cliente adherent
    adherente
    adherents adhesion societaire societaires devis commande commandes facture factures reference
    references ref
    refs reclamation reclamations membre membres compte comptes abonne abonnee abonnes abonnement identifiant
    identifiants matricule ticket tickets demande demandes colis suivi cheque cheques mandat quittance avis
    attestation souscription recommande passeport permis policy contract claim customer account order orders
    member case invoice booking numero numeros num id number
    """)
_THING: Final = rf"\b(?:{'|'.join(sorted(_THINGS, key=lambda word: (-len(word), word)))})\b\.?"
_JOIN: Final = (
    r"(?: {0,2}(?:n ?[°ºo'.]{1,2}|n(?= [0-9])|numeros?\b|number\b|num\b|no\b|nr\b|[#:=(,]|est(?: le)?\b|is\b"
    r"|de\b|du\b|client\b|adherent\b|sinistre\b|contrat\b|dossier\b|le\b|la\b|auto\b|habitation\b"
    r"|mon\b)){0,5}"
)
_CODE: Final = (
    r" {0,2}((?:[a-z]{1,4} )?(?=[a-z0-9/\-._]{0,20}[0-9])[a-z0-9][a-z0-9/\-._]{3,30}(?: [0-9]{2,6}){0,5}"
    r"|[0-9]{1,4}(?:[ .][0-9]{2,4}){1,5})(?![0-9a-z])"
)
_REFERENCE: Final = re.compile(_THING + _JOIN + _CODE)
_BARE_CODE: Final = re.compile(
    r"(?<![0-9a-z/._@\-])[a-z]{1,4}[\-_/]?[0-9]{6,12}(?:[\-_/][0-9]{2,6})?(?![0-9a-z@]|[.,][0-9])"
)
_BARE_SIGN: Final = re.compile(r"\bn ?[°º] ?:? ?([a-z0-9][a-z0-9/\-]{5,30})")
_ENDLESS: Final = re.compile(r"(?<![0-9a-z.,])[0-9]{9,30}(?![0-9a-z]|[.,][0-9]| ?(?:[€\x80]|eur))")
_AMOUNT: Final = re.compile(
    r" {0,2}(?:[€\x80$£%]|eur|euros?|km|kms|kilometres?|points?|m2|kg|pounds?|miles?|fois\b|ans?\b)"
)
_SMALL_WORD: Final = re.compile(r"(?:a|au|de|du|le|la|en|et|est|pour|par|sur|avec) ")
_DECIMAL: Final = re.compile(r"[0-9]{1,7}\.[0-9]{1,2}\.?")
_CALENDAR: Final = re.compile(
    r"(?:[a-z]{1,4} )?(?:[0-9]{1,2}[ /.\-][0-9]{1,2}[ /.\-](?:19|20)?[0-9]{2}"
    rf"|[0-9]{{1,2}} ?{_MONTHS}.*|[0-9]{{1,2}}/(?:19|20)[0-9]{{2}}"
    r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}|(?:19|20)[0-9]{2}(?:[/\-](?:19|20)?[0-9]{2})?)"
)


def written(text: str, folded: str, words: Set[str], digits: int) -> Iterator[Personal]:
    """Addresses on the net, plates, dates of birth, references and positions.

    Args:
        text: the text with plain spaces.
        folded: the same, character for character, in plain small letters.
        words: the words of ``folded``.
        digits: how many it has.
    """
    if "@" in text or not _AT_WORDS.isdisjoint(words):
        yield from _mails(folded)
    if "http" in folded or "www." in folded:
        yield from _links(folded)
    if digits >= 3:
        yield from _plates(text, folded, words)
        if not _BIRTH_WORDS.isdisjoint(words) or "ne le" in folded or "ne(e" in folded or "d.o.b" in folded:
            yield from (Personal(Kind.BIRTH, *match.span(1), 0.95) for match in _BIRTH.finditer(folded))
    if digits >= 5:
        yield from _references(folded, words)
    if digits >= 10:
        yield from (Personal(Kind.PLACE, *match.span(), 0.9) for match in _GPS.finditer(folded))


def _mails(folded: str) -> Iterator[Personal]:
    signs = [(match.start(), match.end()) for match in re.finditer("@", folded)]
    signs += [match.span() for match in _SPELT_AT.finditer(folded)]
    for start, end in signs:
        host = _HOST.match(folded, end)
        user = _USER.match(folded[max(0, start - 66) : start][::-1])
        if host and user:
            yield Personal(Kind.EMAIL, start - user.end(), host.end(), 0.98)


def _links(folded: str) -> Iterator[Personal]:
    for match in _LINK.finditer(folded):
        shown = match.group().rstrip(".,;:!)'")
        if _NAMES_SOMEBODY.search(shown):
            yield Personal(Kind.LINK, match.start(), match.start() + len(shown), 0.8)


def _plates(text: str, folded: str, words: Set[str]) -> Iterator[Personal]:
    if not _LIKE_A_PLATE.search(folded):
        return
    for match in _SIV.finditer(text):
        if match.group(1) == match.group(2):
            yield Personal(Kind.PLATE, *match.span(), 0.95)
    for match in _SIV_JOINED.finditer(folded):
        yield Personal(Kind.PLATE, *match.span(), 0.9)
    for match in _OLD_FOR_SURE.finditer(text):
        yield Personal(Kind.PLATE, *match.span(), 0.85)
    if not _CAR_WORDS.isdisjoint(words):
        yield from _announced_plates(text, folded)


def _announced_plates(text: str, folded: str) -> Iterator[Personal]:
    """What may be something else, where a car is spoken of."""
    for place, pattern in ((folded, _SIV_SMALL), (text, _OLD), (folded, _OLD_SMALL)):
        for match in pattern.finditer(place):
            if _CAR_SAID.search(folded, max(0, match.start() - 60), match.start()):
                yield Personal(Kind.PLATE, *match.span(), 0.85)


def _references(folded: str, words: Set[str]) -> Iterator[Personal]:
    if not _FIVE.search(folded):
        return
    for pattern in (_BARE_SIGN,) if _THINGS.isdisjoint(words) else (_REFERENCE, _BARE_SIGN):
        for match in pattern.finditer(folded):
            if one := _reference(folded, match.group(1), match.start(1)):
                yield one
    for bare in (_ENDLESS, _BARE_CODE):
        yield from (Personal(Kind.REFERENCE, *match.span(), 0.6) for match in bare.finditer(folded))


def _reference(folded: str, written: str, start: int) -> Personal | None:
    """A code that is no amount, no decimal and no date, without the small word before it."""
    code = written.rstrip("-./_ ")
    small = _SMALL_WORD.match(code)
    if small:
        code, start = code[small.end() :], start + small.end()
    end = start + len(code)
    if sum(map(str.isdigit, code)) < 5 or _AMOUNT.match(folded, end):
        return None
    if _DECIMAL.fullmatch(code) or _CALENDAR.fullmatch(code):
        return None
    return Personal(Kind.REFERENCE, start, end, 0.85)
