"""Intervals undone: from their ends and n, the attacker gets sums, sums of squares and numbers of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.listen.releases.faced import Told
from tests.listen.releases.solving import Claim
from tests.listen.releases.surfaces import halves, number

#: What 95 % reach of a normal law, and the answers that the adjusted interval adds.
_Z, _PSEUDO = 1.959963984540054, 3.0
_RANGE = re.compile(r"de ([−+]?[\d,]+) à ([−+]?[\d,]+)")
#: Slack of floats.
_NEAR = 1e-6


def ends_of(text: str) -> tuple[float, float, float] | None:
    """Both ends of « de 3,0 à 3,8 », and half of their last digit."""
    found = _RANGE.search(text)
    return (number(found[1]), number(found[2]), halves(found[2])) if found else None


def spread(
    surface: str, question: str, group: frozenset[Told] | None, low: float, high: float, half: float
) -> list[Claim]:
    """What an interval around a mean of marks, or around a score in points, tells of the answers.

    Args:
        surface: where it was read.
        question: of the answers.
        group: whose; none tells nothing.
        low: its low end, as it is written.
        high: its high end.
        half: how far both are rounded.
    """
    score = question == "recommend_employer"
    scale = 100.0 if score else 1.0
    values = {"9": 1.0, "7": 0.0, "4": -1.0} if score else {str(mark): float(mark) for mark in range(1, 6)}
    middle, reach = (0.0, 1.0) if score else (3.0, 2.0)
    low, high, half = low / scale, high / scale, half / scale
    if not group or len(group) < 3 or low <= middle - reach + half or high >= middle + reach - half:
        return []
    n = len(group) + _PSEUDO
    centre, width = (low + high) / 2, (high - low) / 2
    sums = [at * n - _PSEUDO * middle for at in (centre - half, centre + half)]
    near = (max(0.0, width - half), width + half)
    powers = max(0.0, abs(centre) - half) ** 2, (abs(centre) + half) ** 2
    added = _PSEUDO * (middle**2 + reach**2 / 2)
    squares = [n * (power + n * w**2 / _Z**2) - added for power, w in zip(powers, near, strict=True)]
    weights = tuple(values.items())
    squared = tuple((answer, value**2) for answer, value in values.items())
    return [
        Claim(surface, question, group, weights, sums[0] - _NEAR, sums[1] + _NEAR),
        Claim(surface, question, group, squared, squares[0] - _NEAR * n, squares[1] + _NEAR * n),
    ]


def counted(
    surface: str,
    question: str,
    group: frozenset[Told] | None,
    answers: Sequence[str],
    low: float,
    high: float,
    half: float,
) -> list[Claim]:
    """How many gave some answers, from the interval around their share, from 0 to 1, and n."""
    if not group:
        return []
    n = len(group)
    fits = [
        times
        for times in range(n + 1)
        if all(abs(a - b) <= half + _NEAR for a, b in zip(_wilson(times, n), (low, high), strict=True))
    ]
    if not fits:
        return []
    weights = tuple((answer, 1.0) for answer in answers)
    return [Claim(surface, question, group, weights, fits[0] - _NEAR, fits[-1] + _NEAR)]


def _wilson(times: int, n: int) -> tuple[float, float]:
    share, z2 = times / n, _Z**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    width = _Z / (1 + z2 / n) * (share * (1 - share) / n + z2 / (4 * n**2)) ** 0.5
    return max(0.0, centre - width), min(1.0, centre + width)
