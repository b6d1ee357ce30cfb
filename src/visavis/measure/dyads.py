"""What each side brings to an exchange, and what it owes to the other: actor and partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visavis.measure.clusters import LEAST_CLUSTERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: Pairs and advisers under which partners are not told apart.
LEAST_PAIRS, LEAST_ADVISERS = 100, LEAST_CLUSTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What goes with one side's view: its own reading (actor) and the other's (partner)."""

    intercept: float
    actor: float
    partner: float
    se_actor: float
    se_partner: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Apim:
    """Both sides of an exchange, and how far what is left unexplained goes together."""

    customer: Side
    adviser: Side
    residual_correlation: float | None
    n: int
    clusters: int | None


def apim(
    x_customer: Sequence[float],
    x_adviser: Sequence[float],
    y_customer: Sequence[float],
    y_adviser: Sequence[float],
    clusters: Sequence[object] | None = None,
) -> Apim:
    """Split what goes with each side's view of an exchange between itself and the other.

    Both equations hold the same two readings, so least squares on each is as good as on both. A partner
    effect is an association. From 100 pairs by 20 advisers.

    Args:
        x_customer: what may go with the views, on the customer's side, one finite value an exchange.
        x_adviser: the same on the adviser's side.
        y_customer: the customer's view.
        y_adviser: the adviser's view.
        clusters: the adviser of each exchange: errors then know that exchanges of one go together.

    Returns:
        An ``Apim``.

    Raises:
        ValueError: if lengths differ, exchanges are too few, a value is not finite, readings repeat each
            other, or clusters are given and fewer than 20.

    Source:
        D. A. Kenny, D. A. Kashy and W. L. Cook (2006), Dyadic Data Analysis; A. Zellner (1962), JASA 57;
        clusters: K.-Y. Liang and S. L. Zeger (1986), Biometrika 73(1), with the correction for few of them.
    """
    import numpy as np

    columns = x_customer, x_adviser, y_customer, y_adviser
    n = len(x_customer)
    if n < 5 or any(len(column) != n for column in columns) or len(clusters or columns[0]) != n:
        raise ValueError("at least 5 exchanges, each with two readings and two views")
    table: Matrix = np.array(columns, dtype=float).T
    design: Matrix = np.column_stack([np.ones(n), table[:, :2]])
    if not bool(np.isfinite(table).all()) or np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("finite readings that do not repeat each other")
    slopes: Matrix = np.asarray(np.linalg.lstsq(design, table[:, 2:], rcond=None)[0], dtype=np.float64)
    left: Matrix = table[:, 2:] - design @ slopes
    places = _places(clusters) if clusters is not None else None
    errors = [_errors(design, left[:, side], places) for side in (0, 1)]
    lengths = float((left[:, 0] @ left[:, 0]) ** 0.5 * (left[:, 1] @ left[:, 1]) ** 0.5)
    own = [_side(slopes[:, side], errors[side], mine=1 + side) for side in (0, 1)]
    return Apim(
        customer=own[0],
        adviser=own[1],
        residual_correlation=float(left[:, 0] @ left[:, 1]) / lengths if lengths > 0 else None,
        n=n,
        clusters=None if places is None else int(places.max()) + 1,
    )


def _places(clusters: Sequence[object]) -> NDArray[np.int64]:
    import numpy as np

    names = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
    if len(names) < LEAST_CLUSTERS:
        raise ValueError(f"errors over clusters need {LEAST_CLUSTERS} of them, got {len(names)}")
    return np.array([names[name] for name in clusters], dtype=np.int64)


def _side(slopes: Matrix, errors: Matrix, mine: int) -> Side:
    other = 3 - mine
    return Side(
        intercept=float(slopes[0]),
        actor=float(slopes[mine]),
        partner=float(slopes[other]),
        se_actor=float(errors[mine]),
        se_partner=float(errors[other]),
    )


def _errors(design: Matrix, left: Matrix, places: NDArray[np.int64] | None) -> Matrix:
    """Standard errors of the coefficients of one equation."""
    import numpy as np

    n, size = design.shape
    bread = np.linalg.inv(design.T @ design)
    if places is None:
        plain: Matrix = np.sqrt(np.diag(bread) * float(left @ left) / (n - size))
        return plain
    count = int(places.max()) + 1
    sums = np.array([np.bincount(places, column, count) for column in (design * left[:, None]).T]).T
    fewness = count / (count - 1) * (n - 1) / (n - size)
    robust: Matrix = np.sqrt(np.diag(bread @ sums.T @ sums @ bread) * fewness)
    return robust
