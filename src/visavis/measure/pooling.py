"""Shares and scores of small units, drawn to what all units have in common: empirical Bayes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt
from statistics import fmean, variance
from typing import Any

from visavis.measure import quantiles
from visavis.measure.estimates import check_level
from visavis.measure.shares import proportion_interval

#: From this prior weight on, units cannot be told apart: the likelihood climbs without end.
_ENDLESS = 1e6
_SAME = ("no measurable difference",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaShape:
    """Shapes of a beta law."""

    alpha: float
    beta: float


def _check_trials(successes: Sequence[int], trials: Sequence[int]) -> None:
    if len(successes) != len(trials) or len(trials) < 2:
        raise ValueError("at least 2 units, with one count of successes each")
    if not all(0 <= x <= n for x, n in zip(successes, trials, strict=True)) or not sum(trials):
        raise ValueError("each unit has 0 <= successes <= trials, and one of them trials")


def beta_binomial_moments(successes: Sequence[int], trials: Sequence[int]) -> BetaShape:
    """Fit a beta law to raw shares by their mean and variance: quick, rough, a start for the likelihood.

    ``alpha + beta = m (1 - m) / s² - 1``. It forgets that small units vary more by chance alone.

    Args:
        successes: how many said yes in each unit.
        trials: how many answered in each, above 0; at least 2 units.

    Returns:
        The two shapes.

    Raises:
        ValueError: if counts are impossible, shares are all equal, or vary more than a beta law can.

    Source:
        A. Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 5.1.

    >>> shape = beta_binomial_moments([1, 2, 4], [10, 10, 10])
    >>> round(shape.alpha, 3), round(shape.beta, 3)
    (1.556, 5.111)
    """
    _check_trials(successes, trials)
    if min(trials) < 1:
        raise ValueError("moments need answers in each unit")
    rates = [x / n for x, n in zip(successes, trials, strict=True)]
    mean, spread = fmean(rates), variance(rates)
    if not 0 < spread < mean * (1 - mean):
        raise ValueError("no beta law has the mean and variance of these shares")
    whole = mean * (1 - mean) / spread - 1
    return BetaShape(alpha=whole * mean, beta=whole * (1 - mean))


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaBinomial(BetaShape):
    """Shares of units drawn to a common law: its shapes and mean, each unit's mean and interval."""

    mean: float
    posterior_means: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]
    level: float
    warnings: tuple[str, ...]


def beta_binomial(successes: Sequence[int], trials: Sequence[int], level: float = 0.95) -> BetaBinomial:
    """Draw shares of units to a common beta law, fitted by marginal likelihood: ``(x + a) / (n + a + b)``.

    Pool inside one mix of channels and reasons, else units are drawn to a mean that is not theirs. From
    about 10 units; the shapes say nothing with fewer.

    Args:
        successes: how many said yes in each unit.
        trials: how many answered in each, from 0; at least 2 units. A unit without any gets the common mean.
        level: coverage wanted of each unit's interval, strictly between 0 and 1.

    Returns:
        A ``BetaBinomial``. Where units do not differ beyond chance, all have the pooled share and its
        interval, and ``warnings`` says so.

    Raises:
        ValueError: if counts are impossible.

    Source:
        R. E. Tarone (1982), Biometrics 38, 215-220; A. Gelman et al. (2013), Bayesian Data Analysis, 5.3.

    >>> fit = beta_binomial([2, 18, 5, 9], [20, 20, 10, 30])
    >>> 2 / 20 < fit.posterior_means[0] < fit.mean
    True
    """
    check_level(level)
    _check_trials(successes, trials)
    rows = [(float(x), float(n - x)) for x, n in zip(successes, trials, strict=True)]
    shapes, endless = _fit(rows)
    alpha, beta = shapes
    means = [(x + alpha) / (x + y + alpha + beta) for x, y in rows]
    if endless:
        pooled = proportion_interval(sum(successes), sum(trials), level)
        intervals = [(pooled.low, pooled.high)] * len(rows)
    else:
        intervals = [_beta_interval(x + alpha, y + beta, level) for x, y in rows]
    return BetaBinomial(
        alpha=alpha,
        beta=beta,
        mean=alpha / (alpha + beta),
        posterior_means=tuple(means),
        intervals=tuple(intervals),
        level=level,
        warnings=_SAME if endless else (),
    )


