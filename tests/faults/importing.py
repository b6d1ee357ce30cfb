"""``visavis import`` killed at any moment and taken up again ends as if it had never been killed."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from tests.site.instances import Instance

#: Rows of one transaction: few, so that kills fall between and inside many.
CHUNK = 40

#: Imports files one after the other, each in a child; argv = JSON of files, seconds of each (to kill) or [],
#: kills wanted of each, seed. Prints the seconds that each took, and how many kills there were.
IMPORTED = r"""
import json, os, random, signal, sys, time
import django; django.setup()
from django.core.management import call_command
from django.db import connections
files, seconds, kills, seed = (json.loads(word) for word in sys.argv[1:5])
dice, took, killed = random.Random(seed), [], 0

def begin(kind, path):
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        call_command("import", kind, path, create_unknown=True)
        code = 0
    except SystemExit as end:
        code = end.code or 0
    finally:
        os._exit(code)

def ended(child, limit):
    began = time.monotonic()
    while time.monotonic() - began < limit:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    return None

for place, (kind, path) in enumerate(files):
    began = time.monotonic()
    for kill in range(kills if seconds else 0):
        child = begin(kind, path)
        # The first falls early, so that each file is killed once at least; the others anywhere.
        reach = 0.3 if kill == 0 else 1.6
        if ended(child, dice.uniform(0, reach * seconds[place] / kills)) is not None:
            break
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        killed += 1
    else:
        code = ended(begin(kind, path), 600)
        assert code == 0, (kind, path, code)
    took.append(time.monotonic() - began)
print(json.dumps({"seconds": took, "kills": killed}))
"""

#: Everything that imports and what follows them write, by names that no counter of the engine gives.
WRITTEN = r"""
import json
import django; django.setup()
from visavis.act.inbox.models import Case
from visavis.listen.imports.models import ImportRun, RejectedRow, Seen
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.moments.exchanges.models import Channel, Customer, Interaction
from visavis.people.access.models import JournalEntry
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.models import Unit
from visavis.share.analytics.models import AnswerSums, MentionSums, ReturnSums, TextSums
from visavis.site.backups.invariants import invariants
from visavis.understand.verbatims.models import Annotation

WANTED = {
    Customer: ["code", "segment"],
    Interaction: ["pk", "code", "fingerprint", "customer__code", "previous__code", "person__code",
                  "unit__code", "channel__code"],
    Response: ["pk", "code", "fingerprint", "heard_on", "customer__code", "unit__code", "interaction__code",
               "satisfaction", "triaged"],
    Answer: ["pk", "question__key", "value", "choice"],
    Verbatim: ["pk", "text", "masked_text", "polarity", "unit_path"],
    Annotation: ["verbatim", "theme__code", "polarity", "current"],
    Case: ["response", "why", "rank", "status"],
    Unit: ["code", "path"], Person: ["code", "name"], Channel: ["code"],
    Assignment: ["person__code", "unit__code"],
    RejectedRow: ["run__file_name", "row", "line", "column", "code"],
}
told = {
    model.__name__: sorted(map(repr, model.objects.order_by().values_list(*names)))
    for model, names in WANTED.items()
}
for model in (ReturnSums, TextSums, MentionSums, AnswerSums):
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    # A channel or a unit is numbered by the engine: another instance numbers it otherwise.
    names = [f"{one.name}__code" if one.is_relation else one.name for one in fields]
    told[model.__name__] = sorted(map(repr, model.objects.order_by().values_list(*names)))
# Killed once all was in, while what follows went on: the same file again changes nothing, and says so.
firsts, again = {}, []
for run in ImportRun.objects.filter(status="done").order_by("pk"):
    if firsts.setdefault(run.file_name, run.pk) != run.pk:
        again.append(run.imported + run.updated)
told["RejectedRow"] = sorted(map(repr, RejectedRow.objects.filter(run__in=firsts.values()).order_by()
                                 .values_list(*WANTED[RejectedRow])))
