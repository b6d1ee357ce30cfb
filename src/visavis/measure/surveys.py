"""What a sample is worth: weights, response rates, and many tests at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from visavis.measure.estimates import check_method


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignEffect:
    """How much unequal weights cost: variance multiplied by ``deff``, ``n_eff`` answers left."""

    n_eff: float
    deff: float


def kish_design_effect(weights: Sequence[float]) -> DesignEffect:
    """Measure what unequal weights cost in precision.

    Args:
        weights: one positive number an answer.

    Returns:
        The design effect, at least 1, and the effective number of answers.

    Raises:
        ValueError: if there is no weight, or one is not above 0.

    Source:
        L. Kish (1965), Survey Sampling: ``deff = n Σw² / (Σw)²``.

    >>> kish_design_effect([1, 1, 1, 1]).n_eff
    4.0
    """
    if not weights or min(weights) <= 0:
        raise ValueError("weights must all be above 0")
    n_eff = min(float(len(weights)), fsum(weights) ** 2 / fsum(weight * weight for weight in weights))
    return DesignEffect(n_eff=n_eff, deff=len(weights) / n_eff)


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """The six response rates; those with even numbers count partial answers."""

    RR1: float
    RR2: float
    RR3: float
    RR4: float
    RR5: float
    RR6: float


def response_rates(  # noqa: PLR0913 - the dispositions of the standard, one name each
    complete: int,
    partial: int,
    *,
    refusal: int,
    non_contact: int,
    other: int,
    unknown_household: int,
    unknown_other: int,
    e: float,
) -> ResponseRates:
    """Compute the standard response rates of a survey.

    Args:
        complete: complete answers.
        partial: partial answers.
        refusal: refusals and break-offs.
        non_contact: people who could not be reached.
        other: eligible people who did not answer for another reason.
        unknown_household: nobody knows whether the address exists.
        unknown_other: eligibility unknown for another reason.
        e: share of the unknown that is thought to be eligible, from 0 to 1.

    Returns:
        RR1 to RR6, from 0 to 1.

    Raises:
        ValueError: if a count is negative, ``e`` leaves [0, 1], or nobody known to be eligible was asked.

    Source:
        AAPOR (2023), Standard Definitions, 10th edition.
    """
    counts = (complete, partial, refusal, non_contact, other, unknown_household, unknown_other)
    known, unknown = sum(counts[:5]), sum(counts[5:])
    if min(counts) < 0 or not 0 <= e <= 1 or known == 0:
        raise ValueError(f"impossible dispositions: {counts}, e = {e}")
    asked = (known + unknown, known + e * unknown, known)
    return ResponseRates(*(part / base for base in asked for part in (complete, complete + partial)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Discoveries:
    """Adjusted p-values in the order given, and how many stay under the wanted rate."""

    adjusted: tuple[float, ...]
    rejected: int


def fdr(p_values: Sequence[float], q: float = 0.1, method: str = "bh") -> Discoveries:
    """Keep the share of false alarms among many tests under ``q``.

    Args:
        p_values: one p-value a test, from 0 to 1.
        q: share of false alarms accepted among the alarms, from 0 to 1.
        method: ``bh`` (independent tests) or ``by`` (any dependence).

    Returns:
        The adjusted p-values in the same order, and how many are at most ``q``.

    Raises:
        ValueError: if a p-value or ``q`` leaves [0, 1].

    Source:
        Y. Benjamini and Y. Hochberg (1995), JRSS B 57(1), 289-300; Y. Benjamini and D. Yekutieli (2001),
        Annals of Statistics 29(4), 1165-1188.

    >>> fdr([0.01, 0.04, 0.03], q=0.05).rejected
    3
    """
    check_method(method, ("bh", "by"))
    if not 0 <= q <= 1 or not all(0 <= p <= 1 for p in p_values):
        raise ValueError("p-values and q go from 0 to 1")
    m = len(p_values)
    penalty = fsum(1 / rank for rank in range(1, m + 1)) if method == "by" else 1.0
    adjusted, least = [0.0] * m, 1.0
    for rank, index in zip(
        range(m, 0, -1), sorted(range(m), key=p_values.__getitem__, reverse=True), strict=True
    ):
        least = min(least, p_values[index] * m / rank * penalty)
        adjusted[index] = least
    return Discoveries(adjusted=tuple(adjusted), rejected=sum(p <= q for p in adjusted))
