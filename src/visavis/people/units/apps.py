"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "visavis.people.units"
    label = "people_units"
    verbose_name = _("Organisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the sentences of this room's gestures, and how its codes stand in addresses."""
        from django.urls import register_converter

        from visavis.people.access.journal import tells
        from visavis.people.units.converters import UnitCode

        register_converter(UnitCode, "unit")
        tells("units.company_named", _("named the company “%(name)s”"))
