"""From the counts of a release to estimates: for this room's page and for whoever shows released figures."""

from __future__ import annotations

from collections.abc import Mapping

from visavis.listen.releases.queries import Figure
from visavis.measure.estimates import Difference, Estimate
from visavis.measure.means import Sums, mean_difference, mean_interval
from visavis.measure.scores import nps_difference, nps_interval
from visavis.measure.shares import proportion_difference, proportion_interval

#: Scales of questions whose answers have a mean, a net score, a share; the others are counts only.
MEAN, SCORE, SHARE = "1-5", "0-10", "yes-no"


def sums(figure: Figure) -> Sums:
    """Count, sum and sum of squares of marks."""
    marks = [(float(mark), number) for mark, number in figure.counts.items()]
    return Sums(figure.n, sum(m * n for m, n in marks), sum(m * m * n for m, n in marks))


def promotion(counts: Mapping[str, int]) -> tuple[int, int, int]:
    """Promoters, passives and detractors among marks from 0 to 10."""
    promoters = sum(number for mark, number in counts.items() if float(mark) >= 9)
    detractors = sum(number for mark, number in counts.items() if float(mark) <= 6)
    return promoters, sum(counts.values()) - promoters - detractors, detractors


def estimate(figure: Figure, scale: str) -> Estimate | None:
    """The mean, the net score or the share of yes of a figure; none for a choice among words."""
    if scale == MEAN:
        return mean_interval(sums(figure))
    if scale == SCORE:
        return nps_interval(*promotion(figure.counts))
    if scale == SHARE:
        return proportion_interval(figure.counts.get("1", 0), figure.n)
    return None


def difference(after: Figure, before: Figure, scale: str) -> Difference | None:
    """How far a figure lies above an older one; none for a choice among words."""
    if scale == MEAN:
        return mean_difference(sums(after), sums(before))
    if scale == SCORE:
        return nps_difference(promotion(before.counts), promotion(after.counts))
    if scale == SHARE:
        pairs = [(each.counts.get("1", 0), each.n) for each in (before, after)]
        return proportion_difference(*pairs[0], *pairs[1])
    return None
