"""How long things take, when some are not over yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isfinite, log, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import Display, check_level, display_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """Share that still lasts after each time at which one ended, with its interval, and the median.

    ``median`` is ``None`` while more than half still last; so may be either end of ``median_interval``.
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    median: float | None
    median_interval: tuple[float | None, float | None]
    n: int
    events: int
    level: float

    @property
    def display(self) -> Display:
        """How much of it may be shown."""
        return display_for(self.n)


def kaplan_meier(time: Sequence[float], event: Sequence[int], level: float = 0.95) -> Survival:
    """Estimate how long cases last when some are still open: ``S(t) = Π (1 - d / n)``.

    The mean of closed cases lies: the long ones are still open.

    Args:
        time: how long each case lasted, or lasts so far, from 0; at least one.
        event: 1 when it ended, 0 when it is still open, in the same order.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        The curve at each time of an end, its log-log interval, and the first time at which half ended.

    Raises:
        ValueError: if lengths differ, there is no case, a time is impossible, or an event is not 0 or 1.

    Source:
        E. L. Kaplan and P. Meier (1958), JASA 53, 457-481; M. Greenwood (1926); R. Brookmeyer and J. Crowley
        (1982), Biometrics 38(1), 29-41, for the median.

    >>> kaplan_meier([1, 2, 2, 4], [1, 1, 0, 1]).survival
    (0.75, 0.5, 0.0)
    """
    check_level(level)
    if not time or len(time) != len(event) or not set(event) <= {0, 1}:
        raise ValueError("one event, 0 or 1, for each time, and at least one")
    if not all(isfinite(value) and value >= 0 for value in time):
        raise ValueError("times are finite and from 0")
    ends = sorted({float(value) for value, ended in zip(time, event, strict=True) if ended})
    share, scatter = 1.0, 0.0
    curve, bounds = [], []
    for end in ends:
        at_risk = sum(value >= end for value in time)
        died = sum(ended and value == end for value, ended in zip(time, event, strict=True))
        share *= 1 - died / at_risk
        scatter += died / (at_risk * (at_risk - died)) if died < at_risk else 0.0
        curve.append(share)
        bounds.append(_log_log(share, scatter, quantiles.z(level)))
    lows, highs = [low for low, _ in bounds], [high for _, high in bounds]
    return Survival(
        times=tuple(ends),
        survival=tuple(curve),
        low=tuple(lows),
        high=tuple(highs),
        median=_half(ends, curve),
        median_interval=(_half(ends, lows), _half(ends, highs)),
        n=len(time),
        events=sum(event),
        level=level,
    )


def _log_log(share: float, scatter: float, z: float) -> tuple[float, float]:
    """Bounds of a share of survivors; all of [0, S] or [S, 1] where Greenwood's formula has none."""
    if not 0 < share < 1:
        return (0.0, 1.0) if share else (0.0, 0.0)
    half = z * sqrt(scatter) / abs(log(share))
    return share ** exp(half), share ** exp(-half)


def _half(times: Sequence[float], curve: Sequence[float]) -> float | None:
    """The first time at which the curve is at half or under."""
    return next((time for time, share in zip(times, curve, strict=True) if share <= 0.5 + 1e-12), None)
