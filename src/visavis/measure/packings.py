"""Sums that stay independent whoever is taken away: a proof that none isolates a few people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

#: Ways of sharing people out that every sum is tried in, and those made for one that fails in them.
_SHARINGS, _OWN = 6, 2
_NEAR = 1e-6


def robust(wanted: Sequence[Collection[Set[int]]], people: Sequence[Hashable], *, below: int) -> list[int]:
    """Choose what may be published together so that no combination concerns fewer than ``below`` people.

    Sums are added one by one to those kept. Suppose that some combination of all of them is zero for
    everybody but fewer than ``below`` people. Share people out into ``below`` groups: one of them has none of
    these; there the combination is zero. If in each group the new sum is no combination of those kept, its
    factor is therefore zero, and the combination is one of those kept: by induction, zero everywhere. A sum
    that is an integer combination of those kept tells nothing new, and is kept too.

    This holds for all combinations, not only those that isolate somebody: what is refused might be safe.

    Args:
        wanted: what to publish by priority; each is one sum or several that go together (places of the
            contributions that each of them sums).
        people: who gave each contribution; one person may give several.
        below: fewest people that may be isolated, at least 2.

    Returns:
        Places of those kept, in order.

    Raises:
        ValueError: if ``below`` is under 2.

    Source:
        J. Edmonds (1965), Lehman's switching game and a theorem of Tutte and Nash-Williams, Journal of
        Research of the National Bureau of Standards 69B, 73-77 (bases of a matroid packed side by side).

    >>> robust([[{0, 1, 2, 3}], [{0, 1}], [{0}]], "abcd", below=2)
    [0, 1]
    """
    if below < 2:
        raise ValueError(f"a floor of {below} protects nobody")
    kept = _Kept(people, below)
    return [at for at, sums in enumerate(wanted) if kept.take(sums)]


class _Span:
    """What some sums span over the contributions of some people: an orthonormal basis, grown in place."""

    def __init__(self, rows: np.ndarray, widest: int) -> None:
        import numpy as np

        self.rows, self.size = rows, 0
        self._basis = np.empty((len(rows), min(widest, len(rows))))

    def is_new(self, column: np.ndarray) -> bool:
        """Whether a sum is no combination of these over these contributions."""
        rest = self._rest(column)
        return float(rest @ rest) > _NEAR

    def _rest(self, column: np.ndarray) -> np.ndarray:
        """What no combination gives of a sum over these contributions."""
        left: np.ndarray = column[self.rows]
        basis = self._basis[:, : self.size]
        for _twice in range(2):
            left = left - basis @ (basis.T @ left)
        return left

    def add(self, column: np.ndarray) -> None:
        rest = self._rest(column)
        length = float((rest @ rest) ** 0.5)
        if length > _NEAR and self.size < self._basis.shape[1]:
            self._basis[:, self.size] = rest / length
            self.size += 1


class _Kept:
    """The sums kept so far, and what they span in each group of each sharing out."""

    def __init__(self, people: Sequence[Hashable], below: int) -> None:
        import numpy as np

        self._people, self._below = people, below
        self._given = Counter(people)
        self._drawn = np.random.default_rng(below)
        self._columns: list[np.ndarray] = []
        self._sharings = [self._spans(()) for _ in range(_SHARINGS)]
        (self._all,) = [_Span(self._rows(set(people)), len(people))]

    def take(self, sums: Collection[Set[int]]) -> bool:
        """Keep sums that go together, all or none."""
        before = [(span, span.size) for span in self._every()]
        columns = len(self._columns)
        if all(self._fits(held) for held in sums):
            return True
        for span, size in before:
            span.size = size
        del self._columns[columns:]
        return False

    def _fits(self, held: Set[int]) -> bool:
        import numpy as np

        column = np.zeros(len(self._people))
        column[list(held)] = 1.0
        if self._told(column):
            return True
        fits = len({self._people[at] for at in held}) >= self._below and any(
            all(span.is_new(column) for span in spans) for spans in self._tried(held)
        )
        if fits:
            self._columns.append(column)
            for span in self._every():
                span.add(column)
        return fits

    def _told(self, column: np.ndarray) -> bool:
        """Whether those kept tell a sum already: checked in integers."""
        import numpy as np

        if not self._columns or self._all.is_new(column):
            return False
        known = np.column_stack(self._columns)
        factors = np.rint(np.linalg.solve(known.T @ known, known.T @ column))
        return bool((known @ factors == column).all())

    def _tried(self, held: Set[int]) -> Iterator[list[_Span]]:
        """The lasting ways of sharing people out, then some in which those of a sum are in every group."""
        yield from self._sharings
        for _ in range(_OWN):
            spans = self._spans({self._people[at] for at in held})
            for column in self._columns:
                for span in spans:
                    span.add(column)
            yield spans

    def _spans(self, first: Collection[Hashable]) -> list[_Span]:
        """Share people out into as many groups as the floor, some people first, the talkative evenly."""
        order = sorted(
            self._given, key=lambda one: (one not in first, -self._given[one], self._drawn.random())
        )
        shares: list[set[Hashable]] = [set() for _ in range(self._below)]
        for at, person in enumerate(order):
            turn = at % (2 * self._below)
            shares[min(turn, 2 * self._below - 1 - turn)].add(person)
        return [_Span(self._rows(share), len(self._people)) for share in shares]

    def _rows(self, share: Collection[Hashable]) -> np.ndarray:
        import numpy as np

        return np.array([at for at, person in enumerate(self._people) if person in share], dtype=np.intp)

    def _every(self) -> Iterator[_Span]:
        yield self._all
        for spans in self._sharings:
            yield from spans
