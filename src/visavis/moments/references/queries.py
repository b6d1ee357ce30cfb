"""Reads of the references: everybody signed in may know the words of the company."""

from __future__ import annotations

from django.db.models import QuerySet

from visavis.moments.references.models import Edition, Moment
from visavis.people.access.viewer import NOTHING, Viewer


def moments(viewer: Viewer) -> QuerySet[Moment]:
    """The moments in force, in the company's order."""
    if viewer == Viewer():
        return Moment.objects.filter(NOTHING)
    return Moment.objects.filter(retired_in__isnull=True).order_by("position", "pk")


def latest_edition(kind: Edition.Kind) -> Edition | None:
    """The edition in force of a reference; none before the first one is published."""
    return Edition.objects.filter(kind=kind).order_by("-number").first()
