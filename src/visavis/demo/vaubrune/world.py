"""What is known of Mutuelle Vaubrune before a single contact: its units, its weeks, its numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

FIRST_DAY = dt.date(2024, 9, 2)
WEEKS = 65
DAYS = WEEKS * 7
LAST_DAY = FIRST_DAY + dt.timedelta(days=DAYS - 1)
TODAY = dt.date(2025, 12, 1)
ROOT = "vaubrune"

#: Days on which nobody works; the customers' space stays open.
HOLIDAYS = tuple(
    dt.date.fromisoformat(day)
    for day in (
        "2024-11-01", "2024-11-11", "2024-12-25", "2025-01-01", "2025-04-21", "2025-05-01", "2025-05-08",
        "2025-05-29", "2025-06-09", "2025-07-14", "2025-08-15", "2025-11-01", "2025-11-11",
    )
)  # fmt: skip


class Size(StrEnum):
    """How much of the company's life is kept."""

    SMALL = "small"
    DEMO = "demo"

    @property
    def per_adviser(self) -> float:
        """Contacts kept for one adviser on one working day."""
        return 12.0 if self is Size.DEMO else 1.5

    @property
    def contacts(self) -> int:
        """Contacts of the 65 weeks, all advisers together."""
        return round(self.per_adviser * sum(team.seats for team in TEAMS) * WEEKS * 5)


@dataclass(frozen=True, slots=True)
class Team:
    """A unit where advisers work."""

    code: str
    name: str
    site: str
    trade: str  # n1, n2, complaints or agency
    seats: int = 9


def _teams(site: str, trade: str, names: dict[str, str], seats: int = 9) -> list[Team]:
    return [Team(code, name, site, trade, seats) for code, name in names.items()]


#: The twenty-four teams; their order is the order of every array with a team axis.
TEAMS: tuple[Team, ...] = (
    *_teams(
        "angers",
        "n1",
        {
            "loire": "Loire",
            "maine": "Maine",
            "mayenne": "Mayenne",
            "sarthe": "Sarthe",
            "authion": "Authion",
            "layon": "Layon",
        },
    ),
    *_teams("angers", "n2", {"ardoise": "Sinistres Ardoise"}),
    *_teams("angers", "complaints", {"reclamations": "Réclamations"}),
    *_teams(
        "roubaix",
        "n1",
        {
            "lys": "Lys",
            "escaut": "Escaut",
            "deule": "Deûle",
            "scarpe": "Scarpe",
            "marque": "Marque",
            "aa": "Aa",
        },
    ),
    *_teams("roubaix", "n2", {"pevele": "Sinistres Pévèle", "melantois": "Sinistres Mélantois"}),
    *_teams(
        "agences",
        "agency",
        {
            "rennes": "Rennes",
            "nantes": "Nantes",
            "brest": "Brest",
            "la-rochelle": "La Rochelle",
            "tours": "Tours",
            "le-mans": "Le Mans",
            "caen": "Caen",
        },
    ),
    *_teams("agences", "agency", {"saint-malo": "Saint-Malo"}, seats=4),
)
CODES = tuple(team.code for team in TEAMS)
SITES: dict[str, tuple[str, str]] = {
    "angers": ("Centre d’Angers", "centre"),
    "roubaix": ("Centre de Roubaix", "centre"),
    "agences": ("Réseau d’agences", "centre"),
}
#: The four teams of the pilot « Plannings choisis » and the four that waited.
PILOT = ("lys", "deule", "marque", "pevele")
WAITING = ("escaut", "scarpe", "aa", "melantois")

#: Codes of the starter reference of a mutual insurer.
REASONS = ("simple_request", "claim", "premium_change", "complaint", "bereavement")
SIMPLE, CLAIM, PREMIUM, COMPLAINT, BEREAVEMENT = range(5)
CHANNELS = ("phone", "mail", "chat", "agency", "letter", "selfcare")
PHONE, MAIL, CHAT, AGENCY, LETTER, SELFCARE = range(6)
TRADES = ("n1", "n2", "complaints", "agency")
LEVELS = ("n1", "n2", "complaints")
OUTCOMES = ("resolved", "pending", "transferred", "abandoned")
SEGMENTS = ("famille", "senior", "jeune", "particulier", "professionnel")


def day_of(index: int) -> dt.date:
    """The date of a day counted from the first one."""
    return FIRST_DAY + dt.timedelta(days=int(index))


def index_of(day: dt.date) -> int:
    """How many days after the first one a date stands."""
    return (day - FIRST_DAY).days


def week_start(week: int) -> dt.date:
    """The Monday of week W``week``."""
    return FIRST_DAY + dt.timedelta(weeks=week)


def team_index(code: str) -> int:
    """Where a team stands on every team axis."""
    return CODES.index(code)


def teams_where(**wanted: str) -> Array:
    """Mask over the teams whose attributes have the wanted values, shape (24,)."""
    return np.array([all(getattr(team, key) == value for key, value in wanted.items()) for team in TEAMS])


@dataclass(frozen=True, slots=True)
class Dice:
    """One seed, as many independent streams as there are names: adding a file never moves another."""

    seed: int
    salt: int = 2021

    def stream(self, name: str) -> np.random.Generator:
        """The random stream of one part of the story."""
        return np.random.default_rng([self.salt, self.seed, crc32(name.encode())])
