"""How long the pages take on an instance full of returns: explorer, reports of a year, daily file.

    VISAVIS_DATA=… python benchmarks/pages.py [--year 2021] [--times 7] [--budget 300]
    VISAVIS_DATA=… python benchmarks/pages.py --demo [--times 3] [--budget 300]

The instance is the one of ``VISAVIS_DATA``, filled by ``visavis import reviews FILE``, or by ``visavis
demo``: then one page of each kind that links lead each of the cast to, the slowest first. Each page is
asked for once to warm up, then several times; the median is printed, in milliseconds, with the share of it
that this process computed (the rest is waiting, for instance for a processor that others use). Nothing is
kept of the reader that the benchmark signs in.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Timing:
    """The median of one page, in milliseconds."""

    name: str
    wall: float
    processor: float


@contextmanager
def reader() -> Iterator[object]:
    """A browser signed in with the right to everything measured, forgotten at the end."""
    from django.db import transaction
    from django.test import Client, override_settings

    from visavis.core.words import Role
    from visavis.people.access.clock import today
    from visavis.people.access.models import Grant
    from visavis.people.accounts.models import Account
    from visavis.people.units.models import Unit

    root = Unit.objects.filter(parent__isnull=True).order_by("path").first()
    assert root is not None, "the instance is empty: visavis import reviews FILE first"
    # No second step at sign-in: this reader never leaves the process.
    with override_settings(SECOND_STEP_ROLES=frozenset()), transaction.atomic():
        account = Account.objects.create_user("benchmark@pages.example")
        Grant.objects.create(account=account, unit=root, role=Role.QUALITY.value, starts_on=today())
        client = Client(headers={"host": "localhost"})
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        yield client
        transaction.set_rollback(True)


def timing(client: Any, name: str, url: str, times: int) -> Timing:
    """Ask for a page until it is warm, then measure it."""
    walls, processors = [], []
    for number in range(times + 1):
        wall, processor = time.perf_counter(), time.process_time()
        answer = client.get(url)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        assert answer.content, url
        if number:
            walls.append(1000 * (time.perf_counter() - wall))
            processors.append(1000 * (time.process_time() - processor))
    return Timing(name, statistics.median(walls), statistics.median(processors))


def pages(year: int) -> Iterator[tuple[str, str]]:
    """What is measured: a name and an address."""
    explorer = "/ecouter/retours/"
    yield "explorer, all periods", f"{explorer}?periode=tout"
    yield "explorer, all periods, a far page", f"{explorer}?periode=tout&page=1000"
    yield "explorer, all periods, one tone and one mark", f"{explorer}?periode=tout&ton=negatif&note=1"
    yield "explorer, all periods, two words", f"{explorer}?periode=tout&q=d%C3%A9lai+sinistre"
    yield "explorer, one year", f"{explorer}?periode={year}-01-01..{year}-12-31"
    yield "explorer, one month", f"{explorer}?periode={year}-03"
    for month in range(1, 13):
        yield f"report, {year}-{month:02d}", f"/comprendre/rapports/{year}-{month:02d}/"
    yield f"daily file, {year}-03-15", f"/ecouter/fichier-du-jour/?periode={year}-03-15"


def linked(client: Any) -> Iterator[str]:
    """One page of each kind, from the first one on, as links lead to them; files are left out."""
    from django.urls import Resolver404, resolve

    waiting, kinds, known = deque(["/"]), set[str](), {"/"}
    while waiting:
        address = waiting.popleft()
        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if kind in kinds or address.startswith(("/compte/", "/static/", "/admin/pieces")):
            continue
        kinds.add(kind)
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        if not answer.redirect_chain:
            yield address
        hrefs = [unescape(href) for href in re.findall(r'href="(/[^"#]*)', answer.content.decode())]
        waiting.extend(href for href in dict.fromkeys(hrefs) if href not in known)
        known.update(hrefs)


def cast(times: int) -> Iterator[Timing]:
    """The pages of each of the cast of the demo."""
    from django.test import Client

    from visavis.demo.cast import CAST
    from visavis.people.accounts.models import Account

    for member in CAST:
        client = Client(headers={"host": "localhost"})
        account = Account.objects.get(email=member.email)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        for address in list(linked(client)):
            yield timing(client, f"{member.key} {address}", address, times)


def measured(options: argparse.Namespace) -> Iterator[Timing]:
    """What the options ask for."""
    if options.demo:
        yield from sorted(cast(options.times), key=lambda found: -found.wall)
        return
    with reader() as client:
        for name, url in pages(options.year):
            yield timing(client, name, url, options.times)


def main() -> int:
    """Print the timings; fail if one is over the budget."""
    parser = argparse.ArgumentParser(description="How long the pages take.")
    parser.add_argument("--year", type=int, default=2021)
    parser.add_argument("--demo", action="store_true", help="the pages of each of the cast")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--budget", type=float, default=0, help="fail over so many milliseconds; 0: never")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.site.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import django

    django.setup()
    from django.db import connection

    from visavis.listen.returns.models import Response, Verbatim
    from visavis.site.warming import warm

    # As visavis.site.wsgi does.
    warm()

    print(f"{Response.objects.count()} returns, {Verbatim.objects.count()} texts, {connection.vendor}")
    late = []
    for found in measured(options):
        late += [found] if options.budget and found.wall > options.budget else []
        print(f"{found.wall:8.0f} ms  (processor {found.processor:.0f} ms)  {found.name}")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
