"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    name = "visavis.site.backups"
    label = "site_backups"
    verbose_name = _("Backups")
