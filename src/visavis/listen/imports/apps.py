"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "visavis.listen.imports"
    label = "listen_imports"
    verbose_name = _("Imports")
    default_auto_field = "django.db.models.BigAutoField"
