"""Draws the whole company in memory, step by step, from one seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from visavis.demo.vaubrune import barometer as waves
from visavis.demo.vaubrune import climate as mood
from visavis.demo.vaubrune import contacts as traffic
from visavis.demo.vaubrune import extras, organisation, training
from visavis.demo.vaubrune import feelings as taps
from visavis.demo.vaubrune import returns as answers
from visavis.demo.vaubrune.customers import verbatim
from visavis.demo.vaubrune.employees import comments, words
from visavis.demo.vaubrune.facts import Case
from visavis.demo.vaubrune.plan import Plan, plan
from visavis.demo.vaubrune.tables import PRODUCTS
from visavis.demo.vaubrune.texts import SILENCE, Text, fresh
from visavis.demo.vaubrune.world import CHANNELS, PHONE, REASONS, SELFCARE, WEEKS, Array, Dice, Size, day_of

_PRODUCTS = {0: (0.42, 0.33, 0.20, 0.05), 1: (0.55, 0.40, 0.04, 0.01), 2: (0.45, 0.33, 0.20, 0.02),
             3: (0.35, 0.35, 0.2, 0.10), 4: (0.15, 0.20, 0.20, 0.45)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that was drawn."""

    seed: int
    size: Size
    null: bool
    dice: Dice
    planted: Plan
    crew: organisation.Staff
    life: mood.Climate
    clarity: training.Trait
    adherence: Array
    seen: traffic.Contacts
    asked: answers.Asked
    told: answers.Returns
    product: Array
    lived: taps.Feelings
    said: waves.Barometer
    profiles: dict[str, object]
    logic: Array
    texts: list[Text]
    words: list[Text]
    comments: list[Text]


def tell(seed: int, size: Size, *, null: bool, progress: Callable[[str, float], None]) -> Story:
    """Draw the company: its people, its contacts, what both sides felt, and what they wrote."""
    dice, planted = Dice(seed), plan(null=null)
    progress("organisation", 0.0)
    crew = organisation.staff(dice)
    life, clarity = mood.climate(dice, planted), training.trait(dice, planted, crew)
    progress("contacts", 0.05)
    seen = traffic.contacts(dice, planted, crew, size)
    adherence = extras.adherence(dice)
    progress("returns", 0.25)
    asked = answers.ask(dice, planted, crew, life, seen, adherence, size)
    told = answers.returns(dice, planted, seen, asked, clarity, size)
    lived = taps.feelings(dice, planted, life, seen, asked, size)
    said = waves.barometer(dice, life, crew)
    profiles, logic = extras.profiles(dice, planted)
    product = _products(dice, seen, told, size)
    progress("verbatims", 0.35)
    texts = _texts(dice, planted, crew, life, seen, asked, told, product, size)
    progress("words", 0.7)
    return Story(
        seed, size, null, dice, planted, crew, life, clarity, adherence, seen, asked, told, product, lived, said,
        profiles, logic, texts,
        words(dice, planted, life, crew, seen, lived, size),
        comments(dice, planted, said),
    )  # fmt: skip


def _products(dice: Dice, seen: traffic.Contacts, told: answers.Returns, size: Size) -> Array:
    """What each answer is about: car, home, health or life."""
    table = np.cumsum(np.array([_PRODUCTS[code] for code in range(len(REASONS))]), axis=1)
    draw = dice.stream(f"products {size}").random(len(told.contact))
    product = (draw[:, None] >= table[seen.reason[told.contact]]).sum(1).clip(max=len(PRODUCTS) - 1)
    return np.asarray(product)


def server_shares(planted: Plan) -> Array:
    """Share of customers' verbatims about the voice server, week by week, shape (65,)."""
    said = planted.server_said_by_customers
    shares = np.full(WEEKS, 0.02)
    if len(said) > 1:
        for week in range(planted.server_from, planted.server_until):
            shares[week] = said[min(week - planted.server_from, len(said) - 1)]
        shares[planted.server_until : planted.server_until + 4] = (0.09, 0.06, 0.04, 0.03)
    return shares


def _texts(
    dice: Dice,
    planted: Plan,
    crew: organisation.Staff,
    life: mood.Climate,
    seen: traffic.Contacts,
    asked: answers.Asked,
    told: answers.Returns,
    product: Array,
    size: Size,
) -> list[Text]:
    rng = Random(int(dice.stream(f"verbatims {size}").integers(2**62)))
    cases = _cases(planted, crew, life, seen, asked, told, product)
    used: set[str] = set()
    return [
        fresh(lambda case=case: verbatim(case, planted, rng), used) if case else SILENCE for case in cases
    ]


def _cases(
    planted: Plan,
    crew: organisation.Staff,
    life: mood.Climate,
    seen: traffic.Contacts,
    asked: answers.Asked,
    told: answers.Returns,
    product: Array,
) -> list[Case | None]:
    """The facts of each answer that has words, None for the others."""
    rows = told.contact
    phone_only = server_shares(planted) / np.mean(seen.channel[rows] == PHONE)
    storm = (planted.storm_from, planted.storm_until + 4) if planted.storm_claims > 1 else (0, 0)
    pressure = np.clip(0.24 * np.exp(0.75 * life.delays), 0.02, 0.85)
    cases: list[Case | None] = []
    for place, row in enumerate(rows.tolist()):
        if not told.writes[place]:
            cases.append(None)
            continue
        adviser, week = int(seen.adviser[row]), int(seen.day[row]) // 7
        reason, channel = REASONS[seen.reason[row]], CHANNELS[seen.channel[row]]
        cases.append(
            Case(
                mark=int(told.satisfaction[place]),
                reason=reason,
                channel=channel,
                product=PRODUCTS[product[place]],
                week=week,
                month=day_of(seen.day[row]).month,
                rank=int(seen.rank[row]) if seen.channel[row] != SELFCARE else 1,
                adviser=crew.advisers[adviser].name if adviser >= 0 else "",
                adviser_woman=crew.advisers[adviser].woman if adviser >= 0 else False,
                callback=bool(told.callback[place]),
                storm=storm[0] <= week < storm[1] and reason == "claim",
                server_share=float(phone_only[week])
                if channel == "phone" and reason != "bereavement"
                else 0.0,
                delay_pressure=float(pressure[seen.team[row]]) if seen.team[row] >= 0 else 0.0,
                wish=asked.wishes.get(row, ""),
            )
        )
    return cases
