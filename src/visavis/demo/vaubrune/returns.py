"""What customers answered: who was asked, who replied, and their marks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune.climate import Climate
from visavis.demo.vaubrune.contacts import Contacts
from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.training import Trait
from visavis.demo.vaubrune.world import DAYS, PHONE, PREMIUM, WEEKS, Array, Dice, Size

ASKED = 0.35
JOINT = 0.112
ANSWERS = 0.17
STAFF_ANSWERS = 0.70
_HAPPY = 1.13
#: Cuts of the latent satisfaction into 1–5; 4 and 5 are satisfied.
_CUTS = np.array([-1.10, -0.60, 0.0, 1.68])
_RECOMMENDS = np.array([-2.3, -2.15, -2.0, -1.84, -1.68, -1.45, -1.05, -0.55, 0.02, 0.80])
_WRITES = np.array([0.0, 0.70, 0.62, 0.48, 0.40, 0.50])


@dataclass(frozen=True, slots=True)
class Asked:
    """What both sides were asked, contact by contact.

    Attributes:
        rows: contacts whose customer answered, increasing.
        felt: contacts whose adviser answered, increasing.
        eta: expected latent satisfaction of every contact.
        noise: what is proper to each exchange, shared by the two views.
        wishes: contacts whose customer writes, and what the words must hold: churn, repeat or nothing.
    """

    rows: Array
    felt: Array
    eta: Array
    noise: Array
    wishes: dict[int, str]


@dataclass(frozen=True, slots=True)
class Returns:
    """Columns of one length: one customer's answer each. 0 or -1 stand for an empty answer."""

    contact: Array
    answered: Array
    invited: Array
    satisfaction: Array
    recommendation: Array
    effort: Array
    clarity: Array
    kindness: Array
    listening: Array
    resolved: Array
    callback: Array
    writes: Array
    latent: Array


def ask(
    dice: Dice, planted: Plan, crew: Staff, life: Climate, seen: Contacts, adherence: Array, size: Size
) -> Asked:
    """Sample the contacts, ten per cent on both sides, and draw who answers.

    ``adherence`` says how well each team keeps its micro-routine each week, shape (24, 65).
    """
    rng = dice.stream(f"two_sides {size}")
    draw = rng.random(len(seen))
    reachable = (seen.adviser >= 0) | (seen.team < 0)
    joint = (draw < JOINT) & (seen.adviser >= 0)
    asked = (draw < ASKED) & reachable
    rows = np.flatnonzero(asked & (rng.random(len(seen)) < ANSWERS))
    felt = np.flatnonzero(joint & (rng.random(len(seen)) < STAFF_ANSWERS))
    noise = rng.standard_normal(len(seen)).astype(np.float32)
    rows = _six_for_yanis(crew, seen, rows, noise)
    wishes = _morning_of_ines(crew, seen, noise)
    rows, felt = np.union1d(rows, list(wishes)), np.setdiff1d(felt, list(wishes)[2:])
    return Asked(rows, felt, _expected(dice, planted, crew, life, seen, adherence), noise, wishes)


def _six_for_yanis(crew: Staff, seen: Contacts, rows: Array, noise: Array) -> Array:
    """Trap T7: a newcomer with six answers, all satisfied."""
    his = np.flatnonzero((seen.adviser == crew.by_name["Yanis Belkacem"]) & (seen.day < DAYS - 8))
    kept = his[np.linspace(0, len(his) - 1, min(6, len(his))).astype(int)]
    noise[kept] = np.abs(noise[kept]) + 0.9
    rows = np.setdiff1d(rows, np.flatnonzero(seen.adviser == crew.by_name["Yanis Belkacem"]))
    return np.union1d(rows, kept)


def _morning_of_ines(crew: Staff, seen: Contacts, noise: Array) -> dict[int, str]:
    """Six answers that wait for Inès on 1 December: one wants to leave, one calls again, some are happy."""
    hers = np.flatnonzero(
        (seen.adviser == crew.by_name["Inès Morel"]) & (seen.day >= DAYS - 13) & (seen.day < DAYS - 2)
    )
    leaving = hers[np.lexsort((seen.channel[hers] != PHONE, seen.reason[hers] != PREMIUM))][:1]
    again = np.setdiff1d(hers, leaving)
    again = again[np.argsort(seen.rank[again] == 1, kind="stable")][:1]
    others = np.setdiff1d(hers, np.concatenate([leaving, again]))[-4:]
    chosen = np.concatenate([leaving, again, others])
    noise[chosen] = np.array([-3.4, -2.3, -1.2, 1.1, 1.6, 2.0])[: len(chosen)]
    return dict(zip(chosen.tolist(), ("churn", "repeat", "", "", "", ""), strict=False))


