"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RestitutionConfig(AppConfig):
    name = "visavis.share.restitution"
    label = "share_restitution"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Take our places in the navigation, say the sentence of this room's gesture."""
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.LISTEN,
                _("Daily file"),
                "restitution:day",
                lambda viewer: viewer.may(Right.DAILY),
                order=30,
            ),
            Entry(
                Section.UNDERSTAND,
                _("Monthly report"),
                "restitution:report",
                lambda viewer: viewer.may(Right.REPORT),
                order=10,
            ),
        )
        tells("restitution.exported", _("exported the file %(name)s (returns: %(number)s)"))
