"""Weights that give each kind of respondent the place it has among all, and what they cost.

They repair what the strata explain and nothing more. Never weight by something that the experience itself
changes, nor with fewer than 30 answers; collapse strata that nobody answered in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt
from statistics import median

from visavis.measure.scores import NpsEstimate, nps_score, weighted_estimate
from visavis.measure.surveys import kish_design_effect

#: A weight above this many times the median is capped, or warned about.
CAP = 5.0
#: Answers under which weights do more harm than good.
WEIGHTS_FROM = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A table whose margins are the wanted ones."""

    table: tuple[tuple[float, ...], ...]


def ipf(
    seed: Sequence[Sequence[float]],
    row_totals: Sequence[float],
    col_totals: Sequence[float],
    tolerance: float = 1e-10,
    rounds: int = 10_000,
) -> Fitted:
    """Scale the rows and columns of a table in turn until its margins are the wanted ones.

    Args:
        seed: a rectangular table of numbers from 0.
        row_totals: wanted sum of each row, from 0.
        col_totals: wanted sum of each column, from 0, with the same sum as the rows.
        tolerance: largest relative gap left in a margin.
        rounds: how many rounds to try.

    Returns:
        The fitted table: its odds ratios are those of the seed.

    Raises:
        ValueError: if shapes differ, a number is below 0, both margins disagree, a wanted margin is empty
            in the seed, or no table with these zeros has these margins.

    Source:
        W. E. Deming and F. F. Stephan (1940), Annals of Mathematical Statistics 11(4), 427-444.

    >>> ipf([[1, 1], [1, 1]], [6, 4], [5, 5]).table
    ((3.0, 3.0), (2.0, 2.0))
    """
    rows = [list(map(float, row)) for row in seed]
    _check_margins(rows, row_totals, col_totals)
    for _ in range(rounds):
        rows = [_scaled(row, total) for row, total in zip(rows, row_totals, strict=True)]
        columns = [
            _scaled(column, total) for column, total in zip(zip(*rows, strict=True), col_totals, strict=True)
        ]
        rows = [list(row) for row in zip(*columns, strict=True)]
        if _worst_gap([fsum(row) for row in rows], row_totals) <= tolerance:
            return Fitted(table=tuple(map(tuple, rows)))
    raise ValueError("no table with these zeros has these margins")


def _check_margins(
    rows: Sequence[Sequence[float]], row_totals: Sequence[float], col_totals: Sequence[float]
) -> None:
    if not rows or len(rows) != len(row_totals) or any(len(row) != len(col_totals) for row in rows):
        raise ValueError("one total for each row and each column of a rectangular table")
    if min(min(row) for row in rows) < 0 or min([*row_totals, *col_totals]) < 0:
        raise ValueError("a table and its margins hold numbers from 0")
    if _worst_gap([fsum(row_totals)], [fsum(col_totals)]) > 1e-9:
        raise ValueError(f"rows add up to {fsum(row_totals)}, columns to {fsum(col_totals)}")
    columns = list(zip(*rows, strict=True))
    for side, totals in ((rows, row_totals), (columns, col_totals)):
        if any(total > 0 and not any(part) for part, total in zip(side, totals, strict=True)):
            raise ValueError("a wanted margin has nobody in the table: collapse it with another")


def _scaled(part: Sequence[float], total: float) -> list[float]:
    whole = fsum(part)
    return [value * total / whole for value in part] if whole else list(part)


