"""What stands in an instance: nothing, the demo, or somebody's real work, which is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from visavis.demo.cast import CAST
from visavis.demo.marks import READY, Mark
from visavis.demo.vaubrune.world import ROOT
from visavis.listen.imports import files
from visavis.listen.imports.models import ImportRun
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Interaction
from visavis.people.accounts.models import Account
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit

FILES = "demo-files"
_REAL: tuple[type[Model], ...] = (Unit, Person, Account, Interaction, Response)


def holds_anything() -> bool:
    """Whether there is a unit, a person, an account, an exchange or a return; missing tables hold none."""
    tables = set(connection.introspection.table_names())
    return any(model._meta.db_table in tables and QuerySet(model).exists() for model in _REAL)


def strangers(mark: Mark) -> str:
    """What stands in the demo without being of it, in one sentence; empty if nothing does."""
    tables = set(connection.introspection.table_names())
    if Unit._meta.db_table not in tables:
        return ""
    root = Unit.objects.filter(parent__isnull=True).exclude(code=ROOT).first()
    account = Account.objects.exclude(email__in=[member.email for member in CAST]).order_by("pk").first()
    status = ImportRun.Status
    unlike = ImportRun.objects.exclude(status__in=(status.DRAFT, status.REFUSED, status.CANCELLED))
    run = unlike.exclude(sha256__in=mark.files.values()).order_by("pk").first() if mark.files else None
    if found := root or account or (run and run.file_name):
        return _("“%(found)s” was not made by the demo.") % {"found": str(found)}
    return ""


def empty(folder: Path) -> None:
    """Take the demo away: its rows, its files, the mark that says it stands."""
    (folder / READY).unlink(missing_ok=True)
    for run in ImportRun.objects.exclude(stored_as="").order_by("pk"):
        files.forget(run)
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(folder / FILES, ignore_errors=True)
