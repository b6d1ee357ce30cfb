"""Every exchange of the 65 weeks, as columns of the same length, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune import seasons
from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.world import (
    AGENCY,
    CHAT,
    COMPLAINT,
    DAYS,
    LETTER,
    MAIL,
    PHONE,
    REASONS,
    SELFCARE,
    TEAMS,
    TRADES,
    Array,
    Dice,
    Size,
)

#: How often a contact follows another one about the same thing, by reason.
_FOLLOWS = np.array([0.08, 0.20, 0.13, 0.28, 0.12])
_CUSTOMERS = 1_100_000
_WEEK_S = 7 * 86_400
_WAIT = {PHONE: 95.0, MAIL: 64_000.0, CHAT: 40.0, AGENCY: 300.0, LETTER: 320_000.0}
_HANDLE = {PHONE: 390.0, MAIL: 480.0, CHAT: 620.0, AGENCY: 900.0, LETTER: 700.0, SELFCARE: 240.0}


@dataclass(frozen=True, slots=True)
class Contacts:
    """Columns of one length; ``team`` is -1 for the customers' space, ``adviser`` where nobody answered."""

    day: Array
    second: Array
    team: Array
    adviser: Array
    reason: Array
    channel: Array
    customer: Array
    rank: Array
    wait_s: Array
    handle_s: Array
    outcome: Array

    def __len__(self) -> int:
        return len(self.day)

    @property
    def week(self) -> Array:
        """Week of each contact, 0 to 64."""
        return self.day // 7

    @property
    def clock(self) -> Array:
        """Local seconds since the first midnight."""
        return self.day.astype(np.int64) * 86_400 + self.second


def contacts(dice: Dice, planted: Plan, crew: Staff, size: Size) -> Contacts:
    """Draw all the contacts: when, who, why, how, for whom, and how each ended."""
    rng = dice.stream(f"contacts {size}")
    day, team, reason = _cells(rng, planted, size)
    adviser = _answerer(rng, crew, day, team)
    reason = _camille(rng, crew, adviser, reason)
    channel = _channel(rng, day, team, reason)
    second = seasons.spring_forward(day, seasons.seconds_of_day(rng, channel, day % 7 == 5))
    order = np.lexsort((second, day))
    day, second, team, adviser, reason, channel = (
        column[order] for column in (day, second, team, adviser, reason, channel)
    )
    customer = _customers(rng, day.astype(np.int64) * 86_400 + second, reason)
    rank = _ranks(customer, reason, day.astype(np.int64) * 86_400 + second)
    wait, handle = _durations(rng, planted, day, channel, reason)
    outcome = _outcomes(rng, planted, day, channel, reason)
    lost = (outcome == 3) & (channel == PHONE)
    return Contacts(
        day, second, team, np.where(lost, -1, adviser), reason, channel, customer, rank,
        wait, np.where(lost, 0, handle), outcome,
    )  # fmt: skip


def _cells(rng: np.random.Generator, planted: Plan, size: Size) -> tuple[Array, Array, Array]:
    """Day, team and reason of each contact; the customers' space comes last, with team -1."""
    human_days, own_days = seasons.day_weights()
    human, own = seasons.reason_table(planted)
    seats = np.array([team.seats for team in TEAMS], dtype=float)
    trade = np.array([TRADES.index(team.trade) for team in TEAMS])
    saturday = np.array([team.trade in ("n1", "agency") for team in TEAMS])
    week, weekday = np.arange(DAYS) // 7, np.arange(DAYS) % 7
    expected = human_days[:, None, None] * seats[None, :, None] * human[trade][:, week].transpose(1, 0, 2)
    expected[weekday == 5] *= saturday[None, :, None]
    expected *= (1 - seasons.SELFCARE_SHARE) * size.contacts / expected.sum()
    alone = own_days[:, None] * own[week]
    alone *= seasons.SELFCARE_SHARE * size.contacts / alone.sum()
    drawn = np.concatenate([rng.poisson(expected).reshape(-1), rng.poisson(alone).reshape(-1)])
    day, team, reason = (column.reshape(-1) for column in np.indices(expected.shape, dtype=np.int32))
    own_day, own_reason = (column.reshape(-1) for column in np.indices(alone.shape, dtype=np.int32))
    return (
        np.repeat(np.concatenate([day, own_day]), drawn),
        np.repeat(np.concatenate([team, np.full(own_day.shape, -1, np.int32)]), drawn),
        np.repeat(np.concatenate([reason, own_reason]), drawn),
    )


