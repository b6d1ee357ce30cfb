"""``visavis export``: a whole organisation as JSON Lines, for the other engine or another program."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.site.backups.archives import pack
from visavis.site.backups.taking import gather
from visavis.site.options import instance
from visavis.site.refusals import reason
from visavis.site.sealing import SealError, recipients


class Command(BaseCommand):
    help = "Export the whole organisation to one file (tar.gz of JSON Lines): it goes into either database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and a key."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--key", default="", help="public key of age to which it is sealed (name it .age)"
        )

    def handle(self, *args: Any, **wanted: Any) -> None:  # noqa: ARG002  Django's signature
        """Write it, tell what it holds.

        Raises:
            CommandError: if something is there already under this name, or nothing can be written there.
        """
        target: Path = wanted["file"].resolve()
        if target.exists():
            raise CommandError(_("%(file)s is there already.") % {"file": target})
        try:
            if wanted["key"]:
                recipients(wanted["key"])
            with TemporaryDirectory(dir=instance().folder, prefix=".export-") as name:
                manifest, _breaches = gather(Path(name), at=timezone.now(), as_rows=True)
                whole = pack(Path(name), manifest, target, keys=wanted["key"])
        except (SealError, OSError) as error:
            raise CommandError(_("Nothing was exported: %(why)s") % {"why": reason(error)}) from error
        told = {
            "rows": sum(whole.counts.values()),
            "tables": len(whole.counts),
            "files": len(whole.files),
        }
        self.stdout.write(_("%(rows)s rows of %(tables)s tables, %(files)s files.") % told)
