"""Kinds of personal data, and what stands in their place once masked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What tells who somebody is. The value is stable: it may be stored."""

    EMAIL = "email"
    LINK = "link"
    IBAN = "iban"
    CARD = "card"
    SOCIAL_SECURITY = "social_security"
    PHONE = "phone"
    ADDRESS = "address"
    PLATE = "plate"
    BIRTH = "birth"
    REFERENCE = "reference"
    PLACE = "place"
    NAME = "name"


#: What is read instead, in each language.
PLACEHOLDERS: Final = {
    "fr": {
        Kind.EMAIL: "[courriel]",
        Kind.LINK: "[lien]",
        Kind.IBAN: "[compte bancaire]",
        Kind.CARD: "[carte bancaire]",
        Kind.SOCIAL_SECURITY: "[sécurité sociale]",
        Kind.PHONE: "[téléphone]",
        Kind.ADDRESS: "[adresse]",
        Kind.PLATE: "[immatriculation]",
        Kind.BIRTH: "[date de naissance]",
        Kind.REFERENCE: "[référence]",
        Kind.PLACE: "[position]",
        Kind.NAME: "[nom]",
    },
    "en": {
        Kind.EMAIL: "[e-mail]",
        Kind.LINK: "[link]",
        Kind.IBAN: "[bank account]",
        Kind.CARD: "[payment card]",
        Kind.SOCIAL_SECURITY: "[social security]",
        Kind.PHONE: "[phone]",
        Kind.ADDRESS: "[address]",
        Kind.PLATE: "[registration]",
        Kind.BIRTH: "[date of birth]",
        Kind.REFERENCE: "[reference]",
        Kind.PLACE: "[position]",
        Kind.NAME: "[name]",
    },
}


@dataclass(frozen=True, slots=True)
class Personal:
    """Something personal in a text: ``text[start:end]``, and how sure that is (0 to 1)."""

    kind: Kind
    start: int
    end: int
    certainty: float