def _worst_gap(found: Sequence[float], wanted: Sequence[float]) -> float:
    return max(abs(a - b) / max(1.0, abs(b)) for a, b in zip(found, wanted, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class RakedNps(NpsEstimate):
    """A weighted score and the weight of each answer."""

    weights: tuple[float, ...]
    deff: float


def rake_weights(
    dimensions: Mapping[str, Sequence[str]], targets: Mapping[str, Mapping[str, float]], rounds: int = 10_000
) -> tuple[float, ...]:
    """Weight answers so that each dimension has its wanted totals.

    Args:
        dimensions: for each dimension, the category of each answer.
        targets: for the same dimensions, the wanted total of each category; all with the same sum.
        rounds: how many rounds to try.

    Returns:
        One positive weight an answer; they add up to the wanted total.

    Raises:
        ValueError: if dimensions and targets differ, a category has no target, a target nobody to carry
            it, sums disagree, or no weights reach the targets.

    Source:
        As ``ipf``, on answers.
    """
    sizes = {len(names) for names in dimensions.values()}
    if set(dimensions) != set(targets) or len(sizes) != 1 or 0 in sizes:
        raise ValueError("each dimension has one target and one category for each answer")
    for name, names in dimensions.items():
        _check_categories(name, set(names), targets[name])
    wholes = [fsum(target.values()) for target in targets.values()]
    if max(wholes) - min(wholes) > 1e-9 * max(wholes):
        raise ValueError(f"targets add up to different totals: {wholes}")
    weights = [1.0] * sizes.pop()
    for _ in range(rounds):
        for name, names in dimensions.items():
            by = {kind: targets[name][kind] / total for kind, total in _sums(names, weights).items()}
            weights = [weight * by[kind] for weight, kind in zip(weights, names, strict=True)]
        if all(_reached(names, weights, targets[name]) for name, names in dimensions.items()):
            return tuple(weights)
    raise ValueError("no weights of these answers reach the targets: collapse categories")


def _check_categories(name: str, found: set[str], target: Mapping[str, float]) -> None:
    if found != set(target):
        raise ValueError(
            f"{name}: answers without target or target without answers: {sorted(found ^ set(target))}"
        )
    if not all(isfinite(total) and total > 0 for total in target.values()):
        raise ValueError(f"{name}: totals are above 0")


def _sums(kinds: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for kind, weight in zip(kinds, weights, strict=True):
        sums[kind] = sums.get(kind, 0.0) + weight
    return sums


def _reached(names: Sequence[str], weights: Sequence[float], target: Mapping[str, float]) -> bool:
    return all(abs(total / target[kind] - 1) <= 1e-11 for kind, total in _sums(names, weights).items())


def rake_nps(
    ratings: Sequence[int],
    dimensions: Mapping[str, Sequence[str]],
    targets: Mapping[str, Mapping[str, float]],
    level: float = 0.95,
) -> RakedNps:
    """Estimate a net promoter score as if each dimension had its wanted totals.

    Args:
        ratings: whole numbers from 0 to 10.
        dimensions: for each dimension, the category of each rating.
        targets: the wanted total of each category; all dimensions with the same sum.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``RakedNps``. Its error takes the weights as fixed, which errs on the safe side.

    Raises:
        ValueError: as ``rake_weights`` and ``weighted_nps``.

    Source:
        As ``ipf``; T. Lumley (2010), Complex Surveys, for the error.

    >>> by = ["tel", "tel", "mail", "mail"]
    >>> raked = rake_nps([10, 9, 3, 7], {"by": by}, {"by": {"tel": 30, "mail": 70}})
    >>> raked.weights, round(raked.nps, 6)
    ((15.0, 15.0, 35.0, 35.0), -5.0)
    """
    weights = rake_weights(dimensions, targets)
    score = weighted_nps(ratings, weights, level)
    fields = {name: getattr(score, name) for name in NpsEstimate.__dataclass_fields__}
    effect = kish_design_effect(weights)
    return RakedNps(**{**fields, "method": "raked", "weights": weights, "deff": effect.deff})


def cap_weights(weights: Sequence[float], times: float = CAP) -> tuple[float, ...]:
    """Bring weights above ``times`` the median down to it and scale all to the same sum.

    Args:
        weights: one positive number an answer.
        times: how many medians a weight may reach, above 1.

    Returns:
        The capped weights; their margins are no longer exactly the wanted ones.

    Raises:
        ValueError: if there is no weight, one is not above 0, or ``times`` is not above 1.

    >>> cap_weights([1, 1, 1, 1, 11])
    (1.6666666666666667, 1.6666666666666667, 1.6666666666666667, 1.6666666666666667, 8.333333333333334)
    """
    kish_design_effect(weights)
    if times <= 1:
        raise ValueError(f"a cap lies above the median, not at {times} times it")
    most = times * median(weights)
    capped = [min(weight, most) for weight in weights]
    by = fsum(weights) / fsum(capped)
    return tuple(weight * by for weight in capped)


def _classes(ratings: Sequence[int]) -> list[int]:
    nps_score(ratings)
    return [(rating >= 9) - (rating <= 6) for rating in ratings]


def weighted_nps(ratings: Sequence[int], weights: Sequence[float], level: float = 0.95) -> NpsEstimate:
    """Estimate a net promoter score with weights taken as fixed.

    Args:
        ratings: whole numbers from 0 to 10, at least 2 (30 for the weights to be of use).
        weights: one positive number a rating; only their proportions count.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        An ``NpsEstimate``: ``se`` by linearisation, ``sqrt(n / (n - 1) Σ w² (y - m)²) / Σ w``; interval of
        the adjusted method on ``n_eff`` answers, the least of Kish's and of what ``se`` is worth.

    Raises:
        ValueError: if a rating or a weight is impossible, lengths differ, or there are fewer than 2.

    Source:
        T. Lumley (2010), Complex Surveys, chapter 2; L. Kish (1965), Survey Sampling; B. Rocks (2016).

    >>> weighted_nps([10, 9, 7, 3], [1, 1, 1, 1]).nps
    25.0
    """
    values = _classes(ratings)
    n = len(values)
    if n < 2 or len(weights) != n:
        raise ValueError(f"one weight a rating, and at least 2 ratings: {n} and {len(weights)}")
    n_eff, total = kish_design_effect(weights).n_eff, fsum(weights)
    mean = fsum(w * y for w, y in zip(weights, values, strict=True)) / total
    squares = fsum((w * (y - mean)) ** 2 for w, y in zip(weights, values, strict=True))
    shares = _shares(values, weights)
    se = sqrt(n / (n - 1) * squares) / total
    return weighted_estimate(shares, se, n=n, n_eff=n_eff, level=level, warnings=_warnings(weights))


def _shares(values: Sequence[int], weights: Sequence[float]) -> tuple[float, float]:
    """Weighted shares of promoters and of detractors."""
    total = fsum(weights)
    parts = [fsum(w for w, y in zip(weights, values, strict=True) if y == kind) / total for kind in (1, -1)]
    return parts[0], parts[1]


def _warnings(weights: Sequence[float]) -> tuple[str, ...]:
    few = ("weights on few answers",) if len(weights) < WEIGHTS_FROM else ()
    return (*few, "a weight far above the others") if max(weights) > CAP * median(weights) else few
