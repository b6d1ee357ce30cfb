"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "visavis.moments.exchanges"
    label = "moments_exchanges"
    verbose_name = _("Exchanges")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells

        tells("exchanges.lists_installed", _("started from the lists of a sector: %(count)s entries"))
