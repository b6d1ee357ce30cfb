"""Who sees both sides, and which released cell holds them all."""

from __future__ import annotations

from collections.abc import Iterable

from visavis.listen.releases.planning import parent_of
from visavis.listen.releases.queries import Cell
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


def sees_both(viewer: Viewer) -> bool:
    """Whether the viewer may see customers' figures and employees' released ones."""
    return viewer.may(Right.FIGURES) and viewer.may(Right.BAROMETER)


def whole_of(cells: Iterable[Cell]) -> Cell | None:
    """The whole company among released cells of the tree; none where it is not among them."""
    return next((cell for cell in cells if parent_of(cell.members[0]) == "/"), None)
