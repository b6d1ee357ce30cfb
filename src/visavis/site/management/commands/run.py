"""``visavis run``: the whole instance in one command: pages and jobs."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from visavis.site.options import instance
from visavis.site.processes import NoPortError, Processes, free_port
from visavis.site.safety import UnsafeInstanceError, must_be_safe

PORT = 8000


def _server(options: dict[str, Any], port: int) -> list[str]:
    """The command of the web server: threads for SQLite, more processes if somebody asks."""
    host = options["host"]
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    choices = {
        "--bind": bind,
        "--worker-class": "gthread",
        "--workers": str(options["processes"]),
        "--threads": str(options["threads"]),
        "--timeout": "120",
        "--graceful-timeout": "10",
        "--log-level": "warning",
    }
    words = [word for pair in choices.items() for word in pair]
    return [sys.executable, "-m", "gunicorn", *words, "visavis.site.wsgi:application"]


class Command(BaseCommand):
    help = "Serve the pages and do the jobs, until Ctrl-C."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="Address to listen at (default: %(default)s)."
        )
        parser.add_argument(
            "--port", type=int, help=f"Port to listen at; {PORT} or the next free one if not given."
        )
        parser.add_argument("--processes", type=int, default=1, help="Web processes (default: %(default)s).")
        parser.add_argument("--threads", type=int, default=8, help="Threads of each (default: %(default)s).")
        parser.add_argument("--no-worker", action="store_true", help="Pages only: jobs are done elsewhere.")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Bring the database up to date, start everything, stop everything.

        Raises:
            CommandError: if no port is free, the instance is not safe, or a process ended by itself.
        """
        try:
            port = free_port(options["host"], options["port"] or PORT, only=options["port"] is not None)
        except NoPortError as taken:
            raise CommandError(str(taken)) from taken
        self._prepare()
        with Processes() as running:
            running.start("pages", _server(options, port))
            if not options["no_worker"]:
                running.start("jobs", [sys.executable, "-m", "visavis.site.command", "worker"])
            if running.until_answering(options["host"], port):
                self._welcome(options["host"], port)
            ended = running.until_one_ends()
        if ended:
            told = _("a process ended by itself (%(process)s): everything was stopped")
            raise CommandError(told % {"process": ended})
        self.stdout.write(_("stopped"))

    def _prepare(self) -> None:
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        try:
            must_be_safe()
        except UnsafeInstanceError as unsafe:
            raise CommandError(str(unsafe)) from unsafe

    def _welcome(self, host: str, port: int) -> None:
        shown = "localhost" if host in {"127.0.0.1", "::1"} else host
        self.stdout.write(self.style.SUCCESS(f"\nVis-à-vis: http://{shown}:{port}/\n"))
        for line in _sign_ins():
            self.stdout.write(f"  {line}")
        self.stdout.write("\n" + _("Ctrl-C stops everything."))
        self.stdout.flush()  # a journal of the system is no terminal: it would wait for more


def _sign_ins() -> list[str]:
    """Who may sign in to the demo, one line each; elsewhere how to make the first account."""
    if invented := instance().demo.get("sign_ins"):
        width = max(len(one["email"]) for one in invented)
        return [f"{one['email']:<{width}}  {one['password']}  {one.get('who', '')}" for one in invented]
    return (
        [] if instance().demo else [_("first account: %(command)s") % {"command": "visavis account --help"}]
    )
