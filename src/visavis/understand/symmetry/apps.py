"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SymmetryConfig(AppConfig):
    name = "visavis.understand.symmetry"
    label = "understand_symmetry"
    verbose_name = _("Symmetry")

    def ready(self) -> None:
        """Take our place in the navigation, say the sentence of our gesture."""
        from visavis.people.access.journal import tells
        from visavis.understand.symmetry.queries import sees_both
        from visavis.web.navigation import Entry, Section, register

        register(Entry(Section.UNDERSTAND, _("Symmetry"), "symmetry:symmetry", sees_both, order=5))
        tells("symmetry.exported", _("exported the file %(name)s"))
