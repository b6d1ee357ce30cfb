"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "visavis.listen.surveys"
    label = "listen_surveys"
    verbose_name = _("Questionnaires")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells

        tells("surveys.made", _("made the questionnaire %(code)s"))
