"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferencesConfig(AppConfig):
    name = "visavis.moments.references"
    label = "moments_references"
    verbose_name = _("Moments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells

        tells("references.published", _("published edition %(number)s of a reference"))
