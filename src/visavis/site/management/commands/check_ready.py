"""``visavis check_ready``: may this instance serve people?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from visavis.site.options import instance
from visavis.site.safety import UnsafeInstanceError, must_be_safe


class Command(BaseCommand):
    help = "Say whether this instance may serve people, and what to do if not."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Print one line a problem.

        Raises:
            CommandError: if there is any.
        """
        try:
            must_be_safe()
        except UnsafeInstanceError as unsafe:
            raise CommandError(str(unsafe)) from unsafe
        facts = {
            "database": connection.vendor,
            "python": sys.version.split()[0],
            "folder": instance().folder,
        }
        self.stdout.write(_("ready: %(database)s, Python %(python)s, %(folder)s") % facts)
