"""Who works at Vaubrune, where, from when to when."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from visavis.demo.vaubrune.material import material
from visavis.demo.vaubrune.world import (
    DAYS,
    FIRST_DAY,
    HOLIDAYS,
    ROOT,
    TEAMS,
    WEEKS,
    Array,
    Dice,
    day_of,
    index_of,
    team_index,
)

_DEPARTURES = 30
_SWAPS = 10
#: Advisers whom the notes and the screens name: team, name, gender.
_CAST_ADVISERS = (
    ("escaut", "Inès Morel", "f"),
    ("escaut", "Amadou Diallo", "m"),
    ("escaut", "Bruno Kowalski", "m"),
    ("escaut", "Camille Fournier", "f"),
)
_NEWCOMER = ("escaut", "Yanis Belkacem", "m", dt.date(2025, 11, 3))
_CAST_OTHERS = (
    ("D001", "Claire Vasseur", "direction", ROOT, "directrice de l’expérience client"),
    ("Q001", "Thomas Guérin", "quality", ROOT, "responsable qualité"),
    ("R001", "Nadia Benali", "hr", ROOT, "responsable RH"),
    ("S001", "Yann Le Goff", "admin", ROOT, "administrateur"),
    ("D002", "Karim Haddad", "direction", "roubaix", "directeur de centre"),
    ("D003", "Hélène Gautier", "direction", "angers", "directrice de centre"),
    ("D004", "Marc Le Floch", "direction", "agences", "directeur du réseau"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff."""

    code: str
    name: str
    woman: bool
    role: str
    form: str
    hired_on: dt.date
    fte: float = 1.0

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        plain = unicodedata.normalize("NFD", self.name.lower()).encode("ascii", "ignore").decode()
        return ".".join(plain.replace("'", "").split()) + "@vaubrune.example"


@dataclass(frozen=True, slots=True)
class Spell:
    """One person in one unit, from a day to a day (both included, None when still there)."""

    person: Person
    unit: str
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """The advisers by seat and day, and every assignment.

    Attributes:
        advisers: the advisers; their order is the order of every array with an adviser axis.
        spells: every assignment of everybody.
        team: team of each seat, shape (211,).
        who: adviser on each seat each day, -1 for nobody, shape (211, 455).
        present: whether that adviser works that day, shape (211, 455).
    """

    advisers: list[Person]
    spells: list[Spell]
    team: Array
    who: Array
    present: Array
    by_name: dict[str, int] = field(default_factory=dict)


def staff(dice: Dice) -> Staff:
    """Hire everybody, let some leave, join and move, and draw up who is at work each day."""
    rng = dice.stream("staff")
    team = np.repeat(np.arange(len(TEAMS)), [unit.seats for unit in TEAMS])
    hiring = _Hiring(rng)
    first = [hiring.adviser() for _ in team]
    for code, name, gender in _CAST_ADVISERS:
        seat = int(np.flatnonzero((team == team_index(code)) & [not hiring.is_cast(p) for p in first])[0])
        first[seat] = hiring.cast_adviser(first[seat], name, woman=gender == "f")
    who, spells = _life_of_seats(rng, hiring, team, first)
    advisers = hiring.advisers
    return Staff(
        advisers=advisers,
        spells=_others(hiring) + spells,
        team=team,
        who=who,
        present=_presence(rng, team, who),
        by_name={person.name: number for number, person in enumerate(advisers)},
    )


