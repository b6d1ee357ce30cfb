"""How much of what is personal is found, and how much of what is found is personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.text.masking.cases import Case
from visavis.text.personal import find_personal


@dataclass(slots=True)
class Score:
    """Counts by kind, what was missed and what was found for nothing."""

    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    marked: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    missed: list[Case] = field(default_factory=list)

    def recall(self, *, names: bool) -> float:
        """The share of what is personal that is wholly hidden, of names or of what has a shape."""
        kinds = [kind for kind in self.asked if kind.startswith("name") is names]
        return sum(self.found[kind] for kind in kinds) / max(1, sum(self.asked[kind] for kind in kinds))

    @property
    def precision(self) -> float:
        """The share of what is found that is personal."""
        return 1 - len(self.wrong) / max(1, self.marked)


def score(cases: Iterable[Case]) -> Score:
    """Look for what is personal in cases: it is found when nine tenths of its letters are hidden.

    What is found is right when at least half of it was put there.
    """
    told = Score()
    for case in cases:
        spans = [(one.start, one.end) for one in find_personal(case.text)]
        told.marked += len(spans)
        inside = [max(0, min(end, case.end) - max(start, case.start)) for start, end in spans]
        told.wrong += [
            (case.text, case.text[start:end])
            for (start, end), within in zip(spans, inside, strict=True)
            if 2 * within < end - start
        ]
        if case.end > case.start:
            told.asked[case.kind] += 1
            hidden = sum(inside) >= 0.9 * (case.end - case.start)
            told.found[case.kind] += hidden
            told.missed += [] if hidden else [case]
    return told
