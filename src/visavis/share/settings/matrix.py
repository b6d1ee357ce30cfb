"""The matrix of roles and rights, in words, from the policy itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Role
from visavis.people.access.policy import RIGHTS, Right
from visavis.people.persons.models import ROLES

#: What each right lets somebody do, on her branch of the organisation.
WORDS: Final[dict[Right, Promise]] = {
    Right.FIGURES: _("See the figures of customers' answers"),
    Right.RETURNS: _("Read customers' returns, with their text"),
    Right.ADVISERS: _("See the adviser's name on a return"),
    Right.OWN_RETURNS: _("Read the returns about one’s own exchanges, and keep one’s own feeling of each"),
    Right.TEAM: _("Open the page of a team"),
    Right.TREAT: _("Treat returns"),
    Right.CORRECT: _("Correct how a text was read"),
    Right.DAILY: _("Take the daily file"),
    Right.REPORT: _("Read the monthly report"),
    Right.IMPORT: _("Import files"),
    Right.REFERENCES: _("Change moments, themes, reasons and channels"),
    Right.SETTINGS: _("Manage the organisation, accounts, rights and journal"),
    Right.BAROMETER: _("See employees’ figures once released, never one person’s"),
    Right.WAVES: _("Open, close and release the waves of employees"),
    Right.ORIGINALS: _("See words as they were written, with a reason and a trace"),
    Right.LAW: _("Read the registers, the notices and the keeping times"),
    Right.PRIVACY: _("Answer the requests of people about their own data"),
}


@dataclass(frozen=True, slots=True)
class RightRow:
    """One right: its words, and each role in words with whether it has it, in the order of the roles."""

    words: Promise
    held: tuple[tuple[str | Promise, bool], ...]


def matrix() -> list[RightRow]:
    """One row a right, in the order of the policy."""
    return [
        RightRow(WORDS[right], tuple((words, right in RIGHTS[Role(role)]) for role, words in ROLES))
        for right in Right
    ]
