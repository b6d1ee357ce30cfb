"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    name = "visavis.site.backups"
    label = "site_backups"
    verbose_name = _("Backups")

    def ready(self) -> None:
        """Take our place in the navigation, say when a backup is late, tell the gestures of this room."""
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.web.navigation import Entry, Section, register
        from visavis.web.slots import Slot, fill

        register(
            Entry(
                Section.ADMIN,
                _("Backups"),
                "backups:page",
                lambda viewer: viewer.may(Right.SETTINGS),
                order=80,
                rare=True,
            )
        )
        fill(Slot.BANNER, "backups/banner.html")
        tells("backups.restored", _("restored the backup of %(at)s (erased again: %(erased)s)"))
