"""What an attacker works out of claims: who is few, what is left of a whole, what combinations force.

The attacker is the worst one: who answered, who belongs where and about what each exchange was are known to
him. He wants a figure of fewer people than the floor, or what somebody answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from tests.listen.releases.faced import Known, Told

Rosters = Mapping[str, Sequence[Known]]
_NEAR = 1e-6


@dataclass(frozen=True)
class Claim:
    """A number that a screen or a file gives of employees.

    Attributes:
        surface: where it was read.
        question: what it is about.
        group: all that it sums, of one release or of several.
        weights: what each answer adds to it.
        low: the least that it can be, its rounding undone.
        high: the most.
        more: parts of the group that add otherwise, each with what its answers add beside the weights.
    """

    surface: str
    question: str
    group: frozenset[Told]
    weights: tuple[tuple[str, float], ...]
    low: float
    high: float
    more: tuple[tuple[frozenset[Told], tuple[tuple[str, float], ...]], ...] = ()

    def terms(self) -> Iterator[tuple[frozenset[Told], dict[str, float]]]:
        """Each group, and what its answers add."""
        yield self.group, dict(self.weights)
        yield from ((group, dict(weights)) for group, weights in self.more)


class Attacker:
    """Somebody who holds claims.

    Args:
        claims: all that he read.
        rosters: who told what, by release.
        floor: fewest people of a figure.
        classes: question -> answer -> class, where classes are what is wanted; answers themselves by default.
        harmless: question -> answer that tells nothing: « does not speak of it ».
    """

    def __init__(
        self,
        claims: Iterable[Claim],
        rosters: Rosters,
        floor: int,
        *,
        classes: Mapping[str, Mapping[str, str]] | None = None,
        harmless: Mapping[str, str] | None = None,
    ) -> None:
        self._rosters, self._floor = rosters, floor
        self._classes, self._harmless = classes or {}, harmless or {}
        self.by_question: dict[str, list[Claim]] = defaultdict(list)
        for claim in dict.fromkeys(claims):
            self.by_question[claim.question].append(claim)

    def direct(self) -> int:
        """Groups that show and are few."""
        return sum(0 < self._heads(group) < self._floor for _, group in self._groups())

    def nested(self) -> int:
        """Few people left of a group when one inside it is taken away, in one release."""
        return sum(len({code for code, _ in whole}) == 1 for _, whole, _inner in self._remainders())

    def time(self) -> int:
        """Few people left of a sum of several releases, or of some told again."""
        return sum(len({code for code, _ in whole}) > 1 for _, whole, _inner in self._remainders())

    def linear(self) -> int:
        """Groups under the floor that some combination of sums gives exactly: a leverage of one."""
        found = 0
        for claims in self.by_question.values():
            atoms, held = _atoms({claim.group for claim in claims})
            _, singular, right = np.linalg.svd(held, full_matrices=False)
            lever = (right[singular > 1e-9 * singular[0]] ** 2).sum(0)
            found += sum(
                lever[at] > 1 - 1e-8 and self._heads(atom) < self._floor for at, atom in enumerate(atoms)
            )
        return int(found)

    def program(self) -> int:
        """Answers that all claims together force."""
        return sum(len(self.forced(question)) for question in self.by_question)

    def forced(self, question: str) -> list[tuple[frozenset[Told], str]]:
        """Whose answer to a question is forced, and what it is; every guess is right."""
        system = _System(self.by_question[question], self._truth(question))
        return system.forced(self._classes.get(question, {}), self._harmless.get(question, ""))

    def possible(self, question: str, answer: str, among: frozenset[Told]) -> frozenset[Told]:
        """Of some who told, those who may have given an answer as far as he knows."""
        claims = self.by_question.get(question, [])
        return among & _System(claims, self._truth(question)).possible(answer) if claims else among

    def _truth(self, question: str) -> dict[Told, str]:
        return {
            (code, at): one.said[question]
            for code, roster in self._rosters.items()
            for at, one in enumerate(roster)
            if question in one.said
        }

    def _heads(self, group: Iterable[Told]) -> int:
        return len({self._rosters[code][at].person for code, at in group})

    def _groups(self) -> set[tuple[str, frozenset[Told]]]:
        return {(question, claim.group) for question, claims in self.by_question.items() for claim in claims}

    def _remainders(self) -> set[tuple[str, frozenset[Told], frozenset[Told]]]:
        found = set()
        for question, claims in self.by_question.items():
            groups = {claim.group for claim in claims}
            for whole in groups:
                for inner in groups:
                    if inner < whole and self._heads(whole - inner) < self._floor:
                        found.add((question, whole, inner))
        return found


def _atoms(groups: Iterable[frozenset[Told]]) -> tuple[list[frozenset[Told]], np.ndarray]:
    """Those whom no group tells apart, and which groups hold them."""
    every = sorted(groups, key=lambda group: (len(group), sorted(group)))
    held: dict[Told, list[int]] = defaultdict(list)
    for place, group in enumerate(every):
        for one in group:
            held[one].append(place)
    atoms: dict[tuple[int, ...], list[Told]] = defaultdict(list)
    for one, places in held.items():
        atoms[tuple(places)].append(one)
    matrix = np.zeros((len(every), len(atoms)))
    for at, which in enumerate(atoms):
        matrix[list(which), at] = 1
    return [frozenset(each) for each in atoms.values()], matrix


class _System:
    """All claims about one question as a linear program: how many of each atom gave each answer."""

    def __init__(self, claims: Sequence[Claim], truth: Mapping[Told, str]) -> None:
        self.truth, self.question = truth, claims[0].question
        self.atoms, _ = _atoms({group for claim in claims for group, _ in claim.terms()})
        self.answers = sorted({truth[one] for atom in self.atoms for one in atom})
        self._place = {one: at for at, atom in enumerate(self.atoms) for one in atom}
        width = len(self.atoms) * len(self.answers)
        rows: list[np.ndarray] = []
        low: list[float] = []
        high: list[float] = []
        for at, atom in enumerate(self.atoms):
            row = np.zeros(width)
            row[self._columns(at)] = 1
            rows.append(row)
            low.append(len(atom))
            high.append(len(atom))
        for claim in claims:
            row = np.zeros(width)
            for group, weights in claim.terms():
                for at in {self._place[one] for one in group}:
                    row[self._columns(at)] += [weights.get(answer, 0.0) for answer in self.answers]
            rows.append(row)
            low.append(claim.low)
            high.append(claim.high)
        self._rows, self._low, self._high = np.array(rows), np.array(low, float), np.array(high, float)

    def _columns(self, at: int) -> slice:
        return slice(at * len(self.answers), (at + 1) * len(self.answers))

    def forced(self, classes: Mapping[str, str], harmless: str) -> list[tuple[frozenset[Told], str]]:
        """Atoms whose class is known: only those who answered alike can be, since claims are true."""
        suspects = {}
        for at, atom in enumerate(self.atoms):
            given = {classes.get(self.truth[one], self.truth[one]) for one in atom}
            if len(given) == 1 and harmless not in given:
                suspects[at] = given.pop()
        left = self._never({at: self._others(at, alike, classes) for at, alike in suspects.items()})
        return [(self.atoms[at], suspects[at]) for at in left]

    def possible(self, answer: str) -> frozenset[Told]:
        """Who may have given an answer."""
        if answer not in self.answers:
            return frozenset()
        place = self.answers.index(answer)
        wanted = {at: [at * len(self.answers) + place] for at in range(len(self.atoms))}
        never = set(self._never(wanted))
        return frozenset(one for at, atom in enumerate(self.atoms) if at not in never for one in atom)

    def _others(self, at: int, alike: str, classes: Mapping[str, str]) -> list[int]:
        """The answers of an atom that are not of a class."""
        first = at * len(self.answers)
        return [
            first + place for place, answer in enumerate(self.answers) if classes.get(answer, answer) != alike
        ]

    def _never(self, sums: dict[int, list[int]]) -> list[int]:
        """Which sums of unknowns are zero whatever the answers are: found together, a few at a time.

        Each sum is given a witness of one at most; whoever gets one is not forced. Solutions add up, so that
        who is left when nobody gets any more is.
        """
        exact = self._low == self._high
        equal, bound = self._rows[exact], self._rows[~exact]
        while sums:
            keys, width = list(sums), self._rows.shape[1]
            link = np.zeros((len(keys), width + len(keys)))
            for row, one in enumerate(keys):
                link[row, sums[one]] = -1
                link[row, width + row] = 1
            pad = np.zeros((len(bound), len(keys)))
            solved = linprog(
                np.r_[np.zeros(width), -np.ones(len(keys))],
                A_eq=np.hstack([equal, np.zeros((len(equal), len(keys)))]),
                b_eq=self._low[exact],
                A_ub=np.vstack([link, np.hstack([bound, pad]), np.hstack([-bound, pad])]),
                b_ub=np.r_[np.zeros(len(keys)), self._high[~exact], -self._low[~exact]],
                bounds=[(0, None)] * width + [(0, 0.01)] * len(keys),
                method="highs",
            )
            assert solved.success, (solved.message, self.question)
            free = {one for row, one in enumerate(keys) if solved.x[width + row] > _NEAR}
            if not free:
                return keys
            sums = {one: columns for one, columns in sums.items() if one not in free}
        return []
