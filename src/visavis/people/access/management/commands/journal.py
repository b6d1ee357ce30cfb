"""``visavis journal --check``: is the journal whole?"""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.people.access import chain


class Command(BaseCommand):
    help = "Follow the journal from its beginning and say whether a line was changed, left out or slipped in."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Check (the only gesture; may be left out).")
        parser.add_argument(
            "--expect", default="", help="A fingerprint noted earlier: it must stand in the chain."
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Print the number of lines and the last fingerprint.

        Raises:
            CommandError: at the first line that does not follow, or if a noted fingerprint is gone.
        """
        found = chain.check()
        if found.broken:
            told = _("line %(line)s does not follow the %(lines)s before it: one of them was changed")
            raise CommandError(told % {"line": found.broken, "lines": found.lines})
        if options["expect"] and not chain.holds(options["expect"]):
            raise CommandError(_("the fingerprint that you noted is not in the journal: lines are gone"))
        told = ngettext(
            "whole: %(lines)s line, the last one is %(last)s",
            "whole: %(lines)s lines, the last one is %(last)s",
            found.lines,
        )
        self.stdout.write(told % {"lines": found.lines, "last": found.last})
