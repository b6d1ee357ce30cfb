"""The mail server is away for a day: letters wait, ask less and less often, and leave once it is back."""

from __future__ import annotations

import json
import os
from typing import Any

from tests.faults.harness import ROOT
from tests.site.instances import SOURCE, Instance

#: A day of sweeps, by a clock of its own; argv = people, minutes between sweeps, kills, seed.
#: First nobody listens, then the server closes at once, then it hangs up before it confirms.
OUTAGE = r"""
import collections, datetime as dt, json, os, random, signal, socket, sys, threading, time
import django; django.setup()
from django.conf import settings
from django.db import connections
people, minutes, kills, seed = map(int, sys.argv[1:5])
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
settings.SENDS_LETTERS, settings.ADDRESS = True, "https://visavis.example.org"
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

from tests import house
from tests.share.letters.mail_server import MailServer
from tests.share.letters.postbox import AT, heard, reader, subscription
from visavis.core.words import Role
from visavis.people.access.models import Grant
from visavis.share.letters import jobs
from visavis.share.letters.models import Kind, Letter, State, Stop, Subscription
from visavis.share.letters.sending import LEASE

HOUR = dt.timedelta(hours=1)
team = house.unit("lys")
heard(team, *(AT.date() - dt.timedelta(days=days) for days in (28, 1, 0)), satisfied=6, others=4)
readers = [reader(team) for _ in range(people)]
for one in readers:
    for kind in (Kind.REPORT, Kind.DAY):
        subscription(team, one, kind)

def sweep(at):
    return jobs.sweep(at=at, today=at.date())

def takes_rights_away():
    '''One lost the role, one stopped, one left, one subscription pauses.'''
    lost, stopped, gone, paused = readers[:4]
    Grant.objects.filter(account=lost).update(role=Role.ADMIN)
    for made in Subscription.objects.filter(account=stopped):
        Stop.objects.create(subscription=made, account=stopped, at=AT)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    Subscription.objects.filter(account=paused).update(active=False)
    return {one.email for one in readers[:4]}

at, early, waits, barred, server = AT, 0, collections.defaultdict(dict), set(), None
while at < AT + 24 * HOUR:
    spent = (at - AT) / HOUR
    if spent >= 8 and server is None:
        server = MailServer(port)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    if server is not None:
        server.greeting = "421 closing" if spent < 16 else "220 tests"
        server.hangs_up = spent >= 16
    if spent >= 12 and not barred:
        barred = takes_rights_away()
    early += sweep(at)
    for one in Letter.objects.filter(state=State.FAILED):
        waits[one.pk].setdefault(one.attempts, one.next_at - at)
    at += dt.timedelta(minutes=minutes)
early += len(server.received)
server.hangs_up = False

dice, killed = random.Random(seed), 0
for _try in range(6 * kills):
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            sweep(at)
        finally:
            os._exit(0)
    time.sleep(dice.uniform(0, 0.4))
    if not os.waitpid(child, os.WNOHANG)[0]:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        killed += 1
        if killed == kills:
            break
    at += LEASE + dt.timedelta(minutes=1)
for _hour in range(6):
    sweep(at)
    at += LEASE + HOUR
shrunk = longest = 0
for steps in waits.values():
    ordered = [steps[tried] for tried in sorted(steps)]
    shrunk += sum(later < earlier for earlier, later in zip(ordered, ordered[1:]) if earlier < HOUR)
    longest = max([longest, *(step / HOUR for step in ordered)])
arrived = collections.Counter(str(one["Message-ID"]) for one in server.received)
letters = {one.message_id: one for one in Letter.objects.select_related("account")}
due = [one for one in letters.values() if one.account.email not in barred]
print(json.dumps({
    "letters": len(letters),
    "attempts in a day": max(max(steps) for steps in waits.values()),
    "longest wait, in hours": round(longest, 2),
    "kills": killed,
    "arrived": len(arrived),
    "not known": sum(one.state == State.UNSURE for one in letters.values()),
    "withheld": sum(one.state == State.WITHHELD for one in letters.values()),
    "early": early,
    "lost": sum(one.message_id not in arrived and one.state != State.UNSURE for one in due)
            + sum(one.state == State.SENT and one.message_id not in arrived for one in letters.values()),
    "double": sum(arrived.values()) - len(arrived),
    "wrong": sum(str(one["To"]) in barred for one in server.received),
    "left": sorted({one.state for one in letters.values()} - {"sent", "withheld", "unsure"}),
    "shrunk": shrunk,
}))
"""


def outage(instance: Instance, people: int, minutes: int, kills: int, seed: int) -> dict[str, Any]:
    """Let a day pass without a mail server, then bring it back.

    Args:
        instance: with its tables, empty.
        people: readers of two letters each; four of them lose the right meanwhile.
        minutes: between two sweeps.
        kills: of sweeps, once the server is back; a letter that was being handed over then is not known.
        seed: of the moments of kills.

    Returns:
        What must be nothing (``early lost double wrong left shrunk``), and counts.
    """
    words = map(str, (people, minutes, kills, seed))
    told: dict[str, Any] = json.loads(
        instance.python(OUTAGE, *words, PYTHONPATH=f"{SOURCE}{os.pathsep}{ROOT}").splitlines()[-1]
    )
    return told
