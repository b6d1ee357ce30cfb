"""What has a shape, written as people write it: numbers with their keys, in every French spelling."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

_PAIRS: Final = ("", " ", ".", "-", " ", " ")
_MONTHS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_STREETS: Final = (
    "rue",
    "avenue",
    "boulevard",
    "impasse",
    "chemin",
    "allée",
    "place",
    "quai",
    "square",
    "route",
    "bd",
    "av.",
    "cours",
    "passage",
    "résidence",
)
_NAMES_OF_STREETS: Final = (
    "de la République",
    "Victor Hugo",
    "des Lilas",
    "du Général de Gaulle",
    "Jean Jaurès",
    "de l'Église",
    "Pasteur",
    "du Moulin",
    "des Écoles",
    "Anatole France",
    "du 8 mai 1945",
    "de Verdun",
    "Saint-Michel",
    "des Acacias",
    "Gambetta",
    "du Vieux Pont",
    "Jules Ferry",
    "de Bretagne",
    "Émile Zola",
    "Notre-Dame",
)
_TOWNS: Final = (
    "Lille",
    "Brest",
    "Saint-Denis",
    "Le Mans",
    "Aix-en-Provence",
    "La Roche-sur-Yon",
    "Metz",
    "Pau",
    "Ajaccio",
    "Villeneuve-d'Ascq",
    "Nîmes",
    "Évreux",
    "Saint-Germain-en-Laye",
    "Les Sables-d'Olonne",
    "Cergy",
)
_HOSTS: Final = (
    "gmail.com",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "hotmail.fr",
    "yahoo.fr",
    "laposte.net",
    "sfr.fr",
    "outlook.com",
    "club-internet.fr",
    "mairie.example.org",
    "entreprise.example.org",
    "icloud.com",
)
_SIV_LETTERS: Final = "ABCDEFGHJKLMNPQRSTVWXYZ"


def _digits(rng: Random, number: int) -> str:
    return "".join(rng.choices("0123456789", k=number))


def phone(rng: Random) -> str:
    """A French telephone number."""
    digits = f"0{rng.choice('1234566777789')}{_digits(rng, 8)}"
    pairs = [digits[at : at + 2] for at in range(0, 10, 2)]
    abroad = [digits[1], *pairs[1:]]
    way = rng.randrange(12)
    if way < 6:
        return _PAIRS[way].join(pairs)
    return {
        6: "+33" + "".join(abroad),
        7: "+33 " + " ".join(abroad),
        8: "+33(0)" + " ".join(abroad),
        9: "0033 " + " ".join(abroad),
        10: f"{digits[:4]} {digits[4:7]} {digits[7:]}",
        11: "/".join(pairs),
    }[way]


def email(rng: Random) -> str:
    """An address on the net, perhaps dictated."""
    user = rng.choice(
        ("jean.dupre", "mlefort75", "c_morin", "contact.sarl", "famille-diallo", "p.n", "lulu.b")
    )
    host, way = rng.choice(_HOSTS), rng.randrange(8)
    if way == 5:
        return f"{user} @ {host}"
    if way == 6:
        return f"{user} arobase {host}"
    if way == 7:
        return f"{user}(at){host}"
    return f"{user}{rng.randrange(100)}@{host}".upper() if way == 4 else f"{user}{rng.randrange(100)}@{host}"


def iban(rng: Random) -> str:
    """A French account, with its key (ISO 13616)."""
    account = (
        _digits(rng, 10)
        + rng.choice((_digits(rng, 11), _digits(rng, 7) + "A" + _digits(rng, 3)))
        + _digits(rng, 2)
    )
    number = int("".join(str(int(one, 36)) for one in account + "FR00"))
    whole = f"FR{98 - number % 97:02d}{account}"
    groups = [whole[at : at + 4] for at in range(0, 27, 4)]
    return rng.choice(
        (whole, " ".join(groups), " ".join(groups), "-".join(groups), whole.lower(), ".".join(groups))
    )


def card(rng: Random) -> str:
    """A card of sixteen digits, with its key (H. P. Luhn)."""
    body = rng.choice(("4970", "4533", "5132", "5399", "4976")) + _digits(rng, 11)
    total = sum(
        (2 * int(one) - 9 * (int(one) > 4)) if at % 2 == 0 else int(one) for at, one in enumerate(body)
    )
    whole = body + str(-total % 10)
    groups = [whole[at : at + 4] for at in range(0, 16, 4)]
    return rng.choice((whole, " ".join(groups), "-".join(groups), ".".join(groups)))


def nir(rng: Random) -> str:
    """A social security number, with its key; Corsica now and then."""
    place = rng.choice((f"{rng.randrange(1, 96):02d}", "2A", "2B", "99"))
    place = "19" if place == "20" else place
    parts = [rng.choice("12"), f"{rng.randrange(20, 99)}", f"{rng.randrange(1, 13):02d}", place]
    parts += [_digits(rng, 3), _digits(rng, 3)]
    body = int(
        "".join(parts).replace("2A", "19").replace("2B", "18") if place in ("2A", "2B") else "".join(parts)
    )
    key = f"{97 - body % 97:02d}"
    return rng.choice(
        ("".join(parts) + key, " ".join([*parts, key]), " ".join([*parts, key]), " ".join(parts))
    )


def plate(rng: Random) -> str:
    """A plate of today, or of before 2009."""
    letters, way = "".join(rng.choices(_SIV_LETTERS, k=4)), rng.randrange(8)
    first, number, last = letters[:2], _digits(rng, 3), letters[2:]
    if way == 7:
        return f"{rng.randrange(100, 9999)} {letters[:2]} {rng.choice(('75', '59', '69', '13', '2A'))}"
    told = ("-", "-", " ", "", "-", " ", "")[way].join((first, number, last))
    return told.lower() if way in (4, 5) else told


def address(rng: Random) -> str:
    """A street with its number, most often with its town."""
    number = f"{rng.randrange(1, 250)}{rng.choice(('', '', '', ' bis', ' ter', ','))}"
    street = f"{number} {rng.choice(_STREETS)} {rng.choice(_NAMES_OF_STREETS)}"
    code = f"{rng.randrange(1, 96):02d}{rng.randrange(0, 1000):03d}"
    town = rng.choice(_TOWNS)
    whole = rng.choice((street, f"{street}, {code} {town}", f"{street} {code} {town}", f"{street} à {town}"))
    return whole.lower() if rng.randrange(8) == 0 else whole


def birth(rng: Random) -> str:
    """A date, as people write those of birth."""
    day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1930, 2020)
    return rng.choice(
        (
            f"{day:02d}/{month:02d}/{year}",
            f"{day:02d}-{month:02d}-{year}",
            f"{day:02d}.{month:02d}.{year % 100:02d}",
            f"{day} {_MONTHS[month - 1]} {year}",
            f"{day:02d} {month:02d} {year}",
            f"{year}-{month:02d}-{day:02d}",
        )
    )


def reference(rng: Random) -> str:
    """A number by which a company knows somebody."""
    letters = "".join(rng.choices("ABCDEFGHKLMNPRSTX", k=3))
    return rng.choice(
        (
            _digits(rng, rng.randrange(6, 12)).replace("0", "1", 1),
            f"{letters[:2]}-{_digits(rng, 6)}",
            f"{letters}{_digits(rng, 7)}",
            f"{_digits(rng, 3)} {_digits(rng, 3)} {_digits(rng, 3)}",
            f"{rng.randrange(2018, 2026)}-{_digits(rng, 6)}",
            f"{letters[0]}{_digits(rng, 8)}",
            f"{letters[:2]} {_digits(rng, 7)}",
            f"{letters}/{_digits(rng, 5)}/{_digits(rng, 3)}",
            f"{letters}_{_digits(rng, 8)}".lower(),
        )
    )


SHAPES: Final[dict[str, Callable[[Random], str]]] = {
    "phone": phone,
    "email": email,
    "iban": iban,
    "card": card,
    "nir": nir,
    "plate": plate,
    "address": address,
    "birth": birth,
    "reference": reference,
}
