"""The few words that the whole house shares."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """Who speaks. The one enumeration of symmetry: a field, never a folder."""

    CUSTOMER = "customer"
    EMPLOYEE = "employee"

    @property
    def other(self) -> Voice:
        """The voice that stands face to face with this one."""
        return Voice.EMPLOYEE if self is Voice.CUSTOMER else Voice.CUSTOMER

    @property
    def tone_may_be_read(self) -> bool:
        """Whether a machine may judge the tone of this voice's words: never an employee's."""
        return self is Voice.CUSTOMER


class EmployeeTextError(ValueError):
    """Somebody asked a machine what an employee feels."""


def must_be_customer(voice: Voice) -> None:
    """Refuse to judge the tone of words that are not a customer's.

    Raises:
        EmployeeTextError: for employees' words.
    """
    if not voice.tone_may_be_read:
        raise EmployeeTextError(f"the tone of the {voice} voice is nobody's to read")


class Polarity(StrEnum):
    """The tone of a text or of one opinion in it."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    MIXED = "mixed"


class Signal(StrEnum):
    """Something in a customer's words that somebody should know today."""

    CHURN = "churn"
    CALLBACK = "callback"
    REPEAT = "repeat"
    RELATIONAL = "relational"
    DIGITAL = "digital"


class Role(StrEnum):
    """What a person is here for. Rights follow from it in ``people/access/policy.py``."""

    ADVISER = "adviser"
    MANAGER = "manager"
    QUALITY = "quality"
    HR = "hr"
    DIRECTION = "direction"
    ADMIN = "admin"
    READER = "reader"
    DPO = "dpo"
