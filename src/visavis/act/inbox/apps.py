"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "visavis.act.inbox"
    label = "act_inbox"
    verbose_name = _("Returns to treat")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the imports, and say the sentences of this room's gestures."""
        from visavis.act.inbox import jobs
        from visavis.act.inbox.cards import case_card
        from visavis.act.inbox.queries import acted_on
        from visavis.listen.imports.followers import Follower, follow
        from visavis.people.access.journal import tells
        from visavis.people.access.policy import Right
        from visavis.understand.symmetry.attention import acts
        from visavis.understand.verbatims.cards import offer
        from visavis.web.navigation import Entry, Section, register

        register(
            Entry(
                Section.ACT,
                _("Returns to treat"),
                "inbox:cases",
                lambda viewer: viewer.may(Right.TREAT) or viewer.may(Right.OWN_RETURNS),
                order=10,
            )
        )
        offer("case", case_card)
        acts(acted_on)
        follow(Follower("triage", _("Ranking the returns to treat"), jobs.pending, jobs.step))
        tells("inbox.call", _("noted a call to a customer"))
        tells("inbox.reply", _("noted a reply to a customer"))
        tells("inbox.note", _("added a note to a return"))
        tells("inbox.handover", _("handed a return over"))
        tells("inbox.contest", _("contested the attribution of a return"))
        tells("inbox.close", _("closed a return"))
