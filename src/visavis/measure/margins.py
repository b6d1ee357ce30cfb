"""The linear program of published counts: whose answer do they force, all together?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

_NEAR = 1e-6


def forced(
    atoms: Sequence[tuple[int, ...]],
    sizes: Sequence[int],
    counts: Sequence[Mapping[str, int]],
    suspects: Collection[tuple[int, str]] | None = None,
) -> list[tuple[int, ...]]:
    """Find the contributions whose answer every table of counts that agrees with the published ones shares.

    Contributions of one atom (in the same cells) are alike for an attacker: an unknown is the number of each
    answer in an atom, from 0 to its size. An atom is forced when its fewest of one answer is its size, by a
    linear program. Unanimous cells are the simplest case.

    Args:
        atoms: places of the cells that hold each atom.
        sizes: contributions of each atom.
        counts: of each cell, the number of each answer; those that gave none are an answer too.
        suspects: atoms, by their place here, and answers to look at; none: all. Whoever knows the answers
            knows that an atom whose own differ is forced by nothing.

    Returns:
        The atoms forced, by their places.

    Raises:
        ValueError: if no table of answers agrees with the counts.

    Source:
        A. Dobra and S. E. Fienberg (2000), Bounds for cell entries in contingency tables, PNAS 97.

    >>> forced([(0,), (0, 1)], [3, 2], [{"yes": 2, "no": 3}, {"yes": 2}])
    [(0,), (0, 1)]
    """
    values = sorted({value for cell in counts for value in cell})
    if not atoms or not values:
        return []
    if suspects is None:
        suspects = [(at, value) for at in range(len(atoms)) for value in values]
    wanted = [(at, values.index(value)) for at, value in suspects if value in values]
    if not wanted:
        return []
    program = _Program(atoms, sizes, counts, values)
    return [atoms[at] for at in sorted({at for at, _value in program.always_full(wanted)})]


class _Program:
    """The counts as equations on the number of each answer in each atom."""

    def __init__(
        self,
        atoms: Sequence[tuple[int, ...]],
        sizes: Sequence[int],
        counts: Sequence[Mapping[str, int]],
        values: Sequence[str],
    ) -> None:
        import numpy as np

        self.values, self.sizes = len(values), np.array(sizes, dtype=float)
        self.wide = len(atoms) * self.values
        self.bounds = [(0.0, float(size)) for size in sizes for _value in values]
        self.left, self.right = self._equations(atoms, counts, values)

    def _equations(
        self, atoms: Sequence[tuple[int, ...]], counts: Sequence[Mapping[str, int]], values: Sequence[str]
    ) -> tuple[csr_array, np.ndarray]:
        import numpy as np
        from scipy.sparse import csr_array

        rows, columns = [], []
        for at, places in enumerate(atoms):
            for value in range(self.values):
                where = [cell * self.values + value for cell in places]
                where.append(len(counts) * self.values + at)
                rows += where
                columns += [at * self.values + value] * len(where)
        shape = (len(counts) * self.values + len(atoms), self.wide)
        known = [float(cell.get(value, 0)) for cell in counts for value in values]
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape), np.array([*known, *self.sizes])

    def always_full(self, wanted: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those wanted that fill their atom in every table.

        The fewest of all of them together clears at least one that some table leaves unfilled; when it clears
        none, each of those left is full everywhere.
        """
        import numpy as np

        full = np.zeros(self.wide, dtype=bool)
        full[[at * self.values + value for at, value in wanted]] = True
        sizes = np.repeat(self.sizes, self.values)
        while full.any():
            cleared = full & (self._corner(full.astype(float)) < sizes - _NEAR)
            if not cleared.any():
                break
            full &= ~cleared
        return [divmod(int(at), self.values) for at in np.flatnonzero(full)]

    def _corner(self, cost: np.ndarray) -> np.ndarray:
        from scipy.optimize import linprog

        found = linprog(cost, A_eq=self.left, b_eq=self.right, bounds=self.bounds, method="highs")
        if found.x is None:
            raise ValueError(f"counts that no answers give: {found.message}")
        corner: np.ndarray = found.x
        return corner