def _expected(
    dice: Dice, planted: Plan, crew: Staff, life: Climate, seen: Contacts, adherence: Array
) -> Array:
    """Expected latent satisfaction of every contact: the sum of all that is planted."""
    talent = 0.13 * dice.stream("talent").standard_normal(len(crew.advisers) + 1)
    talent[[-1, crew.by_name["Camille Fournier"]]] = 0.0
    by_team = life.customers[:, None] + life.reaching_customers(planted)
    by_team = by_team + planted.routine_slope * np.maximum(0, adherence - planted.routine_threshold)
    by_team = np.vstack([by_team, np.zeros((1, WEEKS))])
    phone = np.zeros(WEEKS)
    phone[planted.server_from : planted.server_until] += planted.server_phone
    phone[planted.storm_from : planted.storm_until] += planted.storm_phone
    eta = _HAPPY + by_team[seen.team, seen.week] + talent[seen.adviser]
    eta += np.array(planted.reason_customers)[seen.reason] + np.array(planted.channel_customers)[seen.channel]
    eta += np.where(seen.channel == PHONE, phone[seen.week], 0.0)
    again = np.array([0.0, 0.0, 1.0, 1.4])[np.minimum(seen.rank, 3)]
    return np.asarray(eta + planted.repeated * again)


def returns(dice: Dice, planted: Plan, seen: Contacts, asked: Asked, clarity: Trait, size: Size) -> Returns:
    """Turn latent opinions into marks, and decide who adds words."""
    rng = dice.stream(f"returns {size}")
    when, invited = _when(rng, seen, asked.rows)
    rows, when, invited = (column[when < DAYS * 86_400] for column in (asked.rows, when, invited))
    latent = asked.eta[rows] + asked.noise[rows]
    mark = 1 + np.searchsorted(_CUTS, latent)
    opinion = latent - _HAPPY
    count = len(rows)
    loyal = 0.78 * opinion + 0.62 * rng.standard_normal(count)
    return Returns(
        contact=rows,
        answered=when,
        invited=invited,
        satisfaction=mark,
        recommendation=_maybe(rng, np.searchsorted(_RECOMMENDS, loyal), 0.92, -1),
        effort=_maybe(rng, _rounded(rng, 3.75 + 0.62 * opinion, 0.75), 0.86),
        clarity=_maybe(rng, _rounded(rng, _clarity(planted, seen, rows, opinion, clarity), 0.62), 0.90),
        kindness=_maybe(rng, _rounded(rng, 4.45 + 0.40 * opinion, 0.62), 0.90),
        listening=_maybe(rng, _rounded(rng, 4.25 + 0.50 * opinion, 0.65), 0.88),
        resolved=_maybe(rng, _resolved(rng, seen.outcome[rows], latent), 0.93, -1),
        callback=rng.random(count) < np.array([0, 0.30, 0.20, 0.06, 0.012, 0.004])[mark],
        writes=(rng.random(count) < _WRITES[mark]) | np.isin(rows, list(asked.wishes)),
        latent=latent,
    )


def _when(rng: np.random.Generator, seen: Contacts, rows: Array) -> tuple[Array, Array]:
    """Local seconds of the answer and of the invitation, answers never at night."""
    ended = seen.clock[rows] + seen.handle_s[rows]
    invited = ended + rng.integers(1_800, 3 * 3_600, len(rows))
    night = (invited % 86_400 < 8 * 3_600) | (invited % 86_400 > 20 * 3_600)
    invited = np.where(night, (invited + 8 * 3_600) // 86_400 * 86_400 + 9 * 3_600 + invited % 1_800, invited)
    answered = invited + (900 + rng.exponential(1.0, len(rows)) ** 1.6 * 9 * 3_600).astype(np.int64)
    asleep = answered % 86_400 < 6 * 3_600
    return answered + np.where(asleep, 6 * 3_600 + answered % 7_200, 0), invited


def _clarity(planted: Plan, seen: Contacts, rows: Array, opinion: Array, clarity: Trait) -> Array:
    person = seen.adviser[rows]
    harder = np.where(seen.reason[rows] == PREMIUM, planted.reason_customers[PREMIUM], 0.0)
    return np.asarray(4.0 + 0.45 * opinion + harder + clarity.at(person, seen.day[rows]))


def _rounded(rng: np.random.Generator, mean: Array, spread: float) -> Array:
    return np.clip(np.rint(mean + spread * rng.standard_normal(len(mean))), 1, 5).astype(np.int64)


def _maybe(rng: np.random.Generator, values: Array, filled: float, empty: int = 0) -> Array:
    """Leave some questions unanswered."""
    return np.where(rng.random(len(values)) < filled, values, empty)


def _resolved(rng: np.random.Generator, outcome: Array, latent: Array) -> Array:
    chance = 1 / (1 + np.exp(-(0.35 + np.array([1.5, -0.6, -0.3, -3.0])[outcome] + 0.9 * (latent - 0.6))))
    return (rng.random(len(latent)) < chance).astype(np.int64)
