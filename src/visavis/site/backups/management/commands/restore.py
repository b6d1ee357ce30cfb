"""``visavis restore``: a backup, into an empty instance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.site.backups.invariants import invariants
from visavis.site.backups.manifests import ManifestError
from visavis.site.backups.restoring import NotRestoredError, Restored, restore
from visavis.site.backups.rows import NotEmptyError
from visavis.site.backups.snapshots import DamagedError
from visavis.site.options import instance
from visavis.site.refusals import reason
from visavis.site.sealing import SealError

_STEPS = {
    "open": gettext_lazy("Opening the archive, checking every file…"),
    "write": gettext_lazy("Putting everything back, bringing it up to date…"),
    "erase": gettext_lazy("Erasing again who was erased…"),
    "publish": gettext_lazy("Publishing the figures again…"),
}


class Command(BaseCommand):
    help = "Restore a backup into an empty instance: checked, up to date, e-mails held, erased people erased."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the archive, its key, the journals of erasures."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="file of the secret key of age")
        parser.add_argument(
            "--erasures", type=Path, action="append", help="a later copy of the journal of erasures"
        )
        parser.add_argument("--check", action="store_true", help="check the invariants in the end")

    def handle(self, *args: Any, **wanted: Any) -> None:  # noqa: ARG002  Django's signature
        """Restore it, print the counts beside those of the archive.

        Raises:
            CommandError: if nothing was restored, or what was restored is not what the archive says.
        """
        identity = wanted["identity"].read_text(errors="replace") if wanted["identity"] else ""
        try:
            done = restore(
                wanted["file"],
                at=timezone.now(),
                identity=identity,
                journals=wanted["erasures"] or (),
                tell=lambda step: self.stdout.write(str(_STEPS[step])),
            )
        except NotEmptyError as error:
            where = instance().folder
            told = _("%(folder)s is not empty: restore into another folder (VISAVIS_DATA).")
            raise CommandError(told % {"folder": where}) from error
        except (NotRestoredError, ManifestError, SealError, DamagedError, OSError) as error:
            raise CommandError(_("Nothing was restored: %(why)s") % {"why": reason(error)}) from error
        self._tell(done)
        self._check(done, deep=wanted["check"])

    def _tell(self, done: Restored) -> None:
        width = max(map(len, done.counts))
        for label, found in sorted(done.counts.items()):
            told = done.manifest.counts.get(label, 0)
            if told or found:
                self.stdout.write(f"  {label:<{width}}  {told:>10}  {found:>10}")
        facts = {"at": done.manifest.taken_at, "engine": done.manifest.engine}
        self.stdout.write(_("Backup of %(at)s, %(engine)s: told on the left, here on the right.") % facts)
        number = {"erased": sum(done.erased.values()), "months": done.months}
        self.stdout.write(_("Erased again: %(erased)s. Months published again: %(months)s.") % number)
        self.stdout.write(_("E-mails are held: let them go under Administer, Outbox."))

    def _check(self, done: Restored, *, deep: bool) -> None:
        wrong = [f"{label}: {told} → {found}" for label, (told, found) in done.differences.items()]
        wrong += [f"{breach.invariant}: {breach.told}" for breach in invariants()] if deep else []
        if wrong:
            raise CommandError("\n".join(wrong))
        if deep:
            self.stdout.write(_("All six invariants hold."))
