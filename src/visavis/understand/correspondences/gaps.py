"""How far both voices lie apart on each theme, where it is known how often each speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from visavis.measure.estimates import Difference, Estimate
from visavis.measure.families import family_level
from visavis.measure.shares import proportion_difference, proportion_interval
from visavis.understand.correspondences.evidence import FALSE
from visavis.understand.correspondences.queries import Both


@dataclass(frozen=True, slots=True)
class Gap:
    """One theme in both voices: how often each speaks of it, and the difference, employees less customers."""

    code: str
    customers: Estimate
    employees: Estimate
    difference: Difference


def gaps(both: Both, codes: Iterable[str]) -> list[Gap]:
    """Hold the shares of both voices against each other, all differences at one level for the page.

    Args:
        both: both voices.
        codes: the themes that both may speak of.

    Returns:
        In the order of ``codes``; none without texts on both sides.
    """
    if both.employees is None or not both.employees.texts or not both.customers.texts:
        return []
    heard = [(code, both.employees.told(code), both.customers.told(code)) for code in codes]
    known = [(code, ours, theirs) for code, ours, theirs in heard if ours[1] and ours[0] + theirs[0]]
    tests = [partial(proportion_difference, *ours, *theirs) for _code, ours, theirs in known]
    level = family_level(tests, FALSE)
    return [
        Gap(code, proportion_interval(*theirs), proportion_interval(*ours), test(level))
        for (code, ours, theirs), test in zip(known, tests, strict=True)
    ]
