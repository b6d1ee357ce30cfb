"""Many differences on one page: intervals wide enough that few pages say more than there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from visavis.measure.estimates import Difference, Display, check_level

#: A difference, worked out at any level.
AtLevel = Callable[[float], Difference]


def family_level(family: Sequence[AtLevel], q: float = 0.05) -> float:
    """Return the one level at which the differences of a page are to be drawn and said.

    Those whose interval then excludes zero are the discoveries of Benjamini and Hochberg among those that
    rest on enough answers, and the intervals keep their coverage on average over what is said: the sentence
    still follows from the interval alone. When nothing differs anywhere, a page says anything with a
    probability of at most ``q``.

    Args:
        family: the differences, each as a function of its level.
        q: share of false discoveries accepted, strictly between 0 and 1.

    Returns:
        A level from ``1 - q`` (all differ) to ``1 - q / m`` (none does); ``1 - q`` for an empty family.

    Raises:
        ValueError: if ``q`` leaves (0, 1).

    Source:
        Y. Benjamini and Y. Hochberg (1995), JRSS B 57(1), 289-300; intervals of what was selected:
        Y. Benjamini and D. Yekutieli (2005), JASA 100(469), 71-81.

    >>> family_level([])
    0.95
    """
    check_level(1 - q)
    told = [one for one in family if one(1 - q).display is Display.FULL]
    if not told:
        return 1 - q
    kept = len(told)
    # The step-up threshold is the largest number that confirms itself: it is reached from above.
    while kept > 1 and (found := _excluding(told, 1 - q * kept / len(told))) < kept:
        kept = max(1, found)
    return 1 - q * kept / len(told)


def _excluding(family: Sequence[AtLevel], level: float) -> int:
    return sum(one(level).excludes_zero for one in family)
