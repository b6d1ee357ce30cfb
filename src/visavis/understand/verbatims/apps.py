"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerbatimsConfig(AppConfig):
    name = "visavis.understand.verbatims"
    label = "understand_verbatims"
    verbose_name = _("Verbatims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the imports, take our place in the navigation, say the sentences of this room's gestures."""
        from visavis.listen.imports.followers import Follower, follow
        from visavis.listen.releases import themes
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.understand.verbatims import jobs
        from visavis.understand.verbatims.gateway import Reading
        from visavis.understand.verbatims.saved_pages import SavedPage, may_be_saved
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.LISTEN,
                _("Verbatims"),
                "verbatims:list",
                lambda viewer: viewer.may(Right.RETURNS),
                order=10,
            )
        )
        may_be_saved(SavedPage("verbatims", _("Verbatims"), "verbatims:list", Right.RETURNS))
        follow(Follower("reading", _("Reading the texts"), jobs.pending, jobs.step))
        themes.listen_to(Reading())
        tells("verbatims.tone_corrected", _("corrected the tone of a text"))
        tells("verbatims.theme_corrected", _("corrected the themes of a text"))
        tells("verbatims.moment_corrected", _("corrected the moment of a text"))
        tells("verbatims.corrected_many", _("corrected texts in one gesture (number: %(number)s)"))
        tells("verbatims.taken_back", _("took back the correction of texts (number: %(number)s)"))
        tells("verbatims.view_shared", _("shared a view"))
        tells("verbatims.originals_opened", _("opened the original words of a return: %(reason)s"))
        tells("verbatims.taken", _("took returns as %(form)s (number: %(number)s): “%(reason)s”"))
        tells("verbatims.exported", _("exported returns as %(form)s (number: %(number)s)"))
