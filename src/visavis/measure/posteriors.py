"""What to believe of a score after some answers: a whole law, not one interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from visavis.measure.estimates import POINTS, Estimate, check_level

#: Points of the quadrature over the share of those who are not passive.
_NODES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsPosterior(Estimate):
    """The law of a net promoter score: its mean, spread, interval, and the chance that it is positive."""

    sd: float
    prob_positive: float

    @property
    def mean(self) -> float | None:
        """The mean of the law, in points."""
        return self.estimate


def nps_posterior(
    promoters: int,
    passives: int,
    detractors: int,
    prior: Sequence[float] = (1 / 3, 1 / 3, 1 / 3),
    level: float = 0.95,
) -> NpsPosterior:
    """Say what to believe of a net promoter score: « positive, with a chance of 97 % ».

    Shares follow a Dirichlet law. With ``s = p + d`` (a beta law) and ``q = p / s`` (an independent beta
    law), the score is ``s (2 q - 1)``: its distribution takes one quadrature over ``s``.

    Args:
        promoters: ratings of 9 or 10.
        passives: ratings of 7 or 8.
        detractors: ratings from 0 to 6.
        prior: three positive pseudo-counts, in the same order.
        level: coverage wanted of the equal-tailed interval, strictly between 0 and 1.

    Returns:
        An ``NpsPosterior`` in points. Without any answer it says what the prior says.

    Raises:
        ValueError: if a count is negative or a pseudo-count is not above 0.

    Source:
        A. Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 3.4; prior of 1/3
        each: J. O. Berger, J. M. Bernardo and D. Sun (2015), Bayesian Analysis 10(1), 189-221.

    >>> round(nps_posterior(13, 12, 5).prob_positive, 2)
    0.97
    """
    check_level(level)
    counts = (promoters, passives, detractors)
    if len(prior) != 3 or min(counts) < 0 or min(prior) <= 0:
        raise ValueError(f"three counts from 0 and three pseudo-counts above 0: {counts}, {list(prior)}")
    a, b, c = (count + extra for count, extra in zip(counts, prior, strict=True))
    whole = a + b + c
    mean = (a - c) / whole
    law = _Law(a, b, c)
    return NpsPosterior(
        estimate=100 * mean,
        low=100 * law.quantile((1 - level) / 2),
        high=100 * law.quantile((1 + level) / 2),
        level=level,
        n=sum(counts),
        n_eff=sum(counts),
        method="dirichlet",
        scale=POINTS,
        sd=100 * sqrt(max(0.0, (a + c) / whole - mean * mean) / (whole + 1)),
        prob_positive=1 - law.below(0.0),
    )


class _Law:
    """Distribution of promoters minus detractors under a Dirichlet law."""

    def __init__(self, a: float, b: float, c: float) -> None:
        import numpy as np
        from scipy.special import betaincinv

        self.shapes = (a, c)
        # Equal slices of probability of s = p + d, each at its middle.
        self.s: Any = betaincinv(a + c, b, (np.arange(_NODES) + 0.5) / _NODES)

    def below(self, value: float) -> float:
        """Probability that the difference is at most ``value``."""
        import numpy as np
        from scipy.special import betainc

        q = np.clip((value / np.maximum(self.s, 1e-300) + 1) / 2, 0, 1)
        return float(np.mean(betainc(*self.shapes, q)))

    def quantile(self, probability: float) -> float:
        """Value under which the difference lies with ``probability``."""
        from scipy.optimize import brentq

        return float(brentq(lambda value: self.below(value) - probability, -1, 1, xtol=1e-10))
