"""Shares counted by something that errs: what they are once its errors are taken out."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import Estimate, check_level


@dataclass(frozen=True, slots=True)
class Checked:
    """How a reader did on texts whose truth a person told, chosen at random.

    ``hits`` of the ``positives`` that are truly so were found; ``passes`` of the ``negatives`` that are not
    were let pass.
    """

    hits: int
    positives: int
    passes: int
    negatives: int

    def __post_init__(self) -> None:
        """Refuse impossible counts.

        Raises:
            ValueError: if more was found than there was.
        """
        if not (0 <= self.hits <= self.positives and 0 <= self.passes <= self.negatives):
            raise ValueError(f"impossible checks: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedShare(Estimate):
    """A share without the errors of whoever counted it.

    ``observed`` is the share as counted; ``sensitivity`` and ``specificity`` what the checks found, ``None``
    where nothing was checked. ``estimate`` is ``None`` where the checks do not show that counting helps.
    """

    observed: float | None
    sensitivity: float | None
    specificity: float | None


def corrected_share(flagged: int, n: int, checked: Checked, level: float = 0.95) -> CorrectedShare:
    """Estimate a share (0 to 1) from the counts of a reader that errs, and from checks of that reader.

    A share ``s`` is counted as ``p = s * sensitivity + (1 - s) * (1 - specificity)``; solved for ``s`` it is
    the corrected share. The interval holds every ``s`` whose ``p`` lies within ``z`` standard errors of the
    share counted; the standard error is that of the count, as in Wilson's interval, and of both rates
    checked, as in Fieller's. With a reader that never errs it becomes Wilson's.

    Args:
        flagged: how many of the ``n`` texts the reader counts; ``0 <= flagged <= n``.
        n: texts that were read; those of the checks may be among them.
        checked: a random sample of the same kind of texts, where a person told the truth.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``CorrectedShare``. Where the checks leave open whether the reader does better than chance, the
        interval is [0, 1].

    Raises:
        ValueError: if counts are impossible, or ``level`` is.

    Source:
        W. J. Rogan and B. Gladen (1978), American Journal of Epidemiology 107(1), 71-76; E. B. Wilson
        (1927), JASA 22, 209-212; E. C. Fieller (1954), JRSS B 16(2), 175-185. Rates are drawn towards one
        half as in Zs. Lang and J. Reiczigel (2014), Preventive Veterinary Medicine 113(1), 13-22.

    >>> share = corrected_share(300, 1000, Checked(hits=45, positives=50, passes=46, negatives=50))
    >>> round(share.estimate, 3), round(share.low, 3), round(share.high, 3)
    (0.268, 0.173, 0.347)
    """
    check_level(level)
    if n < 0 or not 0 <= flagged <= n:
        raise ValueError(f"impossible counts: {flagged} of {n}")
    observed = flagged / n if n else None
    sensitivity = checked.hits / checked.positives if checked.positives else None
    specificity = checked.passes / checked.negatives if checked.negatives else None
    value = _solved(observed, sensitivity, specificity)
    low, high = (0.0, 1.0) if observed is None or value is None else _bounds(observed, n, checked, level)
    return CorrectedShare(
        estimate=value,
        low=low if value is None else min(low, value),
        high=high if value is None else max(high, value),
        level=level,
        n=n,
        n_eff=n,
        method="rogan_gladen",
        observed=observed,
        sensitivity=sensitivity,
        specificity=specificity,
    )


def _solved(observed: float | None, sensitivity: float | None, specificity: float | None) -> float | None:
    """The share that is counted as ``observed``, brought back between 0 and 1."""
    if observed is None or sensitivity is None or specificity is None:
        return None
    better = sensitivity + specificity - 1
    return min(1.0, max(0.0, (observed + specificity - 1) / better)) if better > 0 else None


def _bounds(observed: float, n: int, checked: Checked, level: float) -> tuple[float, float]:
    """Roots of ``(p(s) - observed)**2 = z**2 * variance(s)``, both sides being quadratic in ``s``."""
    z2 = quantiles.z(level) ** 2
    found, found_error = _rate(checked.hits, checked.positives)
    passed, passed_error = _rate(checked.passes, checked.negatives)
    alarm, better = 1 - passed, found + passed - 1
    away = observed - alarm
    square = better**2 * (1 + z2 / n) - z2 * (found_error + passed_error)
    if better <= 0 or square <= 0:
        return 0.0, 1.0
    slope = -2 * better * away - z2 * (better * (1 - 2 * alarm) / n - 2 * passed_error)
    constant = away**2 - z2 * (alarm * (1 - alarm) / n + passed_error)
    spread = slope**2 - 4 * square * constant
    if spread < 0:
        return 0.0, 1.0
    ends = ((-slope + side * sqrt(spread)) / (2 * square) for side in (-1, 1))
    low, high = (min(1.0, max(0.0, end)) for end in ends)
    return low, high


def _rate(hits: int, n: int) -> tuple[float, float]:
    """A rate and its squared standard error, never of certainty on few cases."""
    careful = (hits + 1) / (n + 2)
    return (hits + 0.5) / (n + 1), careful * (1 - careful) / (n + 2)
