"""Estimates by stratum: known totals, how to share a sample, how alike respondents are to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import fmean, stdev

from visavis.measure.scores import NpsEstimate, nps_score, weighted_estimate
from visavis.measure.surveys import kish_design_effect


def poststratified_nps(
    ratings: Sequence[int], strata: Sequence[str], totals: Mapping[str, float], level: float = 0.95
) -> NpsEstimate:
    """Estimate a net promoter score as if each stratum had its known total.

    Args:
        ratings: whole numbers from 0 to 10, at least 2 (5 a stratum at the very least).
        strata: the stratum of each rating, for example its channel.
        totals: how many there are in all in each stratum, above 0.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        An ``NpsEstimate``: ``se² = n / (n - 1) Σ (N_h / (N n_h))² SS_h``; interval of the adjusted method
        on the least of Kish's effective size and of what ``se`` is worth.

    Raises:
        ValueError: if a rating is impossible, lengths differ, or answers and totals have other strata.

    Source:
        D. Holt and T. M. F. Smith (1979), JRSS A 142(1), 33-46; T. Lumley, R survey (``postStratify``).

    >>> round(poststratified_nps([10, 9, 3, 7], ["a", "a", "b", "b"], {"a": 30, "b": 70}).nps, 6)
    -5.0
    """
    groups: dict[str, list[int]] = {}
    for rating, stratum in zip(ratings, strata, strict=True):
        groups.setdefault(stratum, []).append(rating)
    if set(groups) != set(totals) or min(totals.values(), default=0) <= 0 or len(ratings) < 2:
        raise ValueError("each stratum has answers and a total above 0: collapse those that have not")
    whole, n, scores = (
        fsum(totals.values()),
        len(ratings),
        {name: nps_score(kept) for name, kept in groups.items()},
    )
    part = {name: totals[name] / whole for name in groups}
    shares = [
        fsum(part[name] * getattr(score, kind) / score.n for name, score in scores.items())
        for kind in ("promoters", "detractors")
    ]
    spread = 0.0
    for name, score in scores.items():
        net = score.promoters - score.detractors
        spread += (part[name] / score.n) ** 2 * (score.promoters + score.detractors - net * net / score.n)
    weights = [part[stratum] / scores[stratum].n for stratum in strata]
    return weighted_estimate(
        (shares[0], shares[1]),
        sqrt(n / (n - 1) * max(0.0, spread)),
        n=n,
        n_eff=kish_design_effect(weights).n_eff,
        level=level,
        method="poststratified",
        warnings=("a stratum with one answer",) if min(score.n for score in scores.values()) < 2 else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Representativity:
    """How alike the chances of answering are: 1 when they are all equal."""

    r_indicator: float
    max_standardised_bias: float


def r_indicator(propensities: Sequence[float]) -> Representativity:
    """Measure how alike the chances of answering are: ``R = 1 - 2 S(rho)``.

    Args:
        propensities: chance of answering of each person asked, above 0 and at most 1; at least 2. Estimated
            ones flatter: they only know what the register knows.

    Returns:
        The indicator, and the largest bias of a mean it leaves, in standard deviations of the answers:
        ``(1 - R) / (2 mean(rho))``.

    Raises:
        ValueError: if there are fewer than 2 propensities or one leaves ]0, 1].

    Source:
        B. Schouten, F. Cobben and J. Bethlehem (2009), Survey Methodology 35(1), 101-113.

    >>> r_indicator([0.4, 0.4, 0.4]).r_indicator
    1.0
    """
    size = len(propensities)
    if size < 2 or not all(0 < value <= 1 for value in propensities):
        raise ValueError("at least 2 chances of answering, each above 0 and at most 1")
    spread = stdev(propensities)
    return Representativity(r_indicator=1 - 2 * spread, max_standardised_bias=spread / fmean(propensities))


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How a sample is shared among strata, before rounding."""

    n: tuple[float, ...]
    proportional: tuple[float, ...]


def sample_allocation(
    strata: Sequence[float], sd: Sequence[float], n: float, floor: float = 0.0
) -> Allocation:
    """Share ``n`` answers among strata: ``n_h`` in proportion of ``N_h S_h``.

    Args:
        strata: how many there are in each stratum, above 0.
        sd: expected standard deviation of one answer in each, from 0, not all 0.
        n: answers wanted in all, above 0.
        floor: least number of answers in each stratum (30 for a cell that is reported); those that get
            less are raised to it and the rest is shared again.

    Returns:
        Neyman's shares and the plain proportional ones, both adding up to ``n``.

    Raises:
        ValueError: if lengths differ, a number lies outside its range, or ``n`` cannot pay the floor.

    Source:
        J. Neyman (1934), JRSS 97(4), 558-625; W. G. Cochran (1977), Sampling Techniques, section 5.5.

    >>> sample_allocation([600, 400], [1, 1], 100).n
    (60.0, 40.0)
    """
    if not strata or len(strata) != len(sd) or min(strata) <= 0 or min(sd) < 0 or max(sd) == 0:
        raise ValueError("strata above 0, with one standard deviation each, not all 0")
    if n <= 0 or floor < 0 or floor * len(strata) > n:
        raise ValueError(f"{n} answers cannot give {floor} to each of {len(strata)} strata")
    claims = [size * spread for size, spread in zip(strata, sd, strict=True)]
    return Allocation(
        n=_shared(claims, n, floor), proportional=tuple(n * size / fsum(strata) for size in strata)
    )


def _shared(claims: Sequence[float], n: float, floor: float) -> tuple[float, ...]:
    raised: set[int] = set()
    while True:
        rest = fsum(claim for place, claim in enumerate(claims) if place not in raised)
        left = n - floor * len(raised)
        shares = [
            floor if place in raised else left * claim / rest if rest else floor
            for place, claim in enumerate(claims)
        ]
        short = {place for place, share in enumerate(shares) if share < floor} - raised
        if not short:
            return tuple(shares)
        raised |= short
