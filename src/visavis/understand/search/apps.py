"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "visavis.understand.search"
    label = "understand_search"
    verbose_name = _("Search in the texts")
    default_auto_field = "django.db.models.BigAutoField"
