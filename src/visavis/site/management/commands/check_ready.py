"""``visavis check_ready``: may this instance serve people?"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from visavis.site.options import instance
from visavis.site.words import CATALOGUE, HOUSE


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(left)} migrations left: run “visavis migrate”" if left else ""


def _folder() -> str:
    folder = instance().folder
    if not os.access(folder, os.W_OK):
        return f"{folder} cannot be written"
    if stat.S_IMODE((folder / "secret-key").stat().st_mode) & 0o077:
        return f"{folder / 'secret-key'} can be read by others: chmod 600"
    return ""


def _catalogues() -> str:
    stale = [path for path in HOUSE.glob(f"**/{CATALOGUE}") if not path.with_suffix(".mo").exists()]
    return (
        f"{len(stale)} catalogues not compiled: run “python -m visavis.site.words compile”" if stale else ""
    )


def _statics() -> str:
    return "" if finders.find("visavis/css/visavis.css") else "the stylesheet is missing"


def _safety() -> str:
    return "debug is on: people would read the details of errors" if settings.DEBUG else ""


CHECKS = {
    "database": _migrations,
    "folder": _folder,
    "languages": _catalogues,
    "statics": _statics,
    "safety": _safety,
}


def problems() -> Iterator[tuple[str, str]]:
    """Each check that fails, with what to do."""
    for name, check in CHECKS.items():
        if problem := check():
            yield name, problem


class Command(BaseCommand):
    help = "Say whether this instance may serve people, and what to do if not."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Print one line a problem.

        Raises:
            CommandError: if there is any.
        """
        found = [f"{name}: {problem}" for name, problem in problems()]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"ready: {connection.vendor}, Python {sys.version.split()[0]}, {instance().folder}")
