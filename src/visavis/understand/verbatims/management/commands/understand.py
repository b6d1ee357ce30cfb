"""``visavis understand``: a file of verbatims in, the same file with what is read of them out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.listen.imports.bars import Bar
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reasons import sentence
from visavis.understand.verbatims.files.run import Summary, Wish, processors, understand
from visavis.understand.verbatims.files.sinks import ENDINGS, MOST_ROWS, TooManyRowsError
from visavis.understand.verbatims.files.sources import Source, open_source
from visavis.understand.verbatims.files.taxonomies import TaxonomyError, read_taxonomy
from visavis.web.machine import why

#: Exit code of a refused file, as the shell knows it.
_REFUSED = 2


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 256:
        raise ArgumentTypeError(f"{text!r}: 1 to 256")
    return number


class Command(BaseCommand):
    help = "Read a file of verbatims (CSV, XLSX or Parquet) and write it with what they say."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, XLSX or Parquet (a workbook is held in memory)")
        parser.add_argument("--text", required=True, metavar="COLUMN", help="the column of texts")
        parser.add_argument("--out", required=True, type=Path, help="file to write: .csv, .xlsx or .parquet")
        parser.add_argument("--voice", choices=[voice.value for voice in Voice], default=Voice.CUSTOMER.value)
        parser.add_argument("--lang", help="language of all texts (fr, en); found for each otherwise")
        parser.add_argument(
            "--taxonomy",
            type=Path,
            help="themes, as the screens export them, or as JSON or a table: theme, parent, keywords",
        )
        parser.add_argument("--mask", action="store_true", help="mask personal data in the column of texts")
        parser.add_argument("--processes", type=_count, default=None, help="how many read at once")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read the file and write the other."""
        with translation.override(settings.LANGUAGE_CODE):
            try:
                self._understand(options)
            except KeyboardInterrupt as stopped:
                raise CommandError(_("Interrupted: nothing was written."), returncode=130) from stopped

    def _understand(self, options: dict[str, Any]) -> None:
        path, out = options["file"], options["out"]
        if out.suffix.lower() not in ENDINGS:
            raise _refusal(out, 0, _("The name must end with .csv, .xlsx or .parquet."))
        try:
            source = open_source(path)
            self._check(source, options)
            summary = self._work(source, options)
        except Refused as refused:
            told = refused.refusal
            raise _refusal(path, told.line, sentence(told.code, told.params)) from refused
        except TooManyRowsError as error:
            cause = _("A workbook holds %(rows)s rows at most: choose .csv or .parquet.") % {
                "rows": MOST_ROWS
            }
            raise _refusal(out, 0, cause) from error
        except OSError as error:
            cause = _("The file cannot be opened: %(error)s.") % {"error": why(error)}
            raise _refusal(Path(error.filename or path), 0, cause) from error
        self._tell(summary, options)

    def _check(self, source: Source, options: dict[str, Any]) -> None:
        path, out, column = options["file"], options["out"], options["text"]
        if not out.parent.is_dir():
            raise _refusal(out, 0, _("There is no folder “%(folder)s”.") % {"folder": out.parent})
        if out.exists() and out.samefile(path):
            raise _refusal(out, 0, _("This is the file that is read: choose another name."))
        if column not in source.names:
            words = {"column": column, "present": ", ".join(source.names)}
            raise _refusal(
                path, 0, _("There is no column “%(column)s”. Columns present: %(present)s.") % words
            )
        for notice in source.notices:
            self._say(f"{path.name}: {sentence(notice.code, notice.params)}")

    def _work(self, source: Source, options: dict[str, Any]) -> Summary:
        wish = Wish(
            text=options["text"],
            voice=Voice(options["voice"]),
            language=options["lang"],
            taxonomy=self._taxonomy(options),
            masked=options["mask"],
            processes=options["processes"] or processors(),
        )
        if not (sys.stderr and sys.stderr.isatty()):
            return understand(source, options["out"], wish)
        with Bar(_("Rows")) as bar:
            return understand(source, options["out"], wish, progress=bar.show)

    def _taxonomy(self, options: dict[str, Any]) -> Any:
        if options["taxonomy"] is None:
            return None
        try:
            return read_taxonomy(options["taxonomy"], options["lang"] or "fr", Voice(options["voice"]))
        except TaxonomyError as error:
            raise CommandError(str(error), returncode=_REFUSED) from error
        except Refused as refused:
            told = refused.refusal
            raise _refusal(options["taxonomy"], told.line, sentence(told.code, told.params)) from refused

    def _tell(self, summary: Summary, options: dict[str, Any]) -> None:
        renamed = [name for column, name in summary.columns.items() if column != name]
        if renamed:
            self._say(
                _("The file has such columns already: ours are called %(names)s.")
                % {"names": ", ".join(renamed)}
            )
        if summary.cut:
            self._say(_("Cells cut to what a workbook holds: %(count)s.") % {"count": summary.cut})
        if options["json"]:
            told = {each.name: getattr(summary, each.name) for each in fields(summary)}
            self.stdout.write(json.dumps(told | {"out": str(options["out"])}))
            return
        if summary.sector:
            self._say(
                _("Themes of the sector that the texts sound like: %(sector)s.") % {"sector": summary.sector}
            )
        words: dict[str, Any] = {"rows": summary.rows, "read": summary.read, "out": options["out"]}
        self.stdout.write(_("%(rows)s rows, %(read)s texts read: %(out)s") % words)

    def _say(self, text: str) -> None:
        self.stderr.write(text, style_func=str)


def _refusal(path: Path, line: int, cause: str) -> CommandError:
    if line:
        words = {"file": path.name or path, "line": str(line), "cause": cause}
        where = _("%(file)s, line %(line)s: %(cause)s") % words
    else:
        where = _("%(file)s: %(cause)s") % {"file": path.name or path, "cause": cause}
    return CommandError(where, returncode=_REFUSED)
