"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RestitutionConfig(AppConfig):
    name = "visavis.share.restitution"
    label = "share_restitution"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the figures, take our places in the navigation, say the sentences of our gestures."""
        from visavis.listen.imports.followers import Follower, follow
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.share.restitution import jobs
        from visavis.understand.verbatims.saved_pages import SavedPage, may_be_saved
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
        may_be_saved(
            SavedPage("day", _("Daily file"), "restitution:day", Right.DAILY),
            SavedPage("report", _("Monthly report"), "restitution:report", Right.REPORT),
        )
        follow(Follower("reports", _("Freezing the reports of closed months"), jobs.pending, jobs.step))
        tells("restitution.frozen_asked", _("had the report of a unit frozen each month"))
        tells("restitution.taken", _("took the file %(name)s (returns: %(number)s): “%(reason)s”"))
        tells("restitution.exported", _("exported the file %(name)s (returns: %(number)s)"))
