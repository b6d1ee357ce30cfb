"""Links between both voices: proposed by the reference and by data, tried by data, decided by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from visavis.core.words import Voice
from visavis.measure.latent import LatentCorrelation
from visavis.people.access.viewer import Viewer
from visavis.understand.correspondences.evidence import (
    First,
    Pair,
    across,
    firsts,
    refutes,
    supports,
)
from visavis.understand.correspondences.models import Correspondence
from visavis.understand.correspondences.queries import Both, decided
from visavis.understand.journeys.queries import sheets_in_force
from visavis.understand.themes.models import Theme

THEME, MOMENT = Correspondence.Side.THEME, Correspondence.Side.MOMENT
#: Links that only data propose: how many at most.
_FOUND = 5


class State(StrEnum):
    """What the data say of a link."""

    CONFIRMED = "confirmed"
    OPEN = "open"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class End:
    """One side of a link: a theme or a moment."""

    kind: str
    code: str
    label: str

    @property
    def token(self) -> str:
        """Its name in an address."""
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link, what proposes it, what the data say, what a person decided.

    Attributes:
        left: the customers' side.
        right: the employees' side.
        facing: whether the reference puts them face to face.
        link: how both go together over teams; none where it cannot be measured.
        first: which voice rose first; none where neither did.
        decided: what a person decided.
    """

    left: End
    right: End
    facing: bool = False
    link: LatentCorrelation | None = None
    first: First | None = None
    decided: Correspondence | None = None

    @property
    def same(self) -> bool:
        """Whether both voices speak of one and the same theme."""
        return self.left.token == self.right.token

    @property
    def state(self) -> State:
        """What the data say, from the intervals alone."""
        if supports(self.link) or (self.first is not None and self.first.clear):
            return State.CONFIRMED
        return State.REFUTED if refutes(self.link) else State.OPEN

    @property
    def pair(self) -> str:
        """Its name for people."""
        return self.left.label if self.same else f"{self.left.label} ↔ {self.right.label}"

    def evidence(self) -> dict[str, Any]:
        """What was known, as figures ready for JSON: kept beside a decision."""
        known: dict[str, Any] = {"facing": self.facing, "same": self.same, "state": self.state.value}
        if self.link is not None:
            known["across_teams"] = {
                "observed": self.link.observed, "low": self.link.low, "high": self.link.high,
                "level": self.link.level, "teams": self.link.teams,
            }  # fmt: skip
        if self.first is not None and self.first.order.lead is not None:
            order = self.first.order
            known["over_time"] = {
                "lead_weeks": order.lead, "low": order.low, "high": order.high, "p": order.p_value,
                "clear": self.first.clear,
            }  # fmt: skip
        return known


def spoken_by(themes: Iterable[Theme], voice: Voice) -> list[Theme]:
    """The themes that one voice may speak of."""
    return [theme for theme in themes if voice in theme.voices]


def known_pairs(themes: Sequence[Theme]) -> list[Pair]:
    """The pairs that stand before any figure: one theme in both voices, then those put face to face."""
    theirs = {theme.code: theme for theme in spoken_by(themes, Voice.CUSTOMER)}
    ours = {theme.code: theme for theme in spoken_by(themes, Voice.EMPLOYEE)}
    same = [(code, code) for code in theirs if code in ours]
    named = [(code, other) for code, theme in theirs.items() for other in theme.facing if other in ours]
    back = [(code, other) for other, theme in ours.items() for code in theme.facing if code in theirs]
    return list(dict.fromkeys([*same, *named, *back]))


def proposals(viewer: Viewer, themes: Sequence[Theme], both: Both | None, language: str) -> list[Proposal]:
    """Every link known or found, what the data say of it, what was decided.

    Args:
        viewer: who looks.
        themes: from ``queries.themes_heard``.
        both: both voices; none while no word of employees is released.
        language: of the names of moments.

    Returns:
        Those confirmed by data first, then to be seen, refuted, set aside; each group in the company's order.
    """
    known = known_pairs(themes)
    ends = {theme.code: End(THEME, theme.code, theme.label) for theme in themes}
    links = across(both, known) if both else {}
    risen = firsts(both, known) if both else {}
    faced = [pair for pair in known if pair[0] != pair[1]]
    made = [
        Proposal(
            ends[left],
            ends[right],
            (left, right) in faced,
            links.get((left, right)),
            risen.get((left, right)),
        )
        for left, right in known
    ]
    made += [
        Proposal(ends[left], ends[right], link=link) for (left, right), link in _found(both, themes, known)
    ]
    return _with_decisions(viewer, [*made, *_moments(viewer, language)], ends)


def _found(
    both: Both | None, themes: Sequence[Theme], known: Sequence[Pair]
) -> list[tuple[Pair, LatentCorrelation]]:
    """The links over teams that nobody named, false discoveries held over all that could be."""
    if both is None:
        return []
    rest = [
        (left.code, right.code)
        for left in spoken_by(themes, Voice.CUSTOMER)
        for right in spoken_by(themes, Voice.EMPLOYEE)
        if (left.code, right.code) not in set(known)
    ]
    return sorted(across(both, rest, clear_only=True).items(), key=lambda one: (-one[1].low, one[0]))[:_FOUND]


def _moments(viewer: Viewer, language: str) -> list[Proposal]:
    sheets = sheets_in_force(viewer)
    ends = {
        code: End(MOMENT, code, sheet.label(language)) for code, sheet in sheets.items() if not sheet.retired
    }
    pairs = dict.fromkeys(
        (code, other) if sheet.kind == "truth" else (other, code)
        for code, sheet in sheets.items()
        for other in sheet.facing
        if code in ends and other in ends
    )
    return [Proposal(ends[left], ends[right], facing=True) for left, right in pairs]


def _with_decisions(viewer: Viewer, made: Sequence[Proposal], ends: Mapping[str, End]) -> list[Proposal]:
    rows = {(f"{row.left_kind}:{row.left}", f"{row.right_kind}:{row.right}"): row for row in decided(viewer)}
    told = [replace(one, decided=rows.pop((one.left.token, one.right.token), None)) for one in made]
    told += [
        Proposal(
            ends.get(row.left) or End(row.left_kind, row.left, row.left),
            ends.get(row.right) or End(row.right_kind, row.right, row.right),
            decided=row,
        )
        for row in rows.values()
    ]
    order = list(State)
    return sorted(told, key=lambda one: (_aside(one), one.left.kind != THEME, order.index(one.state)))


def _aside(one: Proposal) -> bool:
    return one.decided is not None and one.decided.status == Correspondence.Status.REFUSED
