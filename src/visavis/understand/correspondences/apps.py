"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondencesConfig(AppConfig):
    name = "visavis.understand.correspondences"
    label = "understand_correspondences"
    verbose_name = _("Correspondences")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, say our sentences."""
        from visavis.people.access.journal import labelled, tells
        from visavis.understand.correspondences.models import ProposedQuestion
        from visavis.understand.correspondences.queries import sees_both
        from visavis.web.navigation import Entry, Section, register

        register(Entry(Section.UNDERSTAND, _("Correspondences"), "correspondences:list", sees_both, order=45))
        tells("correspondences.validated", _("validated the correspondence “%(pair)s”"))
        tells("correspondences.refused", _("set the correspondence “%(pair)s” aside: %(reason)s"))
        tells("correspondences.question", _("proposed a question to customers about “%(theme)s”"))
        tells(
            "correspondences.settled",
            _("settled a question proposed to customers: %(state)s"),
            state=labelled(ProposedQuestion.State.choices),
        )
        tells("correspondences.exported", _("exported the file %(name)s"))
