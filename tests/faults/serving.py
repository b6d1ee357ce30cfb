"""The database goes away while pages answer: what was confirmed is there once, all else says so politely."""

from __future__ import annotations

import http.client
import json
import os
import random
import resource
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import apsw

from tests.faults.answers import CSRF, DONE, POLITE, RUDE
from tests.faults.harness import ROOT, Server
from tests.site.instances import SOURCE, Instance

#: A manager with cases, an adviser with exchanges of the day, both signed in: their cookies, as JSON.
PEOPLE = """
import itertools, json, time
import django; django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS.append("testserver")
from django.db import transaction
from tests import house
from visavis.core.words import Role
from visavis.people.access.clock import today
begun = time.time_ns() // 1_000_000
house._numbers = itertools.count(begun)  # others built here before us
with transaction.atomic():
    team = house.unit(f"vesle{begun}")
    adviser = house.person()
    house.assignment(adviser, team)
    cases = [house.case(house.response(team, satisfaction=1, text=f"Attente {n}.")).pk for n in range(4)]
    exchanges = [house.interaction(team, adviser, today()).pk for n in range(400)]

def cookie(role, who=None):
    global account
    account = house.account(who)
    house.grant(account, team, role)
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    client.get("/")
    return client.cookies[settings.SESSION_COOKIE_NAME].OutputString().partition(";")[0]

told = {"manager": cookie(Role.MANAGER), "adviser": cookie(Role.ADVISER, adviser)}
told |= {"address": account.email, "password": house.PASSWORD}
print(json.dumps(told | {"cases": cases, "exchanges": exchanges}))
"""
#: What is kept: notes on cases, what advisers felt, and which invariants do not hold.
KEPT = """
import json
import django; django.setup()
from visavis.act.inbox.models import CaseStep
from visavis.listen.returns.models import Answer
from visavis.site.backups.invariants import invariants
notes = CaseStep.objects.filter(text__startswith="note-").order_by("pk").values_list("text", flat=True)
felt = Answer.objects.filter(question__role="feeling").values_list("response__interaction", "value")
print(json.dumps({
    "notes": list(notes),
    "felt": [f"{exchange}:{int(value)}" for exchange, value in felt.order_by("pk")],
    "breaches": [breach.told for breach in invariants()],
}))
"""

_RUN = "import sys; sys.argv[0] = 'visavis'; from visavis.site.command import main; main()"


@dataclass
class Told:
    """What the browsers saw.

    Attributes:
        confirmed: the gestures that the server confirmed.
        answers: how many of each status; 0: nobody answered.
        rude: answers of an outage that were no polite 503.
    """

    confirmed: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    rude: list[str] = field(default_factory=list)


class Browser:
    """One signed-in browser on a thread of its own."""

    def __init__(self, port: int, cookie: str, told: Told) -> None:
        self.port, self.told = port, told
        self.headers = {"Cookie": f"{cookie}; csrftoken={CSRF}", "X-CSRFToken": CSRF, "Host": "localhost"}

    def ask(self, path: str, **typed: object) -> tuple[int, str]:
        """Status and page; 0 if nobody answered."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if typed else {})
        try:
            line.request("POST" if typed else "GET", path, urlencode(typed) or None, headers)
            answer = line.getresponse()
            status, page = answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            status, page = 0, ""
        finally:
            line.close()
        self.told.answers[status] += 1
        polite = status == 503 and POLITE in page and not any(word in page for word in RUDE)
        if status == 0 or (status >= 500 and not polite):
            self.told.rude.append(f"{path}: {status} {page[:200]}")
        return status, page


def notes(browser: Browser, case: int, name: str, over: threading.Event) -> None:
    """Write notes on a case, each again until it is confirmed or found there, as the page offers."""
    path, number, version = f"/agir/dossiers/{case}/", 0, 1
    while not over.is_set():
        text = f"note-{name}-{number}"
        data = {"step-kind": "note", "step-text": text, "step-version": version}
        status, page = browser.ask(f"{path}step/", **data)
        if status == 302:
            browser.told.confirmed.append(text)
        elif status in (0, 503):
            time.sleep(0.2)
            continue
        elif f"{text}<" not in page:
            browser.told.rude.append(f"{text}: {status}")
        # Else somebody was quicker: ourselves, when the answer was lost on its way.
        number, version = number + 1, version + 1
        time.sleep(0.005)


def feelings(browser: Browser, exchanges: list[int], over: threading.Event) -> None:
    """Tell how each exchange was lived, again until it is confirmed."""
    for exchange in exchanges:
        felt = exchange % 5 + 1
        while not over.is_set():
            if browser.ask(f"/mon-ressenti/{exchange}/", feeling=felt)[0] in DONE:
                browser.told.confirmed.append(f"{exchange}:{felt}")
                break
            time.sleep(0.2)


def pages(browser: Browser, over: threading.Event) -> None:
    """Read."""
    while not over.is_set():
        browser.ask("/agir/dossiers/")
        time.sleep(0.05)


@contextmanager
def served(instance: Instance) -> Iterator[tuple[int, int]]:
    """The pages of an instance: port, and the process that answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-c", _RUN, "run", "--no-worker", "--port", str(port)]
    said = _log_of(instance).open("wb")
    with said, subprocess.Popen(command, env=instance.environment(), stdout=said, stderr=said) as process:
        try:
            _until(lambda: Browser(port, "", Told()).ask("/compte/login/")[0] == 200)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            yield port, int(children[0])
        finally:
            process.terminate()


