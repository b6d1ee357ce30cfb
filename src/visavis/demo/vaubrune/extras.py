"""Files for what the product will import later: routines, planning, mutual help, mirror study, logics."""

from __future__ import annotations

import numpy as np

from visavis.demo.vaubrune.files import dates, marks, moments, named, numbered
from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.world import CODES, DAYS, SITES, TEAMS, WEEKS, Array, Dice, team_index, teams_where

Columns = dict[str, object]
ROUTINE_TEAMS = ("loire", "maine", "sarthe", "layon", "tours", "le-mans")
ROUTINE_FROM = 46
_PLANNED = 5
MIRROR_QUESTIONS = (
    "clarity", "listening", "reachability", "kindness", "competence",
    "speed", "honesty", "follow_up", "price", "letters",
)  # fmt: skip
MIRROR_CUSTOMERS, MIRROR_EMPLOYEES = 1_200, 150
LOGIC_ITEMS = 12


def adherence(dice: Dice) -> Array:
    """How well each team keeps its micro-routine each week, 0 where there is none, shape (24, 65)."""
    rng = dice.stream("routines")
    kept = np.zeros((len(CODES), WEEKS))
    level = rng.permutation(np.linspace(0.30, 0.82, len(ROUTINE_TEAMS)))
    for code, share in zip(ROUTINE_TEAMS, level, strict=True):
        week = np.arange(WEEKS - ROUTINE_FROM)
        kept[team_index(code), ROUTINE_FROM:] = share * (1 - 0.5 * np.exp(-week / 4))
    return kept


def routines(dice: Dice, crew: Staff, kept: Array) -> Columns:
    """« Les 5 minutes du client »: days planned and done, a person and a week a row."""
    rng = dice.stream("routine days")
    rows = [
        (crew.who[seat, 7 * week], week, kept[crew.team[seat], week])
        for week in range(ROUTINE_FROM, WEEKS)
        for seat in np.flatnonzero(np.isin(crew.team, [team_index(code) for code in ROUTINE_TEAMS]))
        if crew.who[seat, 7 * week] >= 0
    ]
    person, week, share = (np.array(column) for column in zip(*rows, strict=True))
    return {
        "person": named([adviser.code for adviser in crew.advisers], person),
        "learning": ["cinq-minutes-du-client"] * len(rows),
        "week": dates(week * 7),
        "planned": marks(np.full(len(rows), _PLANNED)),
        "done": marks(rng.binomial(_PLANNED, share), -1),
    }


def planning(dice: Dice, planted: Plan, crew: Staff) -> Columns:
    """Planned weeks: spread of the starting hours, Saturdays, late changes, breaks."""
    rng = dice.stream("planning")
    seat, week = (column.reshape(-1) for column in np.indices((len(crew.team), WEEKS)))
    worked = crew.present[:, : WEEKS * 7].reshape(len(crew.team), WEEKS, 7).sum(-1)[seat, week]
    seat, week, worked = seat[worked > 0], week[worked > 0], worked[worked > 0]
    rotating = teams_where(site="roubaix")[crew.team[seat]] & (week >= planted.schedule_from)
    rotating &= planted.schedule_climate != 0
    usual, rotated = planted.late_changes
    day = 7 * week
    person = np.array([crew.who[s, d : d + 7].max() for s, d in zip(seat, day, strict=True)])
    saturday = crew.present[seat, day + 5]
    breaks = 2 * worked
    return {
        "person": named([adviser.code for adviser in crew.advisers], person),
        "unit": named(CODES, crew.team[seat]),
        "week": dates(day),
        "start_spread_min": marks(np.rint(rng.gamma(2.0, np.where(rotating, 62.0, 22.0))), -1),
        "saturdays": marks(saturday.astype(int), -1),
        "late_changes": marks(rng.poisson(np.where(rotating, rotated, usual)), -1),
        "breaks_planned": marks(breaks, -1),
        "breaks_taken": marks(rng.binomial(breaks, np.where(rotating, 0.78, 0.88)), -1),
    }


def mutual_help(dice: Dice, planted: Plan, per_adviser: float) -> Columns:
    """Requests for help on the wall, with the minutes until a colleague answers."""
    rng = dice.stream("help")
    count = round(260 * per_adviser)
    team = rng.integers(0, len(CODES), count)
    site = np.array([list(SITES).index(unit.site) for unit in TEAMS])[team]
    day = rng.integers(0, DAYS // 7, count) * 7 + rng.integers(0, 5, count)
    asked = np.sort(day) * 86_400 + rng.integers(9 * 3_600, 17 * 3_600, count)
    minutes = np.array(planted.help_minutes)[site] * np.exp(0.8 * rng.standard_normal(count))
    answered = asked + np.minimum(minutes * 60, 90 * 60).astype(np.int64)
    return {
        "request": numbered("H", np.arange(count) + 1, 5),
        "unit": named(CODES, team),
        "asked_at": moments(asked),
        "answered_at": moments(answered),
        "answers": marks(1 + rng.poisson(0.8, count)),
    }


def mirror(dice: Dice, planted: Plan) -> Columns:
    """The mirror study of spring: ten questions from 0 to 10, 1,200 customers and 150 employees."""
    rng = dice.stream("mirror")
    level = rng.uniform(5.8, 6.8, len(MIRROR_QUESTIONS))
    level[:2] = 5.4, 6.7
    gaps = np.array(planted.mirror_gaps)
    marks_of = {
        voice: np.clip(np.rint(mean + 2.0 * rng.standard_normal((count, len(level)))), 0, 10).astype(int)
        for voice, count, mean in (
            ("customer", MIRROR_CUSTOMERS, level),
            ("employee", MIRROR_EMPLOYEES, level + gaps),
        )
    }
    voice = np.repeat([0, 1], [MIRROR_CUSTOMERS, MIRROR_EMPLOYEES])
    both = np.vstack([marks_of["customer"], marks_of["employee"]])
    return {
        "respondent": numbered("X", np.arange(len(voice)) + 1, 4),
        "voice": named(("customer", "employee"), voice),
        "closed_on": dates(np.full(len(voice), 245)),
        **{key: marks(both[:, place], -1) for place, key in enumerate(MIRROR_QUESTIONS)},
    }


def profiles(dice: Dice, planted: Plan) -> tuple[Columns, Array]:
    """A closed anonymous survey on ways of working: twelve items, and what the sales script is worth.

    Returns:
        The columns, and the true logic of each respondent.
    """
    rng = dice.stream("profiles")
    count = 186
    logic = rng.choice(len(planted.logic_shares), count, p=planted.logic_shares)
    centres = _centres(len(planted.logic_shares))
    items = np.clip(np.rint(centres[logic] + 0.72 * rng.standard_normal((count, LOGIC_ITEMS))), 1, 5)
    script = np.clip(np.rint(np.array(planted.logic_script)[logic] + 0.8 * rng.standard_normal(count)), 1, 5)
    return {
        "respondent": numbered("P", np.arange(count) + 1, 3),
        "wave": ["logiques-2025"] * count,
        **{f"item_{place + 1:02d}": marks(items[:, place]) for place in range(LOGIC_ITEMS)},
        "script_useful": marks(script),
    }, logic


def _centres(logics: int) -> Array:
    """Where each logic stands on each item: high on its own three, low on another's three."""
    centres = np.full((logics, LOGIC_ITEMS), 3.0)
    for logic in range(logics):
        if logics > 1:
            centres[logic, 3 * logic : 3 * logic + 3] += 1.25
            other = (logic + 2) % logics
            centres[logic, 3 * other : 3 * other + 3] -= 0.95
    return centres
