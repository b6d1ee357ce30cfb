"""What pairs allow to say: shares of the four views, where blind spots are, how far both sides agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from visavis.measure.agreement import (
    LEAST_PAIRS,
    Ac1,
    Kappa,
    Quadrants,
    gwet_ac1,
    marginal_homogeneity,
    weighted_kappa,
)
from visavis.measure.estimates import UNBOUNDED, Difference, Display, Estimate
from visavis.measure.families import family_level
from visavis.measure.links import CORRELATION, fisher
from visavis.measure.quantiles import z
from visavis.measure.ranks import tie_groups
from visavis.measure.raters import BlandAltman, bland_altman
from visavis.measure.shares import proportion_interval, share_difference
from visavis.measure.two_views import Spread, quadrants_of, sides_of, spearman_of
from visavis.understand.pairs.queries import Counts, Line


class Corner(StrEnum):
    """The two views that a reader looks for."""

    BLIND = "adviser_only"
    BORNE = "customer_only"


class Place(StrEnum):
    """Where a line stands beside all the others, as far as it can be known."""

    ABOVE = "above"
    OPEN = "open"
    BELOW = "below"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Standing:
    """One line: its share, and how far it lies from all the others together."""

    line: Line
    estimate: Estimate
    rest: Difference | None
    place: Place


def share(count: int, n: int, spread: Spread, level: float = 0.95) -> Estimate:
    """Estimate a share of pairs, knowing that those of one team go together."""
    return proportion_interval(count, n, level, design_effect=spread.effect(n) if n else 1.0)


def corner_share(four: Quadrants, corner: Corner, spread: Spread, level: float = 0.95) -> Estimate:
    """Estimate the share of one of the four views."""
    return share(getattr(four, corner), four.n, spread, level)


def standings(lines: Sequence[Line], spread: Spread) -> dict[Corner, list[Standing]]:
    """Place the lines of one cut beside each other, for both corners.

    Each line is held against all the others together; differences are told at the one level at which few of
    the page are false. Within a group, a line comes before another only where both differ clearly; those that
    cannot be told apart keep the lasting order of the company.

    Args:
        lines: the places of one cut; they share out the pairs.
        spread: how much pairs go together.

    Returns:
        For each corner, the lines most of whose exchanges may be crossed: above the others first, then those
        that cannot be told from them, those below, and those that have too few to be compared.
    """
    told = [line for line in lines if line.n and line.whole]
    bounded = [line for line in lines if line.least]
    gaps = {
        (corner, line.place): partial(_rest, line, told, corner, spread)
        for corner in Corner
        for line in (*told, *bounded)
        if line.n < sum(each.n for each in told)
    }
    level = family_level(list(gaps.values()))
    return {
        corner: _ordered(
            [
                (_bounded if line.least else _standing)(
                    line, corner, spread, gaps.get((corner, line.place)), level
                )
                for line in lines
                if line in told or line in bounded
            ]
        )
        for corner in Corner
    }


def _ordered(found: Sequence[Standing]) -> list[Standing]:
    """By group, then from the highest as far as that can be known (``measure.ranks``)."""
    estimates = [one.estimate for one in found]
    ties = tie_groups(
        [each.estimate or 0.0 for each in estimates],
        [(each.high - each.low) / (2 * z(each.level)) for each in estimates],
        [each.n for each in estimates],
    )
    order = list(Place)
    ranked = sorted(
        zip(found, ties.groups, strict=True), key=lambda one: (order.index(one[0].place), one[1] or 0)
    )
    return [one for one, _ in ranked]


def _rest(line: Line, lines: Sequence[Line], corner: Corner, spread: Spread, level: float) -> Difference:
    others = [each.four for each in lines if each is not line]
    rest = share(sum(getattr(four, corner) for four in others), sum(four.n for four in others), spread, level)
    return share_difference(corner_share(line.least or line.four, corner, spread, level), rest)


def _standing(
    line: Line, corner: Corner, spread: Spread, gap: Callable[[float], Difference] | None, level: float
) -> Standing:
    rest = gap(level) if gap else None
    return Standing(line, corner_share(line.least or line.four, corner, spread), rest, _place(rest))


def _bounded(
    line: Line, corner: Corner, spread: Spread, gap: Callable[[float], Difference] | None, level: float
) -> Standing:
    """A line that is known between bounds: above the others if it is at its least, otherwise not told."""
    least = _standing(line, corner, spread, gap, level)
    found = replace(least.estimate, high=corner_share(line.most or line.four, corner, spread).high)
    known = least.place in (Place.ABOVE, Place.FEW)
    return Standing(line, found, least.rest if known else None, least.place if known else Place.OPEN)


def _place(rest: Difference | None) -> Place:
    if rest is None:
        return Place.OPEN
    if rest.display is not Display.FULL:
        return Place.FEW
    if not rest.excludes_zero:
        return Place.OPEN
    return Place.ABOVE if rest.low > 0 else Place.BELOW


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the two sides agree over all the pairs shown.

    Attributes:
        same: share of pairs with the same mark on both sides.
        side: share of pairs good, or bad, on both sides.
        kappa: agreement beyond chance, far misses counting more; under 50 pairs, not shown.
        ac1: agreement on good or bad, where most exchanges are good.
        rank: whether both sides put exchanges in the same order.
        bias: how many marks the adviser stands above the customer.
        limits: between which limits most gaps fall.
        kinder: the test of whether both sides use the scale alike (its p).
    """

    same: Estimate
    side: Estimate
    kappa: Kappa
    ac1: Ac1
    rank: Estimate | None
    bias: Difference
    limits: BlandAltman
    kinder: float

    @property
    def told(self) -> bool:
        """Whether there are enough pairs."""
        return self.same.n >= LEAST_PAIRS


