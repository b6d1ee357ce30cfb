"""Files that others wrote, handed to every door that takes one; and every string brought in as a return."""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import normalize

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests import hostile
from tests.listen.imports import test_wizard as wizard
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.sweeps import work_on
from visavis.listen.returns.models import Verbatim
from visavis.site.backups.archives import unpack
from visavis.site.backups.manifests import ManifestError
from visavis.understand.verbatims.files.sources import open_source

KINDS = [str(kind) for kind in Kind]
_FOLDERS = ("csv", "csv-injection", "encoding", "json", "email", "files", "http", "sql", "strings", "xss")


def files(folder: Path) -> list[Path]:
    """Every file of the lists."""
    return [path for name in _FOLDERS for path in sorted((folder / name).rglob("*")) if path.is_file()]


def named(path: Path, name: str) -> str:
    """A name of the lists that keeps the ending, on one line as browsers send them."""
    return " ".join(hostile.storable(name).split())[:120] + path.suffix


def imported(client: Any, path: Path, kind: str, name: str) -> Iterator[str]:
    """What is wrong when a file is handed to the wizard, then tried with its columns as guessed."""
    answer = wizard.send(client, path.read_bytes(), kind, name)
    yield from hostile.faults_of(answer)
    if BeautifulSoup(answer.content, "html.parser").find(
        "form", action=lambda to: str(to).endswith("colonnes/")
    ):
        yield from hostile.faults_of(wizard.try_out(client, answer))


def brought_as_themes(client: Any, path: Path, name: str) -> Iterator[str]:
    """What is wrong when a file is handed as one of themes."""
    file = SimpleUploadedFile(name, path.read_bytes())
    yield from hostile.faults_of(client.post("/comprendre/themes/fichier/", {"file": file}, follow=True))


def understood(path: Path) -> Iterator[str]:
    """What is wrong when ``visavis understand`` reads the last column of a file."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out.csv"
        try:
            column = open_source(path).names[-1]
            told = {"text": column, "out": out, "processes": 1, "stderr": io.StringIO()}
            call_command("understand", path, stdout=io.StringIO(), **told)
        except (CommandError, Refused):
            return
        content = out.read_bytes()
    yield from hostile.faults_of_csv(content, separator="")


def restored(path: Path) -> Iterator[str]:
    """What is wrong when a file is taken for a backup, as it is and inside an archive."""
    with TemporaryDirectory() as folder:
        packed, work = Path(folder) / "packed.tar.gz", Path(folder) / "work"
        with tarfile.open(packed, "w:gz") as archive:
            for name in (path.name, "manifest.json", "../outside"):
                archive.add(path, name)
        for archived in (path, packed):
            work.mkdir(exist_ok=True)
            try:
                unpack(archived, work)
            except ManifestError:
                continue
            yield "taken for a backup"
        if (Path(folder) / "outside").exists():
            yield "written outside of its folder"


def spoken(client: Any, texts: Sequence[str]) -> Iterator[str]:
    """Bring texts as what customers said and bought: rows lost, words changed, answers that run."""
    told = io.StringIO()
    table = csv.writer(told, delimiter=";")
    table.writerow(["DATE_REPONSE", "CANAL", "EQUIPE", "PRODUIT", "NOTE_SATISFACTION", "VERBATIM"])
    for place, text in enumerate(texts):
        product = texts[-place - 1][:40]
        table.writerow(["13/11/2025 09:12", "TEL", "lys", product, 9 if place % 50 == 0 else 5, text])
    before = set(Verbatim.objects.order_by("pk").values_list("pk", flat=True))
    wizard.start(client, wizard.try_out(client, wizard.send(client, told.getvalue())))
    run = wizard.latest()
    work_on(run.pk)
    run.refresh_from_db()
    heard = set(Verbatim.objects.exclude(pk__in=before).order_by("pk").values_list("text", flat=True))
    if run.status != ImportRun.Status.DONE or run.imported + run.updated + run.rejected < len(texts):
        yield f"{run.status}: {run.imported} + {run.updated} + {run.rejected} of {len(texts)}"
    kept = {"".join(text.split()) for text in heard}
    # What its neighbour bought may hold what no cell may: the row is refused, and says so.
    rejected = RejectedRow.objects.filter(run=run, column="PRODUIT", code="control_character").order_by("pk")
    refused = ["".join(raw.split()) for raw in rejected.values_list("raw", flat=True)]
    for place, text in enumerate(texts):
        plain = "".join(normalize("NFC", text).split())
        if place % 50 and plain.isalnum() and plain not in kept and not any(plain in raw for raw in refused):
            yield f"lost {text!r}"
    if any("\0" in text for text in heard):
        yield "a NUL is kept"
    for path in (f"/admin/imports/{run.pk}/", f"/admin/imports/{run.pk}/rejets.csv", "/admin/imports/"):
        yield from (f"{path}: {fault}" for fault in hostile.faults_of(client.get(path)))
