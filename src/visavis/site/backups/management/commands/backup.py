"""``visavis backup``: everything of this instance, at one instant, in one checked file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.site.backups.snapshots import DamagedError
from visavis.site.backups.taking import take
from visavis.site.options import options
from visavis.site.refusals import reason
from visavis.site.sealing import SealError, recipients


class Command(BaseCommand):
    help = "Take a backup: copied while people work, checked, sealed if a key is set. Rotates 7/4/12."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take places and a key."""
        parser.add_argument("--to", action="append", type=Path, help="one more folder that receives it")
        parser.add_argument("--key", default="", help="public key of age; VISAVIS_BACKUP_KEY if not given")

    def handle(self, *args: Any, **wanted: Any) -> None:  # noqa: ARG002  Django's signature
        """Take it, tell where it lies.

        Raises:
            CommandError: if none was taken, or what was taken is doubtful.
        """
        keys = wanted["key"] or options().backup_key
        places = [*settings.BACKUPS, *(wanted["to"] or [])]
        try:
            if keys:
                recipients(keys)
            taken = take(at=timezone.now(), places=places, keys=keys)
        except DamagedError as damaged:
            raise CommandError(_("The database is damaged: %(why)s") % {"why": damaged}) from damaged
        except (SealError, OSError) as error:
            raise CommandError(_("No backup was taken: %(why)s") % {"why": reason(error)}) from error
        for path in taken.paths:
            self.stdout.write(str(path))
        rows = sum(taken.manifest.counts.values())
        told = {"rows": rows, "tables": len(taken.manifest.counts), "files": len(taken.manifest.files)}
        self.stdout.write(_("%(rows)s rows of %(tables)s tables, %(files)s files.") % told)
        if taken.breaches:
            said = "\n".join(f"{breach.invariant}: {breach.told}" for breach in taken.breaches)
            raise CommandError(_("This backup is doubtful, older ones are kept:") + f"\n{said}")
