"""The auditor of a release: nothing leaves before pairs, combinations and margins are shown to expose nobody.

The attacker is the worst one: he knows who answered, who belongs where, and every count that is published. He
must get no figure of fewer people than the floor, and nobody's answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from visavis.measure import margins, spans

#: A figure: a question, the number of each of its answers.
Counts = Mapping[str, Mapping[str, int]]
#: Of each question, the answer of each contribution; none where it gave none.
Answers = Mapping[str, Sequence[str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One group whose figures would be published.

    Attributes:
        key: its name, for whoever reads the audit.
        rows: places of the contributions that it sums.
        counts: for each question published there, the number of each answer.
    """

    key: Hashable
    rows: frozenset[int]
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an attacker could derive from a set of cells; nothing, or it must not be published.

    Attributes:
        small: cells of fewer people than the floor.
        remainders: pairs of cells whose difference holds 1 to floor - 1 people.
        derivable: people of the smallest group under the floor that a combination of cells isolates; 0: none.
        forced: question and cells of the contributions whose answer the counts force.
        cells: cells examined.
        people: people behind them.
    """

    small: tuple[Hashable, ...]
    remainders: tuple[tuple[Hashable, Hashable], ...]
    derivable: int
    forced: tuple[tuple[str, tuple[Hashable, ...]], ...]
    cells: int
    people: int

    @property
    def accepted(self) -> bool:
        """Whether nobody, and no group under the floor, is exposed."""
        return not (self.small or self.remainders or self.derivable or self.forced)


def audit(
    cells: Sequence[Cell],
    people: Sequence[Hashable],
    *,
    floor: int,
    answers: Answers | None = None,
    harmless: Collection[str] = (),
    known: Audit | None = None,
    apart: bool = False,
) -> Audit:
    """Examine the cells together, in three steps: pairs, row space, linear program.

    Args:
        cells: all that would be published of one release.
        people: who gave each contribution; one person may give several.
        floor: fewest people of a figure, at least 2.
        answers: of each question, the answer of each contribution; only spares the program what it need not
            prove, and changes nothing to what is found.
        harmless: answers that tell nothing when they are everybody's: « does not speak of it ».
        known: an accepted audit of these cells, or of more, over the same people and floor: pairs and
            combinations are not examined again.
        apart: whether ``spans.crossing_holds`` proved already that no combination isolates a small group.

    Returns:
        What could be derived.

    Raises:
        ValueError: if the floor is under 2, or a cell names a contribution that is not there.

    Source:
        G. T. Duncan, M. Elliot and J.-J. Salazar-González (2011), Statistical Confidentiality, ch. 3-4;
        attacks A1 to A4 of the project's measurement note, section 10.
    """
    _check(cells, people, floor)
    forced = tuple(_forced(cells, answers or {}, harmless))
    if known is not None and known.accepted:
        return replace(known, forced=forced, cells=len(cells))
    return Audit(
        small=tuple(cell.key for cell in cells if _heads(cell.rows, people) < floor),
        remainders=tuple(_remainders(cells, people, floor)),
        derivable=0 if apart else _derivable(cells, people, floor),
        forced=forced,
        cells=len(cells),
        people=_heads(frozenset().union(*(cell.rows for cell in cells)), people),
    )


def plan(
    candidates: Sequence[Cell], people: Sequence[Hashable], *, floor: int
) -> tuple[list[Cell], list[Cell]]:
    """Choose what may be published, the first candidates first.

    A cell that would expose somebody, beside those accepted before it, is refused. Then a figure that forces
    somebody's answer leaves the cells that force it, the last ones first, question by question.

    Args:
        candidates: cells in order of priority.
        people: who gave each contribution.
        floor: fewest people of a figure, at least 2.

    Returns:
        The cells accepted, with the questions that they may show, and those refused. ``audit`` accepts the
        former.

    Raises:
        ValueError: as ``audit``.
    """
    _check(candidates, people, floor)
    accepted: list[Cell] = []
    refused: list[Cell] = []
    for cell in candidates:
        fits = _heads(cell.rows, people) >= floor and not any(
            True for _pair in _remainders([*accepted, cell], people, floor)
        )
        fits = fits and not _derivable([*accepted, cell], people, floor)
        (accepted if fits else refused).append(cell)
    return _without_forced(accepted), refused


def merge_small(
    sizes: Mapping[str, int], *, floor: int, together: Iterable[Iterable[str]] = ()
) -> list[tuple[str, ...]]:
    """Group siblings until each group holds the floor: a small one joins its neighbour.

    Neighbours are those of the given order, so that the same unit joins the same sibling at every wave.

    Args:
        sizes: people of each sibling, in a lasting order; those of nobody are grouped too.
        floor: fewest people of a figure.
        together: groups that earlier waves showed, kept as they were.

    Returns:
        Groups in the order of their first sibling; one group of all when they are too few together.
    """
    order = {name: at for at, name in enumerate(sizes)}
    groups = _joined([tuple(name for name in group if name in order) for group in together], list(order))
    while len(groups) > 1 and (small := next((g for g in groups if _size(g, sizes) < floor), None)):
        at = groups.index(small)
        other = groups[at - 1] if at else groups[1]
        merged = tuple(sorted((*small, *other), key=order.__getitem__))
        groups = [group for group in groups if group not in (small, other)]
        groups = sorted([*groups, merged], key=lambda group: order[group[0]])
    return groups


def _joined(together: Sequence[tuple[str, ...]], names: Sequence[str]) -> list[tuple[str, ...]]:
    root = {name: name for name in names}
    for group in together:
        for name in group[1:]:
            old, new = root[name], root[group[0]]
            root = {one: new if top == old else top for one, top in root.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[root[name]].append(name)
    return [tuple(group) for group in groups.values()]


def _size(group: Iterable[str], sizes: Mapping[str, int]) -> int:
    return sum(sizes[name] for name in group)


def _check(cells: Sequence[Cell], people: Sequence[Hashable], floor: int) -> None:
    if floor < 2:
        raise ValueError(f"a floor of {floor} protects nobody")
    if any(row < 0 or row >= len(people) for cell in cells for row in cell.rows):
        raise ValueError("a cell sums a contribution that nobody gave")


def _heads(rows: Iterable[int], people: Sequence[Hashable]) -> int:
    return len({people[row] for row in rows})


def _remainders(
    cells: Sequence[Cell], people: Sequence[Hashable], floor: int
) -> Iterable[tuple[Hashable, Hashable]]:
    for outer in cells:
        for inner in cells:
            if inner.rows < outer.rows and _heads(outer.rows - inner.rows, people) < floor:
                yield outer.key, inner.key


def _atoms(cells: Sequence[Cell]) -> dict[tuple[int, ...], list[int]]:
    """Contributions by the cells that hold them: an attacker cannot tell those of one atom apart."""
    held: dict[int, list[int]] = defaultdict(list)
    for at, cell in enumerate(cells):
        for row in cell.rows:
            held[row].append(at)
    atoms: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, places in held.items():
        atoms[tuple(places)].append(row)
    return dict(sorted(atoms.items()))


def _derivable(cells: Sequence[Cell], people: Sequence[Hashable], floor: int) -> int:
    atoms = _atoms(cells)
    behind = [{people[row] for row in rows} for rows in atoms.values()]
    return spans.smallest_derivable(list(atoms), behind, len(cells), below=floor)


def _forced(
    cells: Sequence[Cell], answers: Answers, harmless: Collection[str]
) -> Iterable[tuple[str, tuple[Hashable, ...]]]:
    for question in sorted({question for cell in cells for question in cell.counts}):
        shown = [cell for cell in cells if question in cell.counts]
        for places in _forced_atoms(shown, question, answers.get(question), harmless):
            yield question, tuple(shown[at].key for at in places)


def _forced_atoms(
    shown: Sequence[Cell],
    question: str,
    answers: Sequence[str | None] | None = None,
    harmless: Collection[str] = (),
) -> list[tuple[int, ...]]:
    atoms = _atoms(shown)
    counts = [_whole(cell, question) for cell in shown]
    held = list(atoms.values())
    values = sorted({value for cell in counts for value in cell if value not in harmless})
    suspects = [
        (at, value)
        for at, rows in enumerate(held)
        for value in values
        if answers is None or all((answers[row] or "") == value for row in rows)
    ]
    return margins.forced(list(atoms), [len(rows) for rows in held], counts, suspects)


def _whole(cell: Cell, question: str) -> dict[str, int]:
    """The counts with those who did not answer: the attacker is supposed to know the number of them too."""
    counts = Counter(cell.counts[question])
    silent = len(cell.rows) - counts.total()
    if silent < 0:
        raise ValueError(f"more answers than contributions in {cell.key!r}")
    return {value: count for value, count in (counts | Counter({"": silent})).items() if count}


def _without_forced(cells: list[Cell]) -> list[Cell]:
    """Take a question out of the last cell that helps to force an answer, until none is forced."""
    for question in sorted({question for cell in cells for question in cell.counts}):
        while True:
            places = [at for at, cell in enumerate(cells) if question in cell.counts]
            found = _forced_atoms([cells[at] for at in places], question)
            if not found:
                break
            last = max(places[at] for atom in found for at in atom)
            left = {name: counts for name, counts in cells[last].counts.items() if name != question}
            cells = [replace(cell, counts=left) if at == last else cell for at, cell in enumerate(cells)]
    return cells
