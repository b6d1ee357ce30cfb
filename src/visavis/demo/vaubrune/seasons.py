"""How many contacts come each day, for what, through which channel, at what hour."""

from __future__ import annotations

import datetime as dt

import numpy as np

from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.world import (
    AGENCY,
    BEREAVEMENT,
    CHANNELS,
    CHAT,
    CLAIM,
    COMPLAINT,
    DAYS,
    HOLIDAYS,
    LETTER,
    MAIL,
    PHONE,
    PREMIUM,
    REASONS,
    TRADES,
    WEEKS,
    Array,
    day_of,
    index_of,
)

_WEEKDAYS = np.array([1.14, 1.05, 0.99, 0.97, 0.93, 0.17, 0.0])
_MONTHS = {
    9: 1.08,
    10: 1.04,
    11: 1.02,
    12: 0.94,
    1: 1.06,
    2: 0.97,
    3: 1.0,
    4: 0.97,
    5: 0.93,
    6: 1.0,
    7: 0.9,
    8: 0.8,
}

#: What each trade is asked, in quiet weeks; columns are the reasons.
_REASONS = {
    "n1": (0.619, 0.182, 0.134, 0.018, 0.047),
    "n2": (0.060, 0.860, 0.000, 0.060, 0.020),
    "complaints": (0.030, 0.040, 0.010, 0.920, 0.000),
    "agency": (0.622, 0.178, 0.136, 0.016, 0.048),
}
_SELFCARE_REASONS = (0.78, 0.12, 0.09, 0.01, 0.0)
#: Share of the chat at the end of the period, for each reason of a centre of level 1.
_CHAT_N1 = {0: 0.41, CLAIM: 0.06, PREMIUM: 0.14, COMPLAINT: 0.05, BEREAVEMENT: 0.02}
#: Phone, mail and letter share what the chat leaves.
_REST = {0: (0.735, 0.245, 0.02), CLAIM: (0.74, 0.23, 0.03), PREMIUM: (0.70, 0.25, 0.05),
         COMPLAINT: (0.46, 0.40, 0.14), BEREAVEMENT: (0.74, 0.15, 0.11)}  # fmt: skip
_AGENCY_DESK = {0: 0.60, CLAIM: 0.58, PREMIUM: 0.62, COMPLAINT: 0.50, BEREAVEMENT: 0.66}

#: Opening hours by channel, as (from, to) in hours: weekdays, then Saturdays.
OPENING = {
    "phone": (((8.0, 19.0),), ((9.0, 16.0),)),
    "mail": (((8.0, 18.5),), ((9.0, 13.0),)),
    "chat": (((8.0, 20.0),), ((9.0, 17.0),)),
    "agency": (((9.0, 12.5), (13.5, 18.0)), ((9.0, 12.5),)),
    "letter": (((8.0, 17.0),), ((9.0, 12.0),)),
    "selfcare": (((0.0, 24.0),), ((0.0, 24.0),)),
}
_BUSY = np.array(
    [0.05, 0.03, 0.02, 0.02, 0.02, 0.05, 0.2, 0.5, 0.7, 1.2, 1.45, 1.2,
     0.8, 0.75, 1.1, 1.1, 1.05, 0.95, 0.7, 0.45, 0.5, 0.45, 0.3, 0.12]
)  # fmt: skip


def day_weights() -> tuple[Array, Array]:
    """Relative traffic of each day, for people and for the customers' space, each of shape (455,)."""
    days = [day_of(index) for index in range(DAYS)]
    month = np.array([_MONTHS[day.month] for day in days])
    open_days = np.ones(DAYS)
    open_days[[index_of(day) for day in HOLIDAYS]] = 0.0
    quiet = np.array([0.72 if dt.date(2024, 12, 23) <= day <= dt.date(2025, 1, 3) else 1.0 for day in days])
    weekday = np.arange(DAYS) % 7
    return _WEEKDAYS[weekday] * month * open_days * quiet, month * np.where(weekday < 5, 1.0, 0.75)


def reason_table(planted: Plan) -> tuple[Array, Array]:
    """Traffic by trade, week and reason (relative), and by week and reason for the customers' space.

    Returns:
        Arrays of shapes (4, 65, 5) and (65, 5); they do not sum to 1 where a storm or a season adds contacts.
    """
    boost = np.ones((WEEKS, len(REASONS)))
    boost[planted.storm_from : planted.storm_until, CLAIM] = planted.storm_claims
    boost[10:14, PREMIUM] = boost[61:, PREMIUM] = planted.premium_season
    human = np.array([_REASONS[trade] for trade in TRADES])[:, None, :] * boost
    calm = np.minimum(1.0, 1.0 / human.sum(-1, keepdims=True)) ** 0.6
    return human * calm, np.array(_SELFCARE_REASONS) * boost


def channel_table() -> Array:
    """Share of each channel, for each trade, week and reason, shape (4, 65, 5, 6); sums to 1."""
    table = np.zeros((len(TRADES), WEEKS, len(REASONS), len(CHANNELS)))
    growth = 0.5 + 0.5 * np.arange(WEEKS) / (WEEKS - 1)
    for trade, name in enumerate(TRADES):
        for reason, (phone, mail, letter) in _REST.items():
            chat = _CHAT_N1[reason] * growth * (1.0 if name == "n1" else 0.25)
            desk = _AGENCY_DESK[reason] if name == "agency" else 0.0
            rest = 1.0 - chat - desk
            cell = table[trade, :, reason]
            cell[:, CHAT], cell[:, AGENCY] = chat, desk
            cell[:, PHONE], cell[:, MAIL], cell[:, LETTER] = rest * phone, rest * mail, rest * letter
    return table


def seconds_of_day(rng: np.random.Generator, channel: Array, saturday: Array) -> Array:
    """Draw the second of the day of each contact inside the opening hours of its channel."""
    grid = np.arange(0, 24 * 60)
    density = np.interp(grid / 60, np.arange(24) + 0.5, _BUSY)
    seconds = np.zeros(len(channel), dtype=np.int64)
    for code, name in enumerate(CHANNELS):
        for kind in (0, 1):
            rows = np.flatnonzero((channel == code) & (saturday == bool(kind)))
            is_open = np.zeros(len(grid))
            for start, stop in OPENING[name][kind]:
                is_open[(grid >= start * 60) & (grid < stop * 60)] = 1.0
            cumulated = np.cumsum(density * is_open)
            minute = np.searchsorted(cumulated, rng.random(len(rows)) * cumulated[-1], side="right")
            seconds[rows] = minute * 60 + rng.integers(0, 60, len(rows))
    return seconds


def spring_forward(day: Array, seconds: Array) -> Array:
    """Move away from the hour of 30 March 2025 that does not exist."""
    missing = (day == index_of(dt.date(2025, 3, 30))) & (seconds >= 2 * 3600) & (seconds < 3 * 3600)
    return np.where(missing, seconds + 3600, seconds)


def rush(planted: Plan) -> Array:
    """How saturated the phone is each week: 1 is a quiet week, shape (65,)."""
    level = np.ones(WEEKS)
    level[planted.storm_from : planted.storm_until] = 2.6 if planted.storm_phone else 1.0
    level[planted.server_from : planted.server_until] = 1.5 if planted.server_phone else 1.0
    return level


SELFCARE_SHARE = 0.09
