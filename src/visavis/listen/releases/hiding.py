"""Which questions a cell may show: none that lets an answer, or a group under the floor, be worked out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from visavis.listen.releases.planning import Place, Row
from visavis.measure.audits import Audit, Cell, audit

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
        self.asked, self._places = asked, places
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
        if not self._places or not self._safe(self.rows[0]):
            return
        self.shown.add(0)
        for cut in dict.fromkeys(place.cut for place in self._places):
            self._show_parts(0, cut)

    def _told(self, rows: Collection[int]) -> list[str]:
        return [answer for at in rows if (answer := self.answers[at]) is not None]

    def _safe(self, rows: Collection[int]) -> bool:
        """Whether the answers of these contributions may be known together."""
        if len({self._people[at] for at in rows}) < self.asked.floor:
            return False
        given = set(self._told(rows))
        classes = {self.asked.bands.get(answer, answer) for answer in given}
        return len(classes) > 1 or given <= self.asked.harmless

    def _show_parts(self, whole: int, cut: str) -> None:
        """Show the parts of a cell, less those needed to keep what is hidden from being worked out."""
        parts = [at for at, place in enumerate(self._places) if place.above == whole and place.cut == cut]
        ranked = sorted((at for at in parts if self.rows[at]), key=lambda at: (-len(self.rows[at]), at))
        shown = [at for at in ranked if self._safe(self.rows[at])]
        while shown:
            hidden = self.rows[whole].difference(*(self.rows[at] for at in shown))
            if not hidden or self._safe(hidden):
                break
            shown.pop()
        self.shown.update(shown)
        for at in shown:
            self._show_parts(at, cut)


def settle(choices: Sequence[Choice], places: Sequence[Place], people: Sequence[object]) -> list[Audit]:
    """Choose the cells of each question, and have all that is chosen audited.

    Args:
        choices: one a question; ``shown`` is filled.
        places: cells of the release.
        people: who gave each contribution.

    Returns:
        The audits, all accepted, that cover the choices that show anything.
    """
    alike: dict[object, list[Choice]] = defaultdict(list)
    for choice in choices:
        choice.propose()
        alike[choice.given, choice.asked.floor, frozenset(choice.shown)].append(choice)
    return [proof for family in alike.values() for proof in _Family(family, places, people).settled()]


class _Family:
    """Questions answered by the same people and shown in the same cells: one audit for all of them."""

    def __init__(self, choices: Sequence[Choice], places: Sequence[Place], people: Sequence[object]) -> None:
        self._choices, self._places, self._people = choices, places, people

    def settled(self) -> Iterator[Audit]:
        """Show what the auditor accepts: all of it, or else question by question, cut by cut."""
        wanted = self._choices[0].shown
        if not wanted:
            return
        proof = self._examine(wanted)
        if proof.accepted:
            yield proof
        elif len(self._choices) > 1:
            for choice in self._choices:
                yield from _Family([choice], self._places, self._people).settled()
        elif accepted := self._fewer(wanted):
            yield accepted

    def _fewer(self, wanted: Collection[int]) -> Audit | None:
        """Accept the tree, then each cut beside what was accepted before it, its largest cells first."""
        shown = {at for at in wanted if self._places[at].cut == self._places[0].cut}
        while shown and not (proof := self._examine(shown)).accepted:
            shown.remove(max(shown))
        if not shown:
            self._choices[0].shown = set()
            return None
        for cut in dict.fromkeys(self._places[at].cut for at in sorted(set(wanted) - shown)):
            fresh = [at for at in wanted if self._places[at].cut == cut and at not in shown]
            fresh.sort(key=lambda at: (-len(self._choices[0].rows[at]), at))
            while fresh and not (tried := self._examine({*shown, *fresh})).accepted:
                fresh.pop()
            if fresh:
                shown, proof = {*shown, *fresh}, tried
        self._choices[0].shown = shown
        return proof

    def _examine(self, shown: Collection[int]) -> Audit:
        first = self._choices[0]
        cells = [
            Cell(key=self._places[at], rows=first.rows[at], counts=self._counts(at)) for at in sorted(shown)
        ]
        answers = {key: given for choice in self._choices for key, given in _both_ways(choice)}
        return audit(
            cells,
            self._people,
            floor=first.asked.floor,
            answers=answers,
            harmless=first.asked.harmless,
        )

    def _counts(self, at: int) -> dict[str, dict[str, int]]:
        counts = {choice.asked.key: choice.counts(at) for choice in self._choices}
        classes = {
            _CLASSES.format(key=choice.asked.key): choice.classes(at)
            for choice in self._choices
            if choice.asked.bands
        }
        return counts | classes


def _both_ways(choice: Choice) -> Iterator[tuple[str, list[str | None]]]:
    """The answers as given, and in their classes."""
    yield choice.asked.key, choice.answers
    if bands := choice.asked.bands:
        classes = [answer and bands.get(answer, answer) for answer in choice.answers]
        yield _CLASSES.format(key=choice.asked.key), classes
