"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LettersConfig(AppConfig):
    name = "visavis.share.letters"
    label = "share_letters"
    verbose_name = _("Letters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our places in the navigation, say the sentences of this room's gestures."""
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.share.letters.queries import may_read_any
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.SHARE,
                pgettext_lazy("navigation", "E-mails"),
                "letters:subscriptions",
                may_read_any,
                order=40,
            ),
            Entry(
                Section.ADMIN,
                _("Outbox"),
                "letters:outbox",
                lambda viewer: viewer.may(Right.SETTINGS),
                order=70,
                rare=True,
            ),
        )
        tells("letters.subscribed", _("opened a subscription to e-mails about %(unit)s"))
        tells("letters.paused", _("paused a subscription to e-mails about %(unit)s"))
        tells("letters.resumed", _("resumed a subscription to e-mails about %(unit)s"))
        tells("letters.ended", _("ended a subscription to e-mails about %(unit)s"))
        tells("letters.stopped", _("stopped receiving e-mails about %(unit)s"))
        tells("letters.taken_up", _("receives e-mails about %(unit)s again"))
        tells("letters.retried", _("had an e-mail about %(unit)s tried again"))
        tells("letters.let_go", _("let e-mails leave again after a restore (in doubt: %(number)s)"))
        tells("letters.sent", _("sent e-mails from the outbox (number: %(number)s)"))
