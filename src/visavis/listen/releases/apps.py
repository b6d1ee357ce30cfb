"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReleasesConfig(AppConfig):
    name = "visavis.listen.releases"
    label = "listen_releases"
    verbose_name = _("Releases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, and say the sentences of this room's gestures."""
        from visavis.listen.releases.naming import released_words
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.LISTEN,
                _("Barometer"),
                "barometer:list",
                lambda viewer: viewer.may(Right.BAROMETER),
                order=20,
            )
        )
        tells(
            "releases.published",
            _("published results: %(what)s (%(people)s people, %(cells)s groups shown)"),
            what=released_words,
        )
        tells("releases.gate", _("recorded what employees were told before their answers are published"))
        tells("releases.exported", _("exported the published results %(name)s"))
