"""Who may read the documents on data, and who may read the register of models."""

from __future__ import annotations

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


def may_read(viewer: Viewer) -> bool:
    """Whether the registers, the notices and the keeping times are this viewer's to read."""
    return viewer.may(Right.LAW)


def may_read_models(viewer: Viewer) -> bool:
    """Whether the register of models is: also who owns the references, and so the models."""
    return viewer.may(Right.LAW) or viewer.may(Right.REFERENCES)
