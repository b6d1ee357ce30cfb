"""Reads of the alerts: of one's branches, for everybody who sees them or for who asked."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.share.alerts.models import Alert, AlertStep, Told, Watch

_ALONG = ("unit", "theme", "channel", "reason")


def _mine(viewer: Viewer) -> QuerySet[Told]:
    return Told.objects.filter(account=viewer.account_id or 0).order_by()


def watches(viewer: Viewer) -> QuerySet[Watch]:
    """What is watched on the viewer's branches for everybody, or because she asked; by branch, then name."""
    shown = Q(everyone=True) | Q(pk__in=_mine(viewer).values("watch"))
    found = Watch.objects.filter(viewer.within(Right.FIGURES), shown).select_related(*_ALONG)
    return found.order_by("unit_path", "figure", "key")


def own_watches(viewer: Viewer) -> QuerySet[Watch]:
    """What she asked to be told about."""
    return watches(viewer).filter(pk__in=_mine(viewer).values("watch"))


def alerts(viewer: Viewer) -> QuerySet[Alert]:
    """Alerts of the figures that the viewer sees watched, the latest first."""
    shown = watches(viewer).order_by().values("pk")
    found = Alert.objects.filter(viewer.within(Right.FIGURES), watch__in=shown)
    along = [f"watch__{name}" for name in _ALONG]
    return found.select_related("watch", *along).order_by("-week", "pk")


def live(viewer: Viewer) -> QuerySet[Alert]:
    """Alerts that last."""
    return alerts(viewer).filter(ended_on__isnull=True)


def steps(viewer: Viewer, alert: Alert) -> QuerySet[AlertStep]:
    """The life of an alert that the viewer sees, oldest first."""
    mine = alerts(viewer).filter(pk=alert.pk).order_by().values("pk")
    return AlertStep.objects.filter(alert__in=mine).select_related("account__person").order_by("on", "pk")
