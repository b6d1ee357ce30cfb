"""How rightly one side guesses what the other answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt

from visavis.measure.links import centred, correlation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PerceptionAccuracy:
    """The error of a guess, and the parts of it that come from level, spread and order.

    The three parts add up to 1, or are all 0 when nothing is wrong; ``correlation`` is ``None`` when a side
    never varies.
    """

    mse: float
    bias: float
    share_bias: float
    share_spread: float
    share_ordering: float
    correlation: float | None
    n: int


def perception_accuracy(perceived: Sequence[float], actual: Sequence[float]) -> PerceptionAccuracy:
    """Compare what a team believes of each question with what its customers say.

    Args:
        perceived: the guess of each question (or team), finite; 8 or more for the parts to mean anything.
        actual: the answer of the other side, in the same order.

    Returns:
        A ``PerceptionAccuracy``; a positive bias overestimates.

    Raises:
        ValueError: if lengths differ, there is no value, or one is not finite.

    Source:
        H. Theil (1966), Applied Economic Forecasting: mean squared error = bias² + (difference of
        spreads)² + 2 (1 - r) × product of spreads.

    >>> round(perception_accuracy([3, 4, 5], [2, 3, 4]).share_bias, 6)
    1.0
    """
    n = len(actual)
    if n == 0 or len(perceived) != n or not all(isfinite(value) for value in (*perceived, *actual)):
        raise ValueError("one finite guess for each finite answer")
    mse = fsum((guess - truth) ** 2 for guess, truth in zip(perceived, actual, strict=True)) / n
    bias = (fsum(perceived) - fsum(actual)) / n
    across, along = (sqrt(fsum(gap**2 for gap in centred(side)) / n) for side in (perceived, actual))
    r = correlation_of(perceived, actual)
    parts = bias**2, (across - along) ** 2, 2 * (1 - (r or 0.0)) * across * along
    whole = fsum(parts)
    # A perfect guess leaves nothing but rounding.
    wrong = mse > 1e-15 * max(1.0, fsum(truth**2 for truth in actual) / n)
    level, spread, order = (part / whole if wrong else 0.0 for part in parts)
    return PerceptionAccuracy(
        mse=mse,
        bias=bias,
        share_bias=level,
        share_spread=spread,
        share_ordering=order,
        correlation=r,
        n=n,
    )
