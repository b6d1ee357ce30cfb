"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ErasuresConfig(AppConfig):
    name = "visavis.people.erasures"
    label = "people_erasures"
    verbose_name = _("Erasures")
    default_auto_field = "django.db.models.BigAutoField"
