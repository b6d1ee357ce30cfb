"""Control charts of shares: binomial limits, and limits as wide as periods usually differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from visavis.measure.charts import D2, mean_range


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart:
    """Shares around their centre, each between limits of its own, from 0 to 1."""

    centre: float
    shares: tuple[float, ...]
    lcl: tuple[float, ...]
    ucl: tuple[float, ...]
    signals: tuple[int, ...]


def _shares(x: Sequence[int], n: Sequence[int]) -> tuple[float, list[float]]:
    if len(x) != len(n) or not x:
        raise ValueError(f"one count for each size: {len(x)} counts, {len(n)} sizes")
    if not all(size > 0 and 0 <= count <= size for count, size in zip(x, n, strict=True)):
        raise ValueError("a share needs 0 <= x <= n and n above 0 in each period")
    return sum(x) / sum(n), [count / size for count, size in zip(x, n, strict=True)]


def _limits(
    centre: float, shares: list[float], halves: list[float]
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[int, ...]]:
    lcl = tuple(max(0.0, centre - half) for half in halves)
    ucl = tuple(min(1.0, centre + half) for half in halves)
    rows = enumerate(zip(shares, halves, strict=True))
    # A hair of slack: a share equal to the centre never leaves limits of no width.
    return lcl, ucl, tuple(place for place, (share, half) in rows if abs(share - centre) > half + 1e-12)


def p_chart(x: Sequence[int], n: Sequence[int]) -> ShareChart:
    """Chart shares between binomial limits: ``p ± 3 sqrt(p (1 - p) / n)``.

    Above about 1000 answers a period these limits are too tight: use ``laney_p_chart``.

    Args:
        x: how many said yes in each period.
        n: how many answered in each period, above 0 (10 at least to mean anything).

    Returns:
        The centre, the shares, their limits cut at 0 and 1, and the places outside.

    Raises:
        ValueError: if lengths differ, there is no period, or a count is impossible.

    Source:
        NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2.

    >>> p_chart([5, 5, 5, 5, 20], [50, 50, 50, 50, 50]).signals
    (4,)
    """
    centre, shares = _shares(x, n)
    lcl, ucl, signals = _limits(centre, shares, [3 * sqrt(centre * (1 - centre) / size) for size in n])
    return ShareChart(centre=centre, shares=tuple(shares), lcl=lcl, ucl=ucl, signals=signals)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneyChart(ShareChart):
    """Shares whose limits follow how much they usually vary: ``sigma_z`` times the binomial ones."""

    sigma_z: float


def laney_p_chart(x: Sequence[int], n: Sequence[int]) -> LaneyChart:
    """Chart shares between limits widened by how much neighbouring periods usually differ.

    ``z = (p - centre) / sqrt(centre (1 - centre) / n)``; ``sigma_z`` is the mean moving range of z over
    ``d2 = 2 / sqrt(pi)``; limits at three times ``sigma_z`` binomial standard deviations.

    Args:
        x: how many said yes in each period; at least 2 periods (20 for a baseline).
        n: how many answered in each period, above 0.

    Returns:
        As ``p_chart``, with ``sigma_z``.

    Raises:
        ValueError: if counts are impossible, there are fewer than 2 periods, or all said the same.

    Source:
        D. B. Laney (2002), Quality Engineering 14(4), 531-537.

    >>> round(laney_p_chart([50, 60, 50, 60], [100, 100, 100, 100]).sigma_z, 3)
    1.781
    """
    centre, shares = _shares(x, n)
    if len(x) < 2 or centre in {0.0, 1.0}:
        raise ValueError("limits from moving ranges need 2 periods and both kinds of answers")
    errors = [sqrt(centre * (1 - centre) / size) for size in n]
    z = [(share - centre) / error for share, error in zip(shares, errors, strict=True)]
    sigma = mean_range(z) / D2
    lcl, ucl, signals = _limits(centre, shares, [3 * sigma * error for error in errors])
    return LaneyChart(centre=centre, shares=tuple(shares), lcl=lcl, ucl=ucl, signals=signals, sigma_z=sigma)
