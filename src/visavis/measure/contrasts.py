"""What happened to some and not to others: the change of the ones less the change of the others."""

from __future__ import annotations

from math import sqrt

from visavis.measure import quantiles
from visavis.measure.estimates import SHARE, Difference, Scale, check_level
from visavis.measure.means import MARKS, Sums, moments

#: Added to the answers of each of the four shares, half of it to successes: at 0 or 1 a width is left.
_PSEUDO = 1.0


def contrast_of_means(
    after: Sums,
    before: Sums,
    others_after: Sums,
    others_before: Sums,
    scale: Scale = MARKS,
    level: float = 0.95,
) -> Difference:
    """Estimate how far the mean of some moved beyond the mean of others.

    Args:
        after: sums of the marks of those concerned, since it happened; at least 2.
        before: the same before.
        others_after: of the others, since.
        others_before: of the others, before.
        scale: the ends of the scale of marks.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Difference`` in marks; ``counts`` are the fewest answers after and before. Of each group, the
        greater of its variance and of the one with pseudo-answers: marks that all agree keep a width.

    Raises:
        ValueError: if one of the four holds under 2 marks.

    Source:
        D. Card and A. B. Krueger (1994), American Economic Review 84; variances add, people answering several
        times make it wider than needed.
    """
    cells = (after, before, others_after, others_before)
    if min(cell.n for cell in cells) < 2:
        raise ValueError("a contrast needs 2 marks in each of its four groups")
    means = [cell.total / cell.n for cell in cells]
    variances = [max(moments(cell, scale, method)[1] for method in ("t", "adjusted_wald")) for cell in cells]
    return _contrast(means, variances, [cell.n for cell in cells], scale, level)


def contrast_of_shares(
    after: tuple[int, int],
    before: tuple[int, int],
    others_after: tuple[int, int],
    others_before: tuple[int, int],
    level: float = 0.95,
) -> Difference:
    """Estimate how far the share of some moved beyond the share of others.

    Args:
        after: successes and answers of those concerned, since it happened; at least 1 answer.
        before: the same before.
        others_after: of the others, since.
        others_before: of the others, before.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Difference`` of changes of shares, from -2 to 2.

    Raises:
        ValueError: if one of the four holds no answer, or more successes than answers.

    Source:
        As ``contrast_of_means``; pseudo-answers: R. M. Price and D. G. Bonett (2004), Computational
        Statistics and Data Analysis 45(3), 449-456 (2 / 4 of each kind, for a contrast of four shares).
    """
    cells = (after, before, others_after, others_before)
    if any(n < 1 or not 0 <= won <= n for won, n in cells):
        raise ValueError("a contrast needs answers in each of its four groups")
    shares = [won / n for won, n in cells]
    centred = [(won + _PSEUDO / 2) / (n + _PSEUDO) for won, n in cells]
    variances = [p * (1 - p) / (n + _PSEUDO) for p, (_won, n) in zip(centred, cells, strict=True)]
    return _contrast(shares, variances, [n for _won, n in cells], SHARE, level)


def _contrast(
    values: list[float], variances: list[float], sizes: list[int], scale: Scale, level: float
) -> Difference:
    check_level(level)
    gap = values[0] - values[1] - (values[2] - values[3])
    se = sqrt(sum(variances))
    half = quantiles.z(level) * se
    return Difference(
        difference=gap,
        observed=gap,
        low=gap - half,
        high=gap + half,
        level=level,
        counts=(min(sizes[0], sizes[2]), min(sizes[1], sizes[3])),
        method="difference in differences",
        scale=scale,
        se=se,
    )
