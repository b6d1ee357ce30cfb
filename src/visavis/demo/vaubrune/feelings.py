"""How advisers lived the exchanges on which they were asked, on both sides of the same sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune.climate import Climate
from visavis.demo.vaubrune.contacts import Contacts
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.returns import Asked
from visavis.demo.vaubrune.world import CLAIM, DAYS, PHONE, WEEKS, Array, Dice, Size

_WELL = 0.73
_SPREAD = 0.86
_CUTS = np.array([-1.0, -0.45, 0.0, 0.95])
_WORDS = 0.42


@dataclass(frozen=True, slots=True)
class Feelings:
    """Columns of one length: one adviser's tap each; ``writes`` says who added a word."""

    contact: Array
    felt: Array
    feeling: Array
    means: Array
    writes: Array


def feelings(dice: Dice, planted: Plan, life: Climate, seen: Contacts, asked: Asked, size: Size) -> Feelings:
    """Draw the ressentis: what both sides share, the reason, the climate, the saturated weeks."""
    rng = dice.stream(f"feelings {size}")
    when = _when(rng, seen, asked.felt)
    rows, when = asked.felt[when < DAYS * 86_400], when[when < DAYS * 86_400]
    own = np.sqrt(_SPREAD**2 - planted.pairing**2) * rng.standard_normal(len(rows))
    hard = np.zeros(WEEKS)
    hard[planted.server_from : planted.server_until] += 0.8 * planted.server_phone
    hard[planted.storm_from : planted.storm_until] += 0.8 * planted.storm_phone
    team, week = seen.team[rows], seen.week[rows]
    felt = _WELL + planted.pairing * asked.noise[rows] + own
    felt += np.array(planted.reason_felt)[seen.reason[rows]] + 0.25 * life.moves[team, week]
    felt += np.where(seen.channel[rows] == PHONE, hard[week], 0.0)
    return Feelings(
        contact=rows,
        felt=when,
        feeling=1 + np.searchsorted(_CUTS, felt),
        means=_means(rng, life, seen, rows, felt),
        writes=rng.random(len(rows)) < _WORDS,
    )


def _when(rng: np.random.Generator, seen: Contacts, rows: Array) -> Array:
    """Within the half hour that follows the exchange."""
    ended = seen.clock[rows] + seen.handle_s[rows]
    return np.asarray(ended + rng.integers(20, 1_800, len(rows)))


def _means(rng: np.random.Generator, life: Climate, seen: Contacts, rows: Array, felt: Array) -> Array:
    """Whether the adviser had the means to answer; the claims tool takes them away."""
    tool = np.where(seen.reason[rows] == CLAIM, 0.45 + 0.25 * life.slow_tool[seen.team[rows]], 0.0)
    score = 1.25 + 0.45 * (felt - _WELL) - tool + 0.8 * rng.standard_normal(len(rows))
    return np.asarray(score > 0)
