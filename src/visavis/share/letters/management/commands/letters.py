"""``visavis letters``: puts what fell due in the outbox and sends what waits, as the worker does."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from visavis.people.access.clock import now, today
from visavis.share.letters import jobs
from visavis.share.letters.models import Letter, State


class Command(BaseCommand):
    help = "Send the e-mails that are due. Safe to kill and to run beside the worker."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Sweep once, and say what became of it."""
        sent = jobs.sweep(at=now(), today=today())
        waiting = Letter.objects.filter(state__in=(State.WAITING, State.FAILED)).count()
        if not settings.SENDS_LETTERS:
            self.stdout.write(
                _("Nothing is sent: there is no mail server in the options, or this is the demo.")
            )
        words = {"sent": sent, "waiting": waiting}
        self.stdout.write(_("E-mails sent: %(sent)s. Waiting: %(waiting)s.") % words)
