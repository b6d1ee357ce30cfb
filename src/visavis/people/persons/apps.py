"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    name = "visavis.people.persons"
    label = "people_persons"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"
