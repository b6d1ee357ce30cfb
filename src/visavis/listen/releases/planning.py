"""Who may be shown together: cells of a tree and of one-way cuts, small ones merged with a named sibling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from visavis.measure.audits import merge_small

#: After the path of a unit that has others under it: those who belong to it and to none of them.
DIRECT = "="
#: A cut by the tree of units; a cut by nothing at all.
UNIT, ALL = "unit", "all"
#: The place of contributions that a cut says nothing about.
UNSAID = ""
#: Times the floor from which a cell may be parted further.
_PARTED_FROM = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One contribution.

    Attributes:
        path: the unit of that day.
        person: who gave it: herself where she is known, otherwise nobody else's row.
        cuts: what else is known of it, cut -> value.
        answers: question -> answer.
    """

    path: str
    person: Hashable
    cuts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that may be shown.

    Attributes:
        cut: ``unit``, or what the company is cut by.
        members: paths of units, or values of the cut, in their lasting order.
        rows: places of its contributions.
        above: place of the cell that it is a part of, in the same list; none for the company.
        by: what parts that cell into this one and others.
        value: of a part that is never shown as a cell, what parts it: the customer's mark of an exchange.
    """

    cut: str
    members: tuple[str, ...]
    rows: frozenset[int]
    above: int | None
    by: str
    value: str = ""


class Tree:
    """The units of one day.

    Args:
        paths: all paths in their lasting order, the root among them.
        invited: how many people were asked at each path itself.
    """

    def __init__(self, paths: Sequence[str], invited: Mapping[str, int]) -> None:
        self.root = min(paths, key=len)
        self._invited = invited
        self._rank = {path: at for at, path in enumerate(paths)}
        self._below: dict[str, list[str]] = defaultdict(list)
        self._asked: Counter[str] = Counter()
        for path in paths:
            if path != self.root:
                self._below[parent_of(path)].append(path)
        for path, number in invited.items():
            self._asked.update(dict.fromkeys(ancestors(path), number))

    def under(self, member: str) -> list[str]:
        """The units just under a member of a cell."""
        return self._below.get(member, [])

    def asked(self, member: str) -> int:
        """How many people were asked in a member of a cell, units below included."""
        if member.endswith(DIRECT):
            return self._invited.get(member.removesuffix(DIRECT), 0)
        return self._asked[member]

    def rank(self, member: str) -> tuple[bool, int]:
        """Where a member stands among its siblings: units in their order, those of none of them last."""
        return member.endswith(DIRECT), self._rank[member.removesuffix(DIRECT)]


def parent_of(path: str) -> str:
    """The path just above: ``/a/`` for ``/a/b/``."""
    return path[: path[:-1].rfind("/") + 1]


def ancestors(path: str) -> Iterator[str]:
    """A path and all those above it, from the nearest: ``/a/b/``, ``/a/``."""
    while len(path) > 1:
        yield path
        path = parent_of(path)


class Planner:
    """The cells of one release.

    Args:
        rows: all contributions.
        tree: the units of the closing day.
        floor: fewest people of a cell.
        together: members that an earlier release merged because they are few: they stay so.
    """

    def __init__(
        self, rows: Sequence[Row], tree: Tree, *, floor: int, together: Iterable[Collection[str]] = ()
    ) -> None:
        self._rows, self._tree, self._floor = rows, tree, floor
        self._together = [tuple(group) for group in together]
        self.places: list[Place] = []
        self.kept_together: list[tuple[str, ...]] = []

    def hierarchy(self, levels: int = 99) -> None:
        """Add the company, then the branches under it, wholes before their parts.

        Args:
            levels: how many levels of branches; all by default.
        """
        everyone = frozenset(range(len(self._rows)))
        self.places.append(Place(UNIT, (self._tree.root,), everyone, None, UNIT))
        if self._heads(everyone) >= self._floor:
            self._divide(0, levels)

    def cut(self, name: str, order: Sequence[str] = ()) -> None:
        """Add the cells of one cut of the company; nothing if it does not cut it in two.

        Args:
            name: of the cut.
            order: lasting order of its values; others follow in alphabetical order.
        """
        values: dict[str, set[int]] = {}
        for at, row in enumerate(self._rows):
            values.setdefault(row.cuts.get(name, UNSAID), set()).add(at)
        ranked = sorted(values, key=lambda value: (_rank(value, order), value))
        sizes = {value: self._heads(values[value]) for value in ranked}
        groups = merge_small(sizes, floor=self._floor)
        if len(groups) < 2:
            return
        self.places += [
            Place(name, group, frozenset().union(*(values[value] for value in group)), 0, name)
            for group in groups
        ]

    def whole(self) -> None:
        """Add the company as a cut of its own, for whoever asks for no tree."""
        if self.places:
            self.places.append(replace(self.places[0], cut=ALL, above=0, by=ALL))

    def part(self, *names: str) -> None:
        """Part cells by what is known of their rows beside their place, each name inside the one before.

        Args:
            names: cuts of the rows, the coarsest first. A cell of few people is left whole.
        """
        cells: Sequence[int] = [
            at
            for at, place in enumerate(self.places)
            if self._heads(place.rows) >= _PARTED_FROM * self._floor
        ]
        for name in names:
            first = len(self.places)
            for at in cells:
                self._part(at, name)
            cells = range(first, len(self.places))

    def _part(self, at: int, name: str) -> None:
        whole = self.places[at]
        if self._heads(whole.rows) < self._floor:
            return
        values: dict[str, set[int]] = {}
        for row in whole.rows:
            values.setdefault(self._rows[row].cuts.get(name, UNSAID), set()).add(row)
        self.places += [
            replace(whole, rows=frozenset(rows), above=at, by=name, value=value)
            for value, rows in sorted(values.items())
        ]

    def _heads(self, rows: Iterable[int]) -> int:
        return len({self._rows[at].person for at in rows})

    def _divide(self, at: int, levels: int) -> None:
        """Add the parts of a cell: each holds the floor, and together they are the whole."""
        named = self._parts(at) if levels else []
        parts = self._shared_out(named, self.places[at].rows) if named else {}
        asked = {member: self._tree.asked(member) for member in parts}
        parts = {member: rows for member, rows in parts.items() if rows or asked[member]}
        if not parts:
            return
        for group in self._groups(parts, asked):
            rows = frozenset().union(*(parts[member] for member in group))
            self.places.append(Place(UNIT, group, rows, at, UNIT))
            self._divide(len(self.places) - 1, levels - 1)

    def _groups(
        self, parts: Mapping[str, frozenset[int]], asked: Mapping[str, int]
    ) -> Iterator[tuple[str, ...]]:
        """Merge who is few at every release, then who answered too little in this one."""
        heads = {member: self._heads(rows) for member, rows in parts.items()}
        # A roster may miss people: whoever answered was asked.
        staff = {member: max(asked[member], heads[member]) for member in parts}
        lasting = merge_small(staff, floor=self._floor, together=self._together)
        self.kept_together += [group for group in lasting if len(group) > 1]
        named = {group[0]: group for group in lasting}
        sizes = {first: sum(heads[member] for member in group) for first, group in named.items()}
        for firsts in merge_small(sizes, floor=self._floor):
            held = {member for first in firsts for member in named[first]}
            yield tuple(member for member in parts if member in held)

    def _parts(self, at: int) -> list[str]:
        """What a cell is made of; nothing when none of its members has units under it."""
        members = self.places[at].members
        if not any(self._tree.under(member) for member in members):
            return []
        found = [part for member in members for part in self._parts_of(member)]
        return sorted(found, key=self._tree.rank)

    def _parts_of(self, member: str) -> list[str]:
        below = self._tree.under(member)
        return [*below, member + DIRECT] if below else [member]

    def _shared_out(self, parts: Sequence[str], rows: Iterable[int]) -> dict[str, frozenset[int]]:
        shares: dict[str, set[int]] = {part: set() for part in parts}
        for at in rows:
            path = self._rows[at].path
            own = (each for each in (path + DIRECT, *ancestors(path)) if each in shares)
            shares[next(own)].add(at)
        return {part: frozenset(share) for part, share in shares.items()}


def _rank(value: str, order: Sequence[str]) -> int:
    return order.index(value) if value in order else len(order) + (value == UNSAID)
