"""What themes do to a score, and which criteria please or anger more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import check_level
from visavis.measure.means import Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeContribution:
    """The score of all, and the points that each theme adds or takes; they sum to 0."""

    nps: float
    contribution: dict[str, float]
    n: int


def theme_contribution(themes: Mapping[str, Mapping[str, float]]) -> ThemeContribution:
    """Say how many points each theme adds or takes: ``share x (its score - score of all)``.

    Only for main themes that exclude each other. A difference of composition, not of cause.

    Args:
        themes: for each theme, ``n`` answers (from 0, not all 0) and their score ``nps``, -100 to 100.

    Returns:
        The score of all and one contribution a theme, in points; they sum to 0.

    Raises:
        ValueError: if nobody answered or a number lies outside its range.

    Source:
        Decomposition of a weighted mean.

    >>> theme_contribution({"delay": {"n": 1, "nps": -50}, "other": {"n": 3, "nps": 50}}).contribution
    {'delay': -18.75, 'other': 18.75}
    """
    total = fsum(theme["n"] for theme in themes.values())
    if total <= 0 or any(theme["n"] < 0 or not -100 <= theme["nps"] <= 100 for theme in themes.values()):
        raise ValueError("each theme has n from 0, not all 0, and a score from -100 to 100")
    score = fsum(theme["n"] * theme["nps"] for theme in themes.values()) / total
    parts = {name: theme["n"] / total * (theme["nps"] - score) for name, theme in themes.items()}
    return ThemeContribution(nps=score, contribution=parts, n=round(total))


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyReward:
    """Mean score of the middling, what a low mark takes, what a high one adds; each with its interval.

    A penalty far larger than the reward marks a due; the reverse, a delight.
    """

    base: float
    penalty: float
    reward: float
    penalty_interval: tuple[float, float] | None
    reward_interval: tuple[float, float] | None
    counts: tuple[int, int, int]
    level: float


def penalty_reward(
    y: Sequence[float], x: Sequence[float], low_max: float, high_min: float, level: float = 0.95
) -> PenaltyReward:
    """Compare the score of those who marked a criterion low, or high, with that of the others.

    Least squares on two dummies: differences of means, with one pooled variance. From 30 answers in each
    group.

    Args:
        y: the score of each answer, finite.
        x: the mark of the criterion, finite.
        low_max: highest mark that counts as low.
        high_min: lowest mark that counts as high, above ``low_max``.
        level: coverage wanted of both intervals, strictly between 0 and 1.

    Returns:
        A ``PenaltyReward``; ``counts`` are the low, the middling and the high. No interval with three
        answers in all.

    Raises:
        ValueError: if lengths differ, a value is not finite, the limits cross, or a group is empty.

    Source:
        D. R. Brandt (1988), Journal of Services Marketing 2; K. Matzler and E. Sauerwein (2002),
        International Journal of Service Industry Management 13(4), 314-332.

    >>> found = penalty_reward([2, 7, 7, 8], [1, 3, 3, 5], 2, 5)
    >>> found.penalty, found.reward
    (-5.0, 1.0)
    """
    check_level(level)
    if not low_max < high_min:
        raise ValueError(f"low ends under high: {low_max} and {high_min}")
    if not all(isfinite(value) for value in [*y, *x]):
        raise ValueError("values must be finite")
    groups: tuple[list[float], list[float], list[float]] = ([], [], [])
    for score, mark in zip(y, x, strict=True):
        groups[0 if mark <= low_max else 2 if mark >= high_min else 1].append(score)
    if not all(groups):
        raise ValueError(f"nobody in a group: {[len(group) for group in groups]} low, middling and high")
    low, base, high = (fsum(group) / len(group) for group in groups)
    return PenaltyReward(
        base=base,
        penalty=low - base,
        reward=high - base,
        penalty_interval=_interval(groups, 0, level),
        reward_interval=_interval(groups, 2, level),
        counts=(len(groups[0]), len(groups[1]), len(groups[2])),
        level=level,
    )


def _interval(groups: Sequence[list[float]], side: int, level: float) -> tuple[float, float] | None:
    sums = [Sums.of(group) for group in groups]
    freedom = sum(part.n for part in sums) - len(sums)
    if freedom < 1:
        return None
    spread = max(0.0, fsum(part.squares - part.total**2 / part.n for part in sums)) / freedom
    gap = sums[side].total / sums[side].n - sums[1].total / sums[1].n
    half = quantiles.t(level, freedom) * sqrt(spread * (1 / sums[side].n + 1 / sums[1].n))
    return gap - half, gap + half
