"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SettingsConfig(AppConfig):
    name = "visavis.share.settings"
    label = "share_settings"
    verbose_name = _("Settings")

    def ready(self) -> None:
        """Take our places in the navigation, and say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.people.access.viewer import Viewer
        from visavis.people.units.queries import company_path
        from visavis.share.settings.queries import may_begin, may_read_references
        from visavis.web.navigation import Entry, Section, register

        def settles(viewer: Viewer) -> bool:
            return viewer.may(Right.SETTINGS)

        def settles_all(viewer: Viewer) -> bool:
            return viewer.may(Right.SETTINGS, company_path())

        tells("settings.journal_exported", _("exported the journal (lines: %(number)s)"))
        register(
            Entry(Section.ADMIN, _("First steps"), "settings:start", may_begin, order=10),
            Entry(Section.ADMIN, _("Organisation"), "settings:organisation", settles, order=30),
            Entry(Section.ADMIN, _("People"), "settings:people", settles, order=35),
            Entry(Section.ADMIN, _("References"), "references:moments", may_read_references, order=40),
            Entry(Section.ADMIN, _("Accounts and rights"), "settings:accounts", settles, order=50),
            Entry(Section.ADMIN, _("Journal"), "settings:journal", settles, order=60, rare=True),
            Entry(Section.ADMIN, _("Safety"), "settings:safety", settles_all, order=65, rare=True),
        )
