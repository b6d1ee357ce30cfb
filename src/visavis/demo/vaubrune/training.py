"""Clarity as a personal trait, and the training « Dire une hausse » that moved it (E12, T4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.world import DAYS, Array, Dice

_TRAIT_SD = 0.25
#: Error of the mean of thirty-one answers on clarity.
_ERROR = 0.17
_ANSWERS = 31
_FIRST_DAY = 40 * 7
_LASTS = 21


@dataclass(frozen=True, slots=True)
class Trait:
    """Clarity of each adviser, the day it changed and by how much."""

    level: Array
    trained_on: Array
    gain: Array
    third: Array
    group: Array
    before: Array
    after: Array

    def at(self, person: Array, day: Array) -> Array:
        """Trait of a person on a day; 0 for nobody. All arrays of one length."""
        since = self.gain[person] * (day >= self.trained_on[person])
        return np.where(person >= 0, self.level[person] + since, 0.0)


def trait(dice: Dice, planted: Plan, crew: Staff) -> Trait:
    """Choose who is trained on a measured score, then let the truth move.

    Half of the low third is trained, the other half waits; half of the strong third is trained too.
    """
    rng = dice.stream("training")
    people = len(crew.advisers)
    level = _TRAIT_SD * rng.standard_normal(people)
    before = level + _ERROR * rng.standard_normal(people)
    stable = np.array([(crew.who == person).any(0).sum() == DAYS for person in range(people)])
    third = np.full(people, -1)
    ranked = np.flatnonzero(stable)[np.argsort(before[stable])]
    for number, part in enumerate(np.array_split(ranked, 3)):
        third[part] = number
    chosen = rng.permuted(np.tile([True, False], people)[:people])
    trained = chosen & np.isin(third, (0, 2))
    gain = np.where(trained, np.where(third == 0, planted.training_low, planted.training_strong), 0.0)
    day = np.where(trained, _FIRST_DAY + rng.integers(0, _LASTS // 7, people) * 7 + 1, DAYS + 1)
    group = np.where(trained, "trained", np.where(third == 0, "waiting", "untrained"))
    after = level + gain + _ERROR * rng.standard_normal(people)
    return Trait(level, day, gain, third, group, before, after)


def rows(crew: Staff, clarity: Trait) -> dict[str, list[object]]:
    """The training file: one row an adviser who was measured."""
    kept = np.flatnonzero(clarity.third >= 0)
    names = ("low", "middle", "strong")
    return {
        "person": [crew.advisers[row].code for row in kept],
        "learning": ["dire-une-hausse"] * len(kept),
        "criterion": ["clarity"] * len(kept),
        "third": [names[clarity.third[row]] for row in kept],
        "group": [str(clarity.group[row]) for row in kept],
        "day": [int(clarity.trained_on[row]) for row in kept],
        "score_before": [round(4.0 + float(clarity.before[row]), 2) for row in kept],
        "n_before": [_ANSWERS] * len(kept),
        "score_after": [round(4.0 + float(clarity.after[row]), 2) for row in kept],
        "n_after": [_ANSWERS] * len(kept),
    }
