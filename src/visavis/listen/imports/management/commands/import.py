"""``visavis import``: a file in, from the command line."""  # noqa: N999 - the word one types

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.listen.imports import engine, files, services
from visavis.listen.imports.bars import Bar
from visavis.listen.imports.checks import CheckReport
from visavis.listen.imports.followers import Follower, run_followers
from visavis.listen.imports.models import ImportRun, Kind
from visavis.listen.imports.plans import Plan, Unknown, everywhere
from visavis.listen.imports.queries import erased_rows
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reasons import sentence
from visavis.listen.imports.rejects import refusal_sentence, rejects_table
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.web.downloads import csv_lines
from visavis.web.machine import why

_COUNTS = ("imported", "updated", "unchanged", "rejected")
#: Exit code of a refused file, as the shell knows it.
_REFUSED = 2


class Command(BaseCommand):
    help = "Import a file: organisation, contacts, returns, barometer, reviews or mirror study."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[kind.value for kind in Kind], help="what its rows are")
        parser.add_argument("file", type=Path, help="CSV, XLSX or Parquet")
        parser.add_argument("--mapping", type=Path, help="mapping to use, as JSON, instead of a proposal")
        parser.add_argument(
            "--save-mapping", metavar="NAME", default="", help="keep the mapping under a name"
        )
        parser.add_argument("--dry-run", action="store_true", help="try all rows and keep nothing")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")
        parser.add_argument("--company", default="", help="name of the company, in an instance without one")
        parser.add_argument("--resume", action="store_true", help="only take up an interrupted import")
        unknown = parser.add_mutually_exclusive_group()
        unknown.add_argument("--create-unknown", action="store_true", help="add unknown values to the lists")
        unknown.add_argument("--strict", action="store_true", help="reject rows with unknown values")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file, then do what follows."""
        migrate_if_empty()
        with translation.override(settings.LANGUAGE_CODE):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        run = self._receive(options)
        try:
            plan = self._plan(run, options)
            if options["save_mapping"]:
                name = options["save_mapping"]
                services.save_mapping(by=system(), kind=Kind(run.kind), name=name, plan=plan)
            if options["dry_run"]:
                self._tell_trial(run, plan, options)
            else:
                self._tell(self._work(run, plan, options), options)
        except Refused as refused:
            services.cancel(by=system(), run=run)
            told = refused.refusal
            raise _refusal(options["file"], told.line, sentence(told.code, told.params)) from refused

    def _receive(self, options: dict[str, Any]) -> ImportRun:
        path: Path = options["file"]
        try:
            with path.open("rb") as source:
                run = services.receive_file(
                    by=system(), kind=Kind(options["kind"]), name=path.name, source=source
                )
        except OSError as error:
            raise _refusal(
                path, 0, _("The file cannot be opened: %(error)s.") % {"error": why(error)}
            ) from error
        if run.status == ImportRun.Status.REFUSED and run.refusal:
            raise _refusal(path, run.refusal["line"], refusal_sentence(run))
        return run

    def _plan(self, run: ImportRun, options: dict[str, Any]) -> Plan:
        if options["mapping"]:
            try:
                plan = Plan.from_json(json.loads(options["mapping"].read_text("utf-8")))
            except (OSError, ValueError) as error:
                services.cancel(by=system(), run=run)
                raise CommandError(f"{options['mapping']}: {error}", returncode=_REFUSED) from error
        else:
            plan = services.propose_mapping(run)
        unknown = dict(plan.unknown)
        if options["create_unknown"]:
            unknown = everywhere(Unknown.CREATE)
        elif options["strict"]:
            unknown = everywhere(Unknown.REJECT)
        return replace(plan, unknown=unknown, company=options["company"] or plan.company)

    def _work(self, run: ImportRun, plan: Plan, options: dict[str, Any]) -> ImportRun:
        left = services.interrupted(kind=Kind(run.kind), sha256=run.sha256, plan=plan)
        if left is not None:
            services.cancel(by=system(), run=run)
            run = services.resume(by=system(), run=left, nudge=False)
            self._say(_("Taking up the interrupted import at row %(row)s.") % {"row": run.cursor})
        elif options["resume"]:
            services.cancel(by=system(), run=run)
            raise CommandError(_("No import of this file was interrupted."))
        else:
            run = services.start(by=system(), run=run, plan=plan, nudge=False)
        with Bar(_("Rows")) as bar:
            run = engine.run_import(run.pk, progress=lambda each: bar.show(each.cursor, each.total or 0))
        if run.status == ImportRun.Status.DONE:
            self._follow()
        return run

    def _follow(self) -> None:
        bars: dict[str, Bar] = {}

        def show(follower: Follower, done: int, total: int) -> None:
            bars.setdefault(follower.name, Bar(str(follower.label))).show(done, total)

        run_followers(show)
        for bar in bars.values():
            bar.close()

    def _say(self, text: str) -> None:
        self.stderr.write(text, style_func=str)

    def _tell_trial(self, run: ImportRun, plan: Plan, options: dict[str, Any]) -> None:
        try:
            report = services.check(by=system(), run=run, plan=plan, rows=None)
        finally:
            services.cancel(by=system(), run=run)
        for each in report.refused[:20]:
            self._say(_where(each.line, each.column, each.sentence))
        for stranger in report.strangers[:20]:
            words = {"column": stranger.column, "value": stranger.value, "rows": stranger.rows}
            self._say(_("%(column)s: “%(value)s” is not known (%(rows)s rows)") % words)
        self._summary(report, report.read, options, _("Trial, nothing was kept."))

    def _tell(self, run: ImportRun, options: dict[str, Any]) -> None:
        if run.status != ImportRun.Status.DONE:
            raise _unfinished(run, options["file"])
        if run.rejected:
            path = files.folder() / f"rejets-{run.pk}.csv"
            path.touch(mode=0o600)
            path.chmod(0o600)
            with path.open("wb") as rejects:
                rejects.writelines(csv_lines(*rejects_table(system(), run)))
            self._say(_("Rejected rows: %(path)s") % {"path": path})
        self._summary(run, run.cursor, options, "")

    def _summary(
        self, counted: ImportRun | CheckReport, rows: int, options: dict[str, Any], note: str
    ) -> None:
        counts = {"rows": rows} | {name: getattr(counted, name) for name in _COUNTS}
        if erased := counted.erased if isinstance(counted, CheckReport) else erased_rows(system(), counted):
            counts["erased"] = erased
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        if note:
            self.stdout.write(note)
        self.stdout.write(
            _(
                "%(rows)s rows: %(imported)s imported, %(updated)s updated, %(unchanged)s unchanged, "
                "%(rejected)s rejected."
            )
            % counts
        )
        if erased:
            words = ngettext(
                "%(rows)s row rejected is about somebody erased at their request.",
                "%(rows)s rows rejected are about people erased at their request.",
                erased,
            )
            self.stdout.write(words % {"rows": erased})


def _refusal(path: Path, line: int, cause: str) -> CommandError:
    if line:
        where = _("%(file)s, line %(line)s: %(cause)s") % {
            "file": path.name or path,
            "line": line,
            "cause": cause,
        }
    else:
        where = _("%(file)s: %(cause)s") % {"file": path.name or path, "cause": cause}
    return CommandError(where, returncode=_REFUSED)


def _unfinished(run: ImportRun, path: Path) -> CommandError:
    if run.status in (ImportRun.Status.REFUSED, ImportRun.Status.FAILED) and run.refusal:
        return _refusal(path, run.refusal["line"], refusal_sentence(run))
    words = {"status": run.get_status_display()}
    return CommandError(_("The import has not ended here: %(status)s.") % words)


def _where(line: int, column: str, cause: str) -> str:
    words = {"line": line, "column": column, "cause": cause}
    if column:
        return _("line %(line)s, %(column)s: %(cause)s") % words
    return _("line %(line)s: %(cause)s") % words


def _holds_something() -> bool:
    """Whether anybody ever used this instance: one killed while its tables were laid is still empty."""
    return Unit._meta.db_table in connection.introspection.table_names() and Unit.objects.exists()


def migrate_if_empty() -> None:
    """Lay the tables in an instance that holds nothing; one in use that lacks some is left to its operator.

    Raises:
        CommandError: if the instance was made by an older version.
    """
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if _holds_something():
        raise CommandError(_("This instance is older than the program: run “visavis migrate” first."))
    call_command("migrate", verbosity=0, stdout=sys.stderr)
