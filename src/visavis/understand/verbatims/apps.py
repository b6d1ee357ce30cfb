"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerbatimsConfig(AppConfig):
    name = "visavis.understand.verbatims"
    label = "understand_verbatims"
    verbose_name = _("Verbatims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the imports, and say the sentences of this room's gestures."""
        from visavis.listen.imports.followers import Follower, follow
        from visavis.people.access.journal import tells
        from visavis.understand.verbatims import jobs

        follow(Follower("reading", _("Reading the texts"), jobs.pending, jobs.step))
        tells("verbatims.tone_corrected", _("corrected the tone of a text"))
        tells("verbatims.theme_corrected", _("corrected the themes of a text"))
