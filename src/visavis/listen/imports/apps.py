"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "visavis.listen.imports"
    label = "listen_imports"
    verbose_name = _("Imports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, and say the sentences of this room's gestures."""
        from visavis.listen.imports.queries import may_import
        from visavis.people.access.journal import tells
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.ADMIN,
                _("Imports"),
                "imports:list",
                may_import,
                order=20,
            )
        )

        tells("imports.started", _("started the import of %(file)s"))
        tells(
            "imports.done",
            _(
                "imported %(file)s: %(imported)s new, %(updated)s updated, %(unchanged)s unchanged, "
                "%(rejected)s rejected"
            ),
        )
        tells("imports.cancelled", _("stopped the import of %(file)s"))
        tells("imports.mapping_saved", _("kept the mapping “%(name)s”"))
