"""Which units stand out from all, given how few answers some have: funnels, not podiums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import FULL_FROM, check_level
from visavis.measure.surveys import fdr


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Limits around a target for each number of answers, from 0 to 1."""

    low: tuple[float, ...]
    high: tuple[float, ...]


def funnel_limits(target: float, n: Sequence[int], level: float = 0.95, *, tau2: float = 0.0) -> Funnel:
    """Draw the limits that a share crosses by chance alone: ``t ± z sqrt(t (1 - t) / n + tau²)``.

    Usual levels: 0.95 and 0.998. The normal law is rough under ``n t (1 - t) = 5``.

    Args:
        target: share of all, strictly between 0 and 1.
        n: answers of each unit, above 0.
        level: part of the units inside when none differs, strictly between 0 and 1.
        tau2: variance between ordinary units, from ``funnel_overdispersion``, from 0.

    Returns:
        One lower and one upper limit a unit, cut at 0 and 1.

    Raises:
        ValueError: if an argument lies outside its range.

    Source:
        D. J. Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.

    >>> [round(limit, 3) for limit in funnel_limits(0.8, [25, 100]).low]
    [0.643, 0.722]
    """
    check_level(level)
    if not 0 < target < 1 or tau2 < 0 or min(n, default=1) < 1:
        raise ValueError(f"impossible funnel: target {target}, tau2 {tau2}, or a unit without answers")
    halves = [quantiles.z(level) * sqrt(target * (1 - target) / size + tau2) for size in n]
    return Funnel(
        low=tuple(max(0.0, target - half) for half in halves),
        high=tuple(min(1.0, target + half) for half in halves),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdispersion:
    """How much more ordinary units differ than by chance."""

    target: float
    phi: float
    tau2: float


def funnel_overdispersion(x: Sequence[int], n: Sequence[int], winsorise: float = 0.1) -> Overdispersion:
    """Measure how much more units differ than by chance, extremes brought in first.

    ``z = (p - t) / sqrt(t (1 - t) / n)``, the part ``winsorise`` of them on each side brought to its nearest
    neighbour; ``phi`` is the mean of z²; ``tau² = (K phi - (K - 1)) / (Σw - Σw² / Σw)``, with
    ``w = n / (t (1 - t))``.

    Args:
        x: how many said yes in each unit; at least 2 units (20 for a stable figure;
            under 10, nothing is brought in and a unit apart hides itself).
        n: how many answered in each, above 0.
        winsorise: part brought in on each side, from 0, below 0.5.

    Returns:
        The share of all, the overdispersion factor, and the variance between units, 0 without any.

    Raises:
        ValueError: if counts are impossible, all said the same, or ``winsorise`` leaves [0, 0.5[.

    Source:
        D. J. Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, sections 4.2 and 4.3.

    >>> funnel_overdispersion([8, 16, 40], [10, 20, 50]).tau2
    0.0
    """
    target, z = _scores(x, n)
    if not 0 <= winsorise < 0.5:
        raise ValueError(f"the part brought in lies in [0, 0.5[, got {winsorise}")
    ranked, many = sorted(z), int(winsorise * len(z) + 1e-9)
    low, high = ranked[many], ranked[-1 - many]
    phi = fsum(min(high, max(low, value)) ** 2 for value in z) / len(z)
    weights = [size / (target * (1 - target)) for size in n]
    total = fsum(weights)
    scale = total - fsum(weight * weight for weight in weights) / total
    return Overdispersion(target=target, phi=phi, tau2=max(0.0, (len(z) * phi - (len(z) - 1)) / scale))


def _scores(x: Sequence[int], n: Sequence[int]) -> tuple[float, list[float]]:
    if len(x) != len(n) or len(x) < 2 or min(n) < 1:
        raise ValueError("at least 2 units, each with answers")
    target = sum(x) / sum(n)
    if not all(0 <= count <= size for count, size in zip(x, n, strict=True)) or target in {0.0, 1.0}:
        raise ValueError("each unit has 0 <= x <= n, and both kinds of answers exist")
    errors = [sqrt(target * (1 - target) / size) for size in n]
    return target, [(count / size - target) / error for count, size, error in zip(x, n, errors, strict=True)]


class Place(StrEnum):
    """Where a unit stands against all."""

    ABOVE = "above"
    SAME = "not distinguishable"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelGroups:
    """Units in three groups; ``None`` for those with too few answers to be compared."""

    places: tuple[Place | None, ...]
    adjusted: tuple[float | None, ...]
    target: float
    tau2: float
    q: float


def funnel_groups(x: Sequence[int], n: Sequence[int], q: float = 0.1, least: int = FULL_FROM) -> FunnelGroups:
    """Say which units stand above or below all, with at most ``q`` false alarms among the alarms.

    ``z = (p - t) / sqrt(t (1 - t) / n + tau²)``, then Benjamini and Hochberg over the compared units.

    Args:
        x: how many said yes in each unit; at least 2 units.
        n: how many answered in each, above 0.
        q: share of false alarms accepted among the alarms, from 0 to 1.
        least: answers from which a unit is compared.

    Returns:
        A ``FunnelGroups`` in the order given, with the adjusted p-value of each compared unit.

    Raises:
        ValueError: as ``funnel_overdispersion`` and ``fdr``.

    Source:
        D. J. Spiegelhalter (2005); Y. Benjamini and Y. Hochberg (1995), JRSS B 57(1), 289-300.

    >>> [str(place) for place in funnel_groups([40, 41, 39, 15], [50, 50, 50, 50]).places]
    ['not distinguishable', 'not distinguishable', 'not distinguishable', 'not distinguishable']
    """
    spread = funnel_overdispersion(x, n)
    target, tau2 = spread.target, spread.tau2
    compared = [unit for unit, size in enumerate(n) if size >= least]
    z = {
        unit: (x[unit] / n[unit] - target) / sqrt(target * (1 - target) / n[unit] + tau2) for unit in compared
    }
    found = dict(
        zip(compared, fdr([quantiles.two_sided_p(z[unit]) for unit in compared], q).adjusted, strict=True)
    )
    return FunnelGroups(
        places=tuple(_place(z[unit], found[unit] <= q) if unit in z else None for unit in range(len(n))),
        adjusted=tuple(found.get(unit) for unit in range(len(n))),
        target=target,
        tau2=tau2,
        q=q,
    )


def _place(z: float, stands_out: bool) -> Place:
    if not stands_out:
        return Place.SAME
    return Place.ABOVE if z > 0 else Place.BELOW
