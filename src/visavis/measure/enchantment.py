"""Where emotion runs high along a journey, and whether it goes with people more than with screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, isfinite, log, sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import Display, Estimate, check_level
from visavis.measure.shares import proportion_interval

#: Strong moments, and journeys that hold them, under which nothing is said of where they fall.
LEAST_MOMENTS, LEAST_JOURNEYS = 30, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakEnd:
    """What is remembered of a journey: its strongest moment and its last."""

    peak: float
    end: float
    mean: float
    peak_end: float
    place: int


def peak_end(intensity: Sequence[float]) -> PeakEnd:
    """Find the strongest and the last moment of a journey.

    Args:
        intensity: one finite number a moment in the order lived, negative for what was felt badly.

    Returns:
        The strongest (farthest from 0, the first on ties) and its place, the last, the mean of all, and the
        mean of the first two.

    Raises:
        ValueError: if there is no moment or a number is not finite.

    Source:
        D. Kahneman, B. L. Fredrickson, C. A. Schreiber and D. A. Redelmeier (1993), Psychological Science 4.

    >>> peak_end([1, -4, 2]).peak_end
    -1.0
    """
    if not intensity or not all(isfinite(value) for value in intensity):
        raise ValueError("a journey has at least one moment, each of a finite intensity")
    place = max(range(len(intensity)), key=lambda at: (abs(intensity[at]), -at))
    peak, end = intensity[place], intensity[-1]
    mean = fsum(intensity) / len(intensity)
    return PeakEnd(peak=peak, end=end, mean=mean, peak_end=(peak + end) / 2, place=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnchantmentShare(Estimate):
    """The share of strong moments that were with people; ``n`` counts strong moments."""

    journeys: int
    deff: float

    @property
    def share(self) -> float | None:
        """The share, from 0 to 1."""
        return self.estimate

    @property
    def display(self) -> Display:
        """Told from 30 strong moments over 20 journeys on."""
        enough = self.n >= LEAST_MOMENTS and self.journeys >= LEAST_JOURNEYS
        return Display.FULL if enough else Display.HIDDEN


def enchantment_share(
    moments: Sequence[Mapping[str, object]], threshold: float = 4, level: float = 0.95
) -> EnchantmentShare:
    """Estimate the share of strong moments that were with people rather than screens.

    It says nothing without the share of all moments that are with people: see ``enchantment_lift``.

    Args:
        moments: each with ``journey`` (any name), ``intensity`` (a number) and ``relational`` (1 or 0).
        threshold: intensity from which a moment is strong, fixed beforehand.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        Wilson's interval on what the moments are worth once those of one journey go together.

    Raises:
        ValueError: if no moment is strong.

    Source:
        E. L. Korn and B. I. Graubard (1998), Survey Methodology 24(2), 193-201: effective size, journeys as
        ultimate clusters.
    """
    journeys: dict[object, list[int]] = {}
    for moment in moments:
        if float(str(moment["intensity"])) >= threshold:
            journeys.setdefault(moment["journey"], []).append(int(bool(moment["relational"])))
    n, hits = sum(map(len, journeys.values())), sum(map(sum, journeys.values()))
    if n == 0:
        raise ValueError(f"no moment of intensity {threshold} or more")
    deff = _design_effect(list(journeys.values()), hits / n, n)
    found = proportion_interval(hits, n, level, design_effect=deff)
    return EnchantmentShare(
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        level=level,
        n=n,
        n_eff=n / deff,
        method="wilson",
        warnings=("few moments",) if n < LEAST_MOMENTS or len(journeys) < LEAST_JOURNEYS else (),
        journeys=len(journeys),
        deff=deff,
    )


def _design_effect(journeys: Sequence[Sequence[int]], share: float, n: int) -> float:
    count, plain = len(journeys), share * (1 - share) / n
    if count < 2 or plain <= 0:
        return max(1.0, n / count)
    between = fsum((sum(own) - share * len(own)) ** 2 for own in journeys)
    return max(1.0, count / (count - 1) * between / n**2 / plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """How many times as often strong moments come with people as with screens; 1 is no difference.

    ``share_of_enchantment`` is read against ``share_of_all``: 95 % of strong moments prove nothing where
    95 % of all moments are with people.
    """

    lift: float
    low: float
    high: float
    level: float
    share_of_enchantment: float | None
    share_of_all: float
    n: int
    strong: int
    warnings: tuple[str, ...]

    @property
    def display(self) -> Display:
        """Told from 30 strong moments on."""
        return Display.FULL if self.strong >= LEAST_MOMENTS else Display.HIDDEN

    @property
    def excludes_one(self) -> bool:
        """Whether the whole interval lies on one side of 1."""
        return self.low > 1 or self.high < 1


def enchantment_lift(
    enchant_relational: int,
    relational: int,
    enchant_digital: int,
    digital: int,
    level: float = 0.95,
    *,
    deff: float = 1.0,
) -> Lift:
    """Compare how often moments are strong with people and with screens.

    Args:
        enchant_relational: strong moments with people.
        relational: all moments with people, at least 1.
        enchant_digital: strong moments with screens.
        digital: all moments with screens, at least 1.
        level: coverage wanted, strictly between 0 and 1.
        deff: how much moments of one journey going together widens the variance, from 1.

    Returns:
        The ratio with Katz's interval on its logarithm. Where a side has no strong moment, a half is added
        to each of the four and warned about.

    Raises:
        ValueError: if counts are impossible or ``deff`` is under 1.

    Source:
        D. Katz, J. Baptista, S. P. Azen and M. C. Pike (1978), Biometrics 34(3), 469-474; halves:
        S. D. Walter (1975), Biometrika 62.

    >>> enchantment_lift(95, 1900, 5, 100).lift
    1.0
    """
    check_level(level)
    strong = enchant_relational + enchant_digital
    if not (0 <= enchant_relational <= relational and 0 <= enchant_digital <= digital):
        raise ValueError("strong moments are some of all moments")
    if min(relational, digital) < 1 or not deff >= 1:
        raise ValueError("both kinds of moments, and a design effect from 1")
    extra = 0.0 if min(enchant_relational, enchant_digital) else 0.5
    a, n1 = enchant_relational + extra, relational + 2 * extra
    b, n2 = enchant_digital + extra, digital + 2 * extra
    lift = (a / n1) / (b / n2)
    half = quantiles.z(level) * sqrt(max(0.0, 1 / a - 1 / n1 + 1 / b - 1 / n2) * deff)
    return Lift(
        lift=lift,
        low=exp(log(lift) - half),
        high=exp(log(lift) + half),
        level=level,
        share_of_enchantment=enchant_relational / strong if strong else None,
        share_of_all=relational / (relational + digital),
        n=relational + digital,
        strong=strong,
        warnings=("no strong moment on a side",) if extra else (),
    )
