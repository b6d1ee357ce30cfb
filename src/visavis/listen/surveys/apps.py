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
        from visavis.listen.surveys.models import VOICES
        from visavis.people.access.journal import labelled, tells

        tells("surveys.made", _("made the questionnaire “%(name)s” (%(voice)s)"), voice=labelled(VOICES))
