"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "visavis.share.alerts"
    label = "share_alerts"
    verbose_name = _("Alerts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the imports and the weeks, take our place in the navigation, say our sentences."""
        from visavis.listen.imports.followers import Follower, follow
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.share.alerts import jobs
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.UNDERSTAND,
                _("Alerts"),
                "alerts:list",
                lambda viewer: viewer.may(Right.FIGURES),
                order=15,
            )
        )
        follow(Follower("alerts", _("Looking at the weeks that closed"), jobs.pending, jobs.step))
        tells("alerts.watched", _("asked to be told when a figure leaves its usual level"))
        tells("alerts.unwatched", _("asks no longer to be told about a figure"))
        tells("alerts.seen", _("looked at an alert"))
        tells("alerts.explained", _("explained an alert"))
        tells("alerts.rebased", _("took the level since an alert as the usual one"))
