"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalyticsConfig(AppConfig):
    name = "visavis.share.analytics"
    label = "share_analytics"
    verbose_name = _("Sums and open copy")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the imports, and say the sentences of this room's gestures."""
        from visavis.listen.imports.followers import Follower, follow
        from visavis.people.access.journal import tells
        from visavis.share.analytics import jobs

        follow(Follower("publish", _("Publishing the figures"), jobs.pending, jobs.step))
        tells("analytics.rebuilt", _("had all figures published again (months: %(number)s)"))
