"""A deliberately naive gateway: who was asked decides what shows, nothing is merged, masked or audited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from tests.listen.releases.attacked import TRAITS
from tests.listen.releases.faced import ABOUT, Faced, Known, Told
from visavis.listen.releases.models import Kind, Release, ReleasedCell, ReleasedComment, ReleasedFigure
from visavis.listen.returns.models import Verbatim


class Naive(Faced):
    """A company whose releases are written over by a naive gateway.

    Units show when as many people as the floor were *asked*, values of a cut when as many answered; a wave is
    counted again, rolling, with what came since, less whoever was erased; a comment shows in its team.

    Args:
        naive: as the suite draws it.
        seed: of all the rest.
        floor: fewest people asked.
    """

    def __init__(self, naive: Any, seed: int, floor: int) -> None:
        self.gone: set[int] = set()
        super().__init__(naive, seed)
        self.floor = floor
        self.publish()

    def told(self, code: str) -> Iterator[tuple[Told, Known]]:
        """The second wave is rolling: the answers of the first, and those of the few who answered since."""
        first, second = (each.code for each in self.waves)
        told = super().told(code)
        if code == second:
            since = (each for each in told if each[1].person % 10 == 0)
            told = chain(super().told(first), since)
        return (each for each in told if each[1].person not in self.gone)

    def publish(self) -> None:
        """Write every release again."""
        ReleasedComment.objects.all().delete()
        ReleasedCell.objects.all().delete()
        for release in Release.objects.order_by("pk"):
            told = self._rows(release)
            traits = dict.fromkeys(TRAITS) if release.kind == Kind.WAVE else {}
            self._cells(release, told, dict(ABOUT) if release.kind == Kind.EXCHANGES else traits)
            if release.kind == Kind.WAVE:
                self._comments(release)

    def _rows(self, release: Release) -> list[Known]:
        code = release.campaign.code if release.campaign else str(release.kind)
        told = [one for _, one in self.told(code)]
        return (
            told
            if release.campaign
            else [one for one in told if release.first_on <= one.day <= release.last_on]
        )

    def _cells(self, release: Release, told: list[Known], cuts: dict[str, Any]) -> None:
        places: list[tuple[str, str, str, list[Known]]] = []
        for unit in (self.root, *self.sites.values(), *self.teams.values()):
            asked = sum(self.teams[p["team"]].path.startswith(unit.path) for p in self.naive.people)
            if asked >= self.floor:
                inside = [one for one in told if one.path.startswith(unit.path)]
                places.append(("unit", unit.path, unit.name, inside))
        for cut in cuts:
            for value in sorted({one.cuts[cut] for one in told}):
                inside = [one for one in told if one.cuts[cut] == value]
                places += [(cut, value, value, inside)] if len(inside) >= self.floor else []
        for position, (cut, place, label, inside) in enumerate(places):
            cell = ReleasedCell.objects.create(
                release=release, cut=cut, place=place, position=position, names={"fr": label, "en": label},
                unit_path=place if cut == "unit" else self.root.path, members=[place], people=len(inside),
                state="shown",
            )  # fmt: skip
            ReleasedFigure.objects.bulk_create(
                ReleasedFigure(cell=cell, key=name, counts=counts, n=sum(counts.values()))
                for name, counts in _figures(release, inside).items()
            )

    def _comments(self, release: Release) -> None:
        texts = Verbatim.objects.filter(response__campaign=release.campaign).order_by("pk")
        ReleasedComment.objects.bulk_create(
            ReleasedComment(
                id=10_000 * release.pk + at, release=release, unit_path=text.unit_path, order=at,
                question_key="comment", text=text.text,
            )
            for at, text in enumerate(texts)
        )  # fmt: skip


def _figures(release: Release, inside: list[Known]) -> dict[str, dict[str, int]]:
    """The counts of a cell, question by question."""
    found: dict[str, Counter[str]] = {}
    for one in inside:
        for question, answer in one.said.items():
            found.setdefault(question, Counter())[answer] += 1
            if release.kind == Kind.EXCHANGES:
                for key, known in (("satisfied", "band"), ("pair", "mark")):
                    found.setdefault(key, Counter())[f"{one.cuts[known]},{answer}"] += 1
    return {question: dict(sorted(counts.items())) for question, counts in found.items()}
