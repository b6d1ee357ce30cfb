"""What an archive says of itself: what it holds, with fingerprints, and what is needed to open it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from visavis.site.backups.tables import counts
from visavis.site.options import options

NAME = "manifest.json"
#: Of the archives; raised when an older program could not read them.
FORMAT = 1
#: A file of SQLite, or JSON Lines for any engine.
KINDS = ("database", "rows")
#: Never written into an archive.
SECRETS = frozenset({"database_url", "smtp_user", "smtp_password", "backup_to", "data"})
_BLOCK = 1 << 20


class ManifestError(ValueError):
    """An archive is not what it says, or not for this program; the message says which."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is inside.

    Attributes:
        kind: ``database`` (a file of SQLite) or ``rows`` (JSON Lines, for any engine).
        taken_at: the instant, as ISO.
        visavis: version of the program.
        engine: of the database, with its version.
        migrations: those applied, as ``room.name``.
        counts: rows of each table, by label.
        files: fingerprint (SHA-256) of each member of the archive.
        options: what was set, without secrets.
    """

    kind: str
    taken_at: str
    visavis: str
    engine: str
    migrations: list[str]
    counts: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    @classmethod
    def of(cls, kind: str, *, using: str, at: dt.datetime) -> Self:
        """Describe a database, before the files are known."""
        connection = connections[using]
        connection.ensure_connection()
        engine = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
        applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        told = options().model_dump(mode="json", exclude=set(SECRETS))
        return cls(kind, at.isoformat(), version("visavis"), engine, applied, counts(using), {}, told)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a manifest.

        Raises:
            ManifestError: if it is none, or of a later format.
        """
        try:
            told = json.loads(path.read_text())
            later = told["format"] > FORMAT
            found = None if later else cls(**told)
            good = found is not None and found.is_ours()
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ManifestError(_("not an archive of Vis-à-vis (%(why)s)") % {"why": error}) from error
        if later:
            raise ManifestError(_("made by a later version of Vis-à-vis"))
        if found is None or not good:
            raise ManifestError(_("its manifest says what none of ours does"))
        return found

    def is_ours(self) -> bool:
        """Whether all that it says is as ours say it: what somebody made up is shown to nobody.

        Raises:
            AttributeError, TypeError, ValueError: if it is not even of that kind.
        """
        dt.datetime.fromisoformat(self.taken_at)
        words = [self.taken_at, self.visavis, self.engine, *self.migrations, *self.counts]
        words += [*self.files, *self.files.values()]
        counted = all(type(number) is int for number in self.counts.values())
        return counted and self.kind in KINDS and all(word.isprintable() for word in words)

    def write(self, path: Path) -> None:
        """Write it as JSON, one key a line."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n")

    def must_fit(self) -> None:
        """Refuse what a later program made: this one does not know what to do with it.

        Raises:
            ManifestError: naming a migration that this program does not have.
        """
        loader = MigrationLoader(None)
        ours = {f"{app}.{name}" for app, name in loader.disk_migrations}
        ours |= {f"{app}.{name}" for one in loader.disk_migrations.values() for app, name in one.replaces}
        if unknown := sorted(set(self.migrations) - ours):
            raise ManifestError(_("made by a later version of Vis-à-vis (%(what)s)") % {"what": unknown[0]})

    def differences(self, found: Mapping[str, int]) -> dict[str, tuple[int, int]]:
        """Tables whose number of rows is not what was told: what was told, what is there."""
        return {
            label: (told, found.get(label, 0))
            for label, told in self.counts.items()
            if told != found.get(label, 0)
        }


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal figures."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
