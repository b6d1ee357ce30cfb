"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    name = "visavis.understand.themes"
    label = "understand_themes"
    verbose_name = _("Themes")
    default_auto_field = "django.db.models.BigAutoField"
