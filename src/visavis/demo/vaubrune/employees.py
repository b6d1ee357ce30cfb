"""Writes what employees say: a word on an exchange, a comment in an anonymous wave."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random

import numpy as np

from visavis.demo.vaubrune.barometer import Barometer, waves
from visavis.demo.vaubrune.climate import Climate
from visavis.demo.vaubrune.contacts import Contacts
from visavis.demo.vaubrune.feelings import Feelings
from visavis.demo.vaubrune.grammar import render
from visavis.demo.vaubrune.material import material
from visavis.demo.vaubrune.noise import typed
from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.texts import SILENCE, Text, Weighted, fresh, weighted
from visavis.demo.vaubrune.world import (
    BEREAVEMENT,
    CLAIM,
    PHONE,
    PILOT,
    PREMIUM,
    TEAMS,
    WAITING,
    WEEKS,
    Array,
    Dice,
    Size,
    index_of,
)

_EMPLOYEE_THEMES = {"planning.chosen": "planning.schedules", "planning.waiting": "planning.schedules",
                    "load.storm": "load.workload", "bereavement": "load.emotional"}  # fmt: skip


@dataclass(slots=True)
class _Colleague:
    """Answers the few slots of an employee's sentence."""

    rng: Random
    woman: bool
    _said: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        if name[1:2] == ":":
            return name[2:].split("|")[self.woman]
        if name == "e":
            return "e" if self.woman else ""
        choices = {"n": (5, 8, 10, 12, 15, 20, 25), "fois": ("deux", "trois")}[name]
        return str(self.rng.choice(choices))


@dataclass(frozen=True, slots=True)
class _Tap:
    """One exchange on which an adviser left a word."""

    feeling: int
    reason: int
    phone: bool
    again: bool
    server: float
    tool: float
    rotating: bool
    storm: bool
    woman: bool


