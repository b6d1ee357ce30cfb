"""Real gestures of the product on a small company, and the SQL that they are made of."""

from __future__ import annotations

#: Builds a company with cases (run once, in a process of the instance).
COMPANY = """
import django; django.setup()
from tests import house
team = house.unit("lys")
for number in range(40):
    house.case(house.response(team, satisfaction=1, text=f"Attente {number}."))
"""

#: Does gestures, writes the statements of each transaction as JSON: argv = output, number.
RECORD = r"""
import json, re, sys
import django; django.setup()
from django.db import connection
from django.utils import timezone
from visavis.act.inbox.models import Case, CaseStep
from visavis.act.inbox.services import close_case, take_step
from visavis.people.access.viewer import system
from visavis.people.erasures.models import Kind
from visavis.people.erasures.services import note_erasure

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.I)
transactions, tables = [], set()

def keep(execute, sql, params, many, context):
    if WRITES.match(sql):
        tables.add(re.search(r'(?:INTO|UPDATE|FROM)\s+"(\w+)"', sql, re.I)[1])
        for words in params if many else [params]:
            plain = [word if isinstance(word, (int, float, str, type(None))) else str(word) for word in words]
            transactions[-1].append((sql.replace("%s", "?"), plain))
    return execute(sql, params, many, context)

with connection.execute_wrapper(keep):
    for number in range(int(sys.argv[2])):
        transactions.append([])
        case = Case.objects.filter(status__in=("to_do", "doing")).order_by("version", "pk").first()
        if number % 3 == 2:
            outcome, at = f"Fait {number} " * 30, timezone.now()
            close_case(by=system(), case=case, outcome=outcome, version=case.version, at=at)
        elif number % 7 == 3:
            note_erasure(by=system(), kind=Kind.CUSTOMER, key=f"C{number}", at=timezone.now())
        else:
            text, kind = f"Mot {number} " * 40, CaseStep.Kind.NOTE
            take_step(by=system(), case=case, kind=kind, text=text, version=case.version)
with open(sys.argv[1], "w") as out:
    json.dump({"transactions": transactions, "tables": sorted(tables)}, out)
"""

#: Takes steps for ever, telling each once it is confirmed: forked by a server that is set up already.
#: argv = how many kills, seed. Prints a JSON of what was confirmed.
KILLED = r"""
import json, os, random, select, signal, sys, time
import django; django.setup()
from django.db import DatabaseError, connections
from visavis.act.inbox.models import Case, CaseStep
from visavis.act.inbox.services import EditedMeanwhileError, take_step
from visavis.people.access.viewer import system
kills, seed = map(int, sys.argv[1:3])
dice, confirmed = random.Random(seed), []

def write(name, pipe):
    number = 0
    while True:
        text = f"{name}-{number}"
        case = Case.objects.exclude(status="closed").order_by("version", "pk").first()
        try:
            take_step(by=system(), case=case, kind=CaseStep.Kind.NOTE, text=text, version=case.version)
        except EditedMeanwhileError:
            continue
        os.write(pipe, f"{text}\n".encode())
        number += 1

for kill in range(kills):
    connections.close_all()
    children = []
    for place in range(2):
        reader, writer = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(reader)
            try:
                write(f"{kill}-{place}", writer)
            finally:
                os._exit(0)
        os.close(writer)
        children.append((pid, reader))
    if kill % 4:  # else perhaps before the first write
        for _pid, reader in children:
            select.select([reader], [], [], 20)
    time.sleep(dice.uniform(0, 0.2))
    for pid, _reader in children:
        os.kill(pid, signal.SIGKILL)
    for pid, reader in children:
        os.waitpid(pid, 0)
        with os.fdopen(reader) as told:
            # A kill may cut a line short: what was not told whole was not confirmed.
            confirmed += [line[:-1] for line in told if line.endswith("\n")]
kept = list(CaseStep.objects.filter(kind="note").values_list("text", flat=True))
from django.db.models import F, Sum
from visavis.people.access.models import JournalEntry
from visavis.site.backups.invariants import invariants
print(json.dumps({
    "kills": 2 * kills,
    "confirmed": len(confirmed),
    "lost": len(set(confirmed) - set(kept)),
    "double": len(kept) - len(set(kept)),
    "untraced": abs(JournalEntry.objects.filter(verb="inbox.note").count() - len(kept)),
    "breaches": [breach.told for breach in invariants()],
}))
"""

#: Writes under a limit on the size of files until nothing goes in, reads, lifts the limit, writes again.
FULL = r"""
import json, os, resource
import django; django.setup()
from django.conf import settings
from django.db import DatabaseError
from visavis.act.inbox.models import Case, CaseStep
from visavis.act.inbox.services import take_step
from visavis.people.access.viewer import system
from visavis.site.backups.invariants import invariants
from visavis.web.outages import is_outage

def step(text):
    case = Case.objects.exclude(status="closed").order_by("version", "pk").first()
    take_step(by=system(), case=case, kind=CaseStep.Kind.NOTE, text=text, version=case.version)

step("full-before")
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
wal = os.stat(settings.INSTANCE.folder / "visavis.db-wal").st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (max(wal, 100_000) + 200_000, hard))
confirmed, told = ["full-before"], {"refused": 0, "outages": 0}
for number in range(2000):
    try:
        step(f"full-{number} " + "mot " * 100)
    except DatabaseError as error:
        told["refused"] += 1
        told["outages"] += is_outage(error)
        if told["refused"] == 5:
            break
    else:
        confirmed.append((f"full-{number} " + "mot " * 100).strip())
readable = set(CaseStep.objects.filter(text__startswith="full-").values_list("text", flat=True))
told["read"] = len(readable)
told["lost"] = sum(text not in readable for text in confirmed)
told["present"] = len(readable) - len(confirmed)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
step("after")
told["resumed"] = CaseStep.objects.filter(text="after").exists()
told["confirmed"] = len(confirmed)
told["breaches"] = [breach.told for breach in invariants()]
print(json.dumps(told))
"""

#: Takes steps through outages of the database, in one process that is never started again.
LASTING = r"""
import itertools
import django; django.setup()
from django.db import DatabaseError, InterfaceError, close_old_connections
from visavis.act.inbox.models import Case, CaseStep
from visavis.act.inbox.services import take_step
from visavis.people.access.viewer import system
import time
print("ready", flush=True)
for number in itertools.count():
    close_old_connections()
    try:
        case = Case.objects.exclude(status="closed").order_by("version", "pk").first()
        kind = CaseStep.Kind.NOTE
        take_step(by=system(), case=case, kind=kind, text=f"lasting-{number}", version=case.version)
    except (DatabaseError, InterfaceError):
        time.sleep(0.05)
        continue
    print(f"lasting-{number}", flush=True)
"""
KEPT = r"""
import django; django.setup()
from visavis.act.inbox.models import CaseStep
print("\n".join(CaseStep.objects.filter(text__startswith="lasting-").values_list("text", flat=True)))
"""
