"""The policy: which role may do what, and where the two voices differ. Only here may code fork on a voice."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings

from visavis.core.words import Role, Voice


class Right(StrEnum):
    """What a viewer may do on a branch of the tree."""

    FIGURES = "figures"  # aggregates of customers' answers
    RETURNS = "returns"  # customers' returns, with their text
    ADVISERS = "advisers"  # the adviser's name on a return
    OWN_RETURNS = "own_returns"  # returns about oneself, and one's own ressenti
    TEAM = "team"  # the page of a team
    TREAT = "treat"  # treat the returns of the branch
    CORRECT = "correct"  # correct how a text was read
    DAILY = "daily"  # the operations' daily file
    REPORT = "report"  # the Direction's monthly report
    IMPORT = "import"  # bring files in
    REFERENCES = "references"  # moments, themes, reasons, channels, questionnaires
    SETTINGS = "settings"  # organisation, accounts, options, journal
    BAROMETER = "barometer"  # employees' figures, as released
    WAVES = "waves"  # open, close and release the waves of employees
    ORIGINALS = "originals"  # words as they were written, with a reason and a trace
    LAW = "law"  # registers, notices, keeping times
    PRIVACY = "privacy"  # answer the requests of people about their own data


#: The role matrix. Admin has no content right: whoever needs both holds two grants.
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADVISER: frozenset({Right.OWN_RETURNS, Right.BAROMETER}),
    Role.MANAGER: frozenset(
        {
            Right.FIGURES,
            Right.RETURNS,
            Right.ADVISERS,
            Right.TEAM,
            Right.TREAT,
            Right.CORRECT,
            Right.DAILY,
            Right.BAROMETER,
            Right.ORIGINALS,
        }
    ),
    Role.QUALITY: frozenset(
        {
            Right.FIGURES,
            Right.RETURNS,
            Right.ADVISERS,
            Right.TREAT,
            Right.CORRECT,
            Right.DAILY,
            Right.REPORT,
            Right.IMPORT,
            Right.REFERENCES,
            Right.BAROMETER,
            Right.ORIGINALS,
        }
    ),
    Role.HR: frozenset({Right.FIGURES, Right.REPORT, Right.TEAM, Right.BAROMETER, Right.WAVES, Right.LAW}),
    Role.DIRECTION: frozenset(
        {Right.FIGURES, Right.RETURNS, Right.REPORT, Right.TEAM, Right.DAILY, Right.BAROMETER}
    ),
    Role.ADMIN: frozenset({Right.IMPORT, Right.SETTINGS, Right.LAW}),
    Role.READER: frozenset({Right.FIGURES, Right.REPORT, Right.BAROMETER, Right.LAW}),
    Role.DPO: frozenset({Right.LAW, Right.PRIVACY}),
}

#: Fewest employees whose answers may show together (decisions.md §4.1); settings may only raise it.
SMALLEST_GROUP = 5


def smallest_group() -> int:
    """Fewest people on whom a figure of others may rest: the floor, or more where the instance asks so."""
    return max(SMALLEST_GROUP, settings.SMALLEST_GROUP)


def returns_may_be_listed(voice: Voice) -> bool:
    """Whether single returns of this voice may be listed to somebody other than their author.

    Employees' answers leave through the anonymity gateway alone (``listen/releases``): none is ever listed.
    """
    return voice is Voice.CUSTOMER


def figures_may_be_shown(voice: Voice) -> bool:
    """Whether aggregates may be counted from the answers of this voice: employees' are read once released."""
    return voice is Voice.CUSTOMER


#: The voices whose returns may be listed to others, and those whose figures come from their answers.
LISTED_VOICES = tuple(voice for voice in Voice if returns_may_be_listed(voice))
SHOWN_VOICES = tuple(voice for voice in Voice if figures_may_be_shown(voice))
