"""Reads of the organisation tree."""

from __future__ import annotations

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit, UnitQuerySet


def company() -> Unit | None:
    """The root of the tree; none before the first import or the first checklist."""
    return Unit.objects.filter(kind=Unit.Kind.COMPANY).order_by("pk").first()


def company_path() -> str:
    """The path of the company; of everything, before there is one."""
    root = company()
    return root.path if root else "/"


def units(viewer: Viewer, right: Right = Right.FIGURES) -> UnitQuerySet:
    """The units where the viewer holds ``right``, each branch after its top."""
    return Unit.objects.filter(viewer.within(right, "path")).order_by("path")
