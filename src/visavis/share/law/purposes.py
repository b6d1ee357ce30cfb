"""What is kept for what, and how long at most unless somebody decides otherwise with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(StrEnum):
    """Each thing that is kept for a time. The code is that of the setting and of the purges."""

    CONTACTS = "contacts"
    ANSWERS = "answers"
    TEXTS = "texts"
    INVITATIONS = "invitations"
    PARTICIPATION = "participation"
    EMPLOYEE_WORDS = "employee_words"
    FEELINGS = "feelings"
    ADVISER_DAYS = "adviser_days"
    ADVISER_MONTHS = "adviser_months"
    AUDIT = "audit"
    FILES = "files"
    EXPORTS = "exports"
    REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class Keeping:
    """One purpose.

    Attributes:
        purpose: which.
        what: what is kept.
        since: from when its days are counted.
        then: what becomes of it afterwards.
        days: how long by default.
        least: the fewest days that make sense: under them the product could not do its work.
    """

    purpose: Purpose
    what: Promise
    since: Promise
    then: Promise
    days: int
    least: int = 1


#: trust.md §7, in days; feelings and requests of people are ours.
KEEPINGS: Final[tuple[Keeping, ...]] = (
    Keeping(
        Purpose.CONTACTS,
        _("How to reach a customer who asked for it: telephone, e-mail, name shown"),
        _("the close of the last campaign or case about the customer, or the end written with it"),
        _("deleted"),
        90,
    ),
    Keeping(
        Purpose.ANSWERS,
        _("Customers’ answers and exchanges, with the customer’s key"),
        _("the day of the answer"),
        _("kept as counts: without customer, exchange, adviser or code of the source"),
        730,
    ),
    Keeping(
        Purpose.TEXTS,
        _("Customers’ words"),
        _("the day of the answer"),
        _("the words are deleted; their themes and tone stay, without any word"),
        1095,
    ),
    Keeping(
        Purpose.INVITATIONS,
        _("Invitations of customers, with the fingerprint of their link"),
        _("the close of the campaign, or the sending if it has no end"),
        _("kept as counts: without link, customer or exchange"),
        90,
    ),
    Keeping(
        Purpose.PARTICIPATION,
        _("Who was invited to a barometer, and whether they took part"),
        _("the close of the wave"),
        _("deleted; the number of invited people and of answers stays"),
        30,
    ),
    Keeping(
        Purpose.EMPLOYEE_WORDS,
        _("Employees’ comments in a barometer"),
        _("the day of the answer"),
        _("the words are deleted; released themes stay"),
        365,
    ),
    Keeping(
        Purpose.FEELINGS,
        _("How an adviser says an exchange felt"),
        _("the day of the exchange"),
        _("kept as counts: without author, exchange or words"),
        365,
    ),
    Keeping(
        Purpose.ADVISER_DAYS,
        _("Which adviser held which exchange, and how long it took"),
        _("the day of the exchange"),
        _("the exchange stays without adviser or duration; her month is kept as sums"),
        90,
        31,
    ),
    Keeping(
        Purpose.ADVISER_MONTHS,
        _("Sums of the exchanges of an adviser, by month"),
        _("the first day of the month"),
        _("deleted"),
        365,
    ),
    Keeping(Purpose.AUDIT, _("The journal of gestures"), _("the gesture"), _("deleted"), 365, 180),
    Keeping(
        Purpose.FILES,
        _("Files received that nobody imported, and rows that were refused"),
        _("the day they came"),
        _("deleted; the number of refused rows stays"),
        30,
    ),
    Keeping(Purpose.EXPORTS, _("Files written by the product"), _("their writing"), _("deleted"), 7),
    Keeping(
        Purpose.REQUESTS,
        _("Requests of people about their data, and what was answered"),
        _("the answer"),
        _("deleted"),
        1095,
        365,
    ),
)

BY_PURPOSE: Final = {keeping.purpose: keeping for keeping in KEEPINGS}
#: Ten years: longer is no keeping time any more.
LONGEST: Final = 3650
