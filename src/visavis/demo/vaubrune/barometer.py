"""The monthly barometer: anonymous answers, shuffled inside each wave, with no trace of who wrote what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune.climate import Climate
from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.world import LAST_DAY, Array, Dice, index_of

QUESTIONS = (
    "climate", "recommend_employer", "planning", "tools",
    "recognition", "support", "clarity_of_changes", "meaning",
)  # fmt: skip
_TAKES_PART = 0.71
_COMMENTS = 0.43
#: Level, then how strongly the team's climate and its moves are felt in each mark.
_MARKS = {
    "planning": (2.92, 0.25, 1.05),
    "tools": (3.05, 0.15, 0.10),
    "recognition": (3.60, 0.50, 0.30),
    "support": (4.18, 0.30, 0.12),
    "clarity_of_changes": (3.25, 0.30, 0.25),
    "meaning": (3.85, 0.30, 0.15),
}


@dataclass(frozen=True, slots=True)
class Barometer:
    """Columns of one length: one answer each, in the order of the file; 0 or -1 for an empty mark."""

    wave: Array
    team: Array
    marks: dict[str, Array]
    writes: Array
    invited: Array


def waves() -> list[dt.date]:
    """The last day of each of the fifteen months."""
    first = [dt.date(2024 + (8 + n) // 12, (8 + n) % 12 + 1, 1) for n in range(16)]
    return [min(day - dt.timedelta(days=1), LAST_DAY) for day in first[1:]]


def barometer(dice: Dice, life: Climate, crew: Staff) -> Barometer:
    """Draw the answers of every wave, on the roster of its last day."""
    rng = dice.stream("barometer")
    temper = 0.52 * rng.standard_normal(len(crew.advisers))
    wave, team, person, invited = [], [], [], []
    for number, closed in enumerate(waves()):
        seats = np.flatnonzero(crew.who[:, index_of(closed)] >= 0)
        answering = rng.permutation(seats[rng.random(len(seats)) < _TAKES_PART])
        wave.append(np.full(len(answering), number))
        team.append(crew.team[answering])
        person.append(crew.who[answering, index_of(closed)])
        invited.append(len(seats))
    waves_column, teams_column = np.concatenate(wave), np.concatenate(team)
    marks = _marks(rng, life, waves_column, teams_column, temper[np.concatenate(person)])
    writes = rng.random(len(waves_column)) < _COMMENTS
    return Barometer(waves_column, teams_column, marks, writes, np.array(invited))


def _marks(
    rng: np.random.Generator, life: Climate, wave: Array, team: Array, temper: Array
) -> dict[str, Array]:
    week = np.array([index_of(day) // 7 for day in waves()])[wave]
    lasting, moved = life.base[team], life.moves[team, week]
    count = len(wave)
    mood = 0.58 * rng.standard_normal(count) + temper
    climate = 3.52 + lasting + moved + mood
    employer = 7.75 + 1.5 * (lasting + 0.7 * moved + 0.8 * mood) + 1.5 * rng.standard_normal(count)
    marks = {
        "climate": np.clip(np.rint(climate), 1, 5).astype(int),
        "recommend_employer": np.where(
            rng.random(count) < 0.95, np.clip(np.rint(employer), 0, 10).astype(int), -1
        ),
    }
    for key, (level, by_base, by_moves) in _MARKS.items():
        mean = level + by_base * lasting + by_moves * moved + 0.35 * mood
        mean = mean - (0.22 * life.slow_tool[team] if key == "tools" else 0.0)
        drawn = np.clip(np.rint(mean + 0.72 * rng.standard_normal(count)), 1, 5).astype(int)
        marks[key] = np.where(rng.random(count) < 0.97, drawn, 0)
    return marks
