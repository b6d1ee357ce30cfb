"""How each team lives, week after week, and what its customers feel of it five weeks later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.world import (
    CODES,
    PILOT,
    TEAMS,
    WAITING,
    WEEKS,
    Array,
    Dice,
    team_index,
    teams_where,
)

_CLIMATE_SD = 0.27
_CUSTOMER_SD = 0.205
#: Where the two exceptions stand, in standard deviations: climate, customers.
_EXCEPTIONS = ((0.9, -1.3), (-1.1, 1.1))
_DEMO_SEED = 5


@dataclass(frozen=True, slots=True)
class Climate:
    """Team by team truth.

    Attributes:
        base: lasting climate of each team around 0, shape (24,).
        moves: what was added or taken away each week, shape (24, 65).
        customers: lasting latent satisfaction of each team's customers, shape (24,).
        slow_tool: how much each team suffers from the claims tool, around 0, shape (24,).
        delays: how much its customers suffer from delays, around 0, shape (24,).
        exceptions: teams planted against the link.
    """

    base: Array
    moves: Array
    customers: Array
    slow_tool: Array
    delays: Array
    exceptions: tuple[str, ...]

    def at(self) -> Array:
        """Climate of each team each week, shape (24, 65)."""
        return self.base[:, None] + self.moves

    def reaching_customers(self, planted: Plan) -> Array:
        """Latent shift felt by customers each week: past moves, ``lag_weeks`` later, shape (24, 65)."""
        late = np.zeros_like(self.moves)
        late[:, planted.lag_weeks :] = self.moves[:, : -planted.lag_weeks]
        late[:, : planted.lag_weeks] = self.moves[:, :1]
        return planted.climate_to_customers * late


def climate(dice: Dice, planted: Plan) -> Climate:
    """Draw the lasting differences between teams and the weekly moves."""
    rng = dice.stream("climate")
    exceptions = _exceptions(dice, rng, planted)
    one, two = _linked(rng, planted.team_link, [team_index(code) for code in exceptions])
    tool, delay = _linked(rng, planted.theme_link, [])
    agencies = teams_where(trade="agency")
    return Climate(
        base=_CLIMATE_SD * one
        + planted.agency_climate * (agencies - agencies.mean())
        + planted.complaints_climate * teams_where(trade="complaints"),
        moves=_planned_moves(planted) + _wandering(rng),
        customers=_CUSTOMER_SD * two,
        slow_tool=tool,
        delays=delay,
        exceptions=exceptions,
    )


def _exceptions(dice: Dice, rng: np.random.Generator, planted: Plan) -> tuple[str, ...]:
    if not planted.team_link:
        return ()
    eligible = [team.code for team in TEAMS if team.seats > 4 and team.trade in ("n1", "agency")]
    drawn = rng.choice([code for code in eligible if code != "escaut"], 2, replace=False)
    return planted.exceptions if dice.seed == _DEMO_SEED else (str(drawn[0]), str(drawn[1]))


def _linked(rng: np.random.Generator, wanted: float, against: list[int]) -> tuple[Array, Array]:
    """Two standard columns over the teams whose sample correlation is ``wanted``, exceptions included."""
    one, noise = rng.standard_normal(len(CODES)), rng.standard_normal(len(CODES))
    if not wanted:
        return one, noise
    one = _standard(one)
    noise = _standard(noise - one * (one @ noise) / (one @ one))
    for index, (here, _) in zip(against, _EXCEPTIONS, strict=False):
        one[index] = here

    def facing(link: float) -> Array:
        column = link * one + np.sqrt(1 - link**2) * noise
        for index, (_, there) in zip(against, _EXCEPTIONS, strict=False):
            column[index] = there
        return np.asarray(column)

    links = np.linspace(wanted, 0.99, 60)
    gaps = [abs(float(np.corrcoef(one, facing(link))[0, 1]) - wanted) for link in links]
    return one, facing(float(links[int(np.argmin(gaps))]))


def _standard(column: Array) -> Array:
    return np.asarray((column - column.mean()) / column.std())


def _planned_moves(planted: Plan) -> Array:
    """The schedules of Roubaix, the pilot and its extension, shape (24, 65)."""
    week = np.arange(WEEKS)
    moves = np.zeros((len(CODES), WEEKS))
    moves[teams_where(site="roubaix")] += planted.schedule_climate * (week >= planted.schedule_from)
    for codes, start in ((PILOT, planted.pilot_from), (WAITING, planted.extension_from)):
        ramp = np.clip((week - start + 1) / planted.pilot_ramp, 0, 1) * (week >= start)
        moves[[team_index(code) for code in codes]] += planted.pilot_climate * ramp
    return np.asarray(moves)


def _wandering(rng: np.random.Generator, spread: float = 0.06, memory: float = 0.8) -> Array:
    """Ordinary ups and downs, remembered from week to week."""
    steps = rng.standard_normal((len(CODES), WEEKS)) * spread * np.sqrt(1 - memory**2)
    steps[:, 0] /= np.sqrt(1 - memory**2)
    for week in range(1, WEEKS):
        steps[:, week] += memory * steps[:, week - 1]
    return np.asarray(steps)
