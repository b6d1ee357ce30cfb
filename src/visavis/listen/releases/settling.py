"""Which of the cells proposed are shown: those that the auditor accepts together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial

from visavis.listen.releases.hiding import Choice
from visavis.listen.releases.planning import UNIT, Place
from visavis.measure.audits import Audit, Cell, audit
from visavis.measure.packings import robust
from visavis.measure.spans import crossing_holds

#: The name under which the classes of a question are audited.
_CLASSES = "{key} (classes)"


def settle(choices: Sequence[Choice], places: Sequence[Place], people: Sequence[object]) -> list[Audit]:
    """Choose the cells of each question, and have all that is chosen audited.

    Args:
        choices: one a question; ``shown`` is filled.
        places: cells of the release.
        people: who gave each contribution.

    Returns:
        The audits, all accepted, of the choices that show anything.
    """
    alike: dict[object, list[Choice]] = defaultdict(list)
    for choice in choices:
        choice.propose()
        alike[choice.given, choice.asked.floor].append(choice)
    made = _Crossed if any(place.value for place in places) else _Family
    return [proof for family in alike.values() for proof in made(family, places, people).settled()]


class _Family:
    """Questions that the same people answered: which groups they make is examined once for all."""

    def __init__(self, choices: Sequence[Choice], places: Sequence[Place], people: Sequence[object]) -> None:
        self._choices, self._places, self._people = choices, places, people

    def settled(self) -> Iterator[Audit]:
        """Keep the groups that the auditor accepts, then for each question those that force no answer."""
        wanted = frozenset().union(*(choice.shown for choice in self._choices))
        kept, known = self._accepted(wanted, self._examine)
        for choice in self._choices:
            choice.shown &= set(kept)
            if known:
                shown, proof = self._accepted(choice.shown, partial(self._examine, of=choice, known=known))
                choice.shown = set(shown)
                if proof:
                    yield proof

    def _accepted(
        self, wanted: Collection[int], examine: Callable[[Collection[int]], Audit]
    ) -> tuple[Collection[int], Audit | None]:
        """All that is wanted; or else what is accepted of it: by priority, in each the largest cells."""
        if not wanted:
            return wanted, None
        if (whole := examine(wanted)).accepted:
            return wanted, whole
        shown: set[int] = set()
        proof = None
        for layer in self._layers(wanted):
            fresh = sorted(layer, key=lambda at: (-len(self._choices[0].rows[at]), at))
            while fresh and not (tried := examine({*shown, *fresh})).accepted:
                fresh = fresh[: len(fresh) // 2]
            if fresh:
                shown, proof = {*shown, *fresh}, tried
        return shown, proof

    def _layers(self, wanted: Collection[int]) -> Iterable[list[int]]:
        """The cells wanted by priority: the tree, then the cuts."""
        layers: dict[str, list[int]] = defaultdict(list)
        for at in sorted(wanted):
            layers[self._places[at].cut].append(at)
        return layers.values()

    def _examine(
        self, shown: Collection[int], *, of: Choice | None = None, known: Audit | None = None
    ) -> Audit:
        """Audit some groups: by themselves, or with the answers to one question."""
        first = self._choices[0]
        cells = [
            Cell(key=at, rows=first.rows[at], counts=_counts(of, at) if of else {}) for at in sorted(shown)
        ]
        return audit(
            cells,
            self._people,
            floor=first.asked.floor,
            answers=dict(_both_ways(of)) if of else None,
            harmless=of.asked.harmless if of else (),
            known=known,
            apart=not of and self._apart(shown),
        )

    def _apart(self, shown: Collection[int]) -> bool:
        """Whether a short proof shows that the tree and one cut, together, tell no small group apart."""
        first = self._choices[0]
        held: dict[str, dict[int, list[int]]] = defaultdict(lambda: {row: [] for row in first.given})
        for at in sorted(shown):
            for row in first.rows[at]:
                held[self._places[at].cut][row].append(at)
        groups = [[tuple(cells[row]) for row in sorted(first.given)] for cells in held.values()]
        people = [self._people[row] for row in sorted(first.given)]
        if len(groups) > 2:
            return False
        return crossing_holds(groups[0], groups[-1], people, below=first.asked.floor)


class _Crossed(_Family):
    """Cells parted by what is known beside their place: too many cross for a program, so each is proved."""

    def settled(self) -> Iterator[Audit]:
        """Keep what is proved to isolate nobody, by priority, then what forces no answer."""
        for choice in self._choices:
            units = self._units(choice)
            kept = robust(
                [[choice.rows[at] for at in unit] for unit in units], self._people, below=choice.asked.floor
            )
            units = [units[at] for at in kept]
            proof = self._proof(choice, units)
            while proof.forced:
                held = {at for _question, cells in proof.forced for at in cells}
                units.remove(next(unit for unit in reversed(units) if held.intersection(unit)))
                proof = self._proof(choice, units)
            choice.shown = {at for unit in units for at in unit}
            if proof.accepted and units:
                yield proof
            else:
                choice.shown = set()

    def _units(self, choice: Choice) -> list[list[int]]:
        """What shows or not as one thing, by priority: a cell; all its parts of one kind.

        The whole and its parts, those of the first cut, the other cells, then what parts each of them.
        """
        units: dict[tuple[int, str], list[int]] = defaultdict(list)
        for at, place in enumerate(self._places):
            units[self._cell_of(at), place.by if place.value else ""].append(at)
        shown = [unit for unit in units.values() if choice.shown.issuperset(unit)]
        return sorted(shown, key=lambda unit: self._priority(unit[0]))

    def _cell_of(self, at: int) -> int:
        """The cell that a place is a part of, or itself."""
        place = self._places[at]
        return at if not place.value or place.above is None else self._cell_of(place.above)

    def _priority(self, at: int) -> tuple[int, int, int]:
        place, depth = self._places[at], 0
        first = next((each.cut for each in self._places if each.cut != UNIT), UNIT)
        while self._places[at].value:
            at, depth = self._places[at].above or 0, depth + 1
        return 0 if at == 0 else 1 if place.cut == first else 2, depth, at

    def _proof(self, choice: Choice, units: Sequence[Sequence[int]]) -> Audit:
        shown = [at for unit in units for at in unit]
        cells = [Cell(key=at, rows=choice.rows[at], counts=_counts(choice, at)) for at in sorted(shown)]
        floor, answers = choice.asked.floor, dict(_both_ways(choice))
        return audit(cells, self._people, floor=floor, answers=answers, apart=True)


def _counts(choice: Choice, at: int) -> dict[str, dict[str, int]]:
    """The counts of one cell, and of the classes in which they are read."""
    counts = {choice.asked.key: choice.counts(at)}
    if choice.asked.bands:
        counts[_CLASSES.format(key=choice.asked.key)] = choice.classes(at)
    return counts


def _both_ways(choice: Choice) -> Iterator[tuple[str, list[str | None]]]:
    """The answers as given, and in their classes."""
    yield choice.asked.key, choice.answers
    if bands := choice.asked.bands:
        classes = [answer and bands.get(answer, answer) for answer in choice.answers]
        yield _CLASSES.format(key=choice.asked.key), classes