def words(
    dice: Dice, planted: Plan, life: Climate, crew: Staff, seen: Contacts, lived: Feelings, size: Size
) -> list[Text]:
    """The word of each ressenti, or silence."""
    rng = Random(int(dice.stream(f"words {size}").integers(2**62)))
    rows = lived.contact
    server = server_share(planted) / max(0.05, float(np.mean(seen.channel[rows] == PHONE)))
    tool = np.clip(0.16 * np.exp(0.7 * life.slow_tool), 0.02, 0.8)
    rotating = rotating_weeks(planted)
    stormy = range(
        planted.storm_from, planted.storm_until if planted.storm_claims > 1 else planted.storm_from
    )
    taps = (
        None if not lived.writes[place] else _Tap(
            feeling=int(lived.feeling[place]),
            reason=int(seen.reason[row]),
            phone=bool(seen.channel[row] == PHONE),
            again=bool(seen.rank[row] > 1),
            server=float(server[seen.day[row] // 7]),
            tool=float(tool[seen.team[row]]),
            rotating=bool(rotating[seen.team[row], seen.day[row] // 7]),
            storm=int(seen.day[row]) // 7 in stormy,
            woman=crew.advisers[seen.adviser[row]].woman,
        )
        for place, row in enumerate(rows.tolist())
    )  # fmt: skip
    return [_word(tap, rng) if tap else SILENCE for tap in taps]


def server_share(planted: Plan) -> Array:
    """Share of the words that speak of the voice server, week by week, shape (65,)."""
    shares = np.full(WEEKS, 0.01)
    shares[planted.server_from : planted.server_until] = planted.server_said_by_staff
    return shares


def rotating_weeks(planted: Plan) -> Array:
    """Where and when the rotating schedules weigh, shape (24, 65)."""
    week = np.arange(WEEKS)
    weighs = np.zeros((len(TEAMS), WEEKS), dtype=bool)
    if not planted.schedule_climate:
        return weighs
    for number, team in enumerate(TEAMS):
        if team.site == "roubaix":
            until = planted.pilot_from if team.code in PILOT else planted.extension_from
            weighs[number] = (week >= planted.schedule_from) & (week < until)
    return weighs


def _word(tap: _Tap, rng: Random) -> Text:
    theme, positive = _word_theme(tap, rng)
    material_words = material("employees")
    if theme:
        lines = material_words["words"][theme + ("+" if positive else "")]
    else:
        lines = material_words["words_plain"][str(tap.feeling)]
    said = render(rng.choice(lines), rng, _Colleague(rng, tap.woman))
    said, style = typed(said, rng, careful=True)
    opinions = ((_EMPLOYEE_THEMES.get(theme, theme), ""),) if theme else ()
    return Text(said, opinions, style=style)


def _word_theme(tap: _Tap, rng: Random) -> tuple[str, bool]:
    """What the word is about, and whether it is a good one; no theme most of the time."""
    positive = tap.feeling >= 4
    special = (
        (tap.phone, tap.server, "reach.voice_server", False),
        (tap.reason == CLAIM, tap.tool, "tools.claims_tool", False),
        (tap.reason == BEREAVEMENT and not positive, 0.7, "bereavement", False),
        (tap.reason == PREMIUM, 0.25, "clarity.premium_change", positive),
        (tap.again and not positive, 0.25, "follow_up.repetition", False),
        (tap.rotating and not positive, 0.22, "planning.schedules", False),
        (tap.rotating and not positive, 0.08, "planning.late_changes", False),
        (tap.storm and tap.phone, 0.12, "reach.waiting", False),
    )
    for applies, chance, theme, good in special:
        if applies and rng.random() < chance:
            return theme, good
    if tap.feeling == 3 or rng.random() > 0.24:
        return "", positive
    return _themes("word_weights", positive).draw(rng), positive


@cache
def _themes(table: str, positive: bool) -> Weighted:
    return weighted(material("employees")[table]["+" if positive else "-"].items())


def comments(dice: Dice, planted: Plan, said: Barometer) -> list[Text]:
    """The comment of each anonymous answer, or silence."""
    rng = Random(int(dice.stream("comments").integers(2**62)))
    closing_week = [index_of(day) // 7 for day in waves()]
    used: set[str] = set()

    def written(place: int) -> Text:
        week = closing_week[said.wave[place]]
        return fresh(lambda: _comment(planted, said, place, week, rng), used)

    return [written(place) if writes else SILENCE for place, writes in enumerate(said.writes.tolist())]


def _comment(planted: Plan, said: Barometer, place: int, week: int, rng: Random) -> Text:
    """One to three sentences that agree with the marks of the same answer."""
    colleague = _Colleague(rng, rng.random() < 0.6)
    chosen: list[tuple[str, bool]] = []
    for _ in range(rng.choices((1, 2, 3), (0.58, 0.34, 0.08))[0]):
        pick = _comment_theme(planted, said, place, week, rng)
        if pick[0] not in [theme for theme, _ in chosen]:
            chosen.append(pick)
    lines = material("employees")["comments"]
    sentences = [
        render(rng.choice(lines[theme + ("+" if good else "")]), rng, colleague) for theme, good in chosen
    ]
    tail = rng.choice(material("employees")["comment_tails"])
    sentences += [render(tail, rng, colleague)] if tail and not chosen[0][1] else []
    text, style = typed(" ".join(sentences), rng, careful=rng.random() < 0.75)
    themes = tuple((_EMPLOYEE_THEMES.get(theme, theme), "") for theme, _ in chosen)
    return Text(text, themes, style=style)


def _comment_theme(planted: Plan, said: Barometer, place: int, week: int, rng: Random) -> tuple[str, bool]:
    marks = {key: int(values[place]) for key, values in said.marks.items()}
    team = TEAMS[int(said.team[place])].code
    good = marks["climate"] >= 4 if marks["climate"] != 3 else rng.random() < 0.45
    for applies, chance, theme, positive in _of_the_moment(planted, marks, team, week):
        if applies and rng.random() < chance:
            return theme, positive
    return _themes("comment_weights", good).draw(rng), good


def _of_the_moment(
    planted: Plan, marks: dict[str, int], team: str, week: int
) -> tuple[tuple[bool, float, str, bool], ...]:
    """What is in the air that month: applies, chance, theme, good."""
    server = planted.server_from <= week < planted.server_until and planted.server_phone != 0
    number = next(place for place, unit in enumerate(TEAMS) if unit.code == team)
    weighs = bool(rotating_weeks(planted)[number, week])
    chosen = planted.pilot_climate > 0 and (
        (team in PILOT and week >= planted.pilot_from) or (team in WAITING and week >= planted.extension_from)
    )
    waiting = (
        planted.pilot_climate > 0 and team in WAITING and planted.pilot_from <= week < planted.extension_from
    )
    storm = planted.storm_claims > 1 and planted.storm_from <= week < planted.storm_until + 2
    season = planted.premium_season > 1 and (9 <= week < 14 or week >= 60)
    return (
        (server, planted.server_said_by_staff, "reach.voice_server", False),
        (chosen and marks["planning"] >= 3, 0.35, "planning.chosen", True),
        (waiting and marks["planning"] <= 3, 0.30, "planning.waiting", False),
        (weighs and marks["planning"] <= 3, 0.40, "planning.schedules", False),
        (weighs and marks["planning"] <= 3, 0.20, "planning.late_changes", False),
        (storm, 0.22, "load.storm", False),
        (season and marks["clarity_of_changes"] <= 3, 0.22, "clarity.premium_change", False),
    )
