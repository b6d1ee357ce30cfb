"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "visavis.listen.campaigns"
    label = "listen_campaigns"
    verbose_name = _("Campaigns")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells

        tells("campaigns.made", _("made the campaign “%(name)s”"))