def _beta_interval(a: float, b: float, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    return quantiles.beta(tail, a, b), quantiles.beta(1 - tail, a, b)


def _fit(rows: Sequence[Sequence[float]]) -> tuple[list[float], bool]:
    """Shapes of the Dirichlet law that makes these counts likeliest, and whether units do not differ."""
    import numpy as np
    from scipy.optimize import minimize

    counts = np.asarray([row for row in rows if fsum(row)], dtype=float)
    pooled = counts.sum(axis=0) / counts.sum()
    kinds = pooled > 0
    if kinds.sum() < 2:
        return [float(share) * _ENDLESS for share in pooled], True
    table = counts[:, kinds]

    bounds = [(-14.0, log(_ENDLESS))] * table.shape[1]
    starts = [np.log(pooled[kinds] * whole) for whole in (3.0, 30.0, 300.0)]
    fits = [
        minimize(_cost, start, args=(table,), jac=True, method="L-BFGS-B", bounds=bounds) for start in starts
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    shapes = np.zeros(len(pooled))
    shapes[kinds] = np.exp(best.x)
    # What the likelihood climbs to when units share one law.
    flat = float((table * np.log(pooled[kinds])).sum())
    if -float(best.fun) <= flat + 1e-4:
        return [float(share) * _ENDLESS for share in pooled], True
    return [float(shape) for shape in shapes], False


def _cost(point: Any, table: Any) -> tuple[float, Any]:
    """Negative log-likelihood of Dirichlet-multinomial counts, but for a constant, and its slope."""
    import numpy as np
    from scipy.special import digamma, gammaln

    shapes = np.exp(point)
    whole, sizes = shapes.sum(), table.sum(axis=1)
    value = (gammaln(whole) - gammaln(sizes + whole)).sum() + (
        gammaln(table + shapes) - gammaln(shapes)
    ).sum()
    common = (digamma(whole) - digamma(sizes + whole)).sum()
    slope = common + (digamma(table + shapes) - digamma(shapes)).sum(axis=0)
    return -float(value), -slope * shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class DirichletNps:
    """Scores of units drawn to a common law of promoters, passives and detractors, in points."""

    alpha: tuple[float, float, float]
    concentration: float
    team_nps: tuple[float, ...]
    team_sd: tuple[float, ...]
    pooled_nps: float
    warnings: tuple[str, ...]


def dirichlet_multinomial_nps(counts: Sequence[Sequence[int]]) -> DirichletNps:
    """Draw net promoter scores of units to a common Dirichlet law, fitted by marginal likelihood.

    Each unit's shares are ``(count + alpha) / (n + sum alpha)``. From about 10 units.

    Args:
        counts: promoters, passives and detractors of each unit; at least 2 units, one with answers.

    Returns:
        A ``DirichletNps``: ``team_sd`` is the posterior spread of each score. Where units do not differ
        beyond chance all have the pooled score, and ``warnings`` says so.

    Raises:
        ValueError: if there are fewer than 2 units, a row is not three counts from 0, or nobody answered.

    Source:
        J. E. Mosimann (1962), Biometrika 49, 65-82; T. P. Minka (2000), Estimating a Dirichlet distribution.

    >>> fit = dirichlet_multinomial_nps([[12, 5, 3], [3, 4, 25], [20, 2, 1]])
    >>> -100 * 22 / 32 < fit.team_nps[1] < fit.pooled_nps
    True
    """
    if len(counts) < 2 or any(len(row) != 3 or min(row) < 0 for row in counts):
        raise ValueError("at least 2 units, each with three counts from 0")
    if not any(sum(row) for row in counts):
        raise ValueError("nobody answered in any unit")
    alpha, endless = _fit([[float(count) for count in row] for row in counts])
    whole = fsum(alpha)
    posts = [[count + shape for count, shape in zip(row, alpha, strict=True)] for row in counts]
    return DirichletNps(
        alpha=(alpha[0], alpha[1], alpha[2]),
        concentration=whole,
        team_nps=tuple(100 * (post[0] - post[2]) / fsum(post) for post in posts),
        team_sd=tuple(_score_sd(post) for post in posts),
        pooled_nps=100 * (alpha[0] - alpha[2]) / whole,
        warnings=_SAME if endless else (),
    )


def _score_sd(post: Sequence[float]) -> float:
    whole = fsum(post)
    mean = (post[0] - post[2]) / whole
    spread = max(0.0, (post[0] + post[2]) / whole - mean * mean) / (whole + 1)
    return 100 * sqrt(spread)