def _answerer(rng: np.random.Generator, crew: Staff, day: Array, team: Array) -> Array:
    """Who of the team at work that day takes the contact, busy people more often."""
    pace = np.exp(rng.normal(0, 0.12, len(crew.team)))
    fte = np.array([person.fte for person in crew.advisers])
    adviser = np.full(len(day), -1, dtype=np.int32)
    draw = rng.random(len(day))
    for number in range(len(TEAMS)):
        seats = np.flatnonzero(crew.team == number)
        who = crew.who[seats]
        weight = crew.present[seats] * pace[seats, None] * fte[who]
        empty = weight.sum(0) == 0
        weight[:, empty] = (who >= 0)[:, empty]
        cumulated = np.cumsum(weight, axis=0) / weight.sum(0)
        rows = np.flatnonzero(team == number)
        chosen = (draw[rows][None, :] >= cumulated[:, day[rows]]).sum(0).clip(max=len(seats) - 1)
        adviser[rows] = who[chosen, day[rows]]
    return adviser


def _camille(rng: np.random.Generator, crew: Staff, adviser: Array, reason: Array) -> Array:
    """Trap T7: one adviser of level 1 is mostly given complaints."""
    hers = np.flatnonzero(adviser == crew.by_name["Camille Fournier"])
    changed = reason.copy()
    changed[hers[rng.random(len(hers)) < 0.45]] = COMPLAINT
    return changed


def _channel(rng: np.random.Generator, day: Array, team: Array, reason: Array) -> Array:
    table = np.cumsum(seasons.channel_table(), axis=-1)
    trade = np.array([TRADES.index(unit.trade) for unit in TEAMS])
    chosen = np.full(len(day), SELFCARE, dtype=np.int32)
    rows = np.flatnonzero(team >= 0)
    bounds = table[trade[team[rows]], day[rows] // 7, reason[rows], :-1]
    chosen[rows] = (rng.random(len(rows))[:, None] >= bounds).sum(1).clip(max=LETTER)
    return chosen


def _customers(rng: np.random.Generator, clock: Array, reason: Array) -> Array:
    """Give each contact a customer; some contacts follow another of the same reason by a few days."""
    customer = (_CUSTOMERS * rng.beta(1.0, 1.5, len(clock))).astype(np.int64)
    for code in range(len(REASONS)):
        rows = np.flatnonzero(reason == code)
        times = clock[rows]
        parent = np.arange(len(rows))
        follows = np.flatnonzero(rng.random(len(rows)) < _FOLLOWS[code])
        before = (
            times[follows] - 4 * 3600 - (rng.beta(1.1, 1.9, len(follows)) * 6.6 * 86_400).astype(np.int64)
        )
        target = np.searchsorted(times, before, side="right") - 1
        near = (target >= 0) & (times[follows] - times[target.clip(0)] < _WEEK_S - 3600)
        parent[follows[near]] = target[near]
        while not np.array_equal(parent, parent[parent]):
            parent = parent[parent]
        customer[rows] = customer[rows][parent]
    return customer


def _ranks(customer: Array, reason: Array, clock: Array) -> Array:
    """First, second, third… contact of one customer for one reason, each within seven days of the last."""
    order = np.lexsort((clock, reason, customer))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (
        (np.diff(customer[order]) != 0) | (np.diff(reason[order]) != 0) | (np.diff(clock[order]) > _WEEK_S)
    )
    position = np.arange(len(order))
    start = np.maximum.accumulate(np.where(new, position, 0))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = position - start + 1
    return rank


def _durations(
    rng: np.random.Generator, planted: Plan, day: Array, channel: Array, reason: Array
) -> tuple[Array, Array]:
    wait_mean = np.array([_WAIT.get(code, np.nan) for code in range(6)])
    handle_mean = np.array([_HANDLE[code] for code in range(6)])
    slow = np.where(channel == PHONE, seasons.rush(planted)[day // 7], 1.0)
    spread = np.where(channel == AGENCY, 0.8, 0.75)
    wait = wait_mean[channel] * slow * np.exp(spread * rng.standard_normal(len(day)) - 0.2)
    longer = np.array([1.0, 1.35, 1.1, 1.4, 1.6])[reason]
    handle = handle_mean[channel] * longer * np.exp(0.5 * rng.standard_normal(len(day)) - 0.12)
    return np.where(np.isnan(wait), -1, wait).astype(np.int64), np.maximum(20, handle).astype(np.int64)


def _outcomes(rng: np.random.Generator, planted: Plan, day: Array, channel: Array, reason: Array) -> Array:
    """Resolved, pending, transferred or abandoned."""
    resolved = np.array([0.86, 0.58, 0.74, 0.52, 0.62])[reason]
    transferred = np.array([0.04, 0.12, 0.05, 0.10, 0.10])[reason]
    lost = np.where(channel == PHONE, 0.022 * seasons.rush(planted)[day // 7] ** 1.4, 0.0)
    lost = np.where(channel == SELFCARE, 0.14, lost)
    draw = rng.random(len(day))
    inside = (draw - lost) / (1 - lost)
    outcome = np.where(inside < resolved, 0, np.where(inside < resolved + transferred, 2, 1))
    outcome = np.where((channel == SELFCARE) & (outcome == 2), 1, outcome)
    return np.where(draw < lost, 3, outcome).astype(np.int32)
