"""Reads of campaigns."""

from __future__ import annotations

from django.db.models import QuerySet

from visavis.listen.campaigns.models import Campaign
from visavis.people.access.viewer import NOTHING, Viewer


def campaigns(viewer: Viewer) -> QuerySet[Campaign]:
    """All campaigns, the latest first: everybody signed in may know who is asked what."""
    if viewer == Viewer():
        return Campaign.objects.filter(NOTHING)
    return Campaign.objects.select_related("questionnaire").order_by("-closes_on", "code")
