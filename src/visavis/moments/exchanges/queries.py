"""Reads of the lists that describe exchanges."""

from __future__ import annotations

from django.db.models import QuerySet

from visavis.moments.exchanges.models import Channel, Level, Reason
from visavis.people.access.viewer import NOTHING, Viewer


def channels(viewer: Viewer) -> QuerySet[Channel]:
    """The channels, in the company's order: everybody signed in may know its words."""
    return (
        Channel.objects.filter(NOTHING) if viewer == Viewer() else Channel.objects.order_by("position", "pk")
    )


def reasons(viewer: Viewer) -> QuerySet[Reason]:
    """The contact reasons, in the company's order."""
    return Reason.objects.filter(NOTHING) if viewer == Viewer() else Reason.objects.order_by("position", "pk")


def levels(viewer: Viewer) -> QuerySet[Level]:
    """The levels of treatment, in the company's order."""
    return Level.objects.filter(NOTHING) if viewer == Viewer() else Level.objects.order_by("position", "pk")
