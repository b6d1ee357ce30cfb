"""Who sees both sides."""

from __future__ import annotations

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


def sees_both(viewer: Viewer) -> bool:
    """Whether the viewer may see customers' figures and employees' released ones."""
    return viewer.may(Right.FIGURES) and viewer.may(Right.BAROMETER)
