"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "visavis.understand.journeys"
    label = "understand_journeys"
    verbose_name = _("Moments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, say our sentences."""
        from visavis.people.access.journal import tells
        from visavis.understand.journeys.queries import knows, waiting
        from visavis.web.navigation import Entry, Section, register

        register(Entry(Section.UNDERSTAND, _("Moments"), "journeys:moments", knows, order=40, badge=waiting))
        tells("moments.drafted", _("changed the moment “%(name)s” in the draft"))
        tells("moments.discarded", _("threw the draft of the moment “%(name)s” away"))
        tells("moments.proposed", _("proposed something about the moments"))
        tells("moments.answered", _("answered a proposal about the moments"))
        tells("moments.review", _("planned to look at the moment “%(moment)s” again on %(day)s"))
