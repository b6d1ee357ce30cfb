"""Marks as ordered answers: a regression that does not pretend that they are lengths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinalLogit:
    """Coefficients in log-odds of a higher mark, thresholds between marks, and errors."""

    coefficients: dict[str, float]
    thresholds: tuple[float, ...]
    loglik: float
    se: dict[str, float]
    n: float


def ordinal_logit(
    rows: Mapping[str, Sequence[Any]],
    levels: Sequence[Any],
    response: str,
    reference: Mapping[str, Any] | None = None,
    weights: str | None = None,
) -> OrdinalLogit:
    """Fit ordered answers: ``logit P(mark <= j) = threshold_j - x b`` (proportional odds).

    A positive coefficient goes with higher marks. Own code on SciPy: neither it nor scikit-learn has this
    model. From 10 answers in the rarest mark for each coefficient.

    Args:
        rows: columns by name: the response, criteria, and perhaps weights. Criteria named in ``reference``
            are categories; the others are numbers.
        levels: the marks from lowest to highest, at least 2, each given at least once.
        response: name of the column of marks.
        reference: for each criterion of categories, the one that others are compared with.
        weights: name of the column that says how many times each row counts, from 0.

    Returns:
        An ``OrdinalLogit``; a category's coefficient is named by criterion and category, ``InflHigh``.

    Raises:
        ValueError: if columns differ in length, a mark is unknown or never given, a reference is absent, a
            number is not finite, criteria repeat each other, or one separates the marks without any error.

    Source:
        P. McCullagh (1980), JRSS B 42(2), 109-142; W. N. Venables and B. D. Ripley (2002), ``polr``.

    >>> rows = {"mark": [1, 1, 2, 2, 3, 3, 1, 3], "wait": [9, 7, 6, 4, 2, 3, 5, 5]}
    >>> ordinal_logit(rows, [1, 2, 3], "mark").coefficients["wait"] < 0
    True
    """
    import numpy as np

    marks, counts = _marks(rows, levels, response, weights)
    names, columns = _design(rows, {response, *([weights] if weights else [])}, dict(reference or {}))
    if not names:
        raise ValueError("at least one criterion")
    design = np.column_stack(columns)
    if not bool(np.isfinite(design).all()):
        raise ValueError("criteria must be finite")
    _check_rank(design[counts > 0])
    # Centred and scaled columns keep the search round; given back in their own units below.
    centre, scale = design.mean(axis=0), design.std(axis=0)
    point, covariance, cost = _fit((design - centre) / scale, marks, counts, len(levels))
    cuts, slopes = len(levels) - 1, point[len(levels) - 1 :] / scale
    thresholds = _cuts(point[:cuts]) + float(centre @ slopes)
    errors = np.sqrt(np.diag(covariance))[cuts:] / scale
    return OrdinalLogit(
        coefficients=dict(zip(names, map(float, slopes), strict=True)),
        thresholds=tuple(map(float, thresholds)),
        loglik=-cost,
        se=dict(zip(names, map(float, errors), strict=True)),
        n=float(counts.sum()),
    )


def _marks(
    rows: Mapping[str, Sequence[Any]], levels: Sequence[Any], response: str, weights: str | None
) -> tuple[Any, Any]:
    import numpy as np

    if response not in rows or len({len(column) for column in rows.values()}) != 1:
        raise ValueError("columns of one length, the response among them")
    places = {level: place for place, level in enumerate(levels)}
    if len(places) != len(levels) or len(levels) < 2 or not set(rows[response]) <= set(places):
        raise ValueError("at least 2 different marks, and no mark outside them")
    marks = np.array([places[mark] for mark in rows[response]])
    counts = np.asarray(rows[weights] if weights else np.ones(len(marks)), dtype=float)
    if not bool(np.isfinite(counts).all()) or float(counts.min(initial=0)) < 0:
        raise ValueError("weights go from 0")
    if not bool(np.bincount(marks, counts, len(levels)).all()):
        raise ValueError("each mark must be given at least once: merge those that are not")
    return marks, counts


def _design(
    rows: Mapping[str, Sequence[Any]], others: set[str], reference: dict[str, Any]
) -> tuple[list[str], list[Any]]:
    import numpy as np

    names, columns = [], []
    if not set(reference) <= set(rows) - others:
        raise ValueError("a reference for each criterion of categories, and for no other column")
    for name, column in rows.items():
        if name in others:
            continue
        if name not in reference:
            names.append(name)
            columns.append(np.asarray(column, dtype=float))
            continue
        kinds = list(dict.fromkeys(column))
        if reference[name] not in kinds:
            raise ValueError(f"{name}: nobody has the reference {reference[name]!r}")
        for kind in kinds:
            if kind != reference[name]:
                names.append(f"{name}{kind}")
                columns.append(np.array([float(other == kind) for other in column]))
    return names, columns


def _check_rank(design: Any) -> None:
    import numpy as np

    spread = design - design.mean(axis=0)
    lengths = np.sqrt((spread**2).sum(axis=0))
    if float(lengths.min()) <= 1e-12 * max(1.0, float(abs(design).max())):
        raise ValueError("a criterion never varies")
    if np.linalg.matrix_rank(spread / lengths, tol=1e-8) < design.shape[1]:
        raise ValueError("criteria repeat each other: leave one out")


def _cuts(free: Any) -> Any:
    """Thresholds from a first one and the logarithms of the steps between them."""
    import numpy as np

    return free[0] + np.concatenate([[0.0], np.cumsum(np.exp(free[1:]))])


def _fit(design: Any, marks: Any, counts: Any, levels: int) -> tuple[Any, Any, float]:
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import logit

    shares = np.cumsum(np.bincount(marks, counts, levels))[:-1] / counts.sum()
    first = logit(shares)
    start = np.concatenate([[first[0]], np.log(np.diff(first)), np.zeros(design.shape[1])])
    cuts, args = levels - 1, (design, marks, counts, levels - 1)
    fit = minimize(_cost, start, args=args, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 500})
    slopes = fit.x[cuts:]
    if float(abs(slopes).max()) > 15 or float(abs(fit.jac).max()) > 1e-3 * counts.sum():
        raise ValueError("a criterion separates the marks without any error: its coefficient has no end")
    return fit.x, _covariance(fit.x, args), float(fit.fun)


def _cost(point: Any, design: Any, marks: Any, counts: Any, cuts: int) -> tuple[float, Any]:
    """Negative log-likelihood and its slope."""
    import numpy as np
    from scipy.special import expit

    edges = np.concatenate([[-np.inf], _cuts(point[:cuts]), [np.inf]])
    line = design @ point[cuts:]
    high, low = expit(edges[marks + 1] - line), expit(edges[marks] - line)
    chance = np.maximum(high - low, 1e-300)
    by_high, by_low = counts * high * (1 - high) / chance, counts * low * (1 - low) / chance
    at = np.zeros(cuts)
    np.add.at(at, marks[marks < cuts], by_high[marks < cuts])
    np.add.at(at, marks[marks > 0] - 1, -by_low[marks > 0])
    steps = np.exp(point[1:cuts])
    # A step moves its own threshold and all above it.
    free = np.concatenate([[at.sum()], steps * np.cumsum(at[::-1])[::-1][1:]])
    return -float(counts @ np.log(chance)), -np.concatenate([free, -(by_high - by_low) @ design])


def _covariance(point: Any, args: tuple[Any, Any, Any, int]) -> Any:
    """Inverse of the curvature, by central differences of the slope."""
    import numpy as np

    step = 1e-5
    moves = np.eye(len(point)) * step
    curvature = np.array(
        [_cost(point + move, *args)[1] - _cost(point - move, *args)[1] for move in moves]
    ) / (2 * step)
    return np.linalg.pinv((curvature + curvature.T) / 2)
