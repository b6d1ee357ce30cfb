"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RestitutionConfig(AppConfig):
    name = "visavis.share.restitution"
    label = "share_restitution"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"