done = ImportRun.objects.filter(pk__in=firsts.values())
told["again"] = sum(again)
counts = ("file_name", "total", "cursor", "imported", "updated", "unchanged", "rejected")
told["runs"] = sorted(map(repr, done.order_by().values_list(*counts)))
# A draft whose command was killed before it started is forgotten by the sweep, after a week, file and all.
over = ("done", "cancelled", "draft")
told["left"] = sorted(ImportRun.objects.exclude(status__in=over).values_list("status", flat=True))
told["seen"] = Seen.objects.count()
told["journal"] = JournalEntry.objects.filter(verb="imports.done").count() - len(again)
told["breaches"] = [breach.told for breach in invariants()]
print(json.dumps(told))
"""


def contents(rows: int, seed: int) -> dict[str, str]:
    """Files of three kinds that follow from each other, with rows to refuse, equal ones, and no codes."""
    dice = random.Random(seed)
    words = [
        "attente",
        "sinistre",
        "réponse",
        "tarif",
        "agréable",
        "résiliation",
        "dossier",
        "rappel",
        "délai",
    ]
    said = [" ".join(dice.choices(words, k=6)) for _ in range(rows)]
    days = [dt.datetime(2024, 3, 1, 8, tzinfo=dt.UTC) + dt.timedelta(minutes=37 * at) for at in range(rows)]
    contacts = [
        f"S{seed}C{at};{days[at]:%Y-%m-%d %H:%M:%S};{dice.choice(['tel', 'chat'])};A{dice.randint(1, 9)};"
        f"K{dice.randint(1, rows // 3)};{dice.choice(['30', '', 'x'] if not at % 50 else ['30'])}"
        for at in range(rows)
    ]
    returns = [
        f"S{seed}C{at};{days[at] + dt.timedelta(days=1):%Y-%m-%d %H:%M};"
        f"{dice.choice(['1', '2', '5', '9'])};{said[at]}"
        for at in range(0, rows, 2)
    ]
    reviews = [
        f"{days[at]:%d/%m/%Y};Enseigne {dice.randint(1, 5)};{dice.choice(['1', '5', ''])};"
        f"{said[at] if at % 11 else 'Toujours le même texte'};client{dice.randint(1, 99)}"
        for at in range(rows)
    ]
    return {
        "contacts": "\n".join(
            ["contact;started_at;channel;person;customer;wait_s", *contacts, *contacts[:9]]
        ),
        "returns": "\n".join(["contact;answered_at;satisfaction;verbatim", *returns, *returns[:9]]),
        "reviews": "\n".join(["date;enseigne;note;avis;auteur", *reviews, *reviews[:9]]),
    }


def import_kills(
    whole: Instance, killed: Instance, rounds: int, *, kills: int, seed: int, rows: int = 400
) -> dict[str, Any]:
    """Import the same files into two empty instances, one of them killed on the way.

    Args:
        whole: never killed.
        killed: killed ``kills`` times at most in each file.
        rounds: times three files.
        kills: of each file.
        seed: of what the files hold and of the moments.
        rows: of each file, about.

    Returns:
        Kills, rows kept, and the tables in which both differ: ``wrong``; what was left behind; breaches.
    """
    files = []
    for number in range(rounds):
        for kind, content in contents(rows, seed + number).items():
            path = whole.folder.parent / f"{whole.folder.name}-{number}-{kind}.csv"
            path.write_text(content, "utf-8")
            files.append((kind, str(path)))
    took = _imported(whole, files, [], 0, seed)["seconds"]
    done = _imported(killed, files, took, kills, seed)
    ours, theirs = (json.loads(one.python(WRITTEN)) for one in (whole, killed))
    return {
        "kills": done["kills"],
        "files": len(files),
        "rows": sum(len(ours[name]) for name in ("Interaction", "Response")),
        "refused": len(ours["RejectedRow"]),
        "wrong": [name for name in ours if ours[name] != theirs[name]],
        "left": [*theirs["left"], *["seen"] * theirs["seen"]],
        "breaches": theirs["breaches"],
    }


def _imported(
    instance: Instance, files: list[tuple[str, str]], seconds: list[float], kills: int, seed: int
) -> dict[str, Any]:
    words = [json.dumps(each) for each in (files, seconds, kills, seed)]
    told: dict[str, Any] = json.loads(
        instance.python(IMPORTED, *words, VISAVIS_CHUNK=str(CHUNK)).splitlines()[-1]
    )
    return told


def emptied(folder: Path, database: str = "") -> Instance:
    """An instance whose tables are laid and empty."""
    made = Instance(folder, database)
    made.must("migrate", "-v0")
    return made
