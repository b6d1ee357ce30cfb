"""Draws the whole company in memory, step by step, from one seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

import numpy as np

from visavis.demo.vaubrune import barometer as waves
from visavis.demo.vaubrune import climate as mood
from visavis.demo.vaubrune import contacts as traffic
from visavis.demo.vaubrune import extras, organisation, training
from visavis.demo.vaubrune import feelings as taps
from visavis.demo.vaubrune import returns as answers
from visavis.demo.vaubrune.cases import Heard, cases
from visavis.demo.vaubrune.customers import verbatim
from visavis.demo.vaubrune.employees import comments, words
from visavis.demo.vaubrune.plan import Plan, plan
from visavis.demo.vaubrune.tables import PRODUCTS
from visavis.demo.vaubrune.texts import SILENCE, Text, fresh
from visavis.demo.vaubrune.world import REASONS, Array, Dice, Size

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
    texts = _texts(dice, Heard(planted, crew, life, seen, asked, told, product), size)
    progress("words", 0.7)
    return Story(
        seed, size, null, dice, planted, crew, life, clarity, adherence, seen, asked, told, product,
        lived, said, profiles, logic, texts,
        words(dice, planted, life, crew, seen, lived, size),
        comments(dice, planted, said),
    )  # fmt: skip


def _products(dice: Dice, seen: traffic.Contacts, told: answers.Returns, size: Size) -> Array:
    """What each answer is about: car, home, health or life."""
    table = np.cumsum(np.array([_PRODUCTS[code] for code in range(len(REASONS))]), axis=1)
    draw = dice.stream(f"products {size}").random(len(told.contact))
    product = (draw[:, None] >= table[seen.reason[told.contact]]).sum(1).clip(max=len(PRODUCTS) - 1)
    return np.asarray(product)


def _texts(dice: Dice, heard: Heard, size: Size) -> list[Text]:
    rng = Random(int(dice.stream(f"verbatims {size}").integers(2**62)))
    used: set[str] = set()
    return [
        fresh(partial(verbatim, case, heard.planted, rng), used) if case else SILENCE for case in cases(heard)
    ]
