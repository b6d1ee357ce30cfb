"""Quantiles of the normal, Student and beta laws. SciPy loads only when one of the last two is asked."""

from __future__ import annotations

from functools import cache, lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()


@lru_cache(maxsize=64)
def z(level: float) -> float:
    """Return the normal quantile that leaves ``(1 - level) / 2`` on each side.

    >>> round(z(0.95), 4)
    1.96
    """
    return _NORMAL.inv_cdf((1 + level) / 2)


def two_sided_p(statistic: float) -> float:
    """Return the probability of a standard normal as far from zero as ``statistic``, from 0 to 1."""
    return min(1.0, 2 * _NORMAL.cdf(-abs(statistic)))


@cache
def t(level: float, df: float) -> float:
    """Return the Student quantile of ``df`` degrees of freedom that leaves ``(1 - level) / 2`` each side."""
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2))


def two_sided_t(statistic: float, df: float) -> float:
    """Return the probability of a Student variable as far from zero as ``statistic``, from 0 to 1."""
    from scipy.special import stdtr

    return min(1.0, 2 * float(stdtr(df, -abs(statistic))))


def beta(probability: float, a: float, b: float) -> float:
    """Return the quantile of the beta law of shapes ``a`` and ``b``."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))
