"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    name = "visavis.share.boards"
    label = "share_boards"
    verbose_name = _("Boards")

    def ready(self) -> None:
        """Take our places in the navigation."""
        from visavis.people.access.policy import Right
        from visavis.people.access.viewer import NOBODY
        from visavis.share.boards.teams import badge
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.MY_DAY,
                _("My day"),
                "boards:home",
                lambda viewer: viewer != NOBODY,
                order=10,
                badge=badge,
            ),
            Entry(
                Section.MY_DAY,
                _("My returns"),
                "boards:own",
                lambda viewer: viewer.may(Right.OWN_RETURNS),
                order=20,
            ),
            Entry(
                Section.MY_DAY, _("Teams"), "boards:teams", lambda viewer: viewer.may(Right.TEAM), order=30
            ),
        )
