"""May two sides be called alike? A margin set beforehand, and three verdicts with known risks of error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from visavis.measure.estimates import Difference, Display, check_level
from visavis.measure.families import AtLevel, family_level


class Likeness(StrEnum):
    """What two intervals of one gap allow to say."""

    ALIKE = "alike"
    APART = "apart"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence:
    """The verdict on a gap, with the interval that shows it apart and the one that shows it alike.

    ``verdict`` is ``None`` when a side has too few answers for any.
    """

    verdict: Likeness | None
    gap: Difference
    inner: Difference
    margin: float

    @property
    def deciding(self) -> Difference:
        """The gap with the interval that the verdict rests on."""
        return self.inner if self.verdict is Likeness.ALIKE else self.gap


def equivalence(at: AtLevel, margin: float, alpha: float = 0.05) -> Equivalence:
    """Say whether two sides answer alike, apart, or whether it cannot be told.

    Alike (« symétrie démontrée »): the interval of level ``1 - 2 alpha`` lies inside ±margin, which is two
    one-sided tests; sides that truly differ by the margin are called alike in at most ``alpha`` of studies.
    Apart (« écart démontré »): the interval of level ``1 - alpha`` excludes zero and the first is not met;
    sides that are truly equal are called apart in at most ``alpha``. Undecided: all the rest. A gap that is
    sure but smaller than the margin is alike: the margin says what matters.

    Args:
        at: the gap, worked out at any level.
        margin: how far apart is still alike, in the unit of the gap, above 0; set before looking.
        alpha: risk of each error, strictly between 0 and 0.5.

    Returns:
        An ``Equivalence``.

    Raises:
        ValueError: if ``margin`` or ``alpha`` leaves its range.

    Source:
        D. J. Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15(6), 657-680.
    """
    check_level(1 - 2 * alpha)
    if not margin > 0:
        raise ValueError(f"the margin of likeness lies above 0, got {margin}")
    gap, inner = at(1 - alpha), at(1 - 2 * alpha)
    return Equivalence(verdict=_verdict(gap, inner, margin), gap=gap, inner=inner, margin=margin)


def equivalences(family: Sequence[AtLevel], margin: float, alpha: float = 0.05) -> list[Equivalence]:
    """Give the verdict on each gap of one page, as ``equivalence``, without finding gaps by their number.

    Gaps are drawn and held against zero at the one level of the page (``families.family_level``): when both
    sides answer alike everywhere, a page says « écart démontré » anywhere in at most ``alpha`` of studies.
    Likeness keeps its own risk, question by question: it is never found by asking more of them.

    Args:
        family: the gaps of the page, each as a function of its level.
        margin: as ``equivalence``.
        alpha: risk of each error, strictly between 0 and 0.5.

    Returns:
        One ``Equivalence`` a gap, in the same order.

    Raises:
        ValueError: as ``equivalence``.

    Source:
        As ``equivalence`` and ``families.family_level``.
    """
    level = family_level(family, alpha)
    found = []
    for at in family:
        alone, gap = equivalence(at, margin, alpha), at(level)
        verdict = _verdict(gap, alone.inner, margin)
        found.append(Equivalence(verdict=verdict, gap=gap, inner=alone.inner, margin=margin))
    return found


def _verdict(gap: Difference, inner: Difference, margin: float) -> Likeness | None:
    if gap.display is not Display.FULL:
        return None
    if -margin < inner.low and inner.high < margin:
        return Likeness.ALIKE
    return Likeness.APART if gap.excludes_zero else Likeness.UNDECIDED
