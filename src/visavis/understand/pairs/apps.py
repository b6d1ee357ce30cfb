"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PairsConfig(AppConfig):
    name = "visavis.understand.pairs"
    label = "understand_pairs"
    verbose_name = _("Double attention")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, say the sentence of our gesture."""
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.UNDERSTAND,
                _("Double attention"),
                "pairs:double",
                lambda viewer: viewer.may(Right.BAROMETER),
                order=35,
            )
        )
        tells("pairs.exported", _("exported the file %(name)s (exchanges: %(number)s)"))
