"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReleasesConfig(AppConfig):
    name = "visavis.listen.releases"
    label = "listen_releases"
    verbose_name = _("Releases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells

        tells("releases.published", _("published %(what)s: %(people)s people, %(cells)s groups shown"))
        tells("releases.gate", _("recorded what employees were told before their answers are published"))