class _Hiring:
    """Draws people with varied names, never the same twice."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        names = material("names")
        self._pools = {True: list(names["women"]), False: list(names["men"])}
        self._surnames = list(names["surnames"])
        rng.shuffle(self._surnames)
        self._used = {name for _, name, _ in _CAST_ADVISERS} | {row[1] for row in _CAST_OTHERS}
        self._used |= {"Sophie Lambert", _NEWCOMER[1]}
        self._given = 0
        self.advisers: list[Person] = []

    def name(self, *, woman: bool) -> str:
        while True:
            first = str(self._rng.choice(self._pools[woman]))
            full = f"{first} {self._surnames[self._given % len(self._surnames)]}"
            self._given += 1
            if full not in self._used and not full.endswith(f" {first}"):
                self._used.add(full)
                return full

    def adviser(
        self, hired_on: dt.date | None = None, name: str = "", *, woman: bool | None = None
    ) -> Person:
        if woman is None:
            woman = bool(self._rng.random() < 0.64)
        if hired_on is None:
            years = min(22.0, float(self._rng.gamma(2.0, 3.2)) + 0.2)
            hired_on = FIRST_DAY - dt.timedelta(days=round(years * 365))
        number = len(self.advisers)
        person = Person(
            code=f"A{1001 + 7 * number}",
            name=name or self.name(woman=woman),
            woman=woman,
            role="adviser",
            form="conseillère" if woman else "conseiller",
            hired_on=_monday(hired_on),
            fte=float(self._rng.choice([1.0, 0.8, 0.5], p=[0.84, 0.13, 0.03])),
        )
        self.advisers.append(person)
        return person

    def cast_adviser(self, instead_of: Person, name: str, *, woman: bool) -> Person:
        number = self.advisers.index(instead_of)
        form = "conseillère" if woman else "conseiller"
        person = Person(instead_of.code, name, woman, "adviser", form, instead_of.hired_on, 1.0)
        self.advisers[number] = person
        return person

    @staticmethod
    def is_cast(person: Person) -> bool:
        return person.name in {name for _, name, _ in _CAST_ADVISERS}

    def manager(self, number: int, code: str) -> Person:
        woman = bool(self._rng.random() < 0.55) or code == "escaut"
        name = "Sophie Lambert" if code == "escaut" else self.name(woman=woman)
        hired = FIRST_DAY - dt.timedelta(days=int(self._rng.integers(900, 6500)))
        form = "superviseure" if woman else "superviseur"
        return Person(f"M{101 + number}", name, woman, "manager", form, _monday(hired))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _others(hiring: _Hiring) -> list[Spell]:
    people = [
        (
            Person(
                code, name, form.startswith("directrice") or role == "hr", role, form, dt.date(2015, 3, 2)
            ),
            unit,
        )
        for code, name, role, unit, form in _CAST_OTHERS
    ]
    people += [(hiring.manager(number, unit.code), unit.code) for number, unit in enumerate(TEAMS)]
    return [Spell(person, unit, max(person.hired_on, dt.date(2023, 1, 2))) for person, unit in people]


def _life_of_seats(
    rng: np.random.Generator, hiring: _Hiring, team: Array, first: list[Person]
) -> tuple[Array, list[Spell]]:
    """Who sits where each day: thirty departures replaced a few weeks later, ten exchanges between teams."""
    number = {person.code: index for index, person in enumerate(hiring.advisers)}
    who = np.repeat(np.array([number[person.code] for person in first])[:, None], DAYS, axis=1)
    free = np.array([not hiring.is_cast(person) for person in first])
    seats = rng.permutation(np.flatnonzero(free))
    newcomer_seat = int(seats[np.flatnonzero(team[seats] == team_index(_NEWCOMER[0]))[0]])
    seats = seats[seats != newcomer_seat]
    _leave(hiring, who, newcomer_seat, index_of(_NEWCOMER[3]) - 24, _NEWCOMER[3], name=_NEWCOMER[1])
    for seat in seats[: _DEPARTURES - 1]:
        last = 7 * int(rng.integers(2, WEEKS - 8)) + 4
        _leave(hiring, who, int(seat), last, day_of(last + 3 + 7 * int(rng.integers(1, 6))))
    _exchange(rng, team, who, seats[_DEPARTURES - 1 :])
    return who, _spells(hiring, team, who)


def _leave(hiring: _Hiring, who: Array, seat: int, last: int, joins: dt.date, name: str = "") -> None:
    person = hiring.adviser(joins, name, woman=False if name else None)
    who[seat, last + 1 :] = -1
    who[seat, index_of(joins) :] = hiring.advisers.index(person)


def _exchange(rng: np.random.Generator, team: Array, who: Array, seats: Array) -> None:
    """Ten pairs of advisers of one site exchange their seats, each on a Monday."""
    site = np.array([unit.site for unit in TEAMS])[team]
    left = [int(seat) for seat in seats]
    for _ in range(_SWAPS):
        one = left.pop()
        partners = [seat for seat in left if site[seat] == site[one] and team[seat] != team[one]]
        other = partners[int(rng.integers(len(partners)))]
        left.remove(other)
        day = 7 * int(rng.integers(6, WEEKS - 6))
        who[[one, other], day:] = who[[other, one], day:]


def _spells(hiring: _Hiring, team: Array, who: Array) -> list[Spell]:
    """Read the assignments off the seat-by-day table."""
    spells = []
    for seat, row in enumerate(who):
        cuts = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), DAYS]
        for start, stop in pairwise(cuts):
            if row[start] >= 0:
                person = hiring.advisers[int(row[start])]
                since = max(person.hired_on, dt.date(2023, 1, 2)) if start == 0 else day_of(start)
                spells.append(
                    Spell(person, TEAMS[team[seat]].code, since, None if stop == DAYS else day_of(stop - 1))
                )
    return sorted(spells, key=lambda spell: (spell.person.code, spell.starts_on))


def _presence(rng: np.random.Generator, team: Array, who: Array) -> Array:
    """Days at work: part time, holidays in the year, illness, one Saturday in three where it is open."""
    seats = len(team)
    weekday = np.arange(DAYS) % 7
    present = (rng.random((seats, DAYS)) > 0.045) & (weekday < 5)
    _take_leave(rng, present)
    saturdays = np.array([unit.trade in ("n1", "agency") for unit in TEAMS])[team]
    turn = (np.arange(seats)[:, None] + np.arange(DAYS) // 7) % 3 == 0
    present |= saturdays[:, None] & turn & (weekday == 5)
    present[:, [index_of(day) for day in HOLIDAYS]] = False
    return present & (who >= 0)


def _take_leave(rng: np.random.Generator, present: Array) -> None:
    summer, winter = index_of(dt.date(2025, 7, 7)), index_of(dt.date(2024, 12, 23))
    for row in present:
        start = summer + 7 * int(rng.integers(0, 6))
        row[start : start + 7 * int(rng.integers(2, 4))] = False
        start = winter + 7 * int(rng.integers(0, 2))
        row[start : start + 7] &= rng.random() < 0.35
        for week in rng.integers(0, WEEKS, 2):
            row[7 * week : 7 * week + 7] = False
