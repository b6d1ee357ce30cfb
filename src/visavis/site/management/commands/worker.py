"""``visavis worker``: does the jobs, one at a time."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from visavis.listen.imports.pulse import beating


class Command(BaseCommand):
    help = "Do the jobs (readings, imports, sweeps). Safe to kill: what was begun is taken up again."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Hand over to huey, with the settings of this instance."""
        # huey speaks of every heartbeat unless its logger already has somebody listening.
        logging.getLogger("huey").addHandler(logging.NullHandler())
        with beating():
            call_command("run_huey")