def through_http(instance: Instance, outages: Callable[[int], None]) -> dict[str, Any]:
    """Let browsers write and read while the database goes away and comes back.

    Args:
        instance: with its tables.
        outages: called with the process of the pages, once everybody writes; returns once all is well again.
    """
    people = json.loads(instance.python(PEOPLE, PYTHONPATH=f"{SOURCE}{os.pathsep}{ROOT}"))
    told, over = Told(), threading.Event()
    with served(instance) as (port, process):
        manager, adviser = (Browser(port, people[who], told) for who in ("manager", "adviser"))
        work: list[tuple[Callable[..., None], tuple[Any, ...]]] = [
            (notes, (manager, case, f"{case}", over)) for case in people["cases"]
        ]
        work += [(feelings, (adviser, people["exchanges"], over)), (pages, (manager, over))]
        threads = [threading.Thread(target=what, args=words) for what, words in work]
        for thread in threads:
            thread.start()
        _until(lambda: len(told.confirmed) > 8)
        outages(process)
        before = len(told.confirmed)
        _until(lambda: len(told.confirmed) > before + 8)
        over.set()
        for thread in threads:
            thread.join()
    if told.rude:
        told.rude += [line for line in _log_of(instance).read_text().splitlines() if "reference" in line]
    return _verdict(told, json.loads(instance.python(KEPT)))


def _log_of(instance: Instance) -> Path:
    """What the server of pages says, kept beside the instance: why a page was no polite 503."""
    return instance.folder.with_suffix(".log")


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not true() and time.monotonic() < limit:
        time.sleep(0.02)


def _verdict(told: Told, kept: dict[str, Any]) -> dict[str, Any]:
    found = [*kept["notes"], *kept["felt"]]
    return {
        "confirmed": len(told.confirmed),
        "refused": told.answers[503],
        "read or written": told.answers[200] + told.answers[302],
        "lost": len(set(told.confirmed) - set(found)),
        "double": len(found) - len(set(found)),
        "rude": told.rude,
        "breaches": kept["breaches"],
    }


def stopped(server: Server, times: int, seed: int) -> Callable[[int], None]:
    """Kill the database server and start it again, as often as asked."""
    dice = random.Random(seed)

    def outages(_process: int) -> None:
        for _time in range(times):
            server.kill()
            time.sleep(dice.uniform(0.3, 1))
            server.start()
            time.sleep(dice.uniform(0.3, 1))

    return outages


def unwritable(times: int, seed: int) -> Callable[[int], None]:
    """Have the system refuse every write of the pages' process, as a full or read-only disk does."""
    dice = random.Random(seed)

    def outages(process: int) -> None:
        for _time in range(times):
            for limit in (0, resource.RLIM_INFINITY):
                for child in _all_below(process):
                    resource.prlimit(child, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                time.sleep(dice.uniform(0.3, 1))

    return outages


def locked(path: Path, times: int, seconds: float) -> Callable[[int], None]:
    """Hold the database as another program may: pages read on, writing waits, then is refused."""

    def outages(_process: int) -> None:
        for _time in range(times):
            other = apsw.Connection(str(path))
            other.set_busy_timeout(10_000)
            other.execute("BEGIN IMMEDIATE")
            time.sleep(seconds)
            other.execute("ROLLBACK")
            other.close()
            time.sleep(0.5)

    return outages


def _all_below(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    with suppress(FileNotFoundError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += _all_below(int(child))
    return found
