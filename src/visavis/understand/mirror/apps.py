"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MirrorConfig(AppConfig):
    name = "visavis.understand.mirror"
    label = "understand_mirror"
    verbose_name = _("Mirror studies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, say the sentences of our gestures."""
        from visavis.people.access.journal import tells
        from visavis.understand.mirror.queries import sees
        from visavis.web.navigation import Entry, Section, register

        register(Entry(Section.UNDERSTAND, _("Mirror studies"), "mirror:list", sees, order=37))
        tells("mirror.made", _("made the mirror study “%(name)s”"))
        tells("mirror.exported", _("exported the file %(name)s of a mirror study"))
