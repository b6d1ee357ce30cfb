"""Which questions a cell may show: none that lets an answer, or a group under the floor, be worked out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from visavis.listen.releases.planning import Place, Row


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
