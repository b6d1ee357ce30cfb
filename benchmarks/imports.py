"""How fast files go in, beside Django's own ``bulk_create``: ``python benchmarks/imports.py [ROWS]``.

Everything is measured in one run, on instances of their own that are gone at the end. Trust the ratios, not
the seconds: CPU time of this process is given beside wall time because machines are shared. The file of
reviews beside the checkout is measured too where it is there.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
REVIEWS = ROOT.parent / "shared" / "data" / "real" / "avis-assurance.csv"
HEADER = "ID;DATE_APPEL;CANAL;MOTIF;NIVEAU;ATTENTE;DUREE;ISSUE;MATRICULE;CLIENT"


def write_files(folder: Path, rows: int) -> None:
    """211 people in 24 teams, and their exchanges: ten columns, a quarter as many customers."""
    dice = random.Random(5)  # noqa: S311 - a drawn company, no secret
    people = [f"equipe{n % 24:02d};Équipe {n % 24};A{n:04d};Camille {n};2020-01-01" for n in range(211)]
    text = "\n".join(["unit;unit_name;person;person_name;starts_on", *people])
    (folder / "organisation.csv").write_text(text)
    start = dt.datetime(2024, 4, 1, 8)  # noqa: DTZ001 - as a telephone system writes it
    with (folder / "contacts.csv").open("w") as file:
        file.write(HEADER + "\n")
        for number in range(rows):
            at = start + dt.timedelta(seconds=number * 15)
            file.write(
                f"C{number:07d};{at:%d/%m/%Y %H:%M:%S};{dice.choice(('TEL', 'MEL', 'Chat'))};"
                f"{dice.choice(('Sinistre', 'Demande', 'Cotisation', 'Contrat'))};"
                f"{dice.choice(('N1', 'N2'))};"
                f"{dice.randrange(600)};{dice.randrange(900)};{dice.choice(('résolu', 'en attente'))};"
                f"A{dice.randrange(211):04d};S{dice.randrange(max(1, rows // 4)):06d}\n"
            )


def measured(work: Callable[[], int]) -> dict[str, float]:
    """Rows, wall seconds and CPU seconds of some work."""
    wall, cpu = time.perf_counter(), time.process_time()
    rows = work()
    return {"rows": rows, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def begin() -> None:
    """An empty instance in this process."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "visavis.site.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)


def bring_in(kind: str, path: Path) -> int:
    """Import a file as the command does, without what follows."""
    from visavis.listen.imports import engine, services
    from visavis.listen.imports.models import Kind
    from visavis.people.access.viewer import system

    with path.open("rb") as source:
        run = services.receive_file(by=system(), kind=Kind(kind), name=path.name, source=source)
    plan = services.propose_mapping(run)
    run = services.start(by=system(), run=run, plan=plan, nudge=False)
    return engine.run_import(run.pk).cursor


def by_bulk_create(path: Path) -> int:
    """The same exchanges by the ORM, without checks, rejects, chains nor resuming: the least it costs."""
    from zoneinfo import ZoneInfo

    from django.db import transaction

    from visavis.core.keys import key
    from visavis.moments.exchanges.models import Channel, Customer, Interaction, Level, Reason
    from visavis.people.persons.models import Assignment

    where = {each.person.code: each for each in Assignment.objects.select_related("person").order_by("pk")}
    lists: dict[str, dict[str, Any]] = {
        name: {each: model.objects.create(code=each.lower()) for each in words}
        for name, model, words in (
            ("CANAL", Channel, ("TEL", "MEL", "Chat")),
            ("MOTIF", Reason, ("Sinistre", "Demande", "Cotisation", "Contrat")),
            ("NIVEAU", Level, ("N1", "N2")),
        )
    }
    zone, done = ZoneInfo("Europe/Paris"), 0

    def keep(rows: list[dict[str, str]]) -> None:
        with transaction.atomic():
            codes = {row["CLIENT"] for row in rows}
            customers = [Customer(id=key("customer", code), code=code) for code in codes]
            Customer.objects.bulk_create(customers, ignore_conflicts=True)
            Interaction.objects.bulk_create(exchange(row) for row in rows)

    def exchange(row: dict[str, str]) -> Interaction:
        started = dt.datetime.strptime(row["DATE_APPEL"], "%d/%m/%Y %H:%M:%S").replace(tzinfo=zone)
        held = where[row["MATRICULE"]]
        return Interaction(
            id=key("contact", row["ID"]),
            code=row["ID"],
            started_at=started,
            day=started.date(),
            channel=lists["CANAL"][row["CANAL"]],
            reason=lists["MOTIF"][row["MOTIF"]],
            level=lists["NIVEAU"][row["NIVEAU"]],
            wait_s=int(row["ATTENTE"]),
            handle_s=int(row["DUREE"]),
            outcome="resolved" if row["ISSUE"] == "résolu" else "pending",
            person_id=held.person_id,
            unit_id=held.unit_id,
            unit_path=held.unit_path,
            customer_id=key("customer", row["CLIENT"]),
        )

    with path.open(encoding="utf-8") as file:
        lot: list[dict[str, str]] = []
        for row in csv.DictReader(file, delimiter=";"):
            lot.append(row)
            if len(lot) == 2000:
                keep(lot)
                done += len(lot)
                lot = []
    keep(lot)
    return done + len(lot)


def one(what: str, folder: Path) -> dict[str, float]:
    """One measure, in the instance that this process was given."""
    begin()
    if what == "reviews":
        found = measured(lambda: bring_in("reviews", REVIEWS))
    else:
        bring_in("organisation", folder / "organisation.csv")
        if what == "again":
            bring_in("contacts", folder / "contacts.csv")
        way = by_bulk_create if what == "bulk_create" else lambda path: bring_in("contacts", path)
        found = measured(lambda: way(folder / "contacts.csv"))
    return found | {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def apart(what: str, folder: Path, **options: str) -> dict[str, float]:
    """One measure in a process and an instance of its own."""
    with tempfile.TemporaryDirectory() as data:
        env = os.environ | {"VISAVIS_DATA": data, "PYTHONPATH": str(ROOT / "src")} | options
        line = [sys.executable, __file__, "--one", what, str(folder)]
        done = subprocess.run(line, env=env, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, rows)
        print(f"{'':34}{'rows':>9}{'wall s':>9}{'CPU s':>8}{'rows/s':>9}{'rows/CPU s':>12}{'MB':>6}")
        slow = show("bulk_create, lots of 2 000", apart("bulk_create", folder))
        quick = show("import, lots of 2 000", apart("import", folder))
        large = show("import, lots of 10 000", apart("import", folder, VISAVIS_CHUNK="10000"))
        show("the same file again, nothing changes", apart("again", folder))
        for label, found in (("2 000", quick), ("10 000", large)):
            print(
                f"import in lots of {label}: {slow['cpu'] / found['cpu']:.1f} times cheaper than bulk_create"
            )
        if REVIEWS.exists():
            show("reviews beside the checkout", apart("reviews", folder))


def show(label: str, found: dict[str, float]) -> dict[str, float]:
    rows, wall, cpu = found["rows"], found["wall"], found["cpu"]
    speeds = f"{rows / wall:9.0f}{rows / cpu:12.0f}"
    print(f"{label:34}{rows:9.0f}{wall:9.1f}{cpu:8.1f}{speeds}{found['megabytes']:6.0f}")
    return found


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(one(sys.argv[2], Path(sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
