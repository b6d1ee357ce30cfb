"""The row space of published sums: the smallest group of people that some combination of them isolates."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

#: Seconds that one search may take; a search that does not end counts as a person found.
PATIENCE = 20.0
_NOTHING = 2  # the program's status when it proved that no such group exists


def smallest_derivable(
    atoms: Sequence[tuple[int, ...]], behind: Sequence[Set[Hashable]], cells: int, *, below: int
) -> int:
    """Find the smallest group under ``below`` whose sum is a combination of the published sums.

    An integer program: choose atoms (contributions of the same cells) whose indicator is a combination of the
    cells' indicators, with the fewest people behind them. It generalises the leverage of one person (singular
    vectors) to groups.

    Args:
        atoms: places of the cells that hold each atom.
        behind: people of each atom.
        cells: number of cells.
        below: fewest people that may be isolated.

    Returns:
        Its number of people, 0 when there is none. 1 when the search does not end: what is not proved is
        refused.

    Source:
        Chin, F. Y. and Özsoyoğlu, G. (1982), Auditing and inference control in statistical databases, IEEE
        Transactions on Software Engineering 8, 574-582.

    >>> smallest_derivable([(0, 2), (0, 1, 2), (1, 2)], [{1, 2, 3}, {4, 5}, {6, 7, 8}], 3, below=3)
    2
    """
    small = [at for at, people in enumerate(behind) if len(people) < below]
    if not small:
        return 0
    found = _search(atoms, behind, small, cells, below)
    if found.status == _NOTHING:
        return 0
    return max(1, round(found.fun)) if found.x is not None else 1


#: Over this many groups of one side, its sets are too many to try.
_MOST_GROUPS = 10


def crossing_holds(
    first: Sequence[Hashable], second: Sequence[Hashable], people: Sequence[Hashable], *, below: int
) -> bool:
    """Prove shortly that two ways of parting the same people, published together, isolate no small group.

    A combination of sums is ``f(first) + g(second)``. Where it is 0 or 1 everywhere, those for whom it is 1
    include all who stand across some border: on one side some groups of ``second`` and some of ``first``.
    Each set of groups of ``second`` is tried; a group of ``first`` goes where it leaves fewest across.

    Args:
        first: group of each contribution in one way.
        second: group of each in the other way, as long; the same twice when there is one way only.
        people: who gave each.
        below: fewest people that may be isolated.

    Returns:
        Whether it is proved; what is not may still be true.

    Source:
        Additive functions on a bipartite graph: the support of a 0-1 combination holds an edge cut.

    >>> crossing_holds("aabbaabb", "xxxxyyyy", range(8), below=3)
    True
    >>> crossing_holds("aaabbb", "xxxyyy", range(6), below=4)
    False
    """
    behind = _behind(first, second, people)
    ways = (_behind(first, first, people), _behind(second, second, people))
    if any(len(held) < below for way in ways for held in way.values()):
        return False
    values = sorted({value for _group, value in behind}, key=str)
    if list(first) == list(second):
        return True
    if len(values) > _MOST_GROUPS:
        return False
    own: dict[Hashable, dict[Hashable, Set[Hashable]]] = {}
    for (group, value), held in behind.items():
        own.setdefault(group, {})[value] = held
    twice = sum(len(held) for held in ways[0].values()) - len(set(people))
    return all(_across(own, side) - twice >= below for side in _sides(values))


def _behind(
    first: Sequence[Hashable], second: Sequence[Hashable], people: Sequence[Hashable]
) -> dict[tuple[Hashable, Hashable], set[Hashable]]:
    found: dict[tuple[Hashable, Hashable], set[Hashable]] = {}
    for group, value, person in zip(first, second, people, strict=True):
        found.setdefault((group, value), set()).add(person)
    return found


def _sides(values: Sequence[Hashable]) -> Iterator[Set[Hashable]]:
    """The ways of sharing values between two sides, each once, none empty."""
    for chosen in range(1, 2 ** (len(values) - 1)):
        yield {value for at, value in enumerate(values) if chosen >> at & 1}


def _across(own: Mapping[Hashable, Mapping[Hashable, Set[Hashable]]], side: Set[Hashable]) -> int:
    """Fewest people across the border, each group of the first way on the side that suits it best."""
    total = 0
    for values in own.values():
        here = set().union(*(held for value, held in values.items() if value in side))
        there = set().union(*(held for value, held in values.items() if value not in side))
        total += min(len(here), len(there))
    return total


def _search(
    atoms: Sequence[tuple[int, ...]],
    behind: Sequence[Set[Hashable]],
    small: Sequence[int],
    cells: int,
    below: int,
) -> OptimizeResult:
    """Unknowns, in this order: a factor a cell (free), an atom chosen or not, a person behind it or not."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {person: at for at, person in enumerate({person for at in small for person in behind[at]})}
    held = np.zeros((len(atoms), cells))
    for at, places in enumerate(atoms):
        held[at, list(places)] = 1.0
    links = [(at, place[person]) for at in small for person in behind[at]]
    chosen_person = np.zeros((len(links), len(atoms) + len(place)))
    for row, (atom, person) in enumerate(links):
        chosen_person[row, [atom, len(atoms) + person]] = 1.0, -1.0
    free, bound = np.zeros(cells), np.zeros(len(atoms))
    bound[list(small)] = 1.0
    people = np.concatenate([free, 0 * bound, np.ones(len(place))])
    return milp(
        people,
        integrality=np.concatenate([free, np.ones(len(atoms) + len(place))]),
        bounds=Bounds(
            np.concatenate([free - np.inf, np.zeros(len(atoms) + len(place))]),
            np.concatenate([free + np.inf, bound, np.ones(len(place))]),
        ),
        constraints=[
            LinearConstraint(
                np.hstack([held, -np.eye(len(atoms)), np.zeros((len(atoms), len(place)))]), 0, 0
            ),
            LinearConstraint(np.hstack([np.zeros((len(links), cells)), chosen_person]), -np.inf, 0),
            LinearConstraint(np.concatenate([free, np.ones(len(atoms)), np.zeros(len(place))]), 1, np.inf),
            LinearConstraint(people, 1, below - 1),
        ],
        options={"time_limit": PATIENCE},
    )
