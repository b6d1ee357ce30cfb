"""Units at equal requests: what is left of each once the mix of its requests is taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

#: Traits of one request: reason, channel and so on, in a fixed order.
Kind = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likened:
    """The share of one unit at equal requests, from 0 to 1 but for the model, and what it rests on."""

    value: float
    variance: float
    n: int

    @property
    def se(self) -> float:
        """Standard error."""
        return sqrt(self.variance)


def at_equal_requests(cells: Mapping[tuple[str, Kind], tuple[int, int]]) -> dict[str, Likened]:
    """Estimate each unit's share of successes as if all had the same mix of requests.

    A linear probability model with one effect a unit and one a value of each trait, weighted by answers;
    each unit's share is the model's at the mix of all those that it can be compared with.

    Args:
        cells: unit and traits -> successes and answers.

    Returns:
        By unit. Units that no request links to the others are compared among themselves; a unit alone in
        its requests keeps its own share.

    Raises:
        ValueError: if there is no answer, or a cell holds more successes than answers.

    Source:
        Analysis of covariance by weighted least squares: J. D. Angrist and J.-S. Pischke (2009), Mostly
        Harmless Econometrics, ch. 3; linear probability with an interval of its own variance.

    >>> found = at_equal_requests({("a", ("x",)): (8, 10), ("b", ("x",)): (5, 10)})
    >>> round(found["a"].value - found["b"].value, 6)
    0.3
    """
    import numpy as np

    rows = [(unit, kind, won, n) for (unit, kind), (won, n) in cells.items() if n]
    if not rows or any(not 0 <= won <= n for _unit, _kind, won, n in rows):
        raise ValueError("at least one answer, and successes among the answers")
    units = {unit: at for at, unit in enumerate(dict.fromkeys(row[0] for row in rows))}
    traits = dict.fromkeys((place, value) for _u, kind, _w, _n in rows for place, value in enumerate(kind))
    columns = {trait: len(units) + at for at, trait in enumerate(traits)}
    design = np.zeros((len(rows), len(units) + len(columns)))
    for at, (unit, kind, _won, _n) in enumerate(rows):
        design[at, units[unit]] = 1.0
        design[at, [columns[trait] for trait in enumerate(kind)]] = 1.0
    n = np.array([row[3] for row in rows], dtype=float)
    share = np.array([row[2] for row in rows]) / n
    inverse = np.linalg.pinv((design.T * n) @ design, rcond=1e-10, hermitian=True)
    effects = inverse @ (design.T @ (n * share))
    won = share * n
    left = float((won - 2 * won * (design @ effects) + n * (design @ effects) ** 2).sum())
    noise = left / max(1.0, n.sum() - np.linalg.matrix_rank(design))
    found = {}
    likes = _comparable(np.eye(len(inverse)) - inverse @ (design.T * n) @ design, len(units))
    for unit, at in units.items():
        among = design[:, : len(units)] @ likes[at] * n
        wanted = among @ design / among.sum()
        wanted[: len(units)] = np.eye(len(units))[at]
        answers = int(sum(row[3] for row in rows if row[0] == unit))
        found[unit] = Likened(
            value=float(wanted @ effects), variance=float(noise * (wanted @ inverse @ wanted)), n=answers
        )
    return found


def _comparable(left: np.ndarray, units: int) -> np.ndarray:
    """For each unit, 1 for those whose difference with it the answers tell, 0 for the others.

    ``left`` takes out of a sum of effects what the answers tell of it: two units are told apart where the
    same is left of both.
    """
    rest = left[:units]
    told: np.ndarray = (abs(rest[:, None] - rest[None]).max(axis=2) < 1e-6).astype(float)
    return told
