"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "visavis.understand.learning"
    label = "understand_learning"
    verbose_name = _("Learning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our places in the navigation, say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.UNDERSTAND,
                _("Help reading"),
                "learning:queue",
                lambda viewer: viewer.may(Right.CORRECT),
                order=60,
                rare=True,
            ),
            Entry(
                Section.UNDERSTAND,
                _("What the reading is worth"),
                "learning:rates",
                lambda viewer: viewer.may(Right.REFERENCES) or viewer.may(Right.SETTINGS),
                order=70,
                rare=True,
            ),
        )
        tells("learning.drawn", _("drew more texts to read (number: %(number)s)"))
        tells("learning.answered", _("said how a text of the queue reads"))
        tells("learning.skipped", _("left a text of the queue aside"))
        tells("learning.published", _("learnt and published the model %(name)s (texts: %(answers)s)"))
        tells(
            "learning.not_published",
            _("learnt and did not publish the model %(name)s (texts: %(answers)s)"),
        )
        tells("learning.distilled", _("asked the larger model to teach the tone of our own texts"))
        tells("learning.chosen", _("put the model %(name)s in force (0: the engine as shipped): %(reason)s"))
        tells("learning.reread", _("had the texts since %(day)s read again: %(reason)s"))
