"""Brings the files of Vaubrune in, by the gestures that an import by hand makes."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.demo.stages import Show
from visavis.demo.vaubrune.world import FIRST_DAY
from visavis.listen.imports import engine, services
from visavis.listen.imports.models import ImportRun, Kind
from visavis.moments.exchanges.services import install_lists
from visavis.moments.references.services import SECTORS
from visavis.people.access.viewer import system
from visavis.understand.themes.services import install_sector


class UnfitFileError(RuntimeError):
    """A file of the demo could not be imported whole."""


def fingerprint(path: Path) -> str:
    """What an import calls the same file: the SHA-256 of its bytes."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


@transaction.atomic
def install_references() -> None:
    """Moments, themes, channels, reasons and levels of a mutual insurer, in force since the first day."""
    at = timezone.make_aware(dt.datetime.combine(FIRST_DAY, dt.time(8)))
    install_lists(by=system(), sector=SECTORS[0])
    install_sector(by=system(), sector=SECTORS[0], at=at)


def load(kind: Kind, path: Path, show: Show) -> ImportRun:
    """Import one file, from wherever an interrupted building left it.

    Args:
        kind: what its rows are.
        path: the file.
        show: told how far it got.

    Returns:
        The import, done.

    Raises:
        UnfitFileError: if a row was rejected, or the import is in other hands.
    """
    same = ImportRun.objects.filter(kind=kind, sha256=fingerprint(path), status=ImportRun.Status.DONE)
    run = same.order_by("-pk").first() or _import(kind, path, show)
    words = {"file": path.name, "status": run.get_status_display(), "rejected": run.rejected}
    if run.status != ImportRun.Status.DONE or run.rejected:
        raise UnfitFileError(_("%(file)s: %(status)s, %(rejected)s rows rejected.") % words)
    return run


def _import(kind: Kind, path: Path, show: Show) -> ImportRun:
    with path.open("rb") as source:
        run = services.receive_file(by=system(), kind=kind, name=path.name, source=source)
    if run.status == ImportRun.Status.REFUSED:
        return run
    plan = services.propose_mapping(run)
    left = services.interrupted(kind=kind, sha256=run.sha256, plan=plan)
    if left is None:
        run = services.start(by=system(), run=run, plan=plan, nudge=False)
    else:
        services.cancel(by=system(), run=run)
        run = services.resume(by=system(), run=left, nudge=False)
    return engine.run_import(run.pk, progress=lambda each: show(each.cursor, each.total or 0))
