"""Which criteria go with a score: shares of explained spread that add up and are never negative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from visavis.measure.estimates import check_method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: Criteria above which all subsets are too many: weights of Johnson and Genizi instead.
_EXACT = 10


def least_answers(criteria: int) -> int:
    """Say how many answers drivers need: 200, and 20 a criterion.

    >>> least_answers(4), least_answers(12)
    (200, 240)
    """
    return max(200, 20 * criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """What each criterion explains of the spread of a score; they add up to ``r2``."""

    r2: float
    importance: dict[str, float]
    n: int
    method: str
    warnings: tuple[str, ...]


def relative_importance(
    y: Sequence[float],
    x: Mapping[str, Sequence[float]],
    method: str = "lmg",
    controls: Mapping[str, Sequence[float]] | None = None,
) -> Importance:
    """Share the explained spread of a score among criteria that go together.

    ``lmg``: the mean, over all orders, of what a criterion adds to R² (Shapley's value). ``johnson``: through
    the nearest uncorrelated criteria; close to it and quick. Coefficients of a regression turn negative
    where none should: these never do. Association, not cause; nor does it say who comes first when
    criteria go together: see ``driver_intervals``.

    Args:
        y: the score of each answer, finite.
        x: criteria, each with one finite value an answer; none may follow from the others for ``johnson``.
        method: ``lmg`` (10 criteria at most), ``johnson``, or ``auto`` for the first that fits.
        controls: what is taken out of the score and the criteria first (channel, reason, week, as numbers).

    Returns:
        An ``Importance``: with controls, the shares of what they leave unexplained. Warned about under 200
        answers or 20 a criterion.

    Raises:
        ValueError: if lengths differ, a value is not finite, something never varies, there are too many
            criteria or too few answers, or (``johnson``) criteria repeat each other.

    Source:
        R. H. Lindeman, P. F. Merenda and R. Z. Gold (1980); U. Grömping (2006), Journal of Statistical
        Software 17(1); A. Genizi (1993), Statistica Sinica 3, 407-420; J. W. Johnson (2000), Multivariate
        Behavioral Research 35(1), 1-19.

    >>> found = relative_importance([1, 2, 3, 5], {"a": [1, 2, 3, 4], "b": [1, -1, -1, 1]})
    >>> {name: round(part, 4) for name, part in found.importance.items()}
    {'a': 0.9657, 'b': 0.0286}
    """
    check_method(method, ("lmg", "johnson", "auto"))
    chosen = ("lmg" if len(x) <= _EXACT else "johnson") if method == "auto" else method
    if chosen == "lmg" and len(x) > _EXACT:
        raise ValueError(f"lmg tries all subsets: at most {_EXACT} criteria, got {len(x)}")
    parts = shares_of(correlations(*columns_of(y, x, controls)), chosen)
    few = len(y) < least_answers(len(x))
    return Importance(
        r2=float(sum(parts)),
        importance=dict(zip(x, map(float, parts), strict=True)),
        n=len(y),
        method=chosen,
        warnings=("few answers for drivers",) if few else (),
    )


def columns_of(
    y: Sequence[float], x: Mapping[str, Sequence[float]], controls: Mapping[str, Sequence[float]] | None
) -> tuple[Matrix, Matrix]:
    """Return the score and the criteria in columns; a constant and the controls in columns.

    Args:
        y: the score, one a return.
        x: the criteria by name, one value a return.
        controls: what is taken out of both first, if anything.

    Raises:
        ValueError: if lengths differ, there is no criterion, answers are too few, or a value is not finite.
    """
    import numpy as np

    extra = dict(controls or {})
    if not x or any(len(column) != len(y) for column in [*x.values(), *extra.values()]):
        raise ValueError("at least one criterion, and one value of each for each answer")
    if len(y) < len(x) + len(extra) + 2:
        raise ValueError(f"{len(y)} answers are too few for {len(x) + len(extra)} criteria and controls")
    table: Matrix = np.column_stack([np.asarray(column, dtype=float) for column in (y, *x.values())])
    known: Matrix = np.column_stack([np.ones(len(y)), *(np.asarray(c, dtype=float) for c in extra.values())])
    if not (np.isfinite(table).all() and np.isfinite(known).all()):
        raise ValueError("values must be finite")
    return table, known


def correlations(table: Matrix, known: Matrix) -> Matrix:
    """Return the correlations of the columns of ``table`` once ``known`` is taken out.

    Raises:
        ValueError: if a column does not vary any more.
    """
    import numpy as np

    left = table - known @ np.linalg.lstsq(known, table, rcond=None)[0]
    if any(_flat(column, original) for column, original in zip(left.T, table.T, strict=True)):
        raise ValueError("the score or a criterion never varies, once controls are taken out")
    scaled = left / np.sqrt((left**2).sum(axis=0))
    product: Matrix = scaled.T @ scaled
    return product


def _flat(column: Matrix, original: Matrix) -> bool:
    return float(abs(column).max()) <= 1e-9 * max(1.0, float(abs(original).max()))


def shares_of(whole: Matrix, method: str) -> list[float]:
    """Return what each criterion explains, from correlations with the score first."""
    inner, outer = whole[1:, 1:], whole[0, 1:]
    return _johnson(inner, outer) if method == "johnson" else _lmg(inner, outer)


def _johnson(inner: Matrix, outer: Matrix) -> list[float]:
    import numpy as np

    values, vectors = np.linalg.eigh(inner)
    if values.min() < 1e-8:
        raise ValueError("criteria repeat each other: show them as one")
    root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    weights = np.linalg.solve(root, outer)
    return [float(part) for part in (root**2) @ (weights**2)]


def _lmg(inner: Matrix, outer: Matrix) -> list[float]:
    """Shapley's value of R² over all subsets, numbered by their bits."""
    import numpy as np

    size = len(outer)
    explained = _explained(inner, outer)
    subsets = np.arange(1 << size)
    weights = np.array([1 / comb(size - 1, k) / size for k in range(size)])
    parts = []
    for one in range(size):
        without = subsets[(subsets >> one & 1) == 0]
        gains = explained[without | 1 << one] - explained[without]
        parts.append(max(0.0, float(gains @ weights[np.bitwise_count(without)])))
    return parts


def _explained(inner: Matrix, outer: Matrix) -> Matrix:
    """R² of each subset of criteria."""
    import numpy as np

    size = len(outer)
    explained = np.zeros(1 << size)
    for many in range(1, size + 1):
        chosen = np.array(list(combinations(range(size), many)))
        blocks = inner[chosen[:, :, None], chosen[:, None, :]]
        # Criteria that repeat each other: the solution of least length has the same R².
        solutions = np.linalg.pinv(blocks, rcond=1e-10, hermitian=True) @ outer[chosen][:, :, None]
        explained[(1 << chosen).sum(axis=1)] = (outer[chosen] * solutions[:, :, 0]).sum(axis=1)
    return explained


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflation:
    """How much the other criteria blur each one; at 5 and above, show them as one block."""

    vif: dict[str, float]


def vif(x: Mapping[str, Sequence[float]]) -> Inflation:
    """Measure how much each criterion follows from the others: ``1 / (1 - R²)``, at least 1.

    Args:
        x: at least 2 criteria, each with one finite value an answer.

    Returns:
        One factor a criterion: the diagonal of the inverse of their correlations.

    Raises:
        ValueError: if there are fewer than 2 criteria, lengths differ, something never varies, or one
            criterion follows exactly from the others.

    Source:
        D. W. Marquardt (1970), Technometrics 12(3), 591-612.

    >>> {name: round(value, 6) for name, value in vif({"a": [1, 2, 3, 4], "b": [1, -1, -1, 1]}).vif.items()}
    {'a': 1.0, 'b': 1.0}
    """
    import numpy as np

    if len(x) < 2:
        raise ValueError("inflation needs at least 2 criteria")
    first, *rest = x
    inner = correlations(*columns_of(x[first], {name: x[name] for name in rest}, None))
    if np.linalg.eigvalsh(inner).min() < 1e-10:
        raise ValueError("a criterion follows exactly from the others: show them as one")
    return Inflation(vif=dict(zip(x, map(float, np.diag(np.linalg.inv(inner))), strict=True)))
