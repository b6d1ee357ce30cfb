"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    name = "visavis.understand.themes"
    label = "understand_themes"
    verbose_name = _("Themes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, and say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells
        from visavis.understand.themes.queries import may_read
        from visavis.web.navigation import Entry, Section, register

        register(Entry(Section.UNDERSTAND, _("Themes"), "themes:list", may_read, order=30))
        tells("themes.drafted", _("changed the theme “%(name)s” in the draft"))
        tells("themes.discarded", _("threw the draft of the theme “%(name)s” away"))
        tells("themes.all_discarded", _("threw the draft of the themes away"))
        tells("themes.reread", _("had the history read again under version %(number)s of the themes"))
        tells("themes.reread_adopted", _("adopted the second reading under version %(number)s of the themes"))
        tells("themes.reread_left", _("left the second reading under version %(number)s of the themes aside"))
        tells("themes.searched", _("had new themes searched for"))
        tells("themes.proposal_named", _("made the theme “%(name)s” of a proposal"))
        tells("themes.proposal_merged", _("merged a proposal into the theme “%(name)s”"))
        tells("themes.proposal_refused", _("refused a proposal of a theme"))
