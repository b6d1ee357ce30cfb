"""How sure the drivers are, and where that lets one act first: importance against performance."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from visavis.measure.drivers import columns_of, correlations, relative_importance, shares_of
from visavis.measure.estimates import Display, Estimate, check_level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: A first driver is named when it leads in this part of the draws.
NAMED_FROM = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverInterval:
    """What a criterion explains, with its interval and the part of the draws in which it comes first."""

    importance: float
    low: float
    high: float
    first: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """Criteria and what they explain, from the one that explains most.

    ``leader`` is named only when it comes first in at least 80 % of the draws; ``among`` are those that
    come first in at least 5 %.
    """

    drivers: dict[str, DriverInterval]
    r2: float
    leader: str | None
    among: tuple[str, ...]
    n: int
    clusters: int
    draws: int
    level: float
    method: str
    warnings: tuple[str, ...]


def driver_intervals(
    y: Sequence[float],
    x: Mapping[str, Sequence[float]],
    clusters: Sequence[Hashable],
    *,
    controls: Mapping[str, Sequence[float]] | None = None,
    draws: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> Drivers:
    """Say what each criterion explains and how sure that is, by drawing whole clusters again.

    Args:
        y: the score of each answer.
        x: criteria, each with one value an answer.
        clusters: the adviser (or journey) of each answer; at least 10 different ones.
        controls: what is taken out first, as in ``relative_importance``.
        draws: how many times clusters are drawn, at least 100.
        level: coverage wanted of the percentile intervals, strictly between 0 and 1.
        seed: of the draws: the same answers give the same figures.

    Returns:
        A ``Drivers``.

    Raises:
        ValueError: as ``relative_importance``, or with fewer than 10 clusters or 100 draws.

    Source:
        As ``relative_importance``; B. Efron (1979), Annals of Statistics 7(1), 1-26, on clusters.

    >>> y = [place % 7 + place % 3 for place in range(120)]
    >>> a, b = [place % 7 for place in range(120)], [place % 3 for place in range(120)]
    >>> driver_intervals(y, {"a": a, "b": b}, [place // 6 for place in range(120)], draws=100).leader
    'a'
    """
    check_level(level)
    groups = _places(clusters)
    if len(clusters) != len(y) or len(groups) < 10 or draws < 100:
        raise ValueError("one cluster for each answer, at least 10 of them, and at least 100 draws")
    whole = relative_importance(y, x, "auto", controls)
    table, known = columns_of(y, x, controls)
    source = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    found = []
    for _ in range(draws):
        rows = [row for group in source.choices(groups, k=len(groups)) for row in group]
        found.append(_drawn(table[rows], known[rows], list(x), whole.method))
    kept = [draw for draw in found if draw]
    if len(kept) < draws / 2:
        raise ValueError("criteria vary in too few clusters to say how sure their importance is")
    ranked = sorted(x, key=lambda name: -whole.importance[name])
    drivers = {name: _interval(whole.importance[name], name, kept, level) for name in ranked}
    top = max(ranked, key=lambda name: drivers[name].first)
    return Drivers(
        drivers=drivers,
        r2=whole.r2,
        leader=top if drivers[top].first >= NAMED_FROM else None,
        among=tuple(name for name in ranked if drivers[name].first >= 0.05),
        n=len(y),
        clusters=len(groups),
        draws=len(kept),
        level=level,
        method=whole.method,
        warnings=whole.warnings,
    )


def _places(clusters: Sequence[Hashable]) -> list[list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for place, cluster in enumerate(clusters):
        groups.setdefault(cluster, []).append(place)
    return list(groups.values())


def _drawn(table: Matrix, known: Matrix, names: list[str], method: str) -> dict[str, float]:
    """Importances of one draw; nothing where the draw has no spread to explain."""
    try:
        return dict(zip(names, shares_of(correlations(table, known), method), strict=True))
    except ValueError:
        return {}


def _interval(value: float, name: str, draws: list[dict[str, float]], level: float) -> DriverInterval:
    ranked = sorted(draw[name] for draw in draws)
    tail = (1 - level) / 2
    low, high = (ranked[round(part * (len(ranked) - 1))] for part in (tail, 1 - tail))
    leads = sum(max(draw, key=lambda other: draw[other]) == name for draw in draws)
    return DriverInterval(
        importance=value, low=min(low, value), high=max(high, value), first=leads / len(draws)
    )


class Axis(StrEnum):
    """What to do about a criterion."""

    ACT = "act"
    KEEP = "keep"
    WATCH = "watch"
    LEAVE = "leave"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityMatrix:
    """Where each criterion lies against both cuts; ``None`` where too few answered to say."""

    places: dict[str, Axis | None]
    importance_cut: float
    performance_cut: float


def priority_matrix(
    drivers: Drivers,
    performance: Mapping[str, Estimate],
    performance_cut: float,
    importance_cut: float | None = None,
) -> PriorityMatrix:
    """Cross how much each criterion matters with how well it does; crossing a cut leaves it undecided.

    Args:
        drivers: importance of each criterion with its interval.
        performance: the estimate of each, on one scale.
        performance_cut: from which performance is good, on that scale; choose it beforehand.
        importance_cut: from which importance is great; the mean importance by default.

    Returns:
        For each criterion: ``act`` (matters, does badly), ``keep`` (matters, does well), ``watch`` (matters
        less, does badly), ``leave`` (matters less, does well), ``undecided`` where an interval holds a cut,
        ``None`` under 30 answers.

    Raises:
        ValueError: if both do not speak of the same criteria, or scales differ.

    Source:
        J. A. Martilla and J. C. James (1977), Journal of Marketing 41(1), 77-79, with intervals.
    """
    if set(performance) != set(drivers.drivers) or len({kept.scale for kept in performance.values()}) != 1:
        raise ValueError("one performance for each driver, all on one scale")
    cut = importance_cut if importance_cut is not None else drivers.r2 / len(drivers.drivers)
    places = {
        name: _axis(_side(found.low, found.high, cut), performance[name], performance_cut)
        for name, found in drivers.drivers.items()
    }
    return PriorityMatrix(places=places, importance_cut=cut, performance_cut=performance_cut)


def _side(low: float, high: float, cut: float) -> bool | None:
    """Whether an interval lies above a cut; ``None`` when it holds it."""
    return None if low <= cut <= high else low > cut


def _axis(matters: bool | None, performance: Estimate, cut: float) -> Axis | None:
    if performance.display is not Display.FULL:
        return None
    does_well = _side(performance.low, performance.high, cut)
    if matters is None or does_well is None:
        return Axis.UNDECIDED
    if matters:
        return Axis.KEEP if does_well else Axis.ACT
    return Axis.LEAVE if does_well else Axis.WATCH
