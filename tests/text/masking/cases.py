"""Sentences with something personal put in them: names of public lists, numbers with their keys.

Names and sentences are cut in two halves each, by their hash: what chooses never sees what judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from random import Random
from typing import Any, Final
from zlib import crc32

from tests.text.masking.sentences import AROUND_NAMES, AROUND_SHAPES, IN_HASTE
from tests.text.masking.shapes import SHAPES

#: Languages of the lists of Faker, and how often each is drawn: who lives in France.
_LOCALES: Final = {
    "fr_FR": 10,
    "fr_BE": 3,
    "fr_CA": 2,
    "fr_CH": 1,
    "fr_DZ": 5,
    "pt_PT": 3,
    "it_IT": 1,
    "es_ES": 1,
    "tr_TR": 1,
    "yo_NG": 1,
    "ig_NG": 1,
    "ha_NG": 1,
    "en_GB": 1,
    "en_IN": 1,
    "tw_GH": 1,
}
#: People of whom the lists hold too little, as their names are written in France.
_BRETON: Final = (
    "Le Goff",
    "Le Gall",
    "Kermarrec",
    "Quéméneur",
    "Cariou",
    "Guivarc'h",
    "Le Bihan",
    "Kerautret",
    "Tanguy",
    "Riou",
    "Gourvennec",
    "Abgrall",
    "Le Floch",
    "Pouliquen",
    "Kerbrat",
)
_AFRICAN: Final = (
    "Diallo",
    "Traoré",
    "Konaté",
    "Coulibaly",
    "Sissoko",
    "N'Diaye",
    "Diop",
    "Sow",
    "Camara",
    "Keita",
    "Cissé",
    "Kouassi",
    "Koffi",
    "Mbaye",
    "Fofana",
    "Ouattara",
    "Bamba",
    "Touré",
    "Sylla",
    "Dembélé",
)
_ASIAN: Final = (
    "Nguyen",
    "Tran",
    "Pham",
    "Huynh",
    "Phan",
    "Vo",
    "Dang",
    "Bui",
    "Ngo",
    "Duong",
    "Ly",
    "Hoang",
)
_PARTICLES: Final = ("de ", "de la ", "du ", "Le ", "Ben ", "El ", "Da ", "Dos ", "d'")
_TITLES: Final = ("M.", "Mme", "Mlle", "Monsieur", "Madame", "Mr", "Dr", "Mademoiselle", "Me", "Docteur")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, where what is personal stands in it (nowhere: start and end alike), and of which kind."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def said(self) -> str:
        """What is to be found."""
        return self.text[self.start : self.end]


def half(words: str) -> int:
    """Which half of the set words belong to: 0 chooses, 1 judges."""
    return crc32(words.encode()) & 1


@cache
def _lists() -> tuple[dict[str, tuple[list[str], list[str]]], list[str]]:
    """First names and surnames by language, then the first names of France of another list."""
    import gender_guesser.detector as guesser

    found = {}
    for locale in _LOCALES:
        names: Any = import_module(f"faker.providers.person.{locale}").Provider
        found[locale] = tuple(
            sorted({one for one in getattr(names, column) if re.fullmatch(r"[^\W\d_][\w'’\- ]+", one)})
            for column in ("first_names", "last_names")
        )
    known = guesser.Detector()
    france = known.COUNTRIES.index("france")
    borne = [
        name for name, told in known.names.items() if any(row[france] not in " 1" for row in told.values())
    ]
    return found, sorted(name.replace("+", "-") for name in borne if len(name) > 2)  # type: ignore[return-value]


def _pick(rng: Random, words: Sequence[str], side: int) -> str:
    kept = [word for word in words if half(word) == side]
    return rng.choice(kept)


def _surname(rng: Random, surnames: Sequence[str], side: int) -> str:
    way = rng.randrange(12)
    one = _pick(rng, surnames, side)
    if way == 0:
        return f"{one}-{_pick(rng, surnames, side)}"
    if way == 1:
        return rng.choice(_PARTICLES) + one
    if way == 2:
        return _pick(rng, _BRETON, side)
    return _pick(rng, _AFRICAN + _ASIAN, side) if way == 3 else one


def somebody(rng: Random, side: int) -> str:
    """A name as it is written of somebody, from one half of the lists."""
    lists, borne = _lists()
    locale = rng.choices(list(_LOCALES), list(_LOCALES.values()))[0]
    first = _pick(rng, borne if locale == "fr_FR" and rng.random() < 0.6 else lists[locale][0], side)
    last, title = _surname(rng, lists[locale][1], side), rng.choice(_TITLES)
    forms = (
        first,
        first,
        first,
        f"{first} {last}",
        f"{first} {last}",
        f"{title} {last}",
        f"{title} {last}",
        f"{title} {first} {last}",
        f"{first} {last.upper()}",
        f"{last.upper()} {first}",
        f"{first[0]}. {last}",
        f"{first} {last[0]}.",
        f"{title} {last.upper()}",
    )
    return rng.choice(forms)


def _put(template: str, place: str, said: str, kind: str) -> Case:
    start = template.index(place)
    return Case(template.replace(place, said, 1), start, start + len(said), kind)


def names(side: int, number: int, seed: int = 5) -> Iterator[Case]:
    """Sentences of one half with somebody of the same half in each; one in five in small letters."""
    rng = Random(seed + side)
    careful = [one for one in AROUND_NAMES if half(one) == side]
    hasty = [one for one in IN_HASTE if half(one) == side]
    for _ in range(number):
        if rng.random() < 0.2:
            yield _put(rng.choice(hasty), "{n}", somebody(rng, side).lower(), "name, in haste")
        else:
            yield _put(rng.choice(careful), "{n}", somebody(rng, side), "name")


def shapes(side: int, number: int, seed: int = 5) -> Iterator[Case]:
    """Sentences of one half with a number, an address or a date in each; as many of each kind."""
    rng = Random(seed + side)
    for kind, make in SHAPES.items():
        kept = [one for one in AROUND_SHAPES[kind] if half(one) == side] or list(AROUND_SHAPES[kind])
        for _ in range(number // len(SHAPES)):
            yield _put(rng.choice(kept), "{x}", make(rng), kind)
