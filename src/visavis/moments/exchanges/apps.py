"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "visavis.moments.exchanges"
    label = "moments_exchanges"
    verbose_name = _("Exchanges")
    default_auto_field = "django.db.models.BigAutoField"
