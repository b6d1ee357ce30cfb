"""Ranks as far as they can be known: groups that cannot be told apart, and an interval of rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import FULL_FROM, check_level


@dataclass(frozen=True, slots=True, kw_only=True)
class TieGroups:
    """Units in groups from the highest (1), each with the ranks it may have; ``None`` if not compared.

    Any two units of different groups differ clearly. ``ranked`` says whether there is more than one group.
    """

    groups: tuple[int | None, ...]
    ranks: tuple[tuple[int, int] | None, ...]
    level: float

    @property
    def ranked(self) -> bool:
        """Whether any unit differs clearly from another group."""
        return any(group is not None and group > 1 for group in self.groups)


def tie_groups(
    estimates: Sequence[float],
    se: Sequence[float],
    n: Sequence[int],
    level: float = 0.95,
    least: int = FULL_FROM,
) -> TieGroups:
    """Group units that cannot be told apart; say which ranks each may have.

    Two units differ clearly when the interval of their difference excludes zero, with Bonferroni's quantile
    over all pairs, so that all intervals of rank hold together. Units linked by a chain of unclear
    differences share a group.

    Args:
        estimates: one finite value a unit, best shrunken (``random_effects``).
        se: its standard error, from 0.
        n: its answers: under ``least`` it is not compared and comes neither first nor last.
        level: joint coverage wanted, strictly between 0 and 1.
        least: answers from which a unit is compared.

    Returns:
        A ``TieGroups`` in the order given.

    Raises:
        ValueError: if lengths differ or a number is impossible.

    Source:
        M. Klein, T. Wright and J. Wieczorek (2020), JRSS A 183(2), 589-606: joint region for a ranking.

    >>> tie_groups([60, 58, 20], [2, 2, 2], [50, 40, 90]).groups
    (1, 1, 2)
    """
    check_level(level)
    if not len(estimates) == len(se) == len(n) or not all(isfinite(value) for value in [*estimates, *se]):
        raise ValueError("one finite value, one standard error and one number of answers a unit")
    if min(se, default=0) < 0 or min(n, default=0) < 0:
        raise ValueError("standard errors and numbers of answers go from 0")
    units = sorted((unit for unit in range(len(n)) if n[unit] >= least), key=lambda unit: -estimates[unit])
    pairs = max(1, len(units) * (len(units) - 1) // 2)
    reach = quantiles.z(1 - (1 - level) / pairs)

    def over(a: int, b: int) -> bool:
        return estimates[a] - estimates[b] > reach * sqrt(se[a] ** 2 + se[b] ** 2)

    groups: list[int | None] = [None] * len(n)
    ranks: list[tuple[int, int] | None] = [None] * len(n)
    group, linked = 1, 0
    for place, unit in enumerate(units):
        # A new group starts where nobody above is unclear against anybody from here on.
        group += place > linked
        unclear = [at for at, other in enumerate(units) if not (over(unit, other) or over(other, unit))]
        linked = max(linked, place, *unclear)
        groups[unit] = group
        above, below = sum(over(other, unit) for other in units), sum(over(unit, other) for other in units)
        ranks[unit] = (1 + above, len(units) - below)
    return TieGroups(groups=tuple(groups), ranks=tuple(ranks), level=level)


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryRanking:
    """How well scores put the positive cases first, from 0 to 1."""

    auc: float
    average_precision: float


def binary_ranking(labels: Sequence[int], scores: Sequence[float]) -> BinaryRanking:
    """Measure how well scores put positive cases before the others.

    ``auc`` is the chance that a positive case outscores another, ties for a half; ``average_precision`` the
    mean, over positive cases, of the part of positives at each threshold.

    Args:
        labels: 1 for a positive case, 0 for another; at least one of each.
        scores: one finite score a case, higher first.

    Returns:
        Both measures.

    Raises:
        ValueError: if lengths differ, a label is not 0 or 1, a kind is absent, or a score is not finite.

    Source:
        J. A. Hanley and B. J. McNeil (1982), Radiology 143, 29-36; scikit-learn's definitions.

    >>> binary_ranking([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).auc
    0.75
    """
    if len(labels) != len(scores) or set(labels) != {0, 1}:
        raise ValueError("one label, 0 or 1, for each score, and both kinds")
    if not all(isfinite(score) for score in scores):
        raise ValueError("scores must be finite")
    positives = sum(labels)
    seen = found = 0
    area = precision = 0.0
    for score in sorted(set(scores), reverse=True):
        tied = [label for label, other in zip(labels, scores, strict=True) if other == score]
        hits, misses = sum(tied), len(tied) - sum(tied)
        area += misses * (found + hits / 2)
        found, seen = found + hits, seen + len(tied)
        precision += hits * found / seen
    return BinaryRanking(
        auc=area / positives / (len(labels) - positives), average_precision=precision / positives
    )
