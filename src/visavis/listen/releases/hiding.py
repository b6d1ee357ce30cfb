"""Which questions a cell may show: none that lets an answer, or a group under the floor, be worked out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from visavis.listen.releases.planning import Place, Row
from visavis.measure.audits import Audit, Cell, audit
from visavis.measure.spans import crossing_holds

#: The name under which the classes of a question are audited.
_CLASSES = "{key} (classes)"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a release.

    Attributes:
        key: its key.
        floor: fewest people whose answers show together.
        bands: answer -> class, of a question that is read in classes (promoters, passives, detractors).
        harmless: answers that tell nothing when they are everybody's (« does not speak of it »).
    """

    key: str
    floor: int
    bands: Mapping[str, str] = field(default_factory=dict)
    harmless: frozenset[str] = frozenset()


class Choice:
    """The cells that show one question.

    A tree needs no program: what can be worked out of it is what its hidden parts leave together, and that is
    kept large and mixed here. The auditor proves it afterwards, and decides where cuts cross the tree.

    Args:
        asked: the question.
        rows: contributions of the release.
        places: its cells, wholes before their parts.
    """

    def __init__(self, asked: Asked, rows: Sequence[Row], places: Sequence[Place]) -> None:
        self.asked, self._parts = asked, _parted(places)
        self._people = [row.person for row in rows]
        self.answers = [row.answers.get(asked.key) for row in rows]
        self.given = frozenset(at for at, answer in enumerate(self.answers) if answer is not None)
        self.rows = [place.rows & self.given for place in places]
        self.shown: set[int] = set()

    def counts(self, at: int) -> dict[str, int]:
        """The answers of one cell."""
        return dict(sorted(Counter(self._told(self.rows[at])).items()))

    def classes(self, at: int) -> dict[str, int]:
        """The classes of the answers of one cell."""
        found: dict[str, int] = defaultdict(int)
        for answer, number in self.counts(at).items():
            found[self.asked.bands.get(answer, answer)] += number
        return dict(found)

    def propose(self) -> None:
        """Show it in the whole, in the tree, and in each cut as if there were no other."""
        if not self.rows or not self._safe(self.rows[0]):
            return
        self.shown.add(0)
        self._show_under(0)

    def _told(self, rows: Collection[int]) -> list[str]:
        return [answer for at in rows if (answer := self.answers[at]) is not None]

    def _safe(self, rows: Collection[int]) -> bool:
        """Whether the answers of these contributions may be known together."""
        if len({self._people[at] for at in rows}) < self.asked.floor:
            return False
        given = set(self._told(rows))
        classes = {self.asked.bands.get(answer, answer) for answer in given}
        return len(classes) > 1 or given <= self.asked.harmless

    def _show_under(self, whole: int) -> None:
        """Show the parts of a cell, in each of the ways in which it is parted."""
        for parts in self._parts[whole].values():
            for at in self._showable(whole, parts):
                self.shown.add(at)
                self._show_under(at)

    def _showable(self, whole: int, parts: Sequence[int]) -> list[int]:
        """The parts to show, less those needed to keep what is hidden from being worked out."""
        ranked = sorted((at for at in parts if self.rows[at]), key=lambda at: (-len(self.rows[at]), at))
        shown = [at for at in ranked if self._safe(self.rows[at])]
        while shown:
            hidden = self.rows[whole].difference(*(self.rows[at] for at in shown))
            if not hidden or self._safe(hidden):
                break
            shown.pop()
        return shown


def _parted(places: Sequence[Place]) -> dict[int, dict[str, list[int]]]:
    """The parts of each cell, by what parts it."""
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, place in enumerate(places):
        if place.above is not None:
            found[place.above][place.by].append(at)
    return found


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
    return [proof for family in alike.values() for proof in _Family(family, places, people).settled()]


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
        """The cells wanted by priority: the whole and its own parts, the tree, the cuts, all other parts."""
        layers: dict[tuple[bool, str, str], list[int]] = defaultdict(list)
        for at in sorted(wanted, key=lambda at: (not self._of_whole(at), at)):
            place = self._places[at]
            layers[self._of_whole(at), place.cut, place.by].append(at)
        return layers.values()

    def _of_whole(self, at: int) -> bool:
        """Whether a place is the whole, or a part of it that is no cell."""
        place = self._places[at]
        return place.members == self._places[0].members

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
        parted = any(self._places[at].value for at in shown)
        groups = [[tuple(cells[row]) for row in sorted(first.given)] for cells in held.values()]
        people = [self._people[row] for row in sorted(first.given)]
        if parted or len(groups) > 2:
            return False
        return crossing_holds(groups[0], groups[-1], people, below=first.asked.floor)


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