def agreement(table: Counts, spread: Spread) -> Agreement | None:
    """Measure how far both sides agree; every interval knows that pairs of one team go together.

    Args:
        table: marks by feelings.
        spread: how much pairs go together.

    Returns:
        ``None`` under 5 pairs.
    """
    four = quadrants_of(table)
    if four.n < 5:
        return None
    effect = spread.effect(four.n)
    # Fewer pairs worth as much: shares, kappas and biases keep their value and widen.
    worth = [[count / effect for count in row] for row in table]
    limits = _limits(table)
    return Agreement(
        same=share(sum(table[mark][mark] for mark in range(len(table))), four.n, spread),
        side=share(four.symmetric_high + four.symmetric_low, four.n, spread),
        kappa=weighted_kappa(worth),
        ac1=gwet_ac1([[count / effect for count in row] for row in sides_of(table)]),
        rank=_rank(table, four, effect),
        bias=_bias(limits, effect),
        limits=limits,
        kinder=marginal_homogeneity(worth).p_value,
    )


def _limits(table: Counts) -> BlandAltman:
    cells = [
        (mark, feeling)
        for mark, row in enumerate(table, 1)
        for feeling, count in enumerate(row, 1)
        for _ in range(count)
    ]
    return bland_altman([feeling for _, feeling in cells], [mark for mark, _ in cells])


def _bias(limits: BlandAltman, effect: float) -> Difference:
    wide = effect**0.5
    return Difference(
        difference=limits.bias,
        observed=limits.bias,
        low=limits.bias - wide * (limits.bias - limits.bias_low),
        high=limits.bias + wide * (limits.bias_high - limits.bias),
        level=limits.level,
        counts=(limits.n, limits.n),
        method="bland_altman",
        scale=UNBOUNDED,
    )


def _rank(table: Counts, four: Quadrants, effect: float) -> Estimate | None:
    found, worth = spearman_of(table), four.n / effect
    if found is None or worth <= 3:
        return None
    low, high = fisher(found, worth, 0.95)
    return Estimate(
        estimate=found,
        low=low,
        high=high,
        level=0.95,
        n=four.n,
        n_eff=worth,
        method="fisher",
        scale=CORRELATION,
    )
