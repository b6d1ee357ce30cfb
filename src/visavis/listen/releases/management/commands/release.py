"""``visavis release``: publishes the closed waves and months of employees, oldest first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from visavis.listen.releases import gates, jobs
from visavis.listen.releases.turns import BusyError
from visavis.people.access.clock import now, today
from visavis.people.access.viewer import system


class Command(BaseCommand):
    help = "Publish what is closed of employees' answers, once. Safe to kill and to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--all``."""
        parser.add_argument("--all", action="store_true", help="all that is due, not only the oldest")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Release the oldest, or all.

        Raises:
            CommandError: if the gate is closed.
        """
        if wanting := gates.missing(today()):
            raise CommandError(" ".join(wanting))
        done = 0
        try:
            for step in list(jobs.due(by=system(), today=today(), now=now())):
                made = jobs.made(step)
                done += made is not None and made.made_now
                if done and not options["all"]:
                    break
        except BusyError:
            self.stdout.write(_("Somebody else is publishing: the rest is left to them."))
        self.stdout.write(_("Releases made: %(number)s.") % {"number": done})
