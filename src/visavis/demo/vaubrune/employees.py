"""Writes what employees say: a word on an exchange, a comment in a wave. Stub until the material is there."""

from __future__ import annotations

from visavis.demo.vaubrune.barometer import Barometer
from visavis.demo.vaubrune.climate import Climate
from visavis.demo.vaubrune.contacts import Contacts
from visavis.demo.vaubrune.feelings import Feelings
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.texts import SILENCE, Text
from visavis.demo.vaubrune.world import Dice, Size


def words(
    dice: Dice, planted: Plan, life: Climate, seen: Contacts, lived: Feelings, size: Size
) -> list[Text]:
    return [SILENCE] * len(lived.contact)


def comments(dice: Dice, planted: Plan, life: Climate, said: Barometer, size: Size) -> list[Text]:
    return [SILENCE] * len(said.wave)
