"""What each customer who writes has lived: the facts that the sentences rest on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.demo.vaubrune.climate import Climate
from visavis.demo.vaubrune.contacts import Contacts
from visavis.demo.vaubrune.facts import Case
from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.returns import Asked, Returns
from visavis.demo.vaubrune.tables import PRODUCTS
from visavis.demo.vaubrune.world import CHANNELS, PHONE, REASONS, SELFCARE, WEEKS, Array, day_of

_QUIET = 0.02
#: After the repair people still speak of it for a month.
_FADING = (0.09, 0.06, 0.04, 0.03)


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything known of the answers when the words are written; ``product`` is an index of ``PRODUCTS``."""

    planted: Plan
    crew: Staff
    life: Climate
    seen: Contacts
    asked: Asked
    told: Returns
    product: Array


def server_shares(planted: Plan) -> Array:
    """Share of customers' verbatims about the voice server, week by week, shape (65,)."""
    said = planted.server_said_by_customers
    shares = np.full(WEEKS, _QUIET)
    if len(said) > 1:
        for week in range(planted.server_from, planted.server_until):
            shares[week] = said[min(week - planted.server_from, len(said) - 1)]
        shares[planted.server_until : planted.server_until + len(_FADING)] = _FADING
    return shares


def cases(heard: Heard) -> list[Case | None]:
    """The facts of each answer that has words, None for the others."""
    planted, rows = heard.planted, heard.told.contact
    spoken = server_shares(planted) / max(0.05, float(np.mean(heard.seen.channel[rows] == PHONE)))
    stormy = range(
        planted.storm_from, planted.storm_until + 4 if planted.storm_claims > 1 else planted.storm_from
    )
    pressure = np.clip(0.24 * np.exp(0.75 * heard.life.delays), 0.02, 0.85)
    return [
        _case(heard, place, float(spoken[heard.seen.day[row] // 7]), pressure, stormy) if writes else None
        for place, (row, writes) in enumerate(zip(rows.tolist(), heard.told.writes.tolist(), strict=True))
    ]


def _case(heard: Heard, place: int, spoken: float, pressure: Array, stormy: range) -> Case:
    seen, row = heard.seen, int(heard.told.contact[place])
    reason, channel = REASONS[seen.reason[row]], CHANNELS[seen.channel[row]]
    adviser = heard.crew.advisers[seen.adviser[row]] if seen.adviser[row] >= 0 else None
    return Case(
        mark=int(heard.told.satisfaction[place]),
        reason=reason,
        channel=channel,
        product=PRODUCTS[heard.product[place]],
        week=int(seen.day[row]) // 7,
        month=day_of(seen.day[row]).month,
        rank=int(seen.rank[row]) if seen.channel[row] != SELFCARE else 1,
        adviser=adviser.name if adviser else "",
        adviser_woman=adviser.woman if adviser else False,
        callback=bool(heard.told.callback[place]),
        storm=reason == "claim" and seen.day[row] // 7 in stormy,
        server_share=spoken if channel == "phone" and reason != "bereavement" else 0.0,
        delay_pressure=float(pressure[seen.team[row]]) if seen.team[row] >= 0 else 0.0,
        wish=heard.asked.wishes.get(row, ""),
    )
