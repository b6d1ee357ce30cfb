"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerbatimsConfig(AppConfig):
    name = "visavis.understand.verbatims"
    label = "understand_verbatims"
    verbose_name = _("Verbatims")
    default_auto_field = "django.db.models.BigAutoField"
