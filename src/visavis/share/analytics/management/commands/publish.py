"""``visavis publish``: publishes the months that changed; ``--all`` rebuilds them from the returns."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from visavis.people.access.viewer import system
from visavis.share.analytics import jobs
from visavis.share.analytics.services import rebuild


class Command(BaseCommand):
    help = "Publish the figures of the months that changed. Safe to kill and to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--all``."""
        parser.add_argument("--all", action="store_true", help="rebuild every month from the returns")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Publish month after month."""
        if options["all"]:
            rebuild(by=system())
        done = 0
        while jobs.step():
            done += 1
        self.stdout.write(_("Months published: %(number)s.") % {"number": done})
